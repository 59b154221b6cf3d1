"""The case opened, closed and opened again; contacts; goals, where the family stood, and steps done."""

from typing import Any

from django.db.models import QuerySet, Value

from alongside.insight.chronology.entries import (
    Entry,
    Kind,
    Rows,
    Said,
    Scope,
    Source,
    beyond,
    by_day,
    by_moment,
    label,
    of_case,
    of_family,
    within,
)
from alongside.records.cases.models import Case, Closure, Contact, Goal, Reading, Step


def _contacts(scope: Scope) -> Rows:
    """Read no more contacts than the page holds: there may be thousands of them."""
    rows: QuerySet[Any] = within(scope, of_case(Contact, scope), "at")
    if scope.person:
        rows = rows.filter(people=scope.person)
    if scope.place:
        at, pk, source = scope.place
        way = "lt" if scope.newest else "gt"
        reach = beyond((at, pk, source), scope.newest, "at", "pk", "e_key")
        rows = rows.annotate(e_key=Value("contact")).filter(reach, **{f"at__{way}e": at})
    sign = "-" if scope.newest else ""
    page = rows.order_by(f"{sign}at", f"{sign}pk").values("pk")[: scope.size + 1]
    found = Contact.objects.filter(pk__in=page)
    told = {"code": "channel", "detail": "outcome", "words": "note", "more": "came_of_it", "number": "minutes"}
    return by_moment(scope, "contact", found, "at", by="by__name", **told)


def _contact(entry: Entry) -> Said:
    how = label(Contact.Channel, entry.code)
    if entry.detail != Contact.Outcome.SPOKE:
        how += f", {label(Contact.Outcome, entry.detail).lower()}"
    if entry.number:
        how += f", {entry.number} minute{'' if entry.number == 1 else 's'}"
    return Said(how, (entry.words, f"What came of it: {entry.more}" if entry.more else ""))


def _goals(scope: Scope, key: str, day: str) -> Rows | None:
    return of_family(scope, by_day(scope, key, of_case(Goal, scope), day, words="words", number="start"))


def _readings(scope: Scope) -> Rows | None:
    rows = Reading.objects.visible_to(scope.user).filter(goal__case=scope.case)
    return of_family(scope, by_day(scope, "reading", rows, "on", words="goal__words", number="value"))


def _steps(scope: Scope) -> Rows | None:
    rows = of_case(Step, scope)
    return of_family(scope, by_day(scope, "step", rows, "done_on", code="owner", words="words", more="came_of_it"))


def _closures(scope: Scope, key: str, day: str, words: str) -> Rows | None:
    return of_family(scope, by_day(scope, key, of_case(Closure, scope), day, code="reason", words=words))


def _step(entry: Entry) -> Said:
    who = label(Step.Owner, entry.code).lower()
    return Said(f"A step was done, by: {who}", (entry.words, f"What came of it: {entry.more}" if entry.more else ""))


def _closed(entry: Entry) -> Said:
    return Said(f"The case was closed: {label(Closure.Reason, entry.code).lower()}", (entry.words,))


G = Kind.GOAL
SOURCES = (
    Source(
        "opened",
        Kind.CASE,
        lambda scope: of_family(
            scope,
            by_day(scope, "opened", Case.objects.filter(pk=scope.case), "opened_on"),
        ),
        lambda entry: Said("The case was opened"),
    ),
    Source("closed", Kind.CASE, lambda scope: _closures(scope, "closed", "closed_on", "words"), _closed),
    Source(
        "reopened",
        Kind.CASE,
        lambda scope: _closures(scope, "reopened", "reopened_on", "reopened_words"),
        lambda entry: Said("The family came back, and the case was opened again", (entry.words,)),
    ),
    Source("contact", Kind.CONTACT, _contacts, _contact),
    Source(
        "goal",
        G,
        lambda scope: _goals(scope, "goal", "set_on"),
        lambda entry: Said(f"A goal was set, at {entry.number} of 10", (entry.words,)),
    ),
    Source(
        "goal met",
        G,
        lambda scope: _goals(scope, "goal met", "met_on"),
        lambda entry: Said("A goal was reached", (entry.words,)),
    ),
    Source(
        "goal left",
        G,
        lambda scope: _goals(scope, "goal left", "left_on"),
        lambda entry: Said("A goal was left", (entry.words,)),
    ),
    Source(
        "reading",
        G,
        _readings,
        lambda entry: Said(f"They put themselves at {entry.number} of 10 on a goal", (entry.words,)),
    ),
    Source("step", G, _steps, _step),
)
