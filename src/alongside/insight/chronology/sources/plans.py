"""What was talked over, strengths, plans agreed, promises and money, and how a child came to live there."""

from typing import Any

from django.db.models import QuerySet

from alongside.insight.chronology.entries import (
    Entry,
    Kind,
    Rows,
    Said,
    Scope,
    Source,
    by_day,
    by_moment,
    label,
    of_case,
    of_family,
)
from alongside.records.plans.models import (
    AgreedPlan,
    AllowanceEntry,
    Need,
    OriginEvent,
    PlanSending,
    Promise,
    Strength,
)


def _about(scope: Scope, rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    return rows.filter(**{field: scope.person}) if scope.person else rows


def _origins(scope: Scope) -> Rows:
    rows = _about(scope, of_case(OriginEvent, scope), "child")
    told = {"code": "kind", "detail": "who_words", "words": "words", "more": "evidence", "precision": "precision"}
    return by_day(scope, "origin", rows, "on", about="child", **told)


def _promises(scope: Scope, key: str, day: str) -> Rows | None:
    rows = of_case(Promise, scope)
    told = {"code": "made_by", "detail": "outcome", "words": "words", "more": "why"}
    return of_family(scope, by_day(scope, key, rows, day, **told))


def _money(scope: Scope) -> Rows:
    rows = _about(scope, of_case(AllowanceEntry, scope), "allowance__child")
    told = {"code": "kind", "detail": "allowance__paid_by", "words": "why", "number": "pence_a_week"}
    return by_day(scope, "money", rows, "on", about="allowance__child", **told)


def _paid(entry: Entry) -> Said:
    words = f"Money from {entry.detail}: {label(AllowanceEntry.Kind, entry.code).lower()}"
    return Said(words + (f", £{entry.number / 100:,.2f} a week" if entry.number else ""), (entry.words,))


def _need(entry: Entry) -> Said:
    labelled = (("Going well", entry.words), ("Hard", entry.more), ("One step", entry.detail))
    words = tuple(f"{title}: {text}" for title, text in labelled if text)
    at = f", {entry.number} of 10" if entry.number is not None else ""
    return Said(f"Talked over: {entry.code.replace('_', ' ')}{at}", words)


def _settled(entry: Entry) -> Said:
    return Said(f"A promise: {label(Promise.Outcome, entry.detail).lower()}", (entry.words, entry.more))


P, M = Kind.PLAN, Kind.PROMISE
SOURCES = (
    Source(
        "need",
        P,
        lambda scope: of_family(
            scope,
            by_day(
                scope,
                "need",
                of_case(Need, scope),
                "on",
                code="domain",
                words="going_well",
                more="hard",
                detail="one_step",
                number="place",
            ),
        ),
        _need,
    ),
    Source(
        "strength",
        P,
        lambda scope: by_day(
            scope,
            "strength",
            _about(scope, of_case(Strength, scope), "whose"),
            "noticed_on",
            about="whose",
            words="words",
            code="said_by",
        ),
        lambda entry: Said(f"A strength was noticed, by: {label(Strength.SaidBy, entry.code).lower()}", (entry.words,)),
    ),
    Source(
        "plan",
        P,
        lambda scope: by_day(
            scope,
            "plan",
            _about(scope, of_case(AgreedPlan, scope), "agreed_with"),
            "agreed_on",
            about="agreed_with",
            number="number",
            words="words",
            by="by__name",
        ),
        lambda entry: Said(f"Plan {entry.number} was agreed", (entry.words,)),
    ),
    Source(
        "plan sent",
        P,
        lambda scope: of_family(
            scope, by_moment(scope, "plan sent", of_case(PlanSending, scope), "at", code="how", by="by__name")
        ),
        lambda entry: Said(f"The plan went to the family, {label(PlanSending.How, entry.code).lower()}"),
    ),
    Source(
        "promise",
        M,
        lambda scope: _promises(scope, "promise", "made_on"),
        lambda entry: Said(f"A promise, by: {label(Promise.MadeBy, entry.code).lower()}", (entry.words,)),
    ),
    Source("promise settled", M, lambda scope: _promises(scope, "promise settled", "settled_on"), _settled),
    Source("money", M, _money, _paid),
    Source(
        "origin",
        Kind.LIVING,
        _origins,
        lambda entry: Said(
            label(OriginEvent.Kind, entry.code) + (f" ({entry.detail})" if entry.detail else ""),
            (entry.words, f"What shows it: {entry.more}" if entry.more else ""),
        ),
    ),
)
