"""Making rows of what the records say: one a family, of one carer's answers, without a name or an id."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from alongside.insight.evaluation.freezing.reading import Answered, Eligible, Known, Living, Spell, Taken, known_of
from alongside.insight.evaluation.outcomes import editions_of
from alongside.insight.evaluation.rows import (
    COMPARISON,
    NUMBERS,
    OCCASIONS,
    SUPPORT,
    WORDS,
    Rows,
    Scores,
    Words,
    pseudonym,
)
from alongside.insight.evaluation.rules import BEFORE_START, Definition
from alongside.insight.watching.families import fifth, wide
from alongside.insight.watching.for_whom import LABELS
from alongside.records.cases.models import Closure
from alongside.records.measures.models import Occasion
from alongside.records.measures.usable import measuring
from alongside.records.people.models import Arrangement, Membership, PlanStatus
from alongside.records.people.rules import whole_years
from alongside.records.programmes.models import Move

GROWN_UP = 18
AT_ONCE = 1000
ENDED, MIXED, NO_PLAN = "Ended, no reason recorded", "Mixed", "None"
PLANS = (PlanStatus.Kind.LOOKED_AFTER, PlanStatus.Kind.CHILD_PROTECTION, PlanStatus.Kind.CHILD_IN_NEED)


@dataclass(frozen=True, slots=True)
class Built:
    """A cohort's rows, and how many families were left out, by why.

    ``families`` are the cases that the rows stand for, in their order; they are never kept. ``editions`` are those by
    which questionnaires under licence were counted.
    """

    rows: Rows
    restricted: int
    no_carer: int
    families: tuple[UUID, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Columns:
    """Columns as they fill, row by row."""

    numbers: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in NUMBERS})
    words: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in WORDS})
    scores: dict[str, dict[str, list[Any]]] = field(
        default_factory=lambda: defaultdict(
            lambda: {name: [] for name in ("row", "day", "occasion", "edition", "value")}
        )
    )
    editions: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, number: int, facts: "Facts", arm: str) -> None:
        """Add a row."""
        for name, value in facts.numbers().items():
            self.numbers[name].append(np.nan if value is None else value)
        for name, word in (facts.words() | {"arm": arm}).items():
            self.words[name].append(word)
        for answered in facts.answers:
            self._add_scores(number, (answered.on - facts.place.started_on).days, answered)

    def _add_scores(self, number: int, day: int, answered: Answered) -> None:
        edition = self.editions.setdefault((answered.instrument, answered.edition), len(self.editions))
        for scale, value in answered.scores.items():
            if value is not None:
                held = self.scores[f"{answered.instrument}.{scale}"]
                row = (number, day, OCCASIONS.index(answered.occasion), edition, value)
                for part, one in zip(held.values(), row, strict=True):
                    part.append(one)

    def rows(self, keys: tuple[str, ...], definition: Definition) -> Rows:
        """Give all of them as arrays."""
        return Rows(
            keys,
            {name: np.array(column, dtype=np.float64) for name, column in self.numbers.items()},
            {name: Words.of(column) for name, column in self.words.items()},
            {name: _scores(self.scores[name]) for name in sorted(self.scores)},
            definition.windows,
        )


def build(found: Eligible, definition: Definition, cohort: UUID, today: date) -> Built:
    """Make the rows, in the order of their pseudonyms, so that their order tells nothing.

    The records are read for a thousand families at a time, so that no more of them are held at once.
    """
    allowed = [place for place in found.taken if place.household not in found.restricted]
    ordered = sorted((pseudonym(place.case, cohort), place) for place in allowed)
    columns, about = Columns(), frozenset(map(UUID, definition.contracts))
    instruments = measuring(found.agency)
    kept: list[tuple[str, UUID]] = []
    for first in range(0, len(ordered), AT_ONCE):
        some = ordered[first : first + AT_ONCE]
        known = known_of(found.agency, [place for _, place in some], instruments, today)
        for key, place in some:
            if _carers(known, place):
                columns.add(len(kept), Facts(known, place, today), SUPPORT if place.contract in about else COMPARISON)
                kept.append((key, place.case))
    rows = columns.rows(tuple(key for key, _ in kept), definition)
    families = tuple(case for _, case in kept)
    left_out = (len(found.taken) - len(allowed), len(allowed) - len(kept))
    return Built(rows, *left_out, families, editions_of(instruments))


def _carers(known: Known, place: Taken) -> list[UUID]:
    """Who cared for the children when support began, or came to while it went on."""
    last = place.ended_on or date.max
    living = [one for one in known.living.get(place.household, []) if one.part == Membership.Part.CARER]
    return [
        one.person
        for one in living
        if (one.since is None or one.since <= last) and (one.until is None or one.until >= place.started_on)
    ]


def _there(one: Living, on: date) -> bool:
    return (one.since is None or one.since <= on) and (one.until is None or one.until >= on)


def _scores(held: dict[str, list[Any]]) -> Scores:
    kinds = {"row": np.int32, "day": np.int32, "occasion": np.int16, "edition": np.int16, "value": np.float64}
    return Scores(**{name: np.array(values, dtype=kinds[name]) for name, values in held.items()})


class Facts:
    """What the records say of one family in its first place, until it ended or the day of freezing."""

    def __init__(self, known: Known, place: Taken, today: date) -> None:
        self.known, self.place = known, place
        self.last = min(place.ended_on or today, today)
        living = known.living[place.household]
        children = [one for one in living if one.part == Membership.Part.CHILD and _there(one, place.started_on)]
        self.children = list({child.person: child for child in children}.values())
        self.carer, self.answers = self._answered()

    def _answered(self) -> tuple[UUID | None, list[Answered]]:
        """Whose answers count: of the carers, who answered first at the start; of a questionnaire about a child, what
        the carer answered who was first asked about one, and about that child. All of these answers since.
        """
        carers = _carers(self.known, self.place)
        first = self.place.started_on - timedelta(days=BEFORE_START)
        since = [one for one in self.known.answers.get(self.place.case, []) if one.on >= first]
        by_carers = [one for one in since if one.person in carers and one.child is None]
        starts = [one for one in by_carers if one.occasion == Occasion.START]
        carer = (starts or by_carers)[0].person if by_carers else carers[0]
        children = {child.person for child in self.children}
        about: dict[str, tuple[UUID, UUID | None]] = {}
        for one in since:
            if one.child in children:
                about.setdefault(one.instrument, (one.person, one.child))
        return carer, [one for one in since if (one.person, one.child) == about.get(one.instrument, (carer, None))]

    def numbers(self) -> dict[str, float | None]:
        """Every number of the row."""
        place, practised = self.place, self.known.practised.get(self.place.id)
        touches = practised.place.touches if practised else []
        born = {one.person: one.born for one in self.known.living[place.household]}
        ages = [age for child in self.children if (age := whole_years(child.born, place.started_on)) is not None]
        left = [day for child in self.children if (day := self._left(child)) is not None]
        return {
            "started_on": place.started_on.toordinal(),
            "ended_on": place.ended_on.toordinal() if place.ended_on else None,
            "days": (self.last - place.started_on).days,
            "contacts": sum(place.started_on <= touch.on <= self.last for touch in touches),
            "fidelity": practised.met / practised.asked if practised and practised.asked else None,
            "carer_age": whole_years(born[self.carer] if self.carer else None, place.started_on),
            "children": len(self.children),
            "youngest_age": min(ages, default=None),
            "left_home": float(bool(left)),
            "days_at_home": (min(left, default=self.last) - place.started_on).days,
            **{f"{kind}_before": self._on_plan(kind, place.started_on) for kind in PLANS},
            **{f"{kind}_after": self._on_plan(kind, self.last) for kind in PLANS},
        }

    def words(self) -> dict[str, str]:
        """Every word of the row, but for its arm."""
        place = self.place
        carer = next((one for one in self.known.living[place.household] if one.person == self.carer), None)
        return {
            "contract": place.contract_name,
            "programme": place.programme,
            "authority": place.authority or "",
            "deprivation": LABELS["deprivation"][fifth(place.authority_code)],
            "ethnicity": LABELS["ethnicity"][wide(carer.ethnicity if carer else "")],
            "disability": LABELS["disability"][carer.disability if carer else ""],
            "arrangement": self._arrangement(),
            "end_reason": self._end_reason(),
            "plan_before": self._weightiest(place.started_on),
            "plan_after": self._weightiest(self.last),
        }

    def _left(self, child: Living) -> date | None:
        """The day on which a child left the home before they were grown up, where that was within the time seen."""
        until = child.until or _all_ended(self.known.arrangements.get(child.person, []))
        if until is None or not self.place.started_on <= until <= self.last:
            return None
        age = whole_years(child.born, until)
        return until if age is None or age < GROWN_UP else None

    def _on_plan(self, kind: str, on: date) -> int:
        plans: Callable[[Living], list[Spell]] = lambda child: self.known.plans.get(child.person, [])  # noqa: E731
        return sum(any(one.kind == kind and _holds(one, on) for one in plans(child)) for child in self.children)

    def _weightiest(self, on: date) -> str:
        return next((str(kind.label) for kind in PLANS if self._on_plan(kind, on)), NO_PLAN)

    def _arrangement(self) -> str:
        kinds = set()
        for child in self.children:
            held = [one for one in self.known.arrangements.get(child.person, []) if _holds(one, self.place.started_on)]
            kinds.add(held[-1].kind if held else Arrangement.Kind.UNKNOWN)
        kind = kinds.pop() if len(kinds) == 1 else None
        return str(Arrangement.Kind(kind).label) if kind else MIXED if kinds else ""

    def _end_reason(self) -> str:
        place = self.place
        if place.ended_on is None:
            return ""
        if place.moved:
            return str(Move.Way(place.moved).label)
        reason = self.known.closed.get((place.case, place.ended_on))
        return str(Closure.Reason(reason).label) if reason else ENDED


def _holds(spell: Spell, on: date) -> bool:
    return (spell.started_on is None or spell.started_on <= on) and (spell.ended_on is None or spell.ended_on >= on)


def _all_ended(spells: list[Spell]) -> date | None:
    """The last day of a child's arrangements, where none goes on."""
    ends = [one.ended_on for one in spells]
    return max((end for end in ends if end is not None), default=None) if None not in ends else None
