"""What the results of a round cannot tell, said by rule: nobody chooses which of it is said."""

from collections.abc import Iterator

from alongside.calc.surveys.definition import Question
from alongside.insight.surveys.counting import Asked
from alongside.insight.surveys.protecting import THRESHOLD
from alongside.insight.surveys.tallying import FEWEST
from alongside.insight.surveys.weighing import FEWEST_EFFECTIVE, Weights
from alongside.records.surveys.models import Round
from alongside.records.surveys.queries import Going

LOW = 0.5
"""A response below this share of those invited is said to be low."""
SMALL = 100


def limits_of(
    round: Round,
    going: Going,
    editions: int,
    asked: list[Asked],
    tangled: list[Question],
    weights: Weights | None,
) -> Iterator[str]:
    """Give each limit that holds for this round."""
    yield from _who_was_asked(round, going)
    yield (
        "The intervals allow for chance only: as if those who answered had been drawn by lot from many. They were not. "
        "Carers who chose to answer may differ from those who did not."
    )
    yield from _how_weighted(weights)
    if going.sent < SMALL:
        yield f"{going.sent} answers are few. Most differences between areas will be chance."
    if editions > 1:
        yield f"{editions} editions were asked. Questions are counted together where they kept their key."
    if any(one.each for one in asked):
        yield (
            "A question asked for each child is counted by carers: of how many it is so for at least one child. It "
            "does not say how many children."
        )
    if any(low < high for one in asked for low, high in one.bands):
        yield "Long scales are told in four bands, which are as nearly alike in size as may be."
    for question in tangled:
        yield (
            f"“{question.words}” is left out: it hangs on several answers whether it is asked, so how many answered it "
            "would tell of those."
        )
    yield (
        f"Areas with fewer than {FEWEST} answers stand together. A number of one to four carers is not shown, nor is "
        "one from which it could be worked out."
    )


def _how_weighted(weights: Weights | None) -> Iterator[str]:
    if weights is None or weights.reason:
        yield "The shares are not weighted: an area in which many answered counts for more than one in which few did."
        return
    yield (
        "Weighted shares put right only what there are totals of. Those who answered may differ from the others in "
        "everything else. What is said to be counted is without weights."
    )
    if weights.raked.missing:
        yield f"{_about(weights.raked.missing)} left a question that is weighted by, and are in no weighted share."
    yield from weights.raked.cautions
    yield (
        "A weighted share is not shown where a number that it is made of is not, where the answers of an area are "
        f"worth fewer than {FEWEST_EFFECTIVE} equal ones, or where it would tell of a few: even somebody who "
        "knew how many of each group answered in each area, and all other numbers and shares, learns nothing of fewer "
        "than five from one. "
        "Questions that hang on one another, or on what is weighted by, have none."
    )
    yield (
        "Intervals of weighted shares, also those of an area, are as wide as the weights of the whole round make them, "
        "as an area's own would tell who answered there."
    )


def _about(number: int) -> str:
    return "Fewer than 5 carers" if number < THRESHOLD else f"{number} carers"


def _who_was_asked(round: Round, going: Going) -> Iterator[str]:
    if round.way == Round.Way.OPEN:
        yield (
            "Anybody with the address could answer, so nobody knows how many were asked, and somebody could answer "
            "twice."
        )
        return
    if not going.invited:
        yield "Nobody was invited by us: all answers were brought from elsewhere."
        return
    share = going.used / going.invited
    yield f"{going.used} of {going.invited} who were invited answered ({share:.0%})."
    if going.used < LOW * going.invited:
        yield "Fewer than half of those invited answered, so what the others would have said could change every number."
    if going.sent > going.used:
        yield f"{going.sent - going.used} answers were brought from elsewhere, beside the invitations."
