"""Invitations, people, teams, sessions and the log, as those who look after them use them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.core.agencies.models import Invitation, Team, User
from alongside.core.agencies.permissions import Role
from alongside.core.audit.models import Entry
from alongside.core.base.ids import new_id
from alongside.core.base.tokens import new_token
from tests.cast import NOW, PASSWORD, Cast
from tests.conftest import Browser

SignIn = Callable[[User], Client]
NEW_PASSWORD = "a short ride over the moor"


@pytest.fixture(autouse=True)
def _no_second_step(settings: Any) -> None:
    settings.STAFF_NEED_SECOND_STEP = False


@pytest.fixture
def invite(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Callable[..., Any]
) -> Callable[..., tuple[Any, str]]:
    """Send the form as Priya, and give the answer and the path of the link in the mail, if one came."""

    def send(**changes: Any) -> tuple[Any, str]:
        form = {
            "submission": new_id(),
            "name": "Sam Lowe",
            "email": "Sam@Example.org",
            "agency": cast.kirklees.pk,
            "role": "referrer",
            "team": "",
        } | changes
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answer = sign_in(cast.priya).post("/settings/people/invite/", form)
        found = re.search(r"(/account/invitation/\S+)", mail.outbox[0].body) if mail.outbox else None
        return answer, found[1] if found else ""

    return send


def test_an_invitation_makes_a_sign_in_of_that_role_and_agency(cast: Cast, invite: Any) -> None:
    answer, link = invite()
    assert answer["Location"] == "/settings/people/"
    browser = Browser()
    assert "Sam Lowe" in browser.get(link).content.decode()
    browser.post(link, {"password": NEW_PASSWORD, "role": "administrator", "agency": cast.provider.pk})
    sam = User.objects.get(email="sam@example.org")
    assert (sam.agency, sam.role, sam.check_password(NEW_PASSWORD)) == (cast.kirklees, "referrer", True)
    assert browser.get("/settings/sign-in/").status_code == 200


def test_neither_token_nor_password_is_kept_readable(cast: Cast, invite: Any) -> None:
    _, link = invite()
    token = link.strip("/").split("/")[-1]
    Browser().post(link, {"password": NEW_PASSWORD})
    kept = str(list(Entry.objects.values_list("changes", "row"))) + str(list(Invitation.objects.values()))
    assert token not in kept
    assert User.objects.get(email="sam@example.org").password not in kept
    assert Invitation.objects.get().token_hash not in str(list(Entry.objects.values_list("changes")))


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(token) >= 43 for token in tokens)  # 43 characters of 6 bits hold 256 bits


def test_an_invitation_works_once(cast: Cast, invite: Any) -> None:
    _, link = invite()
    Browser().post(link, {"password": NEW_PASSWORD})
    again = Browser().post(link, {"password": "another long password"})
    assert again.status_code == 404
    assert User.objects.get(email="sam@example.org").check_password(NEW_PASSWORD)


def test_an_invitation_ends_after_seven_days_to_the_second(cast: Cast, sign_in: SignIn, invite: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        _, link = invite()
    with time_machine.travel(NOW + timedelta(days=7, seconds=-1), tick=False):
        assert Browser().get(link).status_code == 200
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert Browser().get(link).status_code == 404
        assert Browser().post(link, {"password": NEW_PASSWORD}).status_code == 404


def test_a_used_an_old_a_withdrawn_and_a_made_up_link_look_the_same(cast: Cast, sign_in: SignIn, invite: Any) -> None:
    _, used = invite()
    Browser().post(used, {"password": NEW_PASSWORD})
    _, withdrawn = invite(email="other@example.org")
    sign_in(cast.priya).post(f"/settings/people/invitations/{Invitation.objects.latest('id').pk}/withdraw/")
    pages = {Browser().get(link).content for link in (used, withdrawn, f"/account/invitation/{new_token()}/")}
    assert len({re.sub(rb"\d\d:\d\d|nonce-\S+", b"", page) for page in pages}) == 1


def test_sending_again_ends_the_link_before(
    cast: Cast, sign_in: SignIn, invite: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    _, old = invite()
    invitation = Invitation.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(cast.priya).post(f"/settings/people/invitations/{invitation.pk}/again/")
    new = re.search(r"(/account/invitation/\S+)", mail.outbox[-1].body)[1]  # type: ignore[index]
    assert Browser().get(old).status_code == 404
    assert Browser().get(new).status_code == 200


def test_a_double_click_invites_once(cast: Cast, invite: Any) -> None:
    same = new_id()
    invite(submission=same)
    invite(submission=same)
    assert Invitation.objects.count() == 1
    assert not mail.outbox


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "asha@example.org"}, "Somebody signs in with this e-mail address already"),
        ({"role": "manager"}, "cannot have this role"),
        ({"role": "owner"}, "Choose one of the roles in the list"),
        ({"name": ""}, "Enter their name"),
        ({"email": "sam at example"}, "Enter an e-mail address, such as"),
    ],
)
def test_what_makes_no_sense_is_refused_and_what_was_typed_is_kept(
    cast: Cast, invite: Any, changes: dict[str, str], sentence: str
) -> None:
    answer, link = invite(**changes)
    words = answer.content.decode()
    assert sentence in words
    assert not link
    assert changes.get("name") == "" or "Sam Lowe" in words


def test_nobody_is_invited_to_another_provider(cast: Cast, invite: Any) -> None:
    answer, link = invite(agency=cast.other_provider.pk, role="family_worker")
    assert "Choose one of the organisations in the list" in answer.content.decode()
    assert not link


def test_a_team_of_another_agency_cannot_be_chosen(cast: Cast, invite: Any) -> None:
    far = Team.objects.get(name="Far team")
    _, link = invite(agency=cast.provider.pk, role="family_worker", team=far.pk)
    assert not link


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_look_after_people(cast: Cast, sign_in: SignIn, role: Role) -> None:
    user = cast.asha
    User.objects.filter(pk=user.pk).update(role=role)
    browser = sign_in(User.objects.get(pk=user.pk))
    for address in (
        "people/",
        "people/invite/",
        f"people/{cast.morgan.pk}/",
        f"people/{cast.morgan.pk}/end/",
        "teams/",
    ):
        assert browser.get(f"/settings/{address}").status_code == 403
        assert browser.post(f"/settings/{address}", {}).status_code in {403, 405}


def change(cast: Cast, browser: Client, person: User, **changes: Any) -> Any:
    """Post the form of a person."""
    form = {"version": person.version, "role": person.role, "team": person.team_id or "", "capacity": ""} | changes
    return browser.post(f"/settings/people/{person.pk}/", form)


def test_a_role_and_a_team_are_changed(cast: Cast, sign_in: SignIn) -> None:
    change(cast, sign_in(cast.priya), cast.asha, role="manager", team="")
    asha = User.objects.get(pk=cast.asha.pk)
    assert (asha.role, asha.team) == ("manager", None)


def test_nothing_but_role_team_and_capacity_is_read_from_the_form(cast: Cast, sign_in: SignIn) -> None:
    change(
        cast,
        sign_in(cast.priya),
        cast.asha,
        agency=cast.kirklees.pk,
        email="taken@example.org",
        is_active="",
        password="plain",
        name="Somebody else",
        id=new_id(),
    )
    asha = User.objects.get(pk=cast.asha.pk)
    assert (asha.agency, asha.email, asha.is_active, asha.name) == (
        cast.provider,
        "asha@example.org",
        True,
        "Asha Rahman",
    )
    assert asha.check_password(PASSWORD)


def test_administrators_change_neither_their_own_role_nor_end_themselves(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.priya)
    assert "You cannot change your own role" in change(cast, browser, cast.priya, role="manager").content.decode()
    browser.post(f"/settings/people/{cast.priya.pk}/end/")
    priya = User.objects.get(pk=cast.priya.pk)
    assert (priya.role, priya.is_active) == ("administrator", True)


def test_administrators_of_another_provider_find_nobody_here(cast: Cast, sign_in: SignIn) -> None:
    User.objects.filter(pk=cast.ben.pk).update(role="administrator")
    browser = sign_in(User.objects.get(pk=cast.ben.pk))
    words = browser.get("/settings/people/").content.decode()
    assert "Ben Ashworth" in words
    assert not re.search("Asha|Ruth|Kirklees", words)
    for person in (cast.asha, cast.ruth):
        assert browser.get(f"/settings/people/{person.pk}/").status_code == 404
        assert browser.post(f"/settings/people/{person.pk}/end/").status_code == 404
    assert browser.get(f"/settings/teams/{cast.team.pk}/").status_code == 404


def test_of_two_who_change_somebody_the_second_sees_what_the_first_did(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.priya)
    change(cast, browser, cast.asha, capacity="12")
    words = change(cast, browser, cast.asha, capacity="30").content.decode()
    assert "Somebody changed this while you had it open" in words
    assert "12 families at once" in words
    assert 'value="30"' in words
    assert User.objects.get(pk=cast.asha.pk).capacity == 12


def test_the_list_of_people_costs_the_same_for_many(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    User.objects.bulk_create(
        User(agency=cast.kirklees, name=f"Somebody {n}", role="referrer", email=f"n{n}@example.org") for n in range(120)
    )
    browser = sign_in(cast.priya)
    with django_assert_max_num_queries(14):
        words = browser.get("/settings/people/").content.decode()
    assert words.count('href="/settings/people/0') >= 50
    later = re.search(r'href="([^"]*after=[^"]*)"', words)
    assert later
    second = browser.get(later[1].replace("&amp;", "&")).content.decode()
    assert not set(re.findall(r"/settings/people/([0-9a-f-]{36})/", words)) & set(
        re.findall(r"/settings/people/([0-9a-f-]{36})/", second)
    )


def test_teams_are_made_and_named_within_ones_own_agency(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.priya)
    form = {"submission": str(new_id()), "version": 1, "name": "Calder Valley"}
    browser.post("/settings/teams/new/", form)
    browser.post("/settings/teams/new/", form)
    made = Team.objects.get(agency=cast.provider, name="Calder Valley")
    again = browser.post("/settings/teams/new/", form | {"submission": str(new_id()), "name": "calder valley"})
    assert "There is a team of this name already" in again.content.decode()
    browser.post(f"/settings/teams/{made.pk}/", form | {"name": "Upper Calder"})
    assert "Upper Calder" in browser.get("/settings/teams/").content.decode()
    assert "Far team" not in browser.get("/settings/teams/").content.decode()
    kept = form | {"name": "Upper Calder", "sits_with": str(cast.calderdale.pk), "version": 2}
    browser.post(f"/settings/teams/{made.pk}/", kept)
    assert "who sit with Calderdale" in browser.get("/settings/teams/").content.decode()


def test_only_a_worker_says_what_she_is_besides_and_may_take_it_back(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    asha.post("/settings/about-me/", {"version": "1", "kinship_carer_too": "on", "about": "I bring up my nephew."})
    cast.asha.refresh_from_db()
    assert cast.asha.kinship_carer_too
    asha.post("/settings/about-me/", {"version": str(cast.asha.version), "about": ""})
    cast.asha.refresh_from_db()
    assert (cast.asha.kinship_carer_too, cast.asha.about) == (False, "")
    assert sign_in(cast.ruth).get("/settings/about-me/").status_code == 403


def test_ones_sessions_are_listed_and_each_can_be_ended(cast: Cast) -> None:
    here, there = Browser(), Browser(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0")
    for browser in (here, there):
        browser.post("/account/login/", {"login": cast.asha.email, "password": PASSWORD})
    words = here.get("/settings/sign-in/").content.decode()
    assert "Firefox on Windows" in words
    ends = re.findall(r"/settings/sign-in/sessions/(\d+)/", words)
    assert len(ends) == 1, "the session that one is in has no button"
    stranger = Browser()
    stranger.post("/account/login/", {"login": cast.ruth.email, "password": PASSWORD})
    assert stranger.post(f"/settings/sign-in/sessions/{ends[0]}/").status_code == 404
    assert there.get("/settings/sign-in/").status_code == 200
    here.post(f"/settings/sign-in/sessions/{ends[0]}/")
    assert there.get("/settings/sign-in/").status_code == 302
    assert here.get("/settings/sign-in/").status_code == 200


def test_the_privacy_lead_reads_the_log_a_page_at_a_time(cast: Cast, sign_in: SignIn) -> None:
    for _ in range(60):
        sign_in(cast.asha).get("/settings/sign-in/")
    sign_in(cast.priya).get(f"/settings/people/{cast.asha.pk}/")
    for _ in range(60):
        sign_in(cast.priya).get("/settings/people/")
    browser = sign_in(cast.omar)
    first = browser.get("/settings/log/").content.decode()
    assert first.count('<time datetime="') == 50
    later = re.search(r'href="([^"]*before=\d+)"', first)
    assert later
    second = browser.get(later[1].replace("&amp;", "&")).content.decode()
    assert "Asha" not in first.split("</form>")[-1]
    assert f"person …{str(cast.asha.pk)[-6:]}" in second or f"user …{str(cast.asha.pk)[-6:]}" in second


def test_the_log_is_narrowed_by_person_kind_and_day(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.carol).get("/settings/people/")
    sign_in(cast.priya).get("/settings/people/")
    browser = sign_in(cast.omar)

    def rows(**query: str) -> str:
        return browser.get("/settings/log/", query).content.decode().split("<tbody")[-1]

    assert "refused" in rows(kind="denied")
    assert "people who sign in listed" not in rows(kind="denied")
    assert "people who sign in listed" in rows(actor=str(cast.priya.pk))
    assert "refused" not in rows(actor=str(cast.priya.pk))
    today = timezone.localdate()
    assert "refused" in rows(day_day=str(today.day), day_month=str(today.month), day_year=str(today.year))
    assert "refused" not in rows(day_day="1", day_month="2", day_year="2020")


def test_the_log_finds_a_person_without_a_name_in_the_address(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.omar)
    answer = browser.post("/settings/log/", {"name": "priya", "kind": "read"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/settings/log/?actor={cast.priya.pk}&kind=read"
    shown = browser.get(answer["Location"]).content.decode()
    assert "Only what" in shown
    assert "/settings/log/?kind=read" in shown
    several = browser.post("/settings/log/", {"name": "example.org"}).content.decode()
    assert "Whom do you mean?" in several
    assert f"actor={cast.asha.pk}" in several
    assert "Nobody who signs in is called that" in browser.post("/settings/log/", {"name": "Ben Ash"}).content.decode()
    assert browser.get("/settings/log/?actor=nobody").status_code == 200


def test_only_the_privacy_lead_reads_the_log_and_only_of_their_own_service(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.priya).get("/settings/log/").status_code == 403
    assert sign_in(cast.carol).get("/settings/log/").status_code == 403
    User.objects.filter(pk=cast.ben.pk).update(role="privacy_lead")
    ben = sign_in(User.objects.get(pk=cast.ben.pk))
    sign_in(cast.priya).get("/settings/people/")
    ben.get("/settings/log/")
    assert "people who sign in listed" not in ben.get("/settings/log/").content.decode()
    assert "Ben Ashworth" not in sign_in(cast.omar).get("/settings/log/").content.decode()


def test_every_kind_of_page_carries_the_headers_that_protect_it(cast: Cast, sign_in: SignIn, client: Client) -> None:
    pages = [
        client.get("/account/login/"),
        client.get("/settings/people/"),
        client.get("/account/invitation/made-up/"),
        client.get("/nowhere/"),
        sign_in(cast.priya).get("/settings/people/"),
        sign_in(cast.carol).get("/settings/people/"),
    ]
    assert [page.status_code for page in pages] == [200, 302, 404, 404, 200, 403]
    for page in pages:
        rules = page["Content-Security-Policy"]
        assert "default-src 'none'" in rules
        assert "frame-ancestors 'none'" in rules
        assert "unsafe" not in rules
        assert page["X-Frame-Options"] == "DENY"
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Referrer-Policy"] == "same-origin"
        assert "camera=()" in page["Permissions-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(cast: Cast, client: Client) -> None:
    client.get("/account/login/")
    client.post("/account/login/", {"login": cast.asha.email, "password": PASSWORD})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
