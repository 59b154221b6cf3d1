"""Nobody sees a word of another agency's records, nor a count that they move; nobody writes a field not asked for."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from alongside.core.access import rule_of
from alongside.core.agencies.models import Agency, User
from alongside.records.cases.models import Case, Contact
from alongside.records.concerns.services.raising import raise_concern
from alongside.records.people.models import Household, Membership, Person
from alongside.records.people.services.filing import file_person
from alongside.records.programmes.models import Contract, Enrolment
from alongside.records.referrals.models import Referral
from tests.cast import NOW, TODAY, Cast
from tests.house.addresses import addresses
from tests.house.world import World

SignIn = Callable[[User], Client]
CANARY = "Qx7zQ"
STRANGERS = ("ben", "fay", "fred", "flo", "nia", "cal")
PUBLIC = {"agencies.Agency", "programmes.Programme", "audit.Entry"}
# The database lets nobody put a canary into these later, and a pack or a question's key would no longer read as one.
AS_SAID = {
    "measures.Pack",
    "concerns.Concern",
    "concerns.ConcernStep",
    "economics.EconomicEdition",
    "economics.EconomicRelease",
    "evaluation.AnalysisRun",
    "evaluation.Deviation",
    "evaluation.FrozenCohort",
    "evaluation.Release",
    "surveys.KnownTotals",
    "trials.Allocation",
    "trials.Cluster",
    "trials.Trial",
}
KEPT = {"token_hash", "digest", "fingerprint", "import_key", "email", "password"}
QUERIES = (
    "name=Grace+Okafor&postcode=HD1+2AB&whose=all&order=due&status=accepted&place=Kirklees&show=problem",
    "name=Okafor&born_0=12&born_1=3&born_2=1968&whose=closed&order=oldest&closed=true&status=declined&page=1",
    "order=agency__name&sort=carer_name&whose=team&at=after.2000-01-01.00000000-0000-0000-0000-000000000000",
)
# What differs between two showings of one page: tokens against forgery, and ids made for the next submission.
FRESH = re.compile(r'(name="(?:csrfmiddlewaretoken|submission)"[^>]*value=|nonce=)"[^"]*"')
HREF = re.compile(r'href="(/[^"#]*)"')


@pytest.fixture
def world(world: World) -> World:
    raise_concern(words=CANARY, about=CANARY, danger=True, noticed_on=TODAY, by=world.cast.asha)
    sing()
    return world


def sing() -> None:
    """Put the canary into every text that the provider and Kirklees hold, and their people's names."""
    holders = Agency.objects.filter(name__in=["Side by Side Kinship", "Kirklees"])
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        if (
            model._meta.label in PUBLIC | AS_SAID
            or "agency" not in names
            or not model.__module__.startswith("alongside.")
        ):
            continue
        for row in model._default_manager.filter(agency__in=holders):
            for field in model._meta.fields:
                if _is_free_text(field):
                    setattr(row, field.name, f"{getattr(row, field.name)} {CANARY}"[-(field.max_length or 999) :])
            if isinstance(row, Referral):
                row.children = [{"name": f"Tyler {CANARY}"}]
            row.save()
    for person in Person.objects.filter(agency__in=holders):
        file_person(person)


def _is_free_text(field: Any) -> bool:
    text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)
    long_enough = (field.max_length or 999) > len(CANARY)
    return text and not field.choices and long_enough and field.name not in KEPT | {"postcode"}


def pages_of(browser: Client, who: str, world: World) -> dict[str, bytes]:
    """What somebody is shown: every page of their role, lists in every order, and whatever those lead to."""
    user, shown, wanted = world.people[who], {}, list[str]()
    browser.post("/people/", {"q": "Grace Okafor"})  # whoever may search sees there from now on what was found
    for address in addresses():
        permission = rule_of(address.view).permission
        if permission and user.may(permission):
            wanted.append(address.of(world))
            wanted += [f"{address.of(world)}?{query}" for query in QUERIES if not address.arguments]
    while wanted:
        address = wanted.pop()
        if address in shown:
            continue
        answer = browser.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown[address] = str(answer.status_code).encode() + content
        if answer.status_code == 200 and b"<html" in content:
            wanted += [link.replace("&amp;", "&") for link in HREF.findall(content.decode()) if "?" in link]
    assert shown["/api/v1/me"].startswith(b"200"), "signed in all the while"
    return shown


@pytest.mark.parametrize("who", ["asha", "morgan", "ruth", "carol"])
def test_the_canary_sings_for_those_whose_record_it_is(world: World, sign_in: SignIn, who: str) -> None:
    shown = pages_of(sign_in(world.people[who]), who, world)
    assert sum(CANARY.encode() in content for content in shown.values()) > 3


@pytest.mark.parametrize("who", STRANGERS)
def test_no_stranger_hears_it_or_can_tell_how_many_there_are(world: World, sign_in: SignIn, who: str) -> None:
    browser = sign_in(world.people[who])
    before = pages_of(browser, who, world)
    _many_more(world.cast)
    after = pages_of(browser, who, world)
    assert [address for address, content in after.items() if CANARY.encode() in content] == []
    assert before.keys() == after.keys()
    moved = [address for address in before if _plain(before[address]) != _plain(after[address])]
    # The page of the log lists what this very person did, to which the first look round added.
    assert [address for address in moved if not address.startswith("/settings/log/")] == []


def _plain(content: bytes) -> str:
    return FRESH.sub(r"\1", content.decode(errors="replace"))


def _many_more(cast: Cast) -> None:
    """Ten more families, referrals, contacts and a contract of the provider's, all for Kirklees."""
    contract = Contract.objects.create(
        agency=cast.provider, purchaser=cast.kirklees, programme=cast.reach, name=f"More {CANARY}",
        starts_on=TODAY - timedelta(weeks=20), ends_on=TODAY + timedelta(weeks=50), places=20,
    )  # fmt: skip
    for number in range(10):
        ours: dict[str, Any] = {"agency": cast.provider}
        home = Household.objects.create(**ours, name=f"Carer {number}", postcode="HD1 2AB", team=cast.team)
        carer = Person.objects.create(**ours, name="Grace Okafor", birth_date=cast.grace.birth_date)
        Membership.objects.create(**ours, household=home, person=carer, part="carer")
        file_person(carer)
        worker = cast.asha if number else None  # one waits for a worker
        case = Case.objects.create(**ours, household=home, team=cast.team, worker=worker, opened_on=TODAY)
        Enrolment.objects.create(**ours, case=case, contract=contract, started_on=TODAY)
        Contact.objects.create(**ours, case=case, at=NOW, channel="phone", outcome="spoke", by=cast.asha)
        Referral.objects.create(
            **ours, source="agency", source_agency=cast.kirklees, carer_name="Grace Okafor", received_at=NOW,
            status_at=NOW, authority=cast.kirklees, postcode="HD1 2AB",
        )  # fmt: skip
