"""Takes one lock off at a time and asks whether a test notices: python -m tests.mutants (or make mutants).

A mutant weakens one permission, or takes the scope off one fetch, one list or one rule of who sees what. Those that no
test notices are printed, and are a fault of the tests.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "alongside"
COPIED = ("src", "tests", "scripts", "docs", "pyproject.toml", "GLOSSARY.md")
MATRIX = "tests/house/test_matrix.py"
STRANGERS = ("fay", "nia", "cal", "ben", "fred")  # not flo: her page is the log's alone
STRANGER = "tests/house/test_isolation.py::test_no_stranger_hears_it_or_can_tell_how_many_there_are"
ISOLATION = [f"{STRANGER}[{who}]" for who in STRANGERS]
# Where the pages are tested that read through the queries of an app.
OWN = {
    "agencies": ["tests/web/test_settings.py"],
    "people": ["tests/web/people", "tests/records/people"],
    "cases": ["tests/web/cases"],
    "exchange": ["tests/web/test_returns.py", "tests/web/test_imports.py", "tests/stewardship/exchange"],
}


@dataclass(frozen=True)
class Mutant:
    """One lock taken off: where, which, and the file as it then reads."""

    path: Path
    line: int
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(SOURCE)}:{self.line} {self.what}"


Change = Callable[[ast.AST], ast.AST | None]


def unlocked(node: ast.AST) -> ast.AST | None:
    """@needs(Permission.X) becomes @needs(Permission.SIGNED_IN), likewise in operation(...)."""
    if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in ("Permission", "P"):
        return ast.Attribute(node.value, "SIGNED_IN", ast.Load()) if node.attr != "SIGNED_IN" else None
    return None


def unscoped_fetch(node: ast.AST) -> ast.AST | None:
    """access.get(request, Model, pk) finds any row."""
    if not _is_call(node, "get") or len(node.args) < 3:  # type: ignore[attr-defined]
        return None
    call = ast.parse(ast.unparse(node), mode="eval").body
    assert isinstance(call, ast.Call)
    call.keywords = [one for one in call.keywords if one.arg != "rows"]
    everything = ast.parse(f"{ast.unparse(call.args[1])}._default_manager.all()", mode="eval").body
    call.keywords.append(ast.keyword("rows", everything))
    return call


def unscoped_list(node: ast.AST) -> ast.AST | None:
    """access.visible(request, Model) lists every row."""
    if not _is_call(node, "visible"):
        return None
    return ast.parse(f"{ast.unparse(node.args[1])}._default_manager.all()", mode="eval").body  # type: ignore[attr-defined]


def unscoped_rule(node: ast.AST) -> ast.AST | None:
    """One `return self.filter(...)` of visible_to gives all, one `return Q(...)` of held_by holds for all."""
    if not isinstance(node, ast.Return) or node.value is None:
        return None
    text = ast.unparse(node.value)
    if text.startswith(("self.filter", "self.none")):
        return ast.Return(ast.parse("self.all()", mode="eval").body)
    if text in ("held", "held & own", "Q(pk__in=[])"):
        return ast.Return(ast.parse("Q()", mode="eval").body)
    return None


def unscoped_query(node: ast.AST) -> ast.AST | None:
    """In a query: Model.objects.visible_to(user) gives all; filter(agency=user.agency_id) asks no agency."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    text = ast.unparse(node)
    if node.func.attr == "visible_to":
        return ast.parse(f"{ast.unparse(node.func.value)}.all()", mode="eval").body
    if node.func.attr == "filter" and "held_by(" in text and text.count(".filter(") == 1:
        return ast.parse(text.replace("held_by(user, 'household__')", "Q()"), mode="eval").body
    kept = [one for one in node.keywords if not (one.arg == "agency" and ast.unparse(one.value) == "user.agency_id")]
    return ast.Call(node.func, node.args, kept) if len(kept) < len(node.keywords) else None


def _is_call(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == f"access.{name}"


class Once(ast.NodeTransformer):
    """Changes the one node at a place."""

    def __init__(self, place: int, change: Change) -> None:
        self.left, self.change, self.line = place, change, 0

    def visit(self, node: ast.AST) -> ast.AST:
        """Count what could be changed, and change one."""
        changed = self.change(node)
        if changed is not None:
            self.left -= 1
            if self.left < 0 and not self.line:
                self.line = getattr(node, "lineno", 1)
                return ast.copy_location(changed, node)
        return self.generic_visit(node)


def mutants() -> Iterator[Mutant]:
    """Every lock there is, taken off."""
    doors = [*sorted((SOURCE / "web").rglob("*.py")), *sorted((SOURCE / "api").rglob("*.py"))]
    rules = sorted(path for path in SOURCE.rglob("models.py"))
    queries = [path for path in SOURCE.rglob("*.py") if path.name in ("queries.py", "picking.py", "access.py")]
    for paths, change in (
        (rules, unscoped_rule),
        (sorted(queries), unscoped_query),
        (doors, unscoped_list),
        (doors, unscoped_fetch),
        (doors, unlocked),
    ):
        for path in paths:
            place = 0
            while True:
                once = Once(place, change)
                tree = ast.fix_missing_locations(once.visit(ast.parse(path.read_text())))
                if not once.line:
                    break
                first = path.read_text().splitlines()[once.line - 1].strip()
                if change is not unlocked or first.startswith(("@needs", "@operation")):
                    yield Mutant(path, once.line, f"{change.__name__}: {first[:90]}", ast.unparse(tree))
                place += 1


def tests_for(mutant: Mutant) -> list[str]:
    """Give the tests that ought to notice, the quickest first."""
    if "unlocked" in mutant.what:
        return ["tests/house/test_reference.py"]
    parts = mutant.path.relative_to(SOURCE).parts
    if parts[0] not in ("web", "api"):
        return ["tests/house/test_sight.py", "tests/core/test_access.py", *OWN.get(parts[1], []), *ISOLATION]
    area = parts[1] if parts[0] == "web" else "api"
    own = ROOT / "tests" / "api" if area == "api" else ROOT / "tests" / "web" / area
    pages = [f"{MATRIX}::test_everybody_gets_what_the_table_says[{name}]" for name in names_in(mutant.path, area)]
    return [*pages, *ISOLATION, *([str(own.relative_to(ROOT))] if own.exists() else [])]


def names_in(path: Path, area: str) -> list[str]:
    """Give the addresses whose page is in this file; of its whole area where none is."""
    from tests.house.addresses import addresses  # noqa: PLC0415  # Django is set up by then

    module = ".".join(("alongside", *path.relative_to(SOURCE).with_suffix("").parts))
    names = [one.name for one in addresses() if getattr(one.view, "__module__", "") == module]
    return names or [one.name for one in addresses() if one.name.startswith(f"{area}:")]


def is_noticed(mutant: Mutant, copy: Path) -> bool:
    """Run the tests on a copy of the project in which the lock is off."""
    place = copy / mutant.path.relative_to(ROOT)
    before = place.read_text()
    place.write_text(mutant.text)
    try:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--reuse-db", *tests_for(mutant)]
        ran = subprocess.run(command, cwd=copy, capture_output=True, check=False, env=_environment(copy))
        return ran.returncode == 1
    finally:
        place.write_text(before)


def _environment(copy: Path) -> dict[str, str]:
    own = {"PYTHONPATH": str(copy / "src"), "ALONGSIDE_VAR": str(copy / "var"), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **own}


def main() -> int:
    """Take the locks off one by one; 0 where 95 of 100 were noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--only", default="", help="those whose description holds this")
    parser.add_argument("--sample", type=int, default=0, help="so many, drawn by lot")
    parser.add_argument("--list", action="store_true", help="name them and run nothing")
    given = parser.parse_args()
    chosen = [mutant for mutant in mutants() if given.only in str(mutant)]
    if given.sample:
        chosen = random.Random(1).sample(chosen, min(given.sample, len(chosen)))
    if given.list:
        print("\n".join(map(str, chosen)))
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django  # noqa: PLC0415  # not needed to list them

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            from_, to = ROOT / name, copy / name
            shutil.copytree(from_, to) if from_.is_dir() else shutil.copy(from_, to)
        survivors = []
        for number, mutant in enumerate(chosen, 1):
            noticed = is_noticed(mutant, copy)
            survivors += [] if noticed else [mutant]
            print(f"{number}/{len(chosen)} {'noticed' if noticed else 'NOT NOTICED'}: {mutant}", flush=True)
    rate = 1 - len(survivors) / max(len(chosen), 1)
    print(f"{rate:.1%} of {len(chosen)} noticed.", *map(str, survivors), sep="\n")
    return 0 if rate >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main())
