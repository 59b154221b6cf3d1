"""Writing a calendar as RFC 5545 has it: enough for a list of events with a beginning, a length and a title."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

LONGEST = 75  # octets a line; what is longer goes on in the next, behind a space


class Event(NamedTuple):
    """One event; its moments are told in universal time, so no calendar has to know our clocks."""

    uid: str
    at: datetime
    minutes: int
    summary: str
    changed_at: datetime
    sequence: int


def calendar(name: str, events: Iterable[Event]) -> str:
    """Give the whole calendar."""
    return "".join(f"{part}\r\n" for line in _lines(name, events) for part in _folded(line))


def _lines(name: str, events: Iterable[Event]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Alongside//Appointments//EN", "METHOD:PUBLISH")
    yield f"X-WR-CALNAME:{_escaped(name)}"
    for event in events:
        yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_moment(event.changed_at)}")
        yield from (f"DTSTART:{_moment(event.at)}", f"DTEND:{_moment(event.at + timedelta(minutes=event.minutes))}")
        yield from (f"SUMMARY:{_escaped(event.summary)}", f"SEQUENCE:{event.sequence}", "CLASS:PRIVATE", "END:VEVENT")
    yield "END:VCALENDAR"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    for plain, told in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        words = words.replace(plain, told)
    return words


def _folded(line: str) -> Iterator[str]:
    """Part a line so that no letter is cut in two."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST:
            yield part
            part = " "
        part += letter
    yield part
