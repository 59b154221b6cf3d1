"""Concerns that somebody may be at risk, and what was done about each; only for those who may know of them."""

from alongside.insight.chronology.entries import Entry, Kind, Rows, Said, Scope, Source, by_moment, label, of_case
from alongside.records.concerns.models import Concern, ConcernStep


def _concerns(scope: Scope) -> Rows | None:
    if scope.person:
        return None
    told = {"code": "source", "words": "words", "detail": "about", "by": "raised_by__name"}
    return by_moment(scope, "concern", of_case(Concern, scope), "created_at", **told)


def _steps(scope: Scope) -> Rows | None:
    if scope.person:
        return None
    rows = ConcernStep.objects.visible_to(scope.user).filter(concern__case=scope.case)
    return by_moment(scope, "concern step", rows, "at", code="kind", detail="whom", words="words", by="by__name")


def _step(entry: Entry) -> Said:
    whom = f" ({entry.detail})" if entry.detail else ""
    return Said(f"About a concern: {label(ConcernStep.Kind, entry.code).lower()}{whom}", (entry.words,))


SOURCES = (
    Source(
        "concern",
        Kind.CONCERN,
        _concerns,
        lambda entry: Said(
            "A concern was recorded" + (f", about {entry.detail}" if entry.detail else ""), (entry.words,)
        ),
    ),
    Source("concern step", Kind.CONCERN, _steps, _step),
)
