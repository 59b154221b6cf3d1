"""Lifetime earnings come into a case only when they are taken in, blank until judged, and pull its evidence down."""

from dataclasses import replace

import pytest

from alongside.calc.economics.distributions import Fixed
from alongside.calc.economics.scenario import Scenario
from alongside.calc.economics.scenario_file import read_scenario
from alongside.calc.economics.scenario_text import write_scenario
from alongside.insight.economics.evidence import level_of
from alongside.insight.economics.library import library, templates
from alongside.insight.economics.lifetime import with_lifetime
from alongside.insight.economics.results import expected
from tests.insight.economics.scenarios import scenario

pytestmark = pytest.mark.anywhere


def test_no_template_counts_them_by_itself() -> None:
    assert not any("lifetime" in outcome.key for text in templates().values() for outcome in _read(text).outcomes)


def test_taken_in_they_are_blank_with_their_source_and_level_and_then_what_was_published_for_each_child() -> None:
    before = scenario(level=4)
    taken = with_lifetime(before)
    follows = taken.inputs["lifetime_follows"]
    assert [each.key for each in taken.blank] == ["lifetime_follows"]
    assert "Nicol Economics" in follows.source
    assert (follows.level, follows.grade) == (1, 6)
    assert _read(write_scenario(taken)) == taken
    judged = replace(taken, inputs={**taken.inputs, "lifetime_follows": replace(follows, made=Fixed(0.5))})
    assert (level_of(before), level_of(judged)) == (4, 1), "the case says no more than its weakest evidence"
    case = replace(judged, rule="mean").case(library())
    found = expected(replace(case, outcomes=tuple(replace(each, optimism=0) for each in case.outcomes)), {})
    children = found.people["care"] * 0.5
    assert found.people["lifetime-earnings"] == pytest.approx(children)
    factor = library().deflator.factor(2019, to=judged.price_year)
    assert found.economic == pytest.approx(children * 20_000 * factor)


def test_they_go_in_once_and_only_with_children_who_stay_out_of_care() -> None:
    with pytest.raises(ValueError, match="in this scenario already"):
        with_lifetime(with_lifetime(scenario()))
    with pytest.raises(ValueError, match="no outcome “care”"):
        with_lifetime(_read(templates()["peer-groups"]))


def _read(text: str) -> Scenario:
    return read_scenario(text, library())
