"""The repository, tested: what holds for every page, model and file."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.core.access import rule_of
from alongside.core.agencies.models import Owned
from alongside.stewardship.privacy.register import HOUSEKEEPING, register

SOURCE = Path(__file__).resolve().parents[2] / "src" / "alongside"
ROOT = SOURCE.parents[1]
FLOORS = [
    "audit",
    "agencies",
    "people",
    "referrals",
    "cases",
    "appointments",
    "measures",
    "plans",
    "letters",
    "surveys",
    "concerns",
    "programmes",
    "oversight",
    "trials",
    "watching",
    "reports",
    "evaluation",
    "economics",
    "exchange",
]
OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
MODULES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def pages() -> list[tuple[str, URLPattern]]:
    """Every address of the program with its view."""

    def walk(resolver: URLResolver, before: str) -> list[tuple[str, URLPattern]]:
        found = []
        for entry in resolver.url_patterns:
            address = before + str(entry.pattern)
            found += walk(entry, address) if isinstance(entry, URLResolver) else [(address, entry)]
        return found

    return walk(get_resolver(), "")


def test_every_page_says_who_may_open_it() -> None:
    for address, pattern in pages():
        for method in ("GET", "POST"):
            rule = rule_of(pattern.callback, method)
            assert rule.permission or rule.reason, address


def test_models_and_their_migrations_agree(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_foreign_keys_point_down() -> None:
    for model in OURS:
        here = FLOORS.index(model._meta.app_label)
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and target in OURS:
                assert FLOORS.index(target._meta.app_label) <= here, f"{model.__name__}.{field.name}"


def test_every_model_has_a_glossary_entry() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text()
    missing = [model._meta.label for model in OURS if f"`{model._meta.label}`" not in glossary]
    assert not missing


def test_the_privacy_register_names_every_model_and_field_and_nothing_else() -> None:
    stored = {
        model._meta.label: {field.name for field in [*model._meta.fields, *model._meta.many_to_many]} - HOUSEKEEPING
        for model in OURS
    }
    assert {model: set(held.fields) for model, held in register().items()} == stored


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 300, "over 300 lines: two ideas in one room?"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert length <= 40, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_what_lives_there(path: Path) -> None:
    text = path.read_text()
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_only_services_write() -> None:
    writing = re.compile(
        r"\.(save|bulk_create|bulk_update|get_or_create|update_or_create)\(|\.objects[\w.()]*\.(create|update|delete)\("
    )
    allowed = {"services.py", "ledger.py", "word.py"}  # the last saves a file for Word, and no row
    for path in MODULES:
        if path.name in allowed or path.parent.name == "services" or "demo" in path.parts:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            assert not writing.search(line), f"{path.relative_to(SOURCE)}:{number} writes: {line.strip()}"


def test_pages_fetch_through_the_gate_only() -> None:
    for path in [*(SOURCE / "web").rglob("*.py"), *(SOURCE / "api").rglob("*.py")]:
        assert ".objects" not in path.read_text(), f"{path.relative_to(SOURCE)} goes round the gate"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security")
def test_every_owned_table_is_walled(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    owned = {
        model._meta.db_table
        for model in OURS
        if issubclass(model, Owned) and model._meta.label != "agencies.Invitation"
    }
    assert owned <= walled
