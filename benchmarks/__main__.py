"""Measure all, or what is asked for: methods, economics, PostgreSQL at the nation's scale, SQLite at an authority's."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from tests.with_postgresql import server

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "benchmarks"
DURABLE = ("shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=15min", "jit=off")


def main() -> int:
    """Fill the databases, measure on each, and write the results under var/benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--nation", default="nation", help="scale on PostgreSQL (nation)")
    parser.add_argument("--authority", default="authority", help="scale on SQLite (authority)")
    parser.add_argument("--only", default="", help="comma list of scenarios; methods and economics need no database")
    parser.add_argument("--methods", default="", help="comma list of words, such as Cox: only methods called so")
    parser.add_argument("--without", default="", choices=("", "postgresql", "sqlite"), help="leave one database out")
    parser.add_argument("--filled", default="", help="address of a PostgreSQL database that was filled before")
    parser.add_argument("--beside", default="", help="address of one filled at the scale of an authority")
    given = parser.parse_args()
    VAR.mkdir(parents=True, exist_ok=True)
    asked = set(given.only.split(",")) - {""}
    if not asked or "methods" in asked:
        words = [word for word in given.methods.split(",") if word]
        command = [sys.executable, "-m", "benchmarks.methods", str(VAR), *words]
        subprocess.run(command, check=True, env=_environment(""))
    if not asked or "economics" in asked:
        _economics()
    if not asked or asked - {"methods", "economics"}:
        _on_each_database(given)
    print(f"\nWritten to {VAR}")
    return 0


def _economics() -> None:
    alone = {"OPENBLAS_NUM_THREADS": "1"}  # waiting threads would count as work
    environment = _environment("", **alone)
    subprocess.run([sys.executable, "-m", "benchmarks.economics", str(VAR)], check=True, env=environment)
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(f"sqlite:///{folder}/sliding.sqlite3", **alone)
        subprocess.run([sys.executable, "-m", "alongside", "migrate"], check=True, env=environment, capture_output=True)
        subprocess.run([sys.executable, "-m", "benchmarks.sliding", str(VAR)], check=True, env=environment)


def _on_each_database(given: argparse.Namespace) -> None:
    if given.without != "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            address = f"sqlite:///{folder}/benchmark.sqlite3"
            _fill(address, given.authority, "sqlite")
            _measure(address, given.only, "sqlite")
    if given.without != "postgresql":
        if given.filled:
            _measure(given.filled, given.only, "postgresql", given.beside)
        else:
            _on_a_new_server(given)


def _on_a_new_server(given: argparse.Namespace) -> None:
    with server(*DURABLE) as address:
        beside = address.replace("/alongside?", "/beside?")
        with psycopg.connect(address, autocommit=True) as owner:
            owner.execute("create database beside")
        _fill(beside, "authority", "postgresql")
        _fill(address, given.nation, "postgresql")
        _measure(address, given.only, "postgresql", beside)


def _environment(address: str, **more: str) -> dict[str, str]:
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    quiet = {"ALONGSIDE_VAR": str(VAR), "ALONGSIDE_STAFF_NEED_SECOND_STEP": "1", "DJANGO_SETTINGS_MODULE": SETTINGS}
    return {**os.environ, **quiet, "DATABASE_URL": address, "PYTHONPATH": path, **more}


SETTINGS = "alongside.config.settings"


def _fill(address: str, scale: str, kind: str) -> None:
    environment = _environment(address)
    subprocess.run([sys.executable, "-m", "alongside", "migrate"], check=True, env=environment, capture_output=True)
    written = VAR / f"filling-{kind}-{scale}.json"
    subprocess.run([sys.executable, "-m", "benchmarks.filling", scale, str(written)], check=True, env=environment)


def _measure(address: str, only: str, kind: str, beside: str = "") -> None:
    environment = _environment(address, BENCHMARK_BESIDE=beside)
    subprocess.run([sys.executable, "-m", "benchmarks.measuring", kind, str(VAR), only], check=True, env=environment)


if __name__ == "__main__":
    sys.exit(main())
