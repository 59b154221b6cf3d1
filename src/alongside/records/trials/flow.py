"""The flow of families through a trial, counted from records and shown with every small number hidden.

It comes out three times and not between: a round number while families enter, who entered and why others did not once
that is closed, and what became of them once the last has been measured. So nobody can be told from a number that moved.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from alongside.calc.disclosure import Axis, Release, Table, suppress_linked
from alongside.records.measures.models import AnswerSet
from alongside.records.programmes.models import Enrolment
from alongside.records.trials import rules
from alongside.records.trials.models import Allocation, Assessment, Trial, TrialConsent
from alongside.records.trials.rules import FOLLOWED, RANDOMISED, RECEIVED, Entrant

ROUND_TO = 5
NONE = "in no arm"


class Line(NamedTuple):
    """One line of the flow: what happened to how many; ``shown`` is none where the number is hidden."""

    words: str
    shown: int | None


class Arm(NamedTuple):
    """What is shown of one arm; nothing is known of what became of its families until all have been measured."""

    name: str
    allocated: int | None
    received: list[Line]
    followed: list[Line]


class Flow(NamedTuple):
    """The flow as it may be shown."""

    assessed: int | None
    excluded: list[Line]
    randomised: int | None
    arms: list[Arm]
    whole_on: date | None
    """The day from which what became of everybody is shown, where it is still to come."""


def about_so_many(trial: Trial) -> tuple[int, int]:
    """Say roughly how many families were looked at and allocated so far, to the nearest five."""
    counted = (Assessment.objects.filter(trial=trial).count(), Allocation.objects.filter(trial=trial).count())
    looked, allocated = ((number + ROUND_TO // 2) // ROUND_TO * ROUND_TO for number in counted)
    return looked, allocated


def whole_on(trial: Trial) -> date | None:
    """Give the day from which everybody has been asked again; nothing where nobody was allocated."""
    return _whole_on(trial, Allocation.objects.filter(trial=trial).aggregate(last=Max("allocated_on"))["last"])


def _whole_on(trial: Trial, last: date | None) -> date | None:
    return last + timedelta(weeks=trial.follow_up_weeks + rules.AROUND, days=1) if last else None


def flow_of(trial: Trial) -> Flow:
    """Count the flow of a closed trial."""
    families = list(entrants(trial).values())
    whole = _whole_on(trial, max((each.allocated_on for each in families if each.allocated_on), default=None))
    ways = Axis("entering", tuple(_ways(trial, families)))
    arms = Axis("arm", (*trial.arms, NONE))
    entered = Counter((rules.entering(family), _arm(trial, family)) for family in families)
    first = suppress_linked([_table(ways, arms, entered)])
    if whole is None or whole > timezone.localdate():
        return _told(trial, first, whole)
    then, had = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for family in families:
        arm, day = _arm(trial, family), family.allocated_on
        then[arm, rules.followed(family, day, trial.asked_again) if day else NONE] += 1
        had[arm, rules.received(family, day, timedelta(weeks=trial.follow_up_weeks)) if day else NONE] += 1
    tables = [
        *first.tables,
        _table(arms, Axis("received", (*RECEIVED, NONE)), had),
        _table(arms, Axis("followed", (*FOLLOWED, NONE)), then),
    ]
    return _told(trial, suppress_linked(tables, earlier=[first]), None)


def entrants(trial: Trial) -> dict[UUID, Entrant]:
    """Give what the records tell of every family that was looked at, by its case and without a name, up to the day from
    which everybody has been asked again.
    """
    ours = {"trial": trial}
    consents = {consent.case_id: consent for consent in TrialConsent.objects.filter(**ours).order_by("pk")}
    allocations = {allocation.case_id: allocation for allocation in Allocation.objects.filter(**ours)}
    until = _whole_on(trial, max((one.allocated_on for one in allocations.values()), default=None))
    answered, supported = _measured(trial, until), _supported(trial, until)
    rows = Assessment.objects.filter(**ours).select_related("case").order_by("pk")
    return {
        row.case_id: _entrant(trial, row, consents.get(row.case_id), allocations.get(row.case_id), answered, supported)
        for row in rows
    }


def _entrant(
    trial: Trial,
    row: Assessment,
    consent: TrialConsent | None,
    allocation: Allocation | None,
    answered: dict[UUID, list[date]],
    supported: dict[UUID, list[tuple[date, date | None]]],
) -> Entrant:
    missed = (words for words, met in zip(trial.criteria, row.answers, strict=True) if not met)
    return Entrant(
        lacks=next(missed, ""),
        declined=bool(consent and consent.answer == TrialConsent.Answer.DECLINED),
        withdrawn_on=consent.withdrawn_on if consent else None,
        answers_may_stay=consent.answers_may_stay if consent else True,
        arm=allocation.arm if allocation else None,
        allocated_on=allocation.allocated_on if allocation else None,
        turn_on=allocation.turn_on if allocation else None,
        closed_on=row.case.closed_on,
        supported=tuple(supported[row.case_id]),
        answered=tuple(answered[row.case_id]),
    )


def _measured(trial: Trial, until: date | None) -> dict[UUID, list[date]]:
    cases = Allocation.objects.filter(trial=trial).values("case")
    rows = AnswerSet.objects.filter(case__in=cases, instrument=trial.instrument)
    found: dict[UUID, list[date]] = defaultdict(list)
    for case, day, scores in rows.values_list("case", "answered_on", "scores"):
        if (until is None or day < until) and any(score is not None for score in scores.values()):
            found[case].append(day)
    return found


def _supported(trial: Trial, until: date | None) -> dict[UUID, list[tuple[date, date | None]]]:
    cases = Allocation.objects.filter(trial=trial).values("case")
    rows = Enrolment.objects.filter(case__in=cases, contract__programme=trial.programme_id)
    found: dict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
    for case, since, ended in rows.values_list("case", "started_on", "ended_on"):
        if until is None or since < until:
            found[case].append((since, ended))
    return found


def _ways(trial: Trial, families: list[Entrant]) -> list[str]:
    """Give every way there is in the order of the flow; a criterion that everybody met is no line."""
    known = [f"Not so: {words}" for words in trial.criteria]
    known += [rules.DECLINED, rules.TOOK_BACK_BEFORE, rules.NOT_ENTERED]
    there = {rules.entering(family) for family in families}
    return [RANDOMISED, *(words for words in dict.fromkeys(known) if words in there)]


def _arm(trial: Trial, family: Entrant) -> str:
    return NONE if family.arm is None else trial.arms[family.arm]


def _table(rows: Axis, columns: Axis, counted: Counter[tuple[str, str]]) -> Table:
    return Table(rows, columns, tuple(tuple(counted[row, column] for column in columns.labels) for row in rows.labels))


def _told(trial: Trial, release: Release, whole_on: date | None) -> Flow:
    entered, *others = release.shown
    ways = dict(zip(entered.rows.labels, (cell.value for cell in entered.row_totals), strict=True))
    randomised = ways.pop(RANDOMISED)
    arms = []
    for place, name in enumerate(trial.arms):
        told = [
            [
                Line(words, cell.value)
                for words, cell in zip(table.columns.labels, table.cells[place], strict=True)
                if words != NONE
            ]
            for table in others
        ]
        had, then = told or ([], [])
        arms.append(Arm(name, entered.column_totals[place].value, had, then))
    excluded = [Line(words, shown) for words, shown in ways.items()]
    return Flow(entered.total.value, excluded, randomised, arms, whole_on)
