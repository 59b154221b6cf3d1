"""What a month is counted from: which rows, in which month, of which team and group; and that it is counted once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from alongside.core.access import system
from alongside.core.agencies.models import Agency
from alongside.core.base.ids import new_id
from alongside.insight.watching.counts import Counted, Tally
from alongside.insight.watching.measures import over_time
from alongside.insight.watching.models import WatchedPeriod
from alongside.insight.watching.periods import Month, due
from alongside.insight.watching.reading import count_month
from alongside.insight.watching.services import publish_due
from alongside.records.cases.models import Case, Closure, Contact
from alongside.records.measures.library import EXAMPLE_PACK, instrument
from alongside.records.measures.licensing import declare, end_pack, load_pack
from alongside.records.measures.models import AnswerSet
from alongside.records.measures.usable import measuring
from alongside.records.people.models import Person
from alongside.records.programmes.models import Decision
from alongside.records.referrals.models import Referral
from tests.cast import LONDON, Cast

OCTOBER = Month(2026, 10)


def october(agency: Agency, month: Month = OCTOBER) -> dict[str, Counted]:
    return count_month(agency.pk, month, measuring(agency.pk))


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


@pytest.fixture
def cell(cast: Cast) -> tuple[str, str, str, str]:
    """Where Grace's family belongs: her team, her council, her programme, her council's fifth."""
    return (str(cast.team.pk), str(cast.kirklees.pk), "reach", "3")


def spoke(cast: Cast, at: datetime, outcome: str = "spoke") -> None:
    Contact.objects.create(agency=cast.provider, case=cast.case, at=at, channel="phone", outcome=outcome, by=cast.asha)


def test_a_family_is_reached_once_on_the_day_that_somebody_first_spoke_with_it(
    cast: Cast, cell: tuple[str, ...]
) -> None:
    with system():
        Referral.objects.filter(pk=cast.referral.pk).update(received_at=datetime(2026, 10, 5, 9, tzinfo=LONDON))
        Person.objects.filter(pk=cast.grace.pk).update(ethnicity="black_african", disability="yes")
        spoke(cast, datetime(2026, 10, 6, 9, tzinfo=LONDON), "no_answer")
        for day in (28, 30):
            spoke(cast, datetime(2026, 10, day, 9, tzinfo=LONDON))
        counted = october(cast.provider)
        later = october(cast.provider, OCTOBER.after)
    assert counted["reached"].cells == {cell: Tally(1, 0, 23)}
    assert counted["reached"].groups == {
        ("ethnicity", "Black, Black British, Caribbean or African"): Tally(1, 0, 23),
        ("disability", "yes"): Tally(1, 0, 23),
        ("arrangement", "special_guardianship"): Tally(1, 0, 23),
    }
    assert counted["contacts"].cells == {cell: Tally(1, 0, 2)}
    assert counted["referrals"].all == Tally(1)
    assert later["reached"].all == Tally()


def test_a_call_in_the_first_hour_of_a_month_belongs_to_it(cast: Cast) -> None:
    """Summer time: the first of October begins at 23:00 of the day before, as computers count."""
    with system():
        spoke(cast, datetime(2026, 10, 1, 0, 20, tzinfo=LONDON))
        assert october(cast.provider)["contacts"].all.n == 1
        assert october(cast.provider, OCTOBER.plus(-1))["contacts"].all.n == 0


def test_what_was_decided_counts_and_waiting_does_not(cast: Cast) -> None:
    def decide(outcome: str, day: int) -> None:
        at = datetime(2026, 10, day, 12, tzinfo=LONDON)
        Decision.objects.create(
            agency=cast.provider, referral=cast.referral, contract=cast.contract, outcome=outcome, decided_at=at,
            words="Yes.", by=cast.morgan,
        )  # fmt: skip

    with system():
        Referral.objects.filter(pk=cast.referral.pk).update(
            carer_ethnicity="irish", carer_disability="no", children=[{"arrangement": "informal"}]
        )
        decide("waiting", 2)
        decide("accepted", 9)
        offered = october(cast.provider)["offered"]
    assert offered.cells == {("", str(cast.kirklees.pk), "reach", "3"): Tally(1, 1)}
    assert offered.groups["ethnicity", "White"] == Tally(1, 1)
    assert offered.groups["arrangement", "informal"] == Tally(1, 1)


@pytest.mark.parametrize(("reason", "good"), [("goal_reached", 1), ("time_ended", 1), ("lost_touch", 0)])
def test_a_case_that_got_where_it_wanted_to_closed_as_planned(cast: Cast, reason: str, good: int) -> None:
    with system():
        Closure.objects.create(agency=cast.provider, case=cast.case, closed_on=date(2026, 10, 31), reason=reason)
        assert october(cast.provider)["completed"].all == Tally(1, good)


def answer(cast: Cast, occasion: str, on: date, **scores: float | None) -> None:
    known = instrument("five-domains")
    every = {scale.key: 5.0 for scale in known.scales} | scores
    AnswerSet.objects.create(
        agency=cast.provider, case=cast.case, person=cast.grace, instrument=known.key, edition=known.edition,
        occasion=occasion, answered_on=on, mode="with_worker", answers={}, scores=every,
    )  # fmt: skip


def test_answers_at_the_end_stand_beside_the_last_at_the_start(cast: Cast, cell: tuple[str, ...]) -> None:
    with system():
        answer(cast, "start", date(2026, 6, 1), money=9)
        answer(cast, "start", date(2026, 8, 1), money=8)
        answer(cast, "review", date(2026, 10, 1), money=1)
        answer(cast, "end", date(2026, 10, 20), money=5, isolation=6)
        counted = october(cast.provider)
    assert counted["five-domains.money"].cells == {cell: Tally(1, 0, -3)}
    assert counted["five-domains.isolation"].all == Tally(1, 0, 1)
    better = instrument("five-domains").scale("isolation").higher_is_better
    assert counted["benefits"].all == Tally(1, int(better))


def test_who_left_a_question_out_is_in_no_scale_of_it(cast: Cast) -> None:
    with system():
        answer(cast, "start", date(2026, 8, 1))
        answer(cast, "end", date(2026, 10, 20), money=None)
        counted = october(cast.provider)
    assert counted["five-domains.isolation"].all == counted["benefits"].all == Tally()


def test_what_an_agency_loaded_or_declared_is_watched_and_a_scale_turned_round_is_another(cast: Cast) -> None:
    text = EXAMPLE_PACK.read_text()
    pack = load_pack(content=text.encode(), by=cast.morgan)
    for key in ("calm-days", "sdq"):
        declare(instrument=key, ground="licence", reference="7", until=None, by=cast.morgan, submission=new_id())
    for occasion, on, calm, total in (("start", date(2026, 8, 1), 3.25, 20), ("end", date(2026, 10, 20), 5.25, 15)):
        said: dict[str, Any] = {"agency": cast.provider, "case": cast.case, "person": cast.grace, "mode": "paper"}
        said |= {"occasion": occasion, "answered_on": on, "answers": {}}
        AnswerSet.objects.create(**said, instrument="calm-days", edition=pack.edition, scores={"calm": calm})
        scores = {scale.key: float(total) for scale in instrument("sdq").scales}
        for more, child in enumerate((cast.tyler, cast.amara)):
            told = {key: score + more * (occasion == "end") for key, score in scores.items()}
            asked = {"instrument": "sdq", "edition": instrument("sdq").edition, "child": child}
            AnswerSet.objects.create(**said, **asked, scores=told)
    with system():
        counted = october(cast.provider)
        names = {one.key: one.title for one in over_time(measuring(cast.provider.pk))}
        end_pack(pack=pack, by=cast.morgan)
        turned = text.replace("higher_is_better", "lower_is_better").replace("made up, 2026", "turned")
        load_pack(content=turned.encode(), by=cast.morgan)
        after = october(cast.provider)
    (calm,) = (key for key in counted if key.startswith("calm-days."))
    assert (counted[calm].all, names[calm]) == (Tally(1, 0, 2.0), "Calm (Calm days)")
    assert counted["sdq.total"].all == Tally(2, 0, -9), "each child by itself"
    (other,) = (key for key in after if key.startswith("calm-days."))
    assert other != calm
    assert after[other].all == Tally()
    assert not [key for key in counted if key.startswith("swemwbs")]


def test_each_period_is_published_once_and_never_told_anew(cast: Cast) -> None:
    with system():
        assert publish_due(today=date(2026, 11, 10)) == 0  # ten days after the last of October are not over
        assert publish_due(today=date(2026, 11, 11)) == 1
        before = WatchedPeriod.objects.get(agency=cast.provider)
        spoke(cast, datetime(2026, 10, 30, 9, tzinfo=LONDON))
        assert publish_due(today=date(2026, 11, 30)) == 0
        assert publish_due(today=date(2027, 4, 11)) == 6  # five months and the half-year
        after = WatchedPeriod.objects.get(agency=cast.provider, span="month", starts_on=before.starts_on)
        half = WatchedPeriod.objects.get(agency=cast.provider, span="half")
    assert (after.shown, after.counted) == (before.shown, before.counted)
    assert half.starts_on == date(2026, 10, 1)
    assert {**before.names["authority"]} == {str(cast.kirklees.pk): "Kirklees"}


def test_another_agency_counts_its_own(cast: Cast) -> None:
    with system():
        Case.objects.filter(pk=cast.case.pk).update(last_contact_on=timezone.localdate() - timedelta(days=3))
        spoke(cast, datetime(2026, 10, 28, 9, tzinfo=LONDON))
        other = Agency.objects.get(pk=cast.other_provider.pk)
        assert all(one.all == Tally() for one in october(other).values())


def test_records_that_go_far_back_begin_with_a_half_year() -> None:
    months = list(due(date(2015, 1, 6), date(2026, 11, 22)))
    assert (months[0], months[-1]) == (Month(2023, 10), Month(2026, 10))
    assert list(due(date(2026, 11, 1), date(2026, 11, 22))) == []
