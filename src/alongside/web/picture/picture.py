"""The family's picture: who belongs to it and how, drawn and in words, and who is around the carer."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from markupsafe import Markup

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Membership, Partnership, Person, Supporter
from alongside.records.people.picture import Couple, FamilyPicture, Somebody, family_picture, supporters_of
from alongside.records.people.rules import age
from alongside.web import kinship
from alongside.web.dates import partial
from alongside.web.picture.ecomap import ecomap
from alongside.web.picture.genogram import genogram
from alongside.web.picture.opening import open_family
from alongside.web.rendering import page

STATUSES = {status.value: str(status.label).lower() for status in Partnership.Status}
SUPPORT = {kind.value: str(kind.label) for kind in Supporter.Kind}
TIES = {tie.value: str(tie.label).partition(":")[0] for tie in Supporter.Tie}


class Line(NamedTuple):
    """Something said of two people, and where it is put right and taken away."""

    words: str
    id: UUID


@needs(Permission.CASE_SEE)
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the picture of a family."""
    case = open_family(request, pk)
    today = timezone.localdate()
    found = family_picture(case.household, access.person(request))
    called = {one.id: one.called for one in found.people}
    index = {one.person for one in found.lodgings if _is_child_here(one.household, one.part, found)}
    svg, drawn = genogram(found, index, today)
    people = [one.id for one in found.people]
    found.ties.sort(key=lambda one: (people.index(one.relative), people.index(one.person)))
    denied = {(people[person], people[relative]) for person, _, relative in drawn.denied}
    return page(
        request,
        "picture/picture.html",
        {
            "case": case,
            "svg": svg,
            "people": [(one, _who(one, found, today), found.elsewhere.get(one.id)) for one in found.people],
            "ties": [Line(_tie(called, one.person, one.kind, one.relative), one.id) for one in found.ties],
            "couples": [Line(_couple(called, one), one.id) for one in found.couples],
            "footings": [
                f"{called[one.child]} lives with {called[one.carer]}: {kinship.KINDS[one.kind].lower()}"
                for one in found.footings
            ],
            "homes": _homes(found, called),
            "denied": [f"{called[parent]} and {called[child]}" for parent, child in sorted(denied)],
            "ecomaps": _ecomaps(supporters_of(case.household)),
            "support": SUPPORT,
            "tie_words": TIES,
        },
    )


def _is_child_here(household: UUID, part: str, found: FamilyPicture) -> bool:
    return household == found.household and part == Membership.Part.CHILD


def _who(one: Somebody, found: FamilyPicture, today: date) -> str:
    """Say in a few words who somebody is: "58, carer", "died 2021", "in Leeds"."""
    said = []
    if one.has_died:
        said.append(f"died {partial(one.died_on, one.died_precision)}" if one.died_on else "has died")
        if one.birth_date:
            said.append(f"born {partial(one.birth_date, one.birth_precision)}")
    else:
        said.append(age(one.birth_date, one.birth_precision, today))
    if one.unknown:
        said.append("we do not know who they are")
    said += [_part(place.part) for place in found.lodgings if place.person == one.id][:1]
    said.append(found.elsewhere.get(one.id, (None, ""))[1])
    return ", ".join(words for words in said if words)


def _part(part: str) -> str:
    return str(Membership.Part(part).label).lower()


def _tie(called: dict[UUID, str], person: UUID, kind: str, relative: UUID) -> str:
    if kind == "unknown":
        return f"{called[person]} is {called[relative]}’s carer or kin; how is not known"
    return f"{called[person]} is {called[relative]}’s {kinship.KIN[kind]}"


def _couple(called: dict[UUID, str], one: Couple) -> str:
    words = f"{called[one.person]} and {called[one.partner]}: {STATUSES[one.status]}"
    started, ended = one.started_on, one.ended_on
    if started:
        words += f", from {partial(started, one.started_precision)}"
    if ended:
        words += f", until {partial(ended, one.ended_precision)}"
    return words


def _homes(found: FamilyPicture, called: dict[UUID, str]) -> list[tuple[str, list[str]]]:
    """Give each home with those who live in it, the family's own first."""
    homes: dict[UUID, tuple[str, list[str]]] = {}
    for one in sorted(found.lodgings, key=lambda place: place.household != found.household):
        homes.setdefault(one.household, (f"{one.household_name}’s home", []))[1].append(called[one.person])
    return list(homes.values())


def _ecomaps(supporters: list[Supporter]) -> list[tuple[Person, Markup, list[Supporter]]]:
    """Draw the support around each carer who has any recorded."""
    around: dict[UUID, list[Supporter]] = {}
    for one in supporters:
        around.setdefault(one.carer_id, []).append(one)
    return [
        (ties[0].carer, ecomap(ties[0].carer, ties, f"ecomap-{number}"), ties)
        for number, ties in enumerate(around.values())
    ]
