"""Why a family is on a worker's list, and that nothing which is due is ever left off it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alongside.core.base.ids import new_id
from alongside.insight.today.rules import Kind, Urgency, reasons
from alongside.records.cases.queries import Unsaved

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 10, 40, tzinfo=LONDON)
TODAY = NOW.date()
days = st.none() | st.dates(date(2026, 9, 1), date(2027, 2, 1))
moments = st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2027, 2, 1), timezones=st.just(UTC))


@dataclass(frozen=True)
class Family:
    opened_on: date = TODAY - timedelta(days=10)
    last_contact_on: date | None = None
    next_contact_due: date | None = None
    review_due: date | None = None
    next_appointment_at: datetime | None = None
    coming_at: datetime | None = None
    promise_due_on: date | None = None
    step_due_on: date | None = None
    concern_since: datetime | None = None
    paused_since: date | None = None
    reply_since: date | None = None
    follow_up_on: date | None = None


def kinds(family: Family, now: datetime = NOW) -> list[tuple[Kind, Urgency]]:
    return [(reason.kind, reason.urgency) for reason in reasons(family, now)]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def test_a_concern_comes_before_whatever_else_there_is() -> None:
    family = Family(
        concern_since=NOW - timedelta(hours=1),
        next_contact_due=TODAY - timedelta(days=90),
        next_appointment_at=NOW - timedelta(days=2),
    )
    assert kinds(family)[0] == (Kind.CONCERN, Urgency.SAFETY)
    assert len(kinds(family)) == 3


def test_a_family_about_which_nothing_is_due_is_not_on_the_list() -> None:
    later = TODAY + timedelta(days=30)
    assert kinds(Family(next_contact_due=later, review_due=later, promise_due_on=later)) == []
    assert kinds(Family(last_contact_on=TODAY - timedelta(days=41))) == []


def test_a_day_before_and_the_day_itself_and_the_day_after() -> None:
    day = timedelta(days=1)
    assert kinds(Family(next_contact_due=TODAY - day)) == [(Kind.CONTACT, Urgency.LATE)]
    assert kinds(Family(next_contact_due=TODAY)) == [(Kind.CONTACT, Urgency.TODAY)]
    assert kinds(Family(next_contact_due=TODAY + day)) == [(Kind.CONTACT, Urgency.SOON)]
    assert kinds(Family(promise_due_on=TODAY + day)) == []
    assert kinds(Family(follow_up_on=TODAY)) == [(Kind.FOLLOW_UP, Urgency.TODAY)]


def test_an_appointment_asks_how_it_went_once_it_is_over() -> None:
    assert kinds(Family(next_appointment_at=at(TODAY, 14))) == [(Kind.APPOINTMENT, Urgency.TODAY)]
    assert kinds(Family(next_appointment_at=at(TODAY, 9))) == [(Kind.HOW_IT_WENT, Urgency.TODAY)]
    assert kinds(Family(next_appointment_at=at(TODAY - timedelta(days=1), 15))) == [(Kind.HOW_IT_WENT, Urgency.LATE)]
    assert kinds(Family(next_appointment_at=at(TODAY + timedelta(days=3), 17))) == [(Kind.APPOINTMENT, Urgency.SOON)]
    assert kinds(Family(next_appointment_at=at(TODAY + timedelta(days=4), 8))) == []


def test_a_moment_belongs_to_the_day_that_it_has_here() -> None:
    """Half past eleven in the evening, UTC, in July is tomorrow in London."""
    now = datetime(2026, 7, 1, 22, 30, tzinfo=UTC).astimezone(LONDON)
    half_past_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    found = reasons(Family(opened_on=date(2026, 6, 25), next_appointment_at=half_past_midnight), now)
    assert [(one.urgency, one.on, one.minute) for one in found] == [(Urgency.SOON, date(2026, 7, 2), 30)]


def test_a_pause_stops_the_rhythm_but_neither_a_concern_nor_a_promise() -> None:
    late = TODAY - timedelta(days=60)
    paused = Family(
        opened_on=late,
        paused_since=late,
        next_contact_due=late,
        review_due=late,
        promise_due_on=late,
        concern_since=NOW,
    )
    assert [kind for kind, _ in kinds(paused)] == [Kind.CONCERN, Kind.PROMISE]
    assert kinds(Family(opened_on=late, paused_since=late)) == []


def test_words_that_were_not_saved_wait_each_by_itself() -> None:
    case, contact, at_nine = new_id(), new_id(), NOW - timedelta(hours=1)
    drafts = [Unsaved(case, NOW, None), Unsaved(case, at_nine, contact)]
    found = reasons(Family(), NOW, drafts)
    assert [(one.kind, one.contact, one.at) for one in found] == [
        (Kind.CORRECTION, contact, at_nine),
        (Kind.DRAFT, None, NOW),
    ]


def test_a_family_nobody_spoke_with_for_six_weeks_is_asked_after_even_if_nobody_ever_did() -> None:
    assert kinds(Family(last_contact_on=TODAY - timedelta(days=42))) == [(Kind.QUIET, Urgency.QUIET)]
    assert kinds(Family(opened_on=TODAY - timedelta(days=42))) == [(Kind.QUIET, Urgency.QUIET)]


def test_an_appointment_to_come_is_told_beside_one_that_asks_how_it_went() -> None:
    family = Family(next_appointment_at=at(TODAY - timedelta(days=1), 15), coming_at=at(TODAY, 14))
    assert kinds(family) == [(Kind.APPOINTMENT, Urgency.TODAY), (Kind.HOW_IT_WENT, Urgency.LATE)]
    assert kinds(Family(next_appointment_at=at(TODAY, 14), coming_at=at(TODAY, 14))) == [
        (Kind.APPOINTMENT, Urgency.TODAY)
    ]


@given(
    st.builds(
        Family,
        opened_on=st.dates(date(2026, 1, 1), TODAY),
        next_contact_due=days,
        review_due=days,
        last_contact_on=days,
        next_appointment_at=moments,
        promise_due_on=days,
        step_due_on=days,
        concern_since=moments,
        reply_since=days,
        follow_up_on=days,
    )
)
def test_what_is_due_is_told_once_each_and_the_most_urgent_first(family: Family) -> None:
    found = reasons(family, NOW)
    assert found == sorted(found)
    told = [one.kind for one in found]
    assert len(told) == len(set(told))
    assert (Kind.CONCERN in told) == (family.concern_since is not None)
    for kind, due in (
        (Kind.CONTACT, family.next_contact_due),
        (Kind.REVIEW, family.review_due),
        (Kind.PROMISE, family.promise_due_on),
        (Kind.STEP, family.step_due_on),
        (Kind.FOLLOW_UP, family.follow_up_on),
    ):
        if due and due <= TODAY:
            assert kind in told
    late = {one.kind for one in found if one.urgency == Urgency.LATE}
    assert all(one.on < TODAY for one in found if one.kind in late)
