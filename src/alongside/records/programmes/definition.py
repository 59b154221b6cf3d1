"""Programmes as they are defined in data files, read strictly: a slip in a file is named with its place."""

import tomllib
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from alongside.records.programmes.rules.practice import RULES, Ingredient

FOLDER = Path(__file__).parent / "definitions"
FUNDS = sorted(path.stem for path in (FOLDER.parent / "limits").glob("*.toml"))
OCCASIONS = ("start", "review", "end", "follow_up")
MOST_CHASES = 5  # more would be pestering
WORDS_FOR = {
    bool: "true or false",
    int: "a whole number",
    str: "text",
    date: "a date",
    dict: "a table",
    tuple: "a list",
}


class DefinitionError(ValueError):
    """A data file does not say what it should; the sentence names the file and the key."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, what it says in our words, and when we last looked."""

    title: str
    publisher: str
    says: str
    checked: date


@dataclass(frozen=True, slots=True)
class Default:
    """A number that a contract starts from and may change; unverified ones are ours, not the programme's."""

    value: int
    verified: bool
    why: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a new contract for this programme starts from."""

    first_contact_days: Default
    review_weeks: Default


@dataclass(frozen=True, slots=True)
class Length:
    """How long it takes, as far as the programme says; what is left out is for the contract."""

    words: str
    weeks_at_least: int | None = None
    weeks_at_most: int | None = None
    sessions: int | None = None


@dataclass(frozen=True, slots=True)
class Sessions:
    """What counts as a session: being in touch in one of these ways, unless a worker says otherwise."""

    channels: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One level of a programme that a contract may buy; what was not found says so."""

    slug: str
    name: str
    words: str
    verified: bool
    therapy: bool
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Therapy:
    """Sessions with a therapist beside the work, paid by a fund that agreed to an amount for a child."""

    words: str
    fund: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Which instruments are answered, and when."""

    instruments: tuple[str, ...]
    occasions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When they are asked: by which day after the work starts and ends, so many months after it ended (by a link
    that is sent by itself, or not), and how often somebody who has not answered is asked again. Reviews come as often
    as the contract says.
    """

    start_within_days: int
    end_within_days: int
    follow_up_months: tuple[int, ...]
    follow_up_by_itself: bool
    chase_after_days: int
    chases_at_most: int
    verified: bool
    why: str


@dataclass(frozen=True, slots=True)
class ProgrammeEligibility:
    """What the programme itself says about whom it is for; the contract says the rest."""

    follows_funder: bool
    fund_arrangements: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One programme. ``closes`` is false where families come and go for as long as the contract runs.

    ``intensity`` says how much support it gives beside the others, so that a move to more is a step up.
    """

    slug: str
    name: str
    edition: str
    summary: str
    for_whom: str
    channels: tuple[str, ...]
    allocated_worker: bool
    one_key_goal: bool
    groups: bool
    closes: bool
    plans_followed: bool
    intensity: int
    licence: str
    length: Length
    sessions: Sessions
    outcomes: Outcomes
    schedule: Schedule
    eligibility: ProgrammeEligibility
    defaults: Defaults
    sources: tuple[Source, ...]
    ingredients: tuple[Ingredient, ...]
    tiers: tuple[Tier, ...] = ()
    therapy: Therapy | None = None

    def content(self) -> dict[str, Any]:
        """Give everything as it is kept in the database: plain values only, dates as text."""
        sources = [asdict(source) | {"checked": source.checked.isoformat()} for source in self.sources]
        return asdict(self) | {"sources": sources}


def load_definitions(folder: Path = FOLDER) -> tuple[Definition, ...]:
    """Every programme's definition, in the order of their slugs."""
    return tuple(_load(path) for path in sorted(folder.glob("*.toml")))


def _load(path: Path) -> Definition:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name} is not a TOML file: {error}.") from error
    try:
        definition: Definition = _record(Definition, table, "")
        _check(definition, path.stem)
    except DefinitionError as error:
        raise DefinitionError(f"{path.name}: {error}") from error
    return definition


def _check(definition: Definition, stem: str) -> None:
    if definition.slug != stem:
        raise DefinitionError(f"slug is “{definition.slug}”, but the file is called “{stem}”.")
    unknown = set(definition.outcomes.occasions) - set(OCCASIONS)
    if unknown:
        raise DefinitionError(f"outcomes.occasions: “{min(unknown)}” is not one of {', '.join(OCCASIONS)}.")
    _check_schedule(definition.schedule, definition.outcomes.occasions)
    for name in ("first_contact_days", "review_weeks"):
        if getattr(definition.defaults, name).value < 1:
            raise DefinitionError(f"defaults.{name}.value must be 1 or more.")
    stray = set(definition.sessions.channels) - set(definition.channels)
    if stray:
        raise DefinitionError(f"sessions.channels: “{min(stray)}” is not among the programme's channels.")
    for number, ingredient in enumerate(definition.ingredients, 1):
        if ingredient.rule not in RULES:
            rules = ", ".join(RULES)
            raise DefinitionError(f"ingredients[{number}].rule: “{ingredient.rule}” is not one of {rules}.")
    if definition.therapy and definition.therapy.fund not in FUNDS:
        raise DefinitionError(f"therapy.fund: “{definition.therapy.fund}” is not one of {', '.join(FUNDS)}.")
    if not definition.sources:
        raise DefinitionError("sources: name at least one.")


def _check_schedule(schedule: Schedule, occasions: tuple[str, ...]) -> None:
    for name in ("start_within_days", "end_within_days", "chase_after_days"):
        if getattr(schedule, name) < 1:
            raise DefinitionError(f"schedule.{name} must be 1 or more.")
    if not 0 <= schedule.chases_at_most <= MOST_CHASES:
        raise DefinitionError(f"schedule.chases_at_most must be from 0 to {MOST_CHASES}.")
    months = schedule.follow_up_months
    if list(months) != sorted({month for month in months if month > 0}):
        raise DefinitionError("schedule.follow_up_months must be 1 or more, each once, the earliest first.")
    if bool(months) != ("follow_up" in occasions):
        raise DefinitionError(
            "schedule.follow_up_months: name months where outcomes.occasions has a follow_up, and only then."
        )
    if schedule.follow_up_by_itself and not months:
        raise DefinitionError("schedule.follow_up_by_itself: there are no follow_up_months to send it after.")


def _record(kind: Any, table: dict[str, Any], where: str) -> Any:
    """Build a dataclass from a table that has each of its keys, rightly typed, and no other."""
    hints = get_type_hints(kind)
    unknown = sorted(table.keys() - hints.keys())
    if unknown:
        raise DefinitionError(f"{where}{unknown[0]}: no such key. The keys are {', '.join(hints)}.")
    needed = [field.name for field in fields(kind) if field.default is MISSING]
    missing = [name for name in needed if name not in table]
    if missing:
        raise DefinitionError(f"{where}{missing[0]} is missing.")
    return kind(**{name: _value(hints[name], found, f"{where}{name}") for name, found in table.items()})


def _value(hint: Any, found: Any, where: str) -> Any:
    wanted = next((one for one in get_args(hint) if one is not NoneType), hint) if NoneType in get_args(hint) else hint
    if is_dataclass(wanted):
        return _record(wanted, _typed(dict, found, where), f"{where}.")
    if get_origin(hint) is tuple:
        each = get_args(hint)[0]
        items = _typed(tuple, tuple(found) if isinstance(found, list) else found, where)
        return tuple(_value(each, item, f"{where}[{number}]") for number, item in enumerate(items, 1))
    return _typed(wanted, found, where)


def _typed(wanted: Any, found: Any, where: str) -> Any:
    # type() and not isinstance: in Python true is also a whole number.
    if type(found) is not wanted:
        raise DefinitionError(f"{where}: expected {WORDS_FOR[wanted]}, found {found!r}.")
    if wanted is str and not found.strip():
        raise DefinitionError(f"{where}: expected text, found nothing.")
    return found
