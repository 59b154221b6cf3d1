# The commands of the project. `make run` starts it with made-up families; `make test` runs every test.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
SCALE ?= small
SEED ?= 1
export PYTHONPATH := src
export PORT

.PHONY: help setup setup-dev assets run demo test test-fast test-postgresql check fix bench docs mutants screenshots lock clean

help: ## Say what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

$(BIN)/python:
	@echo "Making a Python environment in $(VENV) ..."
	$(PYTHON) -m venv $(VENV)

# Only what is used is compiled, once it is. The package itself is installed in place, so that the `alongside` command
# is in $(BIN) too.
define install
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements/$(1).txt -r requirements/build.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
endef

$(VENV)/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the program needs ..."
	$(call install,runtime)

$(VENV)/.dev: requirements/dev.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need ..."
	$(call install,dev)
	@touch $(VENV)/.runtime

$(VENV)/.bench: requirements/bench.txt $(VENV)/.dev
	@echo "Installing what speed is measured against ..."
	$(BIN)/pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

setup: $(VENV)/.runtime assets ## Install what the program needs

setup-dev: $(VENV)/.dev assets ## Install what the tests and checks need, and a browser

STYLES := $(wildcard src/alongside/web/styles/*) src/alongside/web/build_assets.mjs package-lock.json

assets: .assets/built

.assets/built: $(STYLES) | $(BIN)/python
	@echo "Building styles, fonts and scripts ..."
	scripts/build-assets "$(BIN)"
	@mkdir -p .assets && touch $@

run: export ALONGSIDE_STAFF_NEED_SECOND_STEP ?= 0
run: setup ## Start the program with made-up families, and print a sign-in for every role
	$(BIN)/alongside migrate
	$(BIN)/alongside demo --scale $(SCALE) --seed $(SEED) --unless-present
	$(BIN)/alongside serve --port $(PORT)

demo: setup ## Fill the database with made-up families (SCALE=small, authority or nation; SEED=1)
	$(BIN)/alongside migrate
	$(BIN)/alongside demo --scale $(SCALE) --seed $(SEED)

test: setup-dev ## Run every check and test, on SQLite, on PostgreSQL and in a browser
	scripts/test "$(BIN)"

test-fast: setup-dev ## Run the tests on SQLite, without the browser
	$(BIN)/python -m pytest -n 2 -m "not e2e"

test-postgresql: setup-dev ## Run the tests on PostgreSQL, without the browser
	$(BIN)/python -m tests.with_postgresql $(BIN)/python -m pytest -n 2 -m "not e2e"

check: setup-dev ## Check style, types and the order of the house
	$(BIN)/ruff check src tests benchmarks scripts
	$(BIN)/ruff format --check src tests benchmarks scripts
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/deptry src

fix: setup-dev ## Mend style where a machine can
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks

bench: setup-dev $(VENV)/.bench ## Measure speed against named baselines (docs/reference/performance.md)
	$(BIN)/python -m benchmarks

docs: setup-dev ## Write the reference pages that come from the code
	$(BIN)/python -m scripts.reference

mutants: setup-dev ## Take one lock off at a time, and say which of them no test notices (an hour)
	$(BIN)/python -m tests.mutants

screenshots: setup-dev ## Take a picture of every page, at phone and desktop width, into var/screenshots
	$(BIN)/python -m pytest tests/e2e -m e2e --screenshots var/screenshots

lock: ## Work out the locked requirements anew (needs uv)
	uv pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml requirements/dev.in -o requirements/dev.txt
	uv pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header -c requirements/dev.txt pyproject.toml -o requirements/runtime.txt
	uv pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header -c requirements/dev.txt requirements/bench.in -o requirements/bench.txt

clean: ## Remove everything that was built, and the local database
	rm -rf $(VENV) .assets node_modules var src/alongside/web/static/built .mypy_cache .ruff_cache .pytest_cache .hypothesis
