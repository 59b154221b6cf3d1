"""Appointments, each once, with what became of it."""

from alongside.insight.chronology.entries import Entry, Kind, Rows, Said, Scope, Source, by_moment, label, of_case
from alongside.records.appointments.models import Appointment


def _rows(scope: Scope) -> Rows:
    rows = of_case(Appointment, scope)
    rows = rows.filter(person=scope.person) if scope.person else rows
    told = {"code": "status", "detail": "channel", "words": "words", "by": "worker__name"}
    return by_moment(scope, "appointment", rows, "at", about="person", **told)


def _tell(entry: Entry) -> Said:
    what, became = label(Appointment.Channel, entry.detail).lower(), label(Appointment.Status, entry.code).lower()
    return Said(f"Appointment ({what}): {became}", (entry.words,))


SOURCES = (Source("appointment", Kind.CONTACT, _rows, _tell),)
