"""What was asked of whom, on which occasion; the numbers stay on the page of measures, where they can be read."""

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Coalesce

from alongside.insight.chronology.entries import Entry, Kind, Rows, Said, Scope, Source, by_day, label, of_case
from alongside.records.measures.library import instrument
from alongside.records.measures.models import AnswerSet, Occasion, Pack


def _rows(scope: Scope) -> Rows:
    rows = of_case(AnswerSet, scope)
    if scope.person:
        rows = rows.filter(person=scope.person)
    # A questionnaire that the agency loaded is named by its pack, all others by the library.
    loaded = Pack.objects.filter(
        agency=OuterRef("agency"), instrument=OuterRef("instrument"), edition=OuterRef("edition")
    )
    rows = rows.annotate(named=Coalesce(Subquery(loaded.values("title")[:1]), "instrument", output_field=TextField()))
    told = {"code": "named", "detail": "occasion", "more": "mode"}
    return by_day(scope, "answers", rows, "answered_on", about="person", **told)


def _tell(entry: Entry) -> Said:
    try:
        title = instrument(entry.code).title
    except KeyError:  # the title itself, or the key of a questionnaire that is no longer used
        title = entry.code
    when, how = label(Occasion, entry.detail).lower(), label(AnswerSet.Mode, entry.more).lower()
    return Said(f"Answered “{title}” {when}, {how}")


SOURCES = (Source("answers", Kind.MEASURE, _rows, _tell),)
