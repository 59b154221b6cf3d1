"""The pages of a family's programmes: what they show, who opens them, and that what was typed is kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.core.agencies.models import Team, User
from alongside.core.audit.models import Entry
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case, Contact, Goal
from alongside.records.cases.services.contacts import log_contact
from alongside.records.people.models import PlanStatus, SafetyNote
from alongside.records.programmes.models import (
    AuthorityNote,
    Contract,
    Enrolment,
    Extension,
    FundAgreement,
    Group,
    GroupMember,
    Move,
    Pause,
    Programme,
    Support,
    TherapySession,
)
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]
MOST = 12


def day(name: str, days_ago: int = 0) -> dict[str, str]:
    on = TODAY - timedelta(days=days_ago)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def connected(cast: Cast) -> Contract:
    with system():
        made = Contract.objects.create(
            agency=cast.provider, purchaser=cast.kirklees, programme=Programme.objects.get(slug="connected"),
            name="Kinship Connected, Kirklees", starts_on=cast.contract.starts_on, ends_on=cast.contract.ends_on,
            places=10, length_weeks=39,
        )  # fmt: skip
        made.areas.add(cast.kirklees)
    return made


def the_place(cast: Cast) -> Enrolment:
    with system():
        found: Enrolment = Enrolment.objects.get(case=cast.case, ended_on=None)
    return found


def test_weeks_and_sessions_used_and_left_are_in_sight(cast: Cast, sign_in: SignIn) -> None:
    with system():
        Contract.objects.filter(pk=cast.contract.pk).update(sessions=8)
        User.objects.filter(pk=cast.asha.pk).update(kinship_carer_too=True, about="I bring up my nephew.")
        for days in (30, 20):
            Contact.objects.create(
                agency=cast.provider, case=cast.case, at=NOW - timedelta(days=days), channel="phone", outcome="spoke",
                by=cast.asha,
            )  # fmt: skip
    page = shown(sign_in(cast.asha), f"/programmes/{cast.case.pk}/")
    for words in ("Week 6 of 12", "7 weeks left, until 8 January 2027", "of 8 sessions. 6 sessions left"):
        assert words in page
    case_page = shown(sign_in(cast.asha), f"/families/{cast.case.pk}/")
    assert "Week 6 of 12" in case_page
    assert "2 of 8 sessions" in case_page
    assert "who is a kinship carer too" in page
    assert "I bring up my nephew." in page
    assert "All 2 sessions were with Asha Rahman." in page
    assert f"/families/{cast.case.pk}/plan/strengths/new/" in page, "strengths are asked for"
    assert f"/programmes/{cast.case.pk}/offers/new/?kind=peer" in page


def test_pausing_and_going_on(cast: Cast, sign_in: SignIn) -> None:
    asha, place = sign_in(cast.asha), the_place(cast)
    typed = {"submission": str(new_id()), "reason": "They are with an aunt", **day("since", 7)}
    refused = asha.post(f"/programmes/places/{place.pk}/pause/", typed | day("since", -7))
    assert "They are with an aunt" in refused.content.decode()
    answer = asha.post(f"/programmes/places/{place.pk}/pause/", typed, follow=True)
    page = answer.content.decode()
    assert "The clock stands still" in page
    assert "Week 5 of 12" in page
    assert "Week 5 of 12, paused" in shown(asha, "/families/")
    pause = Pause.objects.get()
    asha.post(f"/programmes/pauses/{pause.pk}/", {"version": "1", **day("until")})
    pause.refresh_from_db()
    assert pause.until == TODAY


def test_more_time_is_asked_for_by_the_worker_and_agreed_by_the_manager(cast: Cast, sign_in: SignIn) -> None:
    asha, morgan, place = sign_in(cast.asha), sign_in(cast.morgan), the_place(cast)
    typed = {"submission": str(new_id()), "weeks": "4", "sessions": "", "reason": "Court is in May"}
    page = asha.post(f"/programmes/places/{place.pk}/more/", typed, follow=True).content.decode()
    assert "4 more weeks" in page
    assert "waits for a manager" in page
    extension = Extension.objects.get()
    assert "Court is in May" in shown(morgan, "/programmes/asked/")
    assert asha.get(f"/programmes/asked/{extension.pk}/").status_code == 403
    said = {"version": "1", "agreed": "yes", "answer_words": "Go on."}
    page = morgan.post(f"/programmes/asked/{extension.pk}/", said, follow=True).content.decode()
    assert "Week 6 of 16" in page
    assert "Agreed by" in page
    assert "Court is in May" not in shown(morgan, "/programmes/asked/")


def test_a_move_keeps_what_was_typed_until_it_can_be_made(cast: Cast, sign_in: SignIn) -> None:
    asha, place, to = sign_in(cast.asha), the_place(cast), connected(cast)
    form = shown(asha, f"/programmes/places/{place.pk}/move/")
    assert "Kinship Connected, Kirklees (step up)" in form
    assert "Back to Kirklees" in form
    typed = {
        "submission": str(new_id()),
        "contract": str(to.pk),
        "reason": "Nights are hard",
        "agreement": "did_not_agree",
        "carer_words": "I would rather wait.",
        "note": "Ring between ten and two.",
        "worker": "",
    }
    page = asha.post(f"/programmes/places/{place.pk}/move/", typed).content.decode()
    assert "The carer must agree before they move" in page
    assert "Ring between ten and two." in page
    page = asha.post(
        f"/programmes/places/{place.pk}/move/", typed | {"agreement": "agreed"}, follow=True
    ).content.decode()
    assert Move.objects.get().way == "step_up"
    for words in ("Step up, 20 November 2026", "Ring between ten and two.", "I would rather wait.", "Week 1 of 39"):
        assert words in page
    assert "Each child’s plan" in page


def test_a_second_programme_stands_beside_the_first(cast: Cast, sign_in: SignIn) -> None:
    asha, to = sign_in(cast.asha), connected(cast)
    typed = {"submission": str(new_id()), "contract": str(to.pk)}
    page = asha.post(f"/programmes/{cast.case.pk}/join/", typed, follow=True).content.decode()
    assert "Week 6 of 12" in page
    assert "Week 1 of 39" in page


def test_what_was_offered_is_written_and_put_right(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    typed = {"submission": str(new_id()), "kind": "peer", "words": "A carer to ring", "reply": "thinking", **day("on")}
    for _ in range(2):
        page = asha.post(f"/programmes/{cast.case.pk}/offers/new/", typed, follow=True).content.decode()
    assert "A carer to ring" in page
    support = Support.objects.get()
    asha.post(f"/programmes/offers/{support.pk}/", typed | {"version": "1", "reply": "yes"})
    page = asha.post(f"/programmes/offers/{support.pk}/", typed | {"version": "1", "reply": "no"}).content.decode()
    assert "Somebody else saved this" in page
    support.refresh_from_db()
    assert support.reply == "yes"


def test_therapy_is_counted_against_what_the_fund_agreed_to(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    typed = {
        "submission": str(new_id()),
        "child": str(cast.tyler.pk),
        "therapist": "Dr Vale",
        "price": "3200",
        **day("starts_on", 30),
        **day("ends_on", -60),
    }
    page = asha.post(f"/programmes/{cast.case.pk}/therapy/new/", typed).content.decode()
    assert "£200.00 more than the fund pays" in page
    assert "Dr Vale" in page
    asha.post(f"/programmes/{cast.case.pk}/therapy/new/", typed | {"price": "1200"})
    agreement = FundAgreement.objects.get()
    session = {
        "submission": str(new_id()),
        "therapist": "Dr Vale",
        "outcome": "attended",
        "price": "90.50",
        **day("on"),
    }
    page = asha.post(f"/programmes/therapy/{agreement.pk}/session/", session, follow=True).content.decode()
    assert "£1,109.50" in page
    assert "Not confirmed" in page
    assert TherapySession.objects.get().pence == 9_050
    shorter = {**typed, "version": "1", "price": "1200", **day("ends_on", 5)}
    page = asha.post(f"/programmes/therapy/{agreement.pk}/", shorter).content.decode()
    assert "A session was had on 20 November 2026; it cannot end before that" in page
    page = asha.post(
        f"/programmes/therapy/{agreement.pk}/session/", session | {"submission": str(new_id()), "price": "1500"},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "More was spent than the fund agreed to." in page


def test_the_two_sides_are_apart_and_theirs_is_seen_by_her_alone(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), f"/programmes/{cast.case.pk}/authority/"
    assert asha.get(address).status_code == 404
    with system():
        Team.objects.filter(pk=cast.team.pk).update(sits_with=cast.kirklees)
    typed = {"submission": str(new_id()), "said_by": "Dot", "words": "Their panel met.", **day("on")}
    page = asha.post(f"{address}new/", typed, follow=True).content.decode()
    assert "Their panel met." in page.partition('id="theirs"')[2]
    assert "Their panel met." not in page.partition('id="theirs"')[0]
    log_contact(
        case=cast.case, people=[cast.grace], next_contact_due=None, by=cast.asha, submission=new_id(), at=NOW,
        channel="phone", outcome="spoke", minutes=40, note="Ours alone.", came_of_it="",
    )  # fmt: skip
    assert "Ours alone." in shown(asha, address)
    alone = shown(asha, f"{address}alone/")
    assert "Their panel met." in alone
    assert "Ours alone." not in alone
    assert Entry.objects.get(what="authority's side taken out").actor == cast.asha.pk
    for who in (cast.asha, cast.morgan):
        browser = sign_in(who)
        for ours in (f"/families/{cast.case.pk}/", f"/programmes/{cast.case.pk}/"):
            assert "Their panel met." not in shown(browser, ours)
    assert sign_in(cast.morgan).get(address).status_code == 404
    assert sign_in(cast.morgan).get(f"{address}alone/").status_code == 404
    note = AuthorityNote.objects.get()
    assert sign_in(cast.morgan).get(f"/programmes/authority/{note.pk}/").status_code == 404


def test_who_works_towards_one_key_goal_is_told_so_before_a_second(cast: Cast, sign_in: SignIn) -> None:
    asha, address = sign_in(cast.asha), f"/families/{cast.case.pk}/goals/new/"
    said = "works towards one key goal, and they have one: <q>Calm bedtimes</q>"
    assert said not in shown(asha, address)
    with system():
        Goal.objects.create(agency=cast.provider, case=cast.case, words="Calm bedtimes", start=3, set_on=TODAY)
    assert said in shown(asha, address)
    asha.post(f"/programmes/{cast.case.pk}/join/", {"submission": str(new_id()), "contract": str(connected(cast).pk)})
    assert said not in shown(asha, address), "Connected takes several"


def test_practice_of_a_contract_is_for_who_sees_its_families(cast: Cast, sign_in: SignIn) -> None:
    address = f"/contracts/{cast.contract.pk}/practice/"
    page = shown(sign_in(cast.morgan), address)
    assert "A key goal agreed by the second session" in page
    assert "Grace Okafor" in page
    assert sign_in(cast.asha).get(address).status_code == 404
    assert sign_in(cast.carol).get(address).status_code == 403


@pytest.mark.parametrize("programme", ["reach", "connected", "response", "listening-ear"])
def test_a_familys_page_asks_the_database_no_more_often_however_long_the_work(
    cast: Cast, sign_in: SignIn, programme: str
) -> None:
    asha = sign_in(cast.asha)
    with system():
        Contract.objects.filter(pk=cast.contract.pk).update(programme=Programme.objects.get(slug=programme))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(asha, f"/programmes/{cast.case.pk}/")
        not_the_page_s = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "select set_config('app.agencies', '*'")
        return sum(not each["sql"].startswith(not_the_page_s) for each in queries)

    fill(cast, 2)
    few = asked()
    fill(cast, 20)
    assert asked() == few
    assert few <= MOST


def fill(cast: Cast, number: int) -> None:
    ours: dict[str, Any] = {"agency": cast.provider}
    with system():
        place = Enrolment.objects.get(case=cast.case, ended_on=None)
        for each in range(number):
            group = Group.objects.create(**ours, name=f"Group {new_id()}", place="The library", times="Thursdays")
            GroupMember.objects.create(**ours, case=cast.case, group=group, person=cast.grace, joined_on=TODAY)
            Contact.objects.create(
                **ours,
                case=cast.case,
                at=NOW - timedelta(days=1 + each),
                channel="phone",
                outcome="spoke",
                by=cast.asha,
            )
            Support.objects.create(**ours, case=cast.case, kind="peer", on=TODAY, reply="yes")
            Extension.objects.create(
                **ours, enrolment=place, weeks=1, reason="x", asked_by=cast.asha, asked_on=TODAY, answer="agreed",
                answered_by=cast.morgan, answered_on=TODAY,
            )  # fmt: skip
            before = Enrolment.objects.create(
                **ours, case=cast.case, contract=cast.contract, started_on=TODAY - timedelta(days=400 + each),
                ended_on=TODAY - timedelta(days=300),
            )  # fmt: skip
            Pause.objects.create(**ours, enrolment=before, since=TODAY, until=TODAY, reason="x")
            Move.objects.create(
                **ours, case=cast.case, left=before, joined=place, way="hand_over", moved_on=TODAY, reason="x",
                agreement="agreed", carer_words="x", note="x", by=cast.asha,
            )  # fmt: skip


def test_a_listening_ear_has_nothing_to_close_and_needs_no_worker(cast: Cast, sign_in: SignIn) -> None:
    with system():
        Contract.objects.filter(pk=cast.contract.pk).update(programme=Programme.objects.get(slug="listening-ear"))
        Case.objects.filter(pk=cast.case.pk).update(worker=None)
    page = shown(sign_in(cast.asha), f"/programmes/{cast.case.pk}/")
    assert "There is nothing to close." in page
    assert "anybody in the team answers" in page
    assert "Ask for more time" not in page


def test_each_childs_plan_stands_beside_the_work_and_what_must_be_known_above_it(cast: Cast, sign_in: SignIn) -> None:
    with system():
        Contract.objects.filter(pk=cast.contract.pk).update(programme=Programme.objects.get(slug="connected"))
        for kind, ended_on in (("child_in_need", None), ("child_protection", TODAY)):
            PlanStatus.objects.create(
                agency=cast.provider, child=cast.tyler, kind=kind, started_on=TODAY - timedelta(days=90),
                ended_on=ended_on, said_by="Grace",
            )  # fmt: skip
        SafetyNote.objects.create(
            agency=cast.provider, household=cast.household, words="Ring after ten.", checked_on=TODAY
        )
    page = shown(sign_in(cast.asha), f"/programmes/{cast.case.pk}/")
    assert "Ring after ten." in page
    plans = page.partition("Each child’s plan")[2]
    assert f"/people/{cast.tyler.pk}/" in plans
    assert "Child in need plan since" in plans
    assert "Child protection plan" not in plans
    assert "no plan is recorded" in plans
