"""What an amount comes to a week, where an allowance stands, and what an origin points to."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.records.plans.library import domains, kinds, questions
from alongside.records.plans.rules import Came, Every, Line, a_week, months_after, origin_of, standing

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
PENCE = st.integers(0, 10_000_000)
LINES = st.lists(
    st.builds(Line, on=DAYS, kind=st.sampled_from(["began", "changed", "reviewed", "stopped"]), pence_a_week=PENCE),
    max_size=8,
    unique_by=lambda line: line.on,
)
PARTS = ("none", "told", "there", "asked", "arranged", "paid", "unknown")
EVENTS = st.lists(
    st.builds(
        Came,
        kind=st.sampled_from(["asked", "placed", "called_private", "called_other", "court", "other"]),
        on=st.none() | DAYS,
        who=st.sampled_from(["authority", "police", "parent", "carer", "unknown"]),
        authority_part=st.sampled_from(PARTS),
        evidence=st.sampled_from(["", "A letter"]),
    ),
    max_size=6,
)


@given(pence=PENCE)
def test_a_year_of_weeks_is_the_year_to_within_half_a_penny_a_week(pence: int) -> None:
    for every, times in (
        (Every.WEEK, 52),
        (Every.FORTNIGHT, 26),
        (Every.FOUR_WEEKS, 13),
        (Every.MONTH, 12),
        ("year", 1),
    ):
        assert abs(a_week(pence, every) * 52 - pence * times) <= 26


@given(less=PENCE, more=PENCE, every=st.sampled_from(list(Every)))
def test_more_is_never_less_a_week(less: int, more: int, every: Every) -> None:
    less, more = sorted((less, more))
    assert a_week(less, every) <= a_week(more, every)


@given(lines=LINES, shuffled=st.randoms())
def test_where_an_allowance_stands_does_not_hang_on_the_order_of_writing(lines: list[Line], shuffled: object) -> None:
    before = standing(lines)
    shuffled.shuffle(lines)  # type: ignore[attr-defined]
    assert standing(lines) == before


@given(lines=LINES)
def test_an_allowance_stands_as_its_last_lines_say(lines: list[Line]) -> None:
    now = standing(lines)
    ordered = sorted(lines, key=lambda line: line.on)
    amounts = [line for line in ordered if line.kind in ("began", "changed")]
    assert now.pence_a_week == (amounts[-1].pence_a_week if amounts else 0)
    stopped = [line.on for line in ordered if line.kind == "stopped"]
    assert (now.ended_on is not None) == bool(stopped and not (amounts and amounts[-1].on > stopped[-1]))
    reviews = [line.on for line in ordered if line.kind in ("changed", "reviewed")]
    assert now.reviewed_on == (reviews[-1] if reviews else None)
    if amounts:
        assert now.began_on is not None
        assert now.amount_since is not None
        assert now.began_on <= now.amount_since <= amounts[-1].on


def test_a_rise_keeps_when_it_began_and_says_since_when_the_amount_stands() -> None:
    began = Line(date(2024, 4, 1), "began", 10_000)
    rise = Line(date(2025, 4, 1), "changed", 11_000)
    stayed = Line(date(2026, 4, 1), "reviewed", 0)
    assert standing([stayed, rise, began]) == (11_000, began.on, rise.on, stayed.on, None)


def test_what_begins_again_after_it_stopped_has_a_new_beginning() -> None:
    lines = [
        Line(date(2024, 4, 1), "began", 10_000),
        Line(date(2025, 4, 1), "stopped", 0),
        Line(date(2025, 9, 1), "began", 10_000),
    ]
    now = standing(lines)
    assert (now.began_on, now.amount_since, now.ended_on) == (date(2025, 9, 1), date(2025, 9, 1), None)


@given(day=DAYS, months=st.integers(0, 60))
def test_months_after_keeps_the_day_or_takes_the_last_one(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(events=EVENTS)
def test_only_a_private_label_on_what_the_authority_did_is_worth_taking_up(events: list[Came]) -> None:
    origin = origin_of(events)
    assert not origin.worth_taking_up or origin.called_private
    alone = [event._replace(who="parent", authority_part="none") for event in events]
    assert not origin_of(alone).worth_taking_up


def test_grace_was_asked_by_the_authority_and_told_that_it_was_private() -> None:
    asked = Came("asked", date(2023, 5, 20), "authority", "asked", "")
    placed = Came("placed", date(2023, 5, 21), "police", "arranged", "Text message of that night")
    private = Came("called_private", date(2023, 6, 2), "authority", "none", "")
    origin = origin_of([private, placed, asked])
    assert origin.asked_by == "authority"
    assert (origin.placed_by, origin.placed_on) == ("police", date(2023, 5, 21))
    assert origin.authority_part == "arranged"
    assert origin.worth_taking_up
    assert origin.shown
    assert not origin_of([private, asked]).shown


def test_every_part_of_life_and_kind_of_money_says_where_it_comes_from() -> None:
    assert {"isolation", "money", "child", "relationships", "confidence"} <= set(domains())
    assert all(domain.sources and domain.ask for domain in domains().values())
    assert all(kind.source for kind in kinds().values())
    assert questions().hard
