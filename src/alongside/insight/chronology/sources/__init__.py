"""Every source of a story. A new app adds its module here; nothing else knows what sources there are."""

from alongside.insight.chronology.entries import Source
from alongside.insight.chronology.sources import (
    appointments,
    cases,
    concerns,
    letters,
    measures,
    people,
    plans,
    programmes,
    referrals,
)

ALL: tuple[Source, ...] = (
    *people.SOURCES,
    *referrals.SOURCES,
    *cases.SOURCES,
    *appointments.SOURCES,
    *letters.SOURCES,
    *plans.SOURCES,
    *concerns.SOURCES,
    *measures.SOURCES,
    *programmes.SOURCES,
)
BY_KEY = {source.key: source for source in ALL}
