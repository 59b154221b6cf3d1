"""The authorities of a frozen cohort as studies of their own, put together: how far what changed differs by place."""

from collections.abc import Iterator

from alongside.calc.outcomes.comparison.subgroups import subgroups
from alongside.insight.evaluation.methods import Options
from alongside.insight.evaluation.methods.studies import Pooling, pooling
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs.asked import Outcome, about_the_question, change_of
from alongside.insight.evaluation.runs.parts import groups_to_tell
from alongside.insight.evaluation.sheets import Unusable

EXPLORED = "This was not promised of the cohort: it can suggest that places differ, and answers nothing."

NO_PLACE = "There is no authority of which enough families were measured both times"


def across_authorities(rows: Rows, outcome: Outcome, options: Options) -> tuple[Pooling, tuple[str, ...]]:
    """Pool the mean change in each authority whose families may be told of, and say what else is to be known of it.

    Of each the effect is the mean change in points and the variance s²/n. It tells of the same authorities as the
    method for subgroups does, so that neither gives away what the other withholds. Raises
    :class:`~alongside.insight.evaluation.sheets.Unusable` where there is none.
    """
    ours = about_the_question(rows)
    change, places = change_of(ours, outcome), ours.words["authority"]
    looks = subgroups(change, {"authority": [text or None for text in places.texts()]}).looks
    told = [str(group.name) for look in looks for group in groups_to_tell(ours, outcome, look)]
    if not told:
        raise Unusable(NO_PLACE)
    (look,) = looks
    withheld = len(look.groups) - len(told)

    def lines() -> Iterator[str]:
        yield "study,effect,variance"
        for name in told:
            own = change[places.have(name)]
            own = own[own == own]
            yield f'"{name}",{float(own.mean())!r},{float(own.var(ddof=1)) / own.size!r}'

    said = f"{withheld} of {len(look.groups)} authorities are withheld: few families there were measured both times."
    return pooling(lines(), options), (*((said,) if withheld else ()), EXPLORED)
