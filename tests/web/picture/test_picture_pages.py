"""The family's picture: who may open and change it, what it shows, and that a removal is logged and never lost."""

from collections.abc import Callable
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from alongside.core.base.ids import new_id
from alongside.records.people.models import (
    Arrangement,
    Household,
    Kin,
    Membership,
    Partnership,
    Person,
    Relationship,
    SearchKey,
    Supporter,
)
from tests.cast import Cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def home(cast: Cast) -> str:
    return f"/families/{cast.case.pk}/picture/"


def told(browser: Client, address: str) -> str:
    return unescape(browser.get(address).content.decode())


def add_mother(cast: Cast, browser: Client, **changes: object) -> Person:
    sent = {
        "submission": str(new_id()),
        "name": "Blessing Okafor",
        "kind": "parent",
        "relative": str(cast.tyler.pk),
        "birth_year": "1992",
        "gender": "female",
        "lives": "in Leeds",
    } | changes
    for _ in range(2):  # the second click makes nothing more
        assert browser.post(home(cast) + "kin/", sent).status_code == 302
    return Person.objects.get(pk=sent["submission"])


def test_the_picture_opens_for_her_workers_only(cast: Cast, sign_in: SignIn) -> None:
    pages = [home(cast), *(f"{home(cast)}{page}/" for page in ("kin", "ties", "couples", "supporters"))]
    for browser, status in ((cast.asha, 200), (cast.morgan, 200), (cast.ben, 404), (cast.carol, 403)):
        for address in pages:
            assert sign_in(browser).get(address).status_code == status, address


def test_a_mother_elsewhere_is_added_seen_and_opened_by_the_family_s_worker(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    mother = add_mother(cast, browser)
    assert Kin.objects.filter(person=mother).count() == Relationship.objects.filter(person=mother).count() == 1
    shown = told(browser, home(cast))
    assert "Blessing Okafor is Tyler Okafor’s parent" in shown
    assert "about 34, in Leeds" in shown
    assert browser.get(f"/people/{mother.pk}/").status_code == 200
    assert sign_in(cast.ben).get(f"/people/{mother.pk}/").status_code == 404


def test_somebody_unknown_needs_no_name_and_is_not_filed_for_search(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    father = add_mother(cast, browser, name="", unknown="on", birth_year="", gender="male", lives="")
    assert (father.name, father.unknown) == ("Not known", True)
    assert "we do not know who they are" in told(browser, home(cast))
    assert not SearchKey.objects.filter(person=father).exists()
    shown = browser.post(home(cast) + "kin/", {"submission": str(new_id()), "relative": str(cast.tyler.pk)})
    assert "Enter a name, or say that you do not know" in unescape(shown.content.decode())


def test_a_relationship_is_changed_and_a_stale_change_shows_both(cast: Cast, sign_in: SignIn) -> None:
    tie = Relationship.objects.get(person=cast.grace, relative=cast.tyler)
    address = f"{home(cast)}ties/{tie.pk}/"
    assert sign_in(cast.morgan).post(address, {"version": 1, "kind": "great_grandparent"}).status_code == 302
    shown = unescape(sign_in(cast.asha).post(address, {"version": 1, "kind": "aunt_uncle"}).content.decode())
    assert "What is saved now" in shown
    assert "Great-grandparent" in shown
    tie.refresh_from_db()
    assert (tie.kind, tie.version) == ("great_grandparent", 2)


def test_a_relationship_that_is_not_so_is_removed_and_the_log_keeps_what_it_said(cast: Cast, sign_in: SignIn) -> None:
    tie = Relationship.objects.get(person=cast.grace, relative=cast.tyler)
    browser, address = sign_in(cast.asha), f"{home(cast)}ties/{tie.pk}/remove/"
    assert "Grace Okafor is Tyler Okafor’s grandparent" in told(browser, address)
    assert Relationship.objects.filter(pk=tie.pk).exists(), "asking removes nothing"
    assert browser.post(address).status_code == 302
    assert not Relationship.objects.filter(pk=tie.pk).exists()
    entry = Entry.objects.get(what="relationship removed")
    assert (entry.row, entry.actor) == (str(tie.pk), cast.asha.pk)
    assert entry.changes is not None
    assert entry.changes["kind"] == ["grandparent", None]


def test_kin_added_by_mistake_go_with_their_ties_and_are_found_no_more(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    mother, kin = add_mother(cast, browser), Kin.objects.get()
    father = add_mother(cast, browser, name="Dean Marsh", gender="male")
    Partnership.objects.create(agency=cast.provider, person=mother, partner=father, status="separated")
    address = f"{home(cast)}kin/{kin.pk}/remove/"
    assert address in told(browser, home(cast))
    assert "Blessing Okafor goes out of the picture" in told(browser, address)
    assert Kin.objects.filter(pk=kin.pk).exists(), "asking removes nothing"
    assert sign_in(cast.ben).post(address).status_code == 404
    assert browser.post(address).status_code == 302
    assert not Person.objects.filter(pk=mother.pk).exists()
    assert not Partnership.objects.exists()
    assert not Relationship.objects.filter(person=mother).exists()
    assert not SearchKey.objects.filter(person=mother).exists()
    assert set(Person.objects.filter(pk__in=[father.pk, cast.tyler.pk])) == {father, cast.tyler}
    entry = Entry.objects.get(what="person removed")
    assert entry.changes is not None
    assert entry.changes["name"] == ["Blessing Okafor", None]


def test_kin_who_are_named_elsewhere_stay(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    mother, kin = add_mother(cast, browser), Kin.objects.get()
    address = f"{home(cast)}kin/{kin.pk}/remove/"
    care = Arrangement.objects.create(agency=cast.provider, child=cast.amara, carer=mother, kind="informal")
    said = unescape(browser.post(address, follow=True).content.decode())
    assert "is named in other records" in said
    assert Kin.objects.filter(pk=kin.pk).exists()
    assert Relationship.objects.filter(person=mother).count() == 1, "all of it or none"
    care.delete()
    other = Household.objects.create(agency=cast.provider, name="Blessing Okafor", team=cast.team)
    Membership.objects.create(agency=cast.provider, household=other, person=mother, part="carer")
    assert browser.post(address).status_code == 302
    assert not Kin.objects.exists()
    assert Person.objects.filter(pk=mother.pk).exists(), "her own home still knows her"


def test_nobody_is_the_parent_of_their_parent(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    mother = add_mother(cast, browser)
    sent = {"submission": str(new_id()), "person": cast.tyler.pk, "kind": "parent", "relative": mother.pk}
    assert "is recorded as the parent of" in unescape(browser.post(home(cast) + "ties/", sent).content.decode())
    sent |= {"person": mother.pk, "relative": mother.pk}
    assert "Choose two different people" in browser.post(home(cast) + "ties/", sent).content.decode()


def test_a_couple_is_recorded_once_parts_and_is_removed(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    mother = add_mother(cast, browser)
    father = add_mother(cast, browser, name="Dean Marsh", gender="male")
    sent = {"submission": str(new_id()), "person": mother.pk, "partner": father.pk, "status": "together"}
    assert browser.post(home(cast) + "couples/", sent).status_code == 302
    again = browser.post(home(cast) + "couples/", sent | {"submission": str(new_id())}).content.decode()
    assert "already recorded" in again
    couple = Partnership.objects.get()
    address = f"{home(cast)}couples/{couple.pk}/"
    months = {"started_month": "5", "started_year": "2023", "ended_month": "3", "ended_year": "2023"}
    backwards = browser.post(address, {"version": 1, "status": "separated", **months}).content.decode()
    assert "The end cannot be before the start" in backwards
    parted = {"version": 1, "status": "separated", "ended_year": "2023"}
    assert browser.post(address, parted).status_code == 302
    assert "Blessing Okafor and Dean Marsh: separated, until 2023" in told(browser, home(cast))
    assert browser.post(address + "remove/").status_code == 302
    assert not Partnership.objects.exists()


def test_a_tie_around_the_carer_is_drawn_by_its_strength(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    sent = {"submission": str(new_id()), "carer": cast.grace.pk, "name": "The choir", "kind": "group", "tie": "strong"}
    assert browser.post(home(cast) + "supporters/", sent).status_code == 302
    assert drawn(browser, cast, "strong")
    assert not drawn(browser, cast, "stressful")
    tie = Supporter.objects.get()
    changed = {**sent, "version": 1, "tie": "stressful"}
    assert browser.post(f"{home(cast)}supporters/{tie.pk}/", changed).status_code == 302
    assert drawn(browser, cast, "stressful")
    assert "The choir</bdi></strong>: stressful." in told(browser, home(cast))
    assert browser.post(f"{home(cast)}supporters/{tie.pk}/remove/").status_code == 302
    assert not Supporter.objects.exists()


def drawn(browser: Client, cast: Cast, tie: str) -> bool:
    """Whether the ecomap itself, not its key, has a tie of this strength."""
    _, _, ecomap = told(browser, home(cast)).partition('<svg class="ecomap-0"')
    return f"ecomap__tie--{tie}" in ecomap.partition("</svg>")[0]


def test_a_carer_of_another_team_s_home_is_not_shown(cast: Cast, sign_in: SignIn) -> None:
    """Tyler also lives with somebody whom Asha does not work with: she sees neither the home nor its people."""
    other = Household.objects.create(agency=cast.provider, name="Hidden Home")
    secret = Person.objects.create(agency=cast.provider, name="Secret Person")
    Membership.objects.create(agency=cast.provider, household=other, person=secret, part="carer")
    Membership.objects.create(agency=cast.provider, household=other, person=cast.tyler, part="child")
    Relationship.objects.create(agency=cast.provider, person=secret, relative=cast.tyler, kind="aunt_uncle")
    shown = told(sign_in(cast.asha), home(cast))
    assert "Secret" not in shown
    assert "Hidden" not in shown
    assert "Secret Person" in told(sign_in(cast.morgan), home(cast))


def test_names_cannot_break_out_of_the_drawing(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    add_mother(cast, browser, name="</svg><b>&", known_as='"><i>x')
    shown = browser.get(home(cast)).content.decode()
    assert "<b>" not in shown
    assert "<i>x" not in shown
    assert " style=" not in shown


def test_sixty_people_take_no_more_queries_than_three(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    few = queries(browser, home(cast))
    kin = [Person(agency=cast.provider, name=f"Cousin {number}") for number in range(57)]
    Person.objects.bulk_create(kin)
    Kin.objects.bulk_create(Kin(agency=cast.provider, household=cast.household, person=one) for one in kin)
    Relationship.objects.bulk_create(
        Relationship(agency=cast.provider, person=one, relative=cast.tyler, kind="cousin") for one in kin
    )
    assert queries(browser, home(cast)) == few <= 12
    assert told(browser, home(cast)).count("genogram__name") == 60


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLL", "select set_config")  # the last sets PostgreSQL's wall
    return sum(1 for each in captured if not each["sql"].startswith(frame))
