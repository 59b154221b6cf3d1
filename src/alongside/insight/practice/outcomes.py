"""What changed for carers beside how true the work was: places parted by how much of the programme they had."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from alongside.calc.instruments import Instrument, Scale
from alongside.calc.outcomes.paired import PairedChange, paired_change
from alongside.insight.practice.fidelity import Practised
from alongside.records.measures.models import AnswerSet, Occasion
from alongside.records.measures.usable import measured

MOST = 0.75
"""From this share of what could be judged, the work counts as having had most of its programme."""
ASKED_BEFORE = timedelta(days=31)  # questions asked at the door often come shortly before the place


class Answers(NamedTuple):
    """One carer's answers to one instrument on one day."""

    case: UUID
    person: UUID
    instrument: str
    edition: str
    occasion: str
    on: Any
    scores: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Beside:
    """What changed on one scale for those whose work had most of its programme, and for the others."""

    scale: Scale
    most: PairedChange
    less: PairedChange


def had_most(one: Practised) -> bool:
    """Say whether this work had most of what its programme is made of."""
    return one.asked > 0 and one.met >= MOST * one.asked


def changes_beside(agency: UUID, practised: Sequence[Practised], slugs: Sequence[str]) -> list[Beside]:
    """Give what changed on each scale of the programme's instruments, in one query."""
    places = {one.place.enrolment.case_id: one for one in practised}
    answered: dict[tuple[str, UUID], list[Answers]] = defaultdict(list)
    rows = AnswerSet.objects.filter(case__in=places, instrument__in=slugs, child=None).order_by("answered_on", "id")
    for row in map(Answers._make, rows.values_list(*_COLUMNS)):
        if _in_span(row, places[row.case]):
            answered[row.instrument, row.person].append(row)
    found = []
    for instrument in measured(agency, slugs):
        held = [sets for (slug, _), sets in answered.items() if slug == instrument.key]
        found += [_beside(instrument, scale, held, places) for scale in instrument.scales if held]
    return [one for one in found if one.most.n or one.less.n]


_COLUMNS = ("case", "person", "instrument", "edition", "occasion", "answered_on", "scores")


def _in_span(row: Answers, one: Practised) -> bool:
    enrolment = one.place.enrolment
    ended: bool = enrolment.ended_on is not None and row.on > enrolment.ended_on + ASKED_BEFORE
    return bool(row.on >= enrolment.started_on - ASKED_BEFORE) and not ended


def _beside(instrument: Instrument, scale: Scale, held: list[list[Answers]], places: dict[UUID, Practised]) -> Beside:
    pairs: dict[bool, list[tuple[float | None, float | None]]] = {True: [], False: []}
    for sets in held:
        before = next((row for row in sets if row.occasion == Occasion.START), None)
        after = next((row for row in reversed(sets) if row.occasion != Occasion.START), None)
        if before and after and before.edition == after.edition:
            pairs[had_most(places[before.case])].append((before.scores.get(scale.key), after.scores.get(scale.key)))
    most, less = (_change(pairs[which], scale) for which in (True, False))
    return Beside(scale, most, less)


def _change(pairs: list[tuple[float | None, float | None]], scale: Scale) -> PairedChange:
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return paired_change(before, after, higher_is_better=scale.higher_is_better)
