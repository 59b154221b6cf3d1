"""What was asked of whom, on which occasion; the numbers stay on the page of measures, where they can be read."""

from alongside.insight.chronology.entries import Entry, Kind, Rows, Said, Scope, Source, by_day, label, of_case
from alongside.records.measures.library import instrument
from alongside.records.measures.models import AnswerSet, Occasion


def _rows(scope: Scope) -> Rows:
    rows = of_case(AnswerSet, scope)
    if scope.person:
        rows = rows.filter(person=scope.person)
    told = {"code": "instrument", "detail": "occasion", "more": "mode"}
    return by_day(scope, "answers", rows, "answered_on", about="person", **told)


def _tell(entry: Entry) -> Said:
    try:
        title = instrument(entry.code).title
    except KeyError:  # a questionnaire that is no longer used
        title = entry.code
    when, how = label(Occasion, entry.detail).lower(), label(AnswerSet.Mode, entry.more).lower()
    return Said(f"Answered “{title}” {when}, {how}")


SOURCES = (Source("answers", Kind.MEASURE, _rows, _tell),)
