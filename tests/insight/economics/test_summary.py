"""What a case may be said to show: never more than its evidence, its doubt and its numbers."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.economics.scenario_file import read_scenario
from alongside.insight.economics.evidence import CARRYING, JUDGED, level_of
from alongside.insight.economics.library import library
from alongside.insight.economics.pictures import pictures_of
from alongside.insight.economics.results import glance, work_out
from alongside.insight.economics.summary import sentences, summary_of
from tests.insight.economics.scenarios import reach, scenario

pytestmark = pytest.mark.anywhere
CLAIMS = re.compile(r"\b(saves?|saved|proves?|proven|will|works|effective|because of the service [a-z]+ )\b", re.I)
LEVELS = st.sampled_from([None, 1, 2, 3, 4, 5])


def said(**case: object) -> str:
    whole = scenario(**case)  # type: ignore[arg-type]
    return " ".join(sentences(whole, glance(whole, library(), draws=200, seed=1)))


@given(LEVELS, st.floats(0.01, 0.95), st.floats(100, 5_000))
@settings(max_examples=25)
def test_nothing_is_claimed_beyond_the_evidence_and_the_doubt(level: int | None, stays: float, cost: float) -> None:
    made = {"stays": f"value = {stays}", "per_family": f"value = {cost}\nprice_year = 2024"}
    whole = scenario(level=level, **made)
    found = glance(whole, library(), draws=200, seed=1)
    words = sentences(whole, found)
    carries = CARRYING[level] if level else JUDGED
    assert carries.known in words
    back = next(place for place, each in enumerate(words) if carries.comes in each)
    assert words[back].startswith(carries.holds)
    # Whatever comes back, or how likely, is said under that condition and after it.
    for place, each in enumerate(words):
        if "for each £1" in each or "the chance that" in each or "better off" in each:
            assert place > back
            assert each.startswith("If so,")
    if level in (None, 1):
        assert not CLAIMS.search(" ".join(words).replace(carries.known, ""))
        assert "may come back" in words[back]
    crosses = found.ratio.low < 1 <= found.ratio.high
    assert any("less than is spent, or more" in each for each in words) is crosses


def test_the_words_follow_the_numbers() -> None:
    words = said(level=1)
    assert "£51,000 is spent, in prices of 2024: £850 for each family." in words
    assert "If the change was due to the service, £" in words
    assert "would pay for all of it alone. This case counts on" in words
    assert "1 of the 10 inputs is a judgement" in words
    assert "nothing comes back" in said(stays="value = 0", points="value = 0")
    nobody_pays = said(per_family="value = 0\nprice_year = 2024")
    assert "Nothing is spent" in nobody_pays
    assert "for each £1" not in nobody_pays
    assert "What is lost is taken off that already" in said(points="value = -0.1", stays="value = 0.9")


def test_the_lowest_level_of_what_changes_bounds_the_whole() -> None:
    assert level_of(scenario(level=3)) == 3
    assert level_of(scenario()) is None
    for level, lowest in (("level = 1", 1), ("", None)):
        mixed = reach(level=3).replace("[inputs.points]\nlevel = 3", f"[inputs.points]\n{level}")
        assert level_of(read_scenario(mixed, library())) == lowest


def test_every_picture_has_words_and_its_numbers_in_a_table() -> None:
    whole = scenario(level=2, per_family="amount = { mean = 2850, sd = 60 }\nprice_year = 2024")
    answer = work_out(whole, library(), draws=500, seed=1)
    assert summary_of(whole, answer)[0].startswith("£171,000 is spent")
    pictures = pictures_of(whole, answer)
    assert [each.title for each in pictures] == [
        "Who pays and who gains",
        "What the answer hangs on",
        "What somebody would have to find it worth",
        "Public money by year",
    ]
    for each in pictures:
        assert each.plot.words
        assert each.plot.svg.startswith("<svg")
        assert all(len(row) == len(each.table.columns) for row in each.table.rows)
    together = pictures[0].table.rows[-1]
    assert (together[0], together[1]) == ("Together", "£171,000")
    assert [row[0] for row in pictures[3].table.rows] == ["2026", "2027", "2028", "2029", "2030"]
    chances = [float(row[1].removesuffix("%")) for row in pictures[2].table.rows]
    assert chances == sorted(chances)
