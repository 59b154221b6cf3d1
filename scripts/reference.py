"""Writes the reference pages that come from the code: python -m scripts.reference (or make docs)."""

import argparse
import ast
import importlib
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")

import django

django.setup()

from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402  # Django must be set up first

from alongside.calc.instruments import Instrument  # noqa: E402
from alongside.config.cli import COMMANDS  # noqa: E402
from alongside.core.access import Rule, rule_of  # noqa: E402
from alongside.core.agencies.permissions import PERMISSIONS, Permission, Role  # noqa: E402
from alongside.insight.clocks.reading import rules  # noqa: E402
from alongside.insight.clocks.rules import Rule as ClockRule  # noqa: E402
from alongside.records.measures.library import instruments  # noqa: E402
from alongside.records.programmes.definition import load_definitions  # noqa: E402
from alongside.stewardship.privacy.register import register  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
CONFIG = ROOT / "src" / "alongside" / "config"
MEANINGS = Path(__file__).with_name("settings.toml")
READERS = {"flag", "words", "get"}
TESTS_ONLY = "testserver"
MADE_BY = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"
Rows = list[tuple[str, ...]]


def table(headings: tuple[str, ...], rows: Rows) -> str:
    """Give a table in Markdown."""
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def variables() -> dict[str, str]:
    """Every variable of the environment that the settings read, with its default as it stands in the code."""
    found = {"DATABASE_URL": ""}  # read by a library, from its own name for it
    for node in ast.walk(ast.parse((CONFIG / "settings.py").read_text())):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        name = node.args[0].value
        if called in READERS and isinstance(name, str) and name.isupper():
            found[name] = _default(node.args[1]) if len(node.args) > 1 else ""
    return found


def _default(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        text = {True: "1", False: "0"}.get(node.value, node.value) if isinstance(node.value, bool) else node.value
        return ",".join(part for part in str(text).split(",") if part != TESTS_ONLY)
    return "http://localhost:8000"  # the two defaults that are worked out both come to this


def settings() -> str:
    """The variables of the environment."""
    meanings = tomllib.loads(MEANINGS.read_text())
    rows = [(f"`{name}`", f"`{default}`" if default else "", meanings[name]) for name, default in variables().items()]
    intro = "The program reads its settings from the environment; none is needed to try it on one machine."
    return f"# Settings\n\n{intro}\n\n{table(('Variable', 'Default', 'What it does'), sorted(rows))}"


def permissions() -> str:
    """Who may do what, and which page needs which permission."""
    roles = list(Role)
    may = [
        (f"`{one.value}`", str(one.label), ", ".join(str(role.label) for role in roles if one in PERMISSIONS[role]))
        for one in Permission
    ]
    guarded, unlocked = _pages()
    return "\n\n".join(
        [
            "# Roles and permissions",
            "Each person who signs in has one role at one agency. A role opens pages; within them each person sees only"
            " the rows of their agency, and a family worker only those of their team. Anything else is not there.",
            table(("Permission", "Lets you", "Roles"), may),
            "## Pages and what they need",
            table(("Address", "Permission"), guarded),
            "## Pages that need no sign-in",
            table(("Address", "Why"), unlocked),
            "Below `/account/` the sign-in library guards its own pages.",
        ]
    )


def _pages() -> tuple[Rows, Rows]:
    guarded: Rows = []
    unlocked: Rows = []

    def walk(resolver: URLResolver, before: str) -> None:
        for entry in resolver.url_patterns:
            address = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                walk(entry, address)
            elif isinstance(entry, URLPattern):
                for words, rule in _rules(entry):
                    if rule.permission:
                        guarded.append((f"`{words}{address}`", f"`{rule.permission.value}`"))
                    elif not rule.reason.startswith("the sign-in library"):
                        unlocked.append((f"`{words}{address}`", rule.reason))

    walk(get_resolver(), "/")
    return sorted(guarded), sorted(unlocked)


def _rules(entry: URLPattern) -> list[tuple[str, Rule]]:
    rules = getattr(entry.callback, "rule", None)
    if isinstance(rules, dict):
        return [(f"{method} ", rule) for method, rule in rules.items()]
    return [("", rule_of(entry.callback))]


def data() -> str:
    """What is held about whom, why and how long."""
    parts = [
        "# What is held about people",
        "For every table: whose data it is, on what ground it is held, how long, and how sensitive each field is."
        " Grounds and times are a starting point: the provider's data protection lead confirms or changes them.",
    ]
    for model, held in sorted(register().items()):
        rows = [
            ("About", held.about),
            ("Ground", held.ground),
            ("Kept", held.kept),
            ("Plain", ", ".join(f"`{name}`" for name in sorted(held.plain)) or "none"),
            ("Personal", ", ".join(f"`{name}`" for name in sorted(held.personal)) or "none"),
            ("Special", ", ".join(f"`{name}`" for name in sorted(held.special)) or "none"),
        ]
        parts += [f"## {model}", table(("", ""), rows)]
    return "\n\n".join(parts)


class Wide(argparse.RawDescriptionHelpFormatter):
    """Folds help alike everywhere, however wide the terminal is."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)


def commands() -> str:
    """The command line."""
    parts = [
        "# Commands",
        "`alongside <command>`. Each exits with 0 when done, 1 when it failed, 2 when wrongly called.",
    ]
    for name, summary in COMMANDS.items():
        module = importlib.import_module(f"alongside.config.commands.{name}")
        parser = argparse.ArgumentParser(prog=f"alongside {name}", description=summary, epilog=module.EXAMPLE)
        parser.formatter_class = Wide
        module.add_arguments(parser)
        parts += [f"## {name}", f"```text\n{parser.format_help().strip()}\n```"]
    return "\n\n".join(parts)


def programmes() -> str:
    """The programmes, from their data files."""
    parts = ["# Programmes", "A programme is a data file in `src/alongside/records/programmes/definitions`."]
    for one in load_definitions():
        rows = [
            ("For whom", one.for_whom),
            ("Length", one.length.words),
            ("Questionnaires", ", ".join(one.outcomes.instruments)),
            (
                "First contact",
                f"{one.defaults.first_contact_days.value} working days, unless the contract says otherwise",
            ),
            ("Review", f"{one.defaults.review_weeks.value} weeks, unless the contract says otherwise"),
            ("Eligibility", one.eligibility.words),
            ("Licence", one.licence),
        ]
        sources = [
            f"- {source.title} ({source.publisher}, checked {source.checked}): {source.says}" for source in one.sources
        ]
        made_of = [(each.words, each.why, _by_when(each.by_session, each.within_weeks)) for each in one.ingredients]
        parts += [f"## {one.name} (edition {one.edition})", one.summary, table(("", ""), rows), "\n".join(sources)]
        if made_of:
            parts += ["What it is made of, as it is judged for each family:"]
            parts += [table(("Ingredient", "Why", "By when"), made_of)]
    return "\n\n".join(part for part in parts if part)


def _by_when(session: int | None, weeks: int | None) -> str:
    return f"session {session}" if session else f"{weeks} weeks" if weeks else ""


def clocks() -> str:
    """The clocks of law, from their data files."""
    parts = [
        "# Clocks of law",
        "Each is a rule in a data file of `src/alongside/insight/clocks/law`, for England and Wales apart. A rule that"
        " is not verified is marked so wherever it is shown: check it before you rely on it, and change the file. How"
        " days are counted: `docs/methods/clocks.md`.",
    ]
    for nation in ("england", "wales"):
        rows = [
            (rule.title, _counts(rule), rule.words, rule.source, _standing(rule))
            for rule in rules()
            if rule.nation == nation
        ]
        parts += [f"## {nation.title()}", table(("Clock", "Counts", "What it asks", "Source", "Verified"), rows)]
    return "\n\n".join(parts)


def _counts(rule: ClockRule) -> str:
    when = "before" if rule.before else "from"
    unit = rule.unit.value if rule.count != 1 else rule.unit.value.removesuffix("s")
    return f"{rule.count} {unit} {when} {rule.called(rule.count_from[0])}"


def _standing(rule: ClockRule) -> str:
    return ("yes" if rule.verified else "**no**") + (f", read {rule.checked}" if rule.checked else "")


def measures() -> str:
    """The questionnaires, from their data files."""
    parts = [
        "# Questionnaires",
        "A questionnaire is a data file in `src/alongside/records/measures/instruments`. Of one that needs a licence"
        " only the facts stand there: an agency declares its own licence, and loads the words where its owner lets it."
        " How: `docs/how-to/questionnaires-under-licence.md`.",
    ]
    for one in instruments():
        parts += [f"## {one.title} (`{one.key}`)", one.about, table(("", ""), _declared(one))]
        parts += [table(("Item", "Question", "Answers"), _asked(one))] if one.items else []
        parts += [table(SCALE_HEADINGS, _scales(one))] if one.scales else []
    return "\n\n".join(parts)


SCALE_HEADINGS = ("Scale", "Title", "Scored by", "Range", "Better is", "Missing answers", "How exact", "Bands")
PUT_IN = {"answers": "its questions are asked", "scores": "its scores are entered", "goals": "kept with each goal"}
MAY_LOAD = {"words": "its words, in a pack", "ranges": "the ranges of its scores, in a pack", "none": "nothing"}


def _declared(one: Instrument) -> Rows:
    return [
        ("Edition", one.edition),
        ("Answered by", one.who_answers),
        ("Put in", PUT_IN[one.enter]),
        ("Licence", one.licence),
        ("An agency declares its licence first", "yes" if one.needs_licence else "no"),
        ("An agency may load", MAY_LOAD[one.may_load]),
        ("Source", one.source),
    ]


def _asked(one: Instrument) -> Rows:
    return [
        (f"`{item.key}`", item.question, "; ".join(f"{option.value} {option.words}".strip() for option in item.options))
        for item in one.items
    ]


def _scales(one: Instrument) -> Rows:
    return [
        (
            f"`{scale.key}`",
            scale.title,
            str(scale.method.value),
            f"{scale.minimum:g} to {scale.maximum:g}",
            str(scale.direction.value),
            scale.missing_rule,
            scale.exactness.norm,
            "; ".join(f"from {band.start:g} {band.words}{' (risk)' if band.risk else ''}" for band in scale.bands),
        )
        for scale in one.scales
    ]


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "permissions.md": permissions,
    "data.md": data,
    "commands.md": commands,
    "programmes.md": programmes,
    "clocks.md": clocks,
    "measures.md": measures,
}


def written(name: str) -> str:
    """Give a page as it is to stand in its file."""
    title, _, rest = PAGES[name]().partition("\n")
    return f"{title}\n\n{MADE_BY}\n{rest}\n"


if __name__ == "__main__":
    for name in PAGES:
        (REFERENCE / name).write_text(written(name))
