"""No few families can be worked out from what is published, however the pages are narrowed and added up."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.insight.watching.counts import Counted, Tally
from alongside.insight.watching.measures import Kind
from alongside.insight.watching.protecting import ALL, HALF, THRESHOLD, Month, Shown, half_shown, month_shown
from alongside.insight.watching.shown import shown_from_json, shown_to_json, told
from tests.insight.watching.attacker import Attacker, Known

NEARLY = 1e-5
FIFTH = {"a": "1", "b": "1", "c": "2"}
MONTHS = ("2026-04-01", "2026-05-01")


@st.composite
def counted(draw: st.DrawFn) -> Counted:
    """A month in which teams mostly keep to their own authority, small numbers likely."""
    found = Counted()
    for team, authority in draw(st.sets(st.sampled_from([("t", "a"), ("t", "b"), ("u", "b"), ("u", "c")]), min_size=2)):
        n = draw(st.one_of(st.integers(1, 6), st.integers(1, 40)))
        good = draw(st.integers(0, n))
        white = draw(st.integers(0, n))
        cell = (team, authority, draw(st.sampled_from(["reach", "connected"])), FIFTH[authority])
        for number in range(n):
            group = {"ethnicity": "White" if number < white else "", "disability": "no"}
            found.add(cell, group, Tally(1, int(number < good), 2))
    return found


def publish(months: dict[str, Counted], split: bool) -> tuple[dict[str, Month], Shown]:
    """Publish months and then their half-year, as they are kept."""
    kind = Kind.SHARE if split else Kind.MEAN
    kept = {
        name: Month(month, shown_from_json(shown_to_json(month_shown(month, split=split), month, kind)))
        for name, month in months.items()
    }
    return kept, half_shown(kept, split_months=split)


def read(kept: dict[str, Month], half: Shown) -> Known:
    """Everything that can be read of them, both numbers of a share being needed for either."""
    known: Known = {}
    for when, shown in [*((name, month.shown) for name, month in kept.items()), (HALF, half)]:
        for place, parts in shown.items():
            known |= {(when, place, "n"): parts["n"]} if "n" in parts else {}
            known |= {(when, place, "good"): parts["good"]} if len(parts) == 3 else {}
    return known


@settings(deadline=None, max_examples=6)
@given(st.tuples(counted(), counted()), st.booleans())
def test_no_few_families_can_be_worked_out(pair: tuple[Counted, Counted], split: bool) -> None:
    months = dict(zip(MONTHS, pair, strict=True))
    kept, half = publish(months, split)
    attacker = Attacker(months, read(kept, half))
    seen = {place for shown in (half, *(month.shown for month in kept.values())) for place in shown}
    cells = {("cell", *cell) for month in pair for cell in month.cells}
    parts = {HALF: ("n", "good", "rest"), **dict.fromkeys(MONTHS, ("n", "good", "rest") if split else ("n",))}
    for when, place in product(parts, seen | cells):
        for part in parts[when]:
            weights = attacker.weights(when, place, part)
            if weights and 1 <= attacker.true(weights) < THRESHOLD:
                least, most = attacker.ends(weights)
                assert most - least >= THRESHOLD - NEARLY, (when, place, part)


@settings(deadline=None, max_examples=4)
@given(st.tuples(counted(), counted()))
def test_a_team_less_an_authority_is_never_known_to_be_few(pair: tuple[Counted, Counted]) -> None:
    months = dict(zip(MONTHS, pair, strict=True))
    attacker = Attacker(months, read(*publish(months, split=False)))
    units = [("team", "t"), ("team", "u"), *(("authority", one) for one in "abc"), ("programme", "reach"), ALL]
    for when, one, other in product((*MONTHS, HALF), units, units):
        whole, part = attacker.weights(when, one, "n"), attacker.weights(when, other, "n")
        rest = dict.fromkeys(whole.keys() - part.keys(), 1.0)
        if rest and 1 <= attacker.true(rest) < THRESHOLD:
            assert attacker.ends(rest)[1] >= THRESHOLD - NEARLY, (when, one, other)


def of(**numbers: int) -> Counted:
    found = Counted()
    for authority, n in numbers.items():
        for _ in range(n):
            found.add(("t", authority, "reach", FIFTH[authority]), {}, Tally(1, 1, 3))
    return found


def test_what_nobody_is_hidden_by_is_shown() -> None:
    shown = month_shown(of(a=12, b=30, c=8), split=False)
    assert {place: parts["n"] for place, parts in shown.items()} == {
        ALL: 50,
        ("team", "t"): 50,
        ("authority", "a"): 12,
        ("authority", "b"): 30,
        ("authority", "c"): 8,
        ("programme", "reach"): 50,
    }


def test_a_fifth_tells_no_more_than_its_authorities() -> None:
    months = {"2026-04-01": Month(of(a=20, c=2, b=9), {})}
    half = half_shown(months, split_months=False)
    assert "n" not in half["authority", "c"]
    assert "n" not in half["deprivation", "2"]  # the fifth of that one authority


def test_a_month_that_was_hidden_does_not_come_out_of_the_half_year() -> None:
    """Twenty in one month are shown and three in the next are not: their sum would tell."""
    first, second = of(a=20, b=40), of(a=3, b=40)
    kept, half = publish({MONTHS[0]: first, MONTHS[1]: second}, split=False)
    assert kept[MONTHS[0]].shown["authority", "a"]["n"] == 20
    assert "n" not in kept[MONTHS[1]].shown["authority", "a"]
    assert "n" not in half["authority", "a"]


def test_sums_are_shown_only_of_enough_people() -> None:
    counts = of(a=12, b=3)
    rows = told(shown_to_json(month_shown(counts, split=False), counts, Kind.MEAN))
    assert rows[ALL].total == 45
    assert rows["authority", "a"].total is None
    assert rows["authority", "b"] == (None, None, None)


def test_two_families_whom_only_a_team_and_an_authority_together_would_tell_stay_hidden() -> None:
    """Each number is large; but all of the authority's families are the team's, and the team has two more."""
    counts = Counted()
    for team, authority, n in (("t", "a", 20), ("t", "b", 2), ("u", "b", 30), ("u", "c", 40)):
        counts.add((team, authority, "reach", FIFTH[authority]), {}, Tally(n))
    shown = month_shown(counts, split=False)
    assert not ("n" in shown["team", "t"] and "n" in shown["authority", "a"])
