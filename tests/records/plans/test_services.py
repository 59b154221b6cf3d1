"""Needs, strengths, promises, money and origin: what is kept, what is refused, and what a case shows of it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from alongside.core.access import system
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case, Step
from alongside.records.cases.services.goals import add_step, edit_step, set_goal
from alongside.records.plans import queries
from alongside.records.plans.models import Allowance, AllowanceEntry, Need, Promise
from alongside.records.plans.services import paying, promising, remembering, talking
from tests.cast import TODAY, Cast

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _rows(db: None, clock: time_machine.Traveller):  # type: ignore[no-untyped-def]
    with system():
        yield


def need(cast: Cast, **changes: Any) -> Need:
    said = {"domain": "money", "on": TODAY, "going_well": "", "hard": "", "place": None, "one_step": ""} | changes
    return talking.note_need(case=cast.case, by=cast.asha, submission=new_id(), **said)


def promise(cast: Cast, **changes: Any) -> Promise:
    told = {"words": "Ring the school", "made_by": "worker", "who": "", "made_on": TODAY - 9 * DAY, "due_on": TODAY}
    return promising.make_promise(case=cast.case, by=cast.asha, submission=new_id(), **(told | changes))


def settle(cast: Cast, one: Promise, outcome: str, **more: Any) -> Promise:
    told = {"settled_on": TODAY, "why": ""} | more
    return promising.settle_promise(promise=one, version=one.version, outcome=outcome, by=cast.asha, **told)


def allowance(cast: Cast, **changes: Any) -> Allowance:
    told = {
        "kind": "special_guardianship",
        "child": cast.tyler,
        "paid_by": "Kirklees",
        "pence": 15_000,
        "every": "week",
        "on": date(2024, 4, 1),
        "review_due": None,
    }
    return paying.begin_allowance(case=cast.case, by=cast.asha, submission=new_id(), **(told | changes))


def entry(cast: Cast, of: Allowance, kind: str, on: date, **changes: Any) -> AllowanceEntry:
    told = {"pence": None, "every": "week", "why": "As the letter says", "review_due": None} | changes
    return paying.enter(allowance=of, kind=kind, on=on, by=cast.asha, submission=new_id(), **told)


def due_on(cast: Cast) -> date | None:
    cast.case.refresh_from_db()
    return cast.case.promise_due_on


@pytest.mark.parametrize("said", [{"going_well": "Bread"}, {"hard": "Gas"}, {"place": 0}, {"one_step": "A meter"}])
def test_any_one_answer_is_enough_of_a_talk(cast: Cast, said: dict[str, Any]) -> None:
    need(cast, **said)
    assert Need.objects.count() == 1


def test_a_talk_in_which_nothing_was_said_is_skipped_not_kept(cast: Cast) -> None:
    with pytest.raises(Refused, match="at least one thing"):
        need(cast)


def test_a_part_of_life_that_nobody_defined_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        need(cast, domain="astrology", hard="Mars")


def test_what_is_said_again_stands_beside_what_was_said_before(cast: Cast) -> None:
    need(cast, place=3, on=TODAY - 30 * DAY)
    need(cast, hard="The gas bill", on=TODAY - 9 * DAY)
    need(cast, place=6)
    (money,) = queries.talked_over(cast.case)
    assert [point.value for point in money.places] == [3, 6]
    assert [said.hard for said in money.said] == ["", "The gas bill", ""]


def test_a_strength_taken_down_is_shown_no_more_and_kept(cast: Cast) -> None:
    told = {"words": "She laughs easily", "whose": cast.grace, "said_by": "worker", "noticed_on": TODAY}
    strength = talking.notice_strength(case=cast.case, by=cast.asha, submission=new_id(), **told)
    assert [one.words for one in queries.strengths_of(cast.case)] == ["She laughs easily"]
    early = {"taken_down_on": TODAY - timedelta(days=1)}
    with pytest.raises(Refused, match="before it was noticed"):
        talking.edit_strength(strength=strength, version=1, by=cast.asha, **early, **told)
    talking.edit_strength(strength=strength, version=1, taken_down_on=TODAY, by=cast.asha, **told)
    assert queries.strengths_of(cast.case) == []
    assert type(strength).objects.count() == 1


def test_a_case_shows_the_earliest_promise_that_is_still_open(cast: Cast) -> None:
    later, sooner = promise(cast, due_on=TODAY + 9 * DAY), promise(cast, due_on=TODAY - DAY)
    promise(cast, due_on=None)
    assert due_on(cast) == TODAY - DAY
    settle(cast, sooner, "kept")
    assert due_on(cast) == TODAY + 9 * DAY
    settle(cast, later, "released")
    assert due_on(cast) is None
    later.refresh_from_db()
    settle(cast, later, "open", settled_on=None)
    assert due_on(cast) == TODAY + 9 * DAY


def test_moving_a_promise_moves_what_its_case_shows(cast: Cast) -> None:
    one = promise(cast)
    told = {"words": one.words, "made_by": one.made_by, "who": "", "made_on": one.made_on}
    promising.edit_promise(promise=one, version=1, due_on=TODAY + 3 * DAY, by=cast.asha, **told)
    assert due_on(cast) == TODAY + 3 * DAY


def test_a_promise_that_was_not_kept_says_why(cast: Cast) -> None:
    with pytest.raises(Refused, match="why"):
        settle(cast, promise(cast), "not_kept")


def test_two_who_settle_one_promise_do_not_overwrite_each_other(cast: Cast) -> None:
    one = promise(cast)
    mine = Promise.objects.get(pk=one.pk)
    settle(cast, one, "kept")
    with pytest.raises(Stale):
        settle(cast, mine, "not_kept", why="They forgot")


def test_overdue_promises_stand_first(cast: Cast) -> None:
    for days in (-3, 0, 4):
        promise(cast, words=str(days), due_on=TODAY + days * DAY)
    promise(cast, words="some day", due_on=None)
    settle(cast, promise(cast, words="done"), "kept")
    parts = queries.due_first(queries.promises_of(cast.case), TODAY)
    assert [[one.words for one in part] for part in parts] == [["-3"], ["0", "4", "some day"], ["done"]]


def test_an_allowance_stands_where_its_history_says(cast: Cast) -> None:
    paid = allowance(cast)
    assert paid.review_due == date(2025, 4, 1)
    entry(cast, paid, "changed", date(2025, 4, 7), pence=66_000, every="four_weeks")
    paid.refresh_from_db()
    assert (paid.pence_a_week, paid.began_on) == (16_500, date(2024, 4, 1))
    assert (paid.amount_since, paid.reviewed_on, paid.review_due) == (
        date(2025, 4, 7),
        date(2025, 4, 7),
        date(2026, 4, 7),
    )
    entry(cast, paid, "stopped", date(2026, 5, 1))
    paid.refresh_from_db()
    assert paid.ended_on == date(2026, 5, 1)


def test_a_line_put_right_moves_where_the_allowance_stands(cast: Cast) -> None:
    paid = allowance(cast)
    first = AllowanceEntry.objects.get(allowance=paid)
    told = {"kind": "began", "on": date(2024, 5, 1), "pence": 14_000, "every": "week", "why": ""}
    paying.edit_entry(entry=first, version=1, by=cast.asha, **told)
    paid.refresh_from_db()
    assert (paid.pence_a_week, paid.began_on) == (14_000, date(2024, 5, 1))


@pytest.mark.parametrize("kind", ["changed", "stopped"])
def test_a_change_for_the_family_has_a_reason(cast: Cast, kind: str) -> None:
    with pytest.raises(Refused, match="why"):
        entry(cast, allowance(cast), kind, TODAY, pence=1, why="")


def test_what_is_missing_from_an_allowance_is_shown_as_long_as_it_is_paid(cast: Cast) -> None:
    paid = allowance(cast)
    told = {"child": cast.tyler, "paid_by": "Kirklees", "difference": "", "review_due": None}
    paying.edit_allowance(allowance=paid, version=paid.version, expected_pence_a_week=19_800, by=cast.asha, **told)
    assert [one.short_by for one in queries.paid_to(cast.case)] == [4_800]
    entry(cast, paid, "stopped", TODAY)
    assert [one.short_by for one in queries.paid_to(cast.case)] == [None]


def test_events_that_name_no_child_stand_in_the_story_of_each(cast: Cast) -> None:
    def event(kind: str, child: Any, on: date, **more: Any) -> None:
        told = {"who": "unknown", "who_words": "", "authority_part": "unknown", "words": "", "evidence": ""} | more
        remembering.remember(
            case=cast.case, child=child, kind=kind, on=on, precision="exact", by=cast.asha, submission=new_id(), **told
        )

    event("asked", None, date(2023, 5, 20), who="authority")
    event("placed", cast.tyler, date(2023, 5, 21), who="police")
    event("placed", cast.amara, date(2025, 1, 6), who="parent")
    told = {coming.child: [event.who for event in coming.events] for coming in queries.coming_of(cast.case)}
    assert told == {"Tyler Okafor": ["authority", "police"], "Amara Okafor": ["authority", "parent"]}
    with pytest.raises(Refused, match="who it was"):
        event("other", None, TODAY)


def test_a_step_may_stand_without_a_goal_and_never_under_another_familys(cast: Cast) -> None:
    told = {"words": "Ask for the form", "owner": "worker", "due_on": None, "by": cast.asha}
    add_step(case=cast.case, submission=new_id(), **told)
    step = Step.objects.get()
    assert step.goal is None
    done = {"done_on": cast.case.opened_on - timedelta(days=1), "came_of_it": "Sent"}
    with pytest.raises(Refused, match="The work began on"):
        edit_step(step=step, version=1, **done, **told)
    goal = set_goal(case=cast.case, words="Sleep", start=3, set_on=TODAY, by=cast.asha, submission=new_id())
    with pytest.raises(Refused, match="goals"):
        add_step(case=Case(pk=new_id(), agency=cast.provider), goal=goal, submission=new_id(), **told)
