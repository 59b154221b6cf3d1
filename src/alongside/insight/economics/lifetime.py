"""Lifetime earnings, as an outcome that somebody may take into a case: never there by itself, and never without saying
where its figure is from and how little stands behind it.
"""

from dataclasses import replace

from alongside.calc.economics.distributions import Fixed
from alongside.calc.economics.model import Product, Value
from alongside.calc.economics.scenario import Input, Kind, Origin, Scenario
from alongside.insight.economics.published import claims

CARE, LIFETIME = "care", "lifetime-earnings"
GAINER = "Children, when they are grown up"
PRICED = 2019
WEAKEST = 6
NO_CARE = "Lifetime earnings go with children who stay out of care, and this scenario has no outcome “care”"
THERE_ALREADY = "Lifetime earnings are in this scenario already"


def with_lifetime(scenario: Scenario) -> Scenario:
    """Return the scenario with lifetime earnings of the children who stay out of care.

    The share of them who will earn more because of it is left blank, as nobody knows it, with the level of the claim.
    Raises ValueError where there is no outcome of care, or earnings are in it already.
    """
    care = next((outcome for outcome in scenario.outcomes if outcome.key == CARE), None)
    if care is None:
        raise ValueError(NO_CARE)
    if any(outcome.key == LIFETIME for outcome in scenario.outcomes):
        raise ValueError(THERE_ALREADY)
    earnings = replace(
        care,
        key=LIFETIME,
        title="Children who earn more over their lives",
        value=Value.ECONOMIC,
        agencies={GAINER: 1.0},
        impact="lifetime_impact",
        unit_value="lifetime_earnings",
        drop_off="none",
        lag=0,
        duration=1,
        cashable=0,
    )
    inputs = {**scenario.inputs, **{each.key: each for each in _inputs(care.impact)}}
    return replace(scenario, inputs=inputs, outcomes=(*scenario.outcomes, earnings))


def _inputs(impact: str) -> tuple[Input, ...]:
    claim = next(each for each in claims() if each.key == "lifetime")
    said = f"{claim.source}: {claim.numerator} for {claim.denominator}; {claim.as_of}"
    return (
        Input(
            "lifetime_follows", "Share of children who stay out of care who earn more because of it", Kind.SHARE, None,
            Origin.JUDGEMENT, f"Nobody was compared. {claim.source} says what they would earn, not that this is why",
            WEAKEST, level=claim.level,
        ),
        Input(
            "lifetime_impact", "Share of those at risk who stay and earn more because of it", Kind.SHARE,
            Product((impact, "lifetime_follows")), Origin.JUDGEMENT, "Those who stay, times those for whom it follows",
        ),
        Input(
            "lifetime_earnings", "What one of them earns more over a lifetime", Kind.POUNDS, Fixed(20_000),
            Origin.PUBLISHED, f"{said}. Taken as worth now and in {PRICED} prices, which is not said", WEAKEST, PRICED,
        ),
    )  # fmt: skip
