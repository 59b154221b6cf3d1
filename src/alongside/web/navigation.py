"""The places in the header: which page each opens, and which permission shows it."""

import re
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse

from alongside.core.agencies.permissions import Permission


class Place(NamedTuple):
    """A line of this table: the words, the page ("cases:caseload") and the permission that shows it."""

    words: str
    page: str
    permission: Permission


class Link(NamedTuple):
    """A place as the header draws it."""

    words: str
    href: str
    here: bool


# In the order the header shows them. A new area adds its line here when its first page exists.
PLACES: tuple[Place, ...] = (
    Place("Today", "today:today", Permission.CASE_SEE),
    Place("Referrals", "referrals:queue", Permission.REFERRAL_TRIAGE),
    Place("Referrals", "referrals:mine", Permission.REFERRAL_MAKE),
    Place("My team", "team:week", Permission.TEAM_LEAD),
    Place("My families", "cases:caseload", Permission.CASE_SEE),
    Place("Concerns", "safety:concerns", Permission.CONCERN_LEAD),
    Place("Supervision", "team:mine", Permission.SUPERVISED),
    Place("Find somebody", "people:search", Permission.PEOPLE_SEARCH),
    Place("Contracts", "contracts:contracts", Permission.CONTRACT_SEE),
    Place("Reports", "reports:reports", Permission.REPORT_SEE),
    Place("What changed", "evaluation:evaluation", Permission.EVALUATION_SEE),
    Place("What it is worth", "economics:economics", Permission.ECONOMICS_SEE),
    Place("Extracts", "extracts:decisions", Permission.EXTRACT_APPROVE),
    Place("Settings", "settings:settings", Permission.SIGNED_IN),
)


# Pages whose place in the header has another first word in its address than they have; the first that fits counts.
ELSEWHERE: tuple[tuple[str, str], ...] = (
    ("/appointments/calendar/", "today"),
    ("/appointments/", "families"),
    ("/clocks/", "families"),
    ("/evaluation/reports/", "reports"),
    ("/extracts/answers/", "extracts"),
    ("/extracts/", "evaluation"),
    ("/people/.", "families"),
    ("/programmes/asked/", "team"),
    ("/programmes/", "families"),
    ("/safety/families/", "families"),
    ("/safety/flags/", "families"),
    ("/surveys/", "evaluation"),
    ("/trials/families/", "families"),
    ("/trials/turns/", "families"),
    ("/trials/", "evaluation"),
    ("/watching/yours/", "reports"),
    ("/watching/", "evaluation"),
)


def links_for(permissions: frozenset[Permission], path: str) -> list[Link]:
    """The places that these permissions open, and at which of them you are."""
    area = _area(path)
    return [
        Link(place.words, href, _area(href) == area)
        for place in PLACES
        if place.permission in permissions
        for href in (_href(place.page),)
    ]


def _area(path: str) -> str:
    return next((area for start, area in ELSEWHERE if re.match(start, path)), path.split("/", 2)[1])


@lru_cache(maxsize=64)
def _href(page: str) -> str:
    return reverse(page)
