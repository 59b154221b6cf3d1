"""A referrer hands in her council's return, picks children, and refers them once she knows their carer."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.audit.queries import of
from alongside.core.base.ids import new_id
from alongside.core.base.rows import rows_of
from alongside.records.referrals.models import Referral
from alongside.stewardship.exchange.models import Import, PickedChild
from alongside.stewardship.exchange.services.staging import GivenFile
from tests.cast import Cast
from tests.stewardship.exchange.files import a_return, hand_in_return

SignIn = Callable[..., Client]
THREE = a_return(("C101", "E45"), ("C102", "E41"), ("C103", "E48"), ("C104", "E47"))


def upload(browser: Client, files: list[GivenFile]) -> object:
    given = [SimpleUploadedFile(file.name, file.content) for file in files]
    return browser.post("/referrals/ssda903/", {"submission": str(new_id()), "given": given}, follow=True)


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def place(response: object) -> str:
    found: str = response.request["PATH_INFO"]  # type: ignore[attr-defined]
    return found


def carer(*children: PickedChild, **more: str) -> dict[str, object]:
    return {
        "submission": str(new_id()),
        "child": [str(child.pk) for child in children],
        "carer_name": "Joan Hartley",
        "carer_phone": "07700 900321",
        "postcode": "HD1 2AB",
        "relationship": "grandparent",
        "consent": "given",
        "their_reference": "C101, C102",
        **more,
    }


def test_ruth_finds_picks_and_completes_brothers_into_one_referral(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    listed = upload(ruth, THREE)
    assert "3 children live with family or friends" in words(listed)
    assert "C103" not in words(listed), "an order to somebody who is no relative or friend"
    assert "May be eligible for the adoption and special guardianship support fund" in words(listed)
    picked = ruth.post(place(listed), {"do": "ticked", "child": ["0", "1"]}, follow=True)
    assert "2 children picked" in words(picked)
    assert not Referral.objects.exclude(pk=cast.referral.pk).exists(), "nothing is sent before there is a carer"

    first, second = PickedChild.objects.order_by("child")
    asked = ruth.post("/referrals/ssda903/picked/", {"do": "complete", "child": [first.pk, second.pk]}, follow=True)
    assert "Special guardianship order, 15 March 2024" in words(asked)
    facts = carer(first, second, **{f"{first.pk}-name": "Kai Hartley"})
    for _ in range(2):
        sent = ruth.post("/referrals/ssda903/complete/", facts, follow=True)
        assert "Your referral is sent" in words(sent)
    referral = Referral.objects.get(carer_name="Joan Hartley")
    assert (referral.agency, referral.source_agency, referral.status) == (cast.provider, cast.kirklees, "new")
    assert referral.their_reference == "C101, C102"
    told = [
        (
            child["name"],
            child["birth_date"],
            child["arrangement"],
            child["arrangement_since"],
            child["looked_after_before"],
        )
        for child in referral.children
    ]
    assert told == [
        ("Kai Hartley", "2019-05-04", "special_guardianship", "2024-03-15", "yes"),
        ("", "2019-05-04", "child_arrangements", "2024-03-14", "yes"),
    ]
    assert "Nobody waits to be completed" in words(ruth.get("/referrals/ssda903/picked/"))
    assert [entry.what for entry in of(first)] == ["picked child referred", "child of a return picked"]


def test_a_later_return_shows_who_was_picked_and_referred_before(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    ruth.post(place(upload(ruth, THREE)), {"do": "ticked", "child": ["0", "1"]})
    first = PickedChild.objects.get(child="C101")
    ruth.post("/referrals/ssda903/complete/", carer(first))
    later = words(upload(ruth, a_return(("C101", "E45"), ("C102", "E41"), ("C900", "E45"))))
    assert "Picked by Ruth Barker" in later
    assert "Referred" in later
    assert later.count('type="checkbox"') == 1


def test_all_can_be_picked_at_once_and_twice_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    where = place(upload(ruth, a_return(*((f"C{n}", "E45") for n in range(60)))))
    assert "page=2" in words(ruth.get(where))
    for said in ("60 children picked", "0 children picked"):
        assert said in words(ruth.post(where, {"do": "all"}, follow=True))
    assert PickedChild.objects.count() == 60
    assert "Tick at least one child" in words(ruth.post(where, {"do": "ticked"}, follow=True))


def test_those_who_have_grown_up_are_listed_apart_and_not_picked_with_all(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    header = GivenFile("head.csv", THREE[1].content.replace(b"C104,1,04/05/2019", b"C104,1,04/05/2005"))
    where = place(upload(ruth, [THREE[0], header]))
    assert "C104" not in words(ruth.get(where))
    assert "C104" in words(ruth.get(where + "?show=grown"))
    assert "2 children picked" in words(ruth.post(where, {"do": "all"}, follow=True))
    assert "1 child picked" in words(ruth.post(where, {"do": "ticked", "child": ["0"], "show": "grown"}, follow=True))
    assert PickedChild.objects.filter(child="C104").exists()


def test_a_form_that_lacks_something_keeps_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    ruth.post(place(upload(ruth, THREE)), {"do": "all"})
    child = PickedChild.objects.get(child="C104")
    shown = words(ruth.post("/referrals/ssda903/complete/", carer(child, consent="", words="A listening ear")))
    assert "There is a problem" in shown
    assert "A listening ear" in shown
    assert "Joan Hartley" in shown
    assert not Referral.objects.filter(carer_name="Joan Hartley").exists()


def test_a_child_is_referred_once_and_can_be_taken_off_the_list(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    ruth.post(place(upload(ruth, THREE)), {"do": "all"})
    first, second, third = PickedChild.objects.order_by("child")
    ruth.post("/referrals/ssda903/complete/", carer(first))
    again = words(ruth.post("/referrals/ssda903/complete/", carer(first, second)))
    assert "already referred" in again
    assert Referral.objects.filter(carer_name="Joan Hartley").count() == 1
    ruth.post("/referrals/ssda903/picked/", {"do": "unpick", "child": [str(third.pk), str(first.pk)]})
    assert set(PickedChild.objects.values_list("child", flat=True)) == {"C101", "C102"}
    assert of(third)[0].what == "picked child taken off the list"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (THREE[:1], "The header file is missing"),
        (THREE[1:], "The episodes file is missing"),
        ([*THREE, GivenFile("notes.csv", b"a,b\n1,2\n")], "notes.csv is not a file of an SSDA903 return"),
        ([GivenFile("x.csv", b"PK\x03\x04rubbish"), THREE[1]], "damaged"),
        ([], "Choose the files"),
    ],
)
def test_files_that_are_no_return_are_refused_on_the_page(
    cast: Cast, sign_in: SignIn, files: list[GivenFile], said: str
) -> None:
    shown = upload(sign_in(cast.ruth), files)
    assert "There is a problem" in words(shown)
    assert said in words(shown)
    assert not Import.objects.exists()


def test_files_are_told_apart_by_their_headings_whatever_their_names(cast: Cast, sign_in: SignIn) -> None:
    swapped = [GivenFile("header.csv", THREE[0].content), GivenFile("episodes.csv", THREE[1].content)]
    assert "3 children live" in words(upload(sign_in(cast.ruth), swapped))


def test_a_row_that_cannot_be_read_is_told_and_stops_nothing_else(cast: Cast, sign_in: SignIn) -> None:
    bad = GivenFile("ep.csv", THREE[0].content + b"C200,not a day,S,C2,N1,U1,PR1,,,,,,\n")
    ruth = sign_in(cast.ruth)
    listed = upload(ruth, [bad, THREE[1]])
    assert "3 children live" in words(listed)
    shown = words(ruth.get(place(listed) + "?show=problem"))
    assert "not a day" in shown
    assert "ep.csv" in shown


def test_a_return_with_nobody_in_it_says_so(cast: Cast, sign_in: SignIn) -> None:
    listed = words(upload(sign_in(cast.ruth), a_return(("C1", "E11"))))
    assert "0 children live" in listed
    assert "No child in these files" in listed


def test_nobody_else_sees_it(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    where = place(upload(ruth, THREE))
    ruth.post(where, {"do": "all"})
    child = PickedChild.objects.get(child="C101")
    nia = sign_in(cast.nia)
    assert nia.get(where).status_code == 404
    assert "C101" not in words(nia.get("/referrals/ssda903/picked/"))
    assert "C101" not in words(nia.get(f"/referrals/ssda903/complete/?child={child.pk}", follow=True))
    nia.post("/referrals/ssda903/complete/", carer(child))
    nia.post("/referrals/ssda903/picked/", {"do": "unpick", "child": [str(child.pk)]})
    assert PickedChild.objects.get(child="C101").referral_id is None
    for other in (cast.morgan, cast.asha, cast.carol, cast.ben):
        for address in (where, "/referrals/ssda903/", "/referrals/ssda903/picked/", "/referrals/ssda903/complete/"):
            assert sign_in(other).get(address).status_code == 403


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security")
def test_the_wall_hides_picked_children(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    ruth.post(place(upload(ruth, THREE)), {"do": "all"})
    for agency, number in ((cast.kirklees, 3), (cast.calderdale, 0), (cast.provider, 0)):
        with rows_of(agency.pk):
            assert PickedChild.objects.count() == number


def test_a_longer_list_costs_no_more_queries(cast: Cast, sign_in: SignIn) -> None:
    ruth = sign_in(cast.ruth)
    asked = []
    for number in (2, 20):
        children = ((f"N{number}C{n}", "E45") for n in range(number))
        imported = hand_in_return(a_return(*children), cast.ruth)
        ruth.post(f"/referrals/ssda903/{imported.pk}/", {"do": "all"})
        for where in (f"/referrals/ssda903/{imported.pk}/", "/referrals/ssda903/picked/"):
            ruth.get(where)
            with CaptureQueriesContext(connection) as queries:
                assert ruth.get(where).status_code == 200
            asked.append(len(queries))
    assert asked[:2] == asked[2:]
    assert max(asked) <= 12
