"""Pauses, more time, moves, offers, therapy and both sides: what the services keep, and what they refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from alongside.core.agencies.models import Team, User
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case, Contact
from alongside.records.programmes.models import (
    AuthorityNote,
    Contract,
    Enrolment,
    Extension,
    FundAgreement,
    Move,
    Pause,
    Programme,
    TherapySession,
)
from alongside.records.programmes.queries import places_of, unallocated
from alongside.records.programmes.services.closing import close_family, reopen_family
from alongside.records.programmes.services.extending import answer_extension, ask_extension
from alongside.records.programmes.services.moving import join_programme, move_family
from alongside.records.programmes.services.pausing import pause_work, resume_work
from alongside.records.programmes.services.sides import write_authority_note
from alongside.records.programmes.services.supporting import count_session, record_support
from alongside.records.programmes.services.therapy import agree_fund, log_therapy
from alongside.records.programmes.standing import PlaceHeld, places_held
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
WEEK = timedelta(weeks=1)


def contract(cast: Cast, slug: str, **facts: Any) -> Contract:
    told: dict[str, Any] = {"starts_on": date(2026, 4, 1), "ends_on": date(2028, 3, 31), "places": 10}
    made = Contract.objects.create(
        agency=cast.provider,
        purchaser=cast.kirklees,
        programme=Programme.objects.get(slug=slug),
        name=f"{slug}, Kirklees",
        **(told | facts),
    )
    made.areas.add(cast.kirklees)
    return made


def place(cast: Cast) -> Enrolment:
    found: Enrolment = Enrolment.objects.get(case=cast.case, ended_on=None)
    return found


def held(cast: Cast, on: date = TODAY) -> list[PlaceHeld]:
    return places_held(Enrolment.objects.filter(case=cast.case), on)[cast.case.pk]


def pause(cast: Cast, since: date) -> Pause:
    return pause_work(
        enrolment=place(cast), since=since, reason="Half-term", expected_on=None, by=cast.asha, submission=new_id()
    )


def case_now(cast: Cast) -> Case:
    found: Case = Case.objects.get(pk=cast.case.pk)
    return found


def test_a_pause_stops_the_clock_and_going_on_moves_the_review(cast: Cast) -> None:
    made = pause(cast, TODAY - 2 * WEEK)
    assert case_now(cast).paused_since == TODAY - 2 * WEEK
    assert held(cast)[0].standing.week_words == "Week 4 of 12"
    assert places_of([cast.case.pk])[cast.case.pk][0].week(TODAY) == "Week 4 of 12, paused"
    due = case_now(cast).review_due
    resume_work(pause=made, version=made.version, until=TODAY - WEEK, by=cast.asha)
    assert case_now(cast).paused_since is None
    assert case_now(cast).review_due == due + WEEK  # type: ignore[operator]
    assert held(cast)[0].standing.week_words == "Week 5 of 12"
    assert places_of([cast.case.pk])[cast.case.pk][0].week(TODAY) == "Week 5 of 12"
    with pytest.raises(Refused, match="stood still until"):
        pause(cast, TODAY - WEEK - timedelta(days=1))


def test_a_second_click_pauses_once(cast: Cast) -> None:
    told: dict[str, Any] = {"enrolment": place(cast), "since": TODAY, "reason": "Exams", "expected_on": None}
    once = new_id()
    assert pause_work(**told, by=cast.asha, submission=once) == pause_work(**told, by=cast.asha, submission=once)
    with pytest.raises(Refused, match="stands still already"):
        pause_work(**told, by=cast.asha, submission=new_id())


def test_of_two_programmes_one_paused_leaves_the_family_worked_with(cast: Cast) -> None:
    pause(cast, TODAY - WEEK)
    join_programme(case=cast.case, contract=contract(cast, "connected"), by=cast.asha, submission=new_id())
    assert case_now(cast).paused_since is None


def test_closing_ends_the_pause_and_coming_back_starts_anew(cast: Cast, clock: time_machine.Traveller) -> None:
    first = place(cast)
    made = pause(cast, TODAY - WEEK)
    close_family(
        case=cast.case, closed_on=TODAY, reason="time_ended", words="", follow_up_on=None, follow_up_words="",
        by=cast.asha, submission=new_id(),
    )  # fmt: skip
    made.refresh_from_db()
    assert made.until == TODAY
    assert case_now(cast).paused_since is None
    clock.move_to(NOW + 60 * WEEK)
    reopen_family(case=case_now(cast), words="Court again", next_contact_due=None, again_in=first, by=cast.asha)
    before, again = held(cast, TODAY + 60 * WEEK)
    assert before.enrolment == first
    assert before.standing.ended
    assert again.standing.week_words == "Week 1 of 12"


def test_more_time_counts_when_a_manager_agrees_and_not_before(cast: Cast) -> None:
    Contract.objects.filter(pk=cast.contract.pk).update(sessions=8)
    asked = ask_extension(
        enrolment=place(cast), weeks=4, sessions=2, reason="Court is in May", by=cast.asha, submission=new_id()
    )
    assert held(cast)[0].standing.planned.weeks == 12
    with pytest.raises(Refused, match="has asked for more time already"):
        ask_extension(enrolment=place(cast), weeks=1, sessions=0, reason="x", by=cast.asha, submission=new_id())
    with pytest.raises(Refused, match="Only a manager"):
        answer_extension(extension=asked, version=1, agreed=True, answer_words="", by=cast.asha)
    with pytest.raises(Refused, match="Write down why not"):
        answer_extension(extension=asked, version=1, agreed=False, answer_words=" ", by=cast.morgan)
    as_read = Extension.objects.get(pk=asked.pk)
    answer_extension(extension=asked, version=1, agreed=True, answer_words="", by=cast.morgan)
    now = held(cast)[0].standing
    assert (now.planned.weeks, now.planned.sessions) == (16, 10)
    assert places_of([cast.case.pk])[cast.case.pk][0].week(TODAY) == "Week 6 of 16"
    with pytest.raises(Refused, match="was answered"):
        answer_extension(
            extension=asked, version=asked.version, agreed=False, answer_words="Changed my mind", by=cast.morgan
        )
    with pytest.raises(Stale):
        answer_extension(extension=as_read, version=1, agreed=False, answer_words="No", by=cast.morgan)


def test_more_of_what_was_never_limited_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="no number of sessions"):
        ask_extension(enrolment=place(cast), weeks=0, sessions=2, reason="x", by=cast.asha, submission=new_id())
    with pytest.raises(Refused, match="how many weeks or sessions"):
        ask_extension(enrolment=place(cast), weeks=0, sessions=0, reason="x", by=cast.asha, submission=new_id())


def move(cast: Cast, to: Contract | None, **changes: Any) -> Move:
    told: dict[str, Any] = {
        "enrolment": place(cast),
        "contract": to,
        "worker": None,
        "reason": "Nights are hard again",
        "agreement": "agreed",
        "carer_words": "Yes please.",
        "note": "Ring between ten and two.",
        "submission": new_id(),
    }
    return move_family(**(told | changes), by=cast.asha)


def other_worker(cast: Cast) -> User:
    found: User = User.objects.create(
        agency=cast.provider, team=cast.team, role="family_worker", name="Sol", email="sol@example.org"
    )
    return found


def test_a_step_up_takes_the_family_its_note_and_its_new_worker_along(cast: Cast) -> None:
    first, sol = place(cast), other_worker(cast)
    made = move(cast, contract(cast, "connected"), worker=sol)
    first.refresh_from_db()
    assert (made.way, made.left, first.ended_on) == ("step_up", first, TODAY)
    assert made.joined == place(cast)
    assert (made.worker_before, made.worker_after) == (cast.asha, sol)
    assert case_now(cast).worker == sol
    assert Entry.objects.filter(what="family moved: step_up").exists()


def test_a_step_down_to_a_listening_ear_needs_no_worker_and_nobody_waits_for_one(cast: Cast) -> None:
    made = move(cast, contract(cast, "listening-ear"))
    assert (made.way, made.worker_after) == ("step_down", None)
    assert case_now(cast).worker is None
    assert not unallocated(Case.objects.all()).exists()
    join_programme(case=case_now(cast), contract=contract(cast, "connected"), by=cast.asha, submission=new_id())
    assert unallocated(Case.objects.all()).get() == cast.case


def test_back_to_the_authority_ends_the_place_and_leaves_the_case_open(cast: Cast) -> None:
    made = move(cast, None, agreement="not_asked", carer_words="Told her by letter.")
    assert (made.way, made.joined) == ("to_authority", None)
    assert not Enrolment.objects.filter(case=cast.case, ended_on=None).exists()
    assert case_now(cast).closed_on is None


def test_a_move_that_cannot_be_made_changes_nothing(cast: Cast) -> None:
    first = place(cast)
    full, elsewhere = contract(cast, "connected", places=0), contract(cast, "response")
    elsewhere.areas.set([cast.calderdale])
    fund_only = contract(cast, "response", payer="fund", arrangements=["adoption"])
    for to, words in ((full, "places"), (elsewhere, "cannot help"), (fund_only, "cannot help"), (cast.contract, "now")):
        with pytest.raises(Refused, match=words):
            move(cast, to)
    with pytest.raises(Refused, match="must agree"):
        move(cast, contract(cast, "connected"), agreement="did_not_agree")
    first.refresh_from_db()
    assert first.ended_on is None
    assert not Move.objects.exists()


def test_a_second_click_moves_once(cast: Cast) -> None:
    to, once, first = contract(cast, "connected"), new_id(), place(cast)
    made = move(cast, to, submission=once)
    assert move(cast, to, submission=once, enrolment=first) == made
    assert Enrolment.objects.filter(case=cast.case).count() == 2


def touch(cast: Cast, channel: str, days_ago: int, **more: Any) -> Contact:
    told: dict[str, Any] = {"outcome": "spoke", "by": cast.asha} | more
    found: Contact = Contact.objects.create(
        agency=cast.provider, case=cast.case, at=NOW - timedelta(days=days_ago), channel=channel, **told
    )
    return found


def test_sessions_are_counted_from_contacts_and_a_worker_may_say_otherwise(cast: Cast) -> None:
    call = touch(cast, "phone", 20)
    touch(cast, "video", 10)
    touch(cast, "phone", 5, outcome="no_answer")
    touch(cast, "text", 4)
    touch(cast, "phone", 60)
    assert held(cast)[0].standing.sessions_used == 2
    count_session(contact=call, enrolment=None, by=cast.asha)
    assert held(cast)[0].standing.sessions_used == 1
    count_session(contact=call, enrolment=place(cast), by=cast.asha)
    assert held(cast)[0].standing.sessions_used == 2


def test_advice_without_words_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="what you advised"):
        record_support(
            case=cast.case, kind="advice", on=TODAY, words=" ", reply="done", by=cast.asha, submission=new_id()
        )


def agree(cast: Cast, pence: int, **changes: Any) -> FundAgreement:
    told: dict[str, Any] = {
        "child": cast.tyler,
        "fund": "asgsf",
        "therapist": "Dr Vale",
        "reference": "",
        "starts_on": date(2026, 6, 1),
        "ends_on": date(2027, 3, 31),
        "over_words": "",
    }
    return agree_fund(case=cast.case, pence=pence, by=cast.asha, submission=new_id(), **(told | changes))


def test_the_funds_limit_is_for_each_child_and_year_and_beyond_it_somebody_is_named(cast: Cast) -> None:
    agree(cast, 200_000)
    with pytest.raises(Refused, match=r"£500\.00 more than the fund pays"):
        agree(cast, 150_000)
    agree(cast, 150_000, over_words="Kirklees pays the rest.")
    agree(cast, 300_000, child=cast.amara)
    agree(cast, 900_000, child=cast.amara, starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
    with pytest.raises(Refused, match="child of this family"):
        agree(cast, 1, child=cast.grace)


def test_a_therapy_session_is_counted_in_the_time_of_its_agreement(cast: Cast) -> None:
    agreement = agree(cast, 10_000)
    told: dict[str, Any] = {"agreement": agreement, "therapist": "Dr Vale", "outcome": "attended", "by": cast.asha}
    log_therapy(on=TODAY, pence=12_000, submission=new_id(), **told)
    assert TherapySession.objects.get().pence == 12_000, "it was had, so it is written down"
    with pytest.raises(Refused, match="must be in it"):
        log_therapy(on=date(2026, 5, 31), pence=1, submission=new_id(), **told)


def test_only_who_sits_with_the_authority_writes_on_its_side(cast: Cast) -> None:
    told: dict[str, Any] = {"case": cast.case, "on": TODAY, "said_by": "Dot", "words": "Visited."}
    with pytest.raises(Refused, match="sits with"):
        write_authority_note(**told, by=cast.asha, submission=new_id())
    Team.objects.filter(pk=cast.team.pk).update(sits_with=cast.kirklees)
    cast.team.refresh_from_db()
    cast.asha.refresh_from_db()
    note = write_authority_note(**told, by=cast.asha, submission=new_id())
    assert (note.agency, note.provider) == (cast.kirklees, cast.provider)
    seen = AuthorityNote.objects.visible_to
    assert [bool(seen(who)) for who in (cast.asha, cast.morgan, cast.ruth, cast.carol, cast.ben)] == [True] + 4 * [
        False
    ]
    other = Team.objects.create(agency=cast.provider, name="North")
    Case.objects.filter(pk=cast.case.pk).update(team=other)
    assert not seen(cast.asha), "the family went to another team, and the authority's record did not go with it"
