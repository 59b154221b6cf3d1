"""A scenario that is written down is read back as it was: nothing is lost, rounded or guessed on the way."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.economics.beta import Counted, Pert, Share
from alongside.calc.economics.distributions import Amount, Distribution, Fixed, Normal, Skewed, Triangular, Uniform
from alongside.calc.economics.scenario_file import read_scenario
from alongside.calc.economics.scenario_text import write_scenario
from alongside.insight.economics.library import library, templates

SHARE = st.floats(0.05, 0.9)
MADE: st.SearchStrategy[Distribution] = st.one_of(
    st.builds(Fixed, SHARE),
    st.builds(lambda mean: Share(mean, 0.04), SHARE),
    st.builds(lambda events: Counted(events, 60), st.integers(0, 60)),
    st.builds(lambda low: Pert(low, low + 0.03, low + 0.1), SHARE),
    st.builds(lambda low: Triangular(low, low + 0.03, low + 0.1), SHARE),
    st.builds(lambda low: Uniform(low, low + 0.1), SHARE),
)


@pytest.mark.parametrize("name", templates())
def test_every_template_is_read_back_as_it_was(name: str) -> None:
    scenario = read_scenario(templates()[name], library())
    assert read_scenario(write_scenario(scenario), library()) == scenario


@given(
    made=MADE,
    title=st.text(min_size=1, max_size=80).filter(lambda said: said == said.strip()),
    level=st.none() | st.integers(1, 5),
)
def test_an_input_that_was_filled_in_is_read_back_as_it_was(made: Distribution, title: str, level: int | None) -> None:
    scenario = read_scenario(templates()["reach"], library())
    filled = replace(scenario.inputs["engaged"], made=made, title=title, level=level)
    changed = replace(scenario, inputs=scenario.inputs | {"engaged": filled}, starts=(0.25, 0.75), question=title)
    assert read_scenario(write_scenario(changed), library()) == changed


@pytest.mark.parametrize(
    "made", [Amount(1234.56, 78.9), Skewed(0.5, 3.25), Normal(-2.5, 1e-3), Fixed(1e11), Fixed(0.1)]
)
def test_a_number_that_is_no_share_is_read_back_as_it_was(made: Distribution) -> None:
    scenario = read_scenario(templates()["reach"], library())
    filled = replace(scenario.inputs["points"], made=made)
    changed = replace(scenario, inputs=scenario.inputs | {"points": filled})
    assert read_scenario(write_scenario(changed), library()) == changed
