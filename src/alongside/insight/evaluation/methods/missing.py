"""Those who were not measured again: whether they began like the others, and how far they could move the result."""

from collections.abc import Iterable
from typing import Any

from alongside.calc.outcomes.bounds import bounds
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.imputation import imputed_change
from alongside.calc.outcomes.leavers import leavers
from alongside.insight.evaluation.methods.asked import Method, Options, read_once, told_by_row
from alongside.insight.evaluation.sheets import Unusable


def _leavers(lines: Iterable[str], options: Options) -> Any:
    if not options.covariate:
        raise Unusable("Name a column that tells of the beginning, such as --covariate age.")
    columns = read_once(lines, ("left", *options.covariate), "person", needed=False)
    with told_by_row(columns):
        beginning = {name: columns.numbers[name] for name in options.covariate}
        return leavers(columns.numbers["left"], beginning, level=options.level)


def _bounds(lines: Iterable[str], options: Options) -> Any:
    if options.lowest is None or options.highest is None:
        raise Unusable("Give the range of the scale, such as --lowest 0 --highest 10.")
    columns = read_once(lines, ("before", "after"), "person", needed=False)
    with told_by_row(columns):
        return bounds(
            columns.numbers["before"],
            columns.numbers["after"],
            lowest=options.lowest,
            highest=options.highest,
            higher_is_better=not options.lower_is_better,
            level=options.level,
        )


def _imputed(lines: Iterable[str], options: Options) -> Any:
    columns = read_once(lines, ("before", "after", *options.covariate), "person", needed=False)
    return imputed_change(
        columns.numbers["before"],
        columns.numbers["after"],
        seed=options.seed,
        higher_is_better=not options.lower_is_better,
        also={name: columns.numbers[name] for name in options.covariate},
        level=options.level,
    )


BEFORE_AND_AFTER = Design(before=True)
LEAVERS = Method("left (1 or 0), and what --covariate names of the beginning; person", _leavers)
BOUNDS = Method("before, after; person; needs --lowest and --highest", _bounds, BEFORE_AND_AFTER)
IMPUTED = Method("before, after; person; and what --covariate names of the beginning", _imputed, BEFORE_AND_AFTER)
