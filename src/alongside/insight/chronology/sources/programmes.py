"""What was decided on the referral, which programmes the family took part in, pauses, more time, moves, and groups."""

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
from alongside.records.cases.models import Case
from alongside.records.programmes.models import Decision, Enrolment, Extension, GroupMember, Move, Pause


def _decisions(scope: Scope) -> Rows | None:
    referral = Case.objects.filter(pk=scope.case).values("referral")
    rows = Decision.objects.visible_to(scope.user).filter(referral__in=referral)
    told = {"code": "outcome", "detail": "contract__name", "words": "words", "by": "by__name"}
    return of_family(scope, by_moment(scope, "decision", rows, "decided_at", **told))


def _enrolments(scope: Scope, key: str, day: str) -> Rows | None:
    return of_family(scope, by_day(scope, key, of_case(Enrolment, scope), day, detail="contract__programme__name"))


def _pauses(scope: Scope, key: str, day: str) -> Rows | None:
    rows = Pause.objects.filter(enrolment__case=scope.case)
    return of_family(
        scope, by_day(scope, key, rows, day, detail="enrolment__contract__programme__name", words="reason")
    )


def _extensions(scope: Scope) -> Rows | None:
    rows = Extension.objects.filter(enrolment__case=scope.case)
    return of_family(
        scope, by_day(scope, "more time", rows, "asked_on", code="answer", words="reason", more="answer_words")
    )


def _moves(scope: Scope) -> Rows | None:
    told = {"code": "way", "words": "reason", "more": "carer_words"}
    return of_family(scope, by_day(scope, "move", of_case(Move, scope), "moved_on", **told))


def _members(scope: Scope, key: str, day: str, **told: str) -> Rows:
    rows = of_case(GroupMember, scope)
    rows = rows.filter(person=scope.person) if scope.person else rows
    return by_day(scope, key, rows, day, about="person", detail="group__name", **told)


def _decided(entry: Entry) -> Said:
    where = f", {entry.detail}" if entry.detail else ""
    return Said(f"Decided on the referral: {label(Decision.Outcome, entry.code).lower()}{where}", (entry.words,))


def _more_time(entry: Entry) -> Said:
    return Said(f"More time was asked for: {label(Extension.Answer, entry.code).lower()}", (entry.words, entry.more))


P = Kind.PROGRAMME
SOURCES = (
    Source("decision", Kind.REFERRAL, _decisions, _decided),
    Source(
        "enrolment",
        P,
        lambda scope: _enrolments(scope, "enrolment", "started_on"),
        lambda entry: Said(f"Began to take part in {entry.detail}"),
    ),
    Source(
        "enrolment over",
        P,
        lambda scope: _enrolments(scope, "enrolment over", "ended_on"),
        lambda entry: Said(f"Finished taking part in {entry.detail}"),
    ),
    Source(
        "pause",
        P,
        lambda scope: _pauses(scope, "pause", "since"),
        lambda entry: Said(f"{entry.detail} paused", (entry.words,)),
    ),
    Source(
        "pause over",
        P,
        lambda scope: _pauses(scope, "pause over", "until"),
        lambda entry: Said(f"{entry.detail} went on after a pause"),
    ),
    Source("more time", P, _extensions, _more_time),
    Source(
        "move",
        P,
        _moves,
        lambda entry: Said(
            f"Moved between programmes: {label(Move.Way, entry.code).lower()}", (entry.words, entry.more)
        ),
    ),
    Source(
        "group joined",
        P,
        lambda scope: _members(scope, "group joined", "joined_on"),
        lambda entry: Said(f"Joined a group: {entry.detail}"),
    ),
    Source(
        "group left",
        P,
        lambda scope: _members(scope, "group left", "left_on", words="why"),
        lambda entry: Said(f"Left a group: {entry.detail}", (entry.words,)),
    ),
)
