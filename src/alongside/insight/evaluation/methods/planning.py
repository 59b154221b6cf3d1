"""What options alone tell: how many people a comparison takes, and what change comes of selection alone."""

from collections.abc import Iterable
from typing import Any

from alongside.calc.outcomes.regression_to_mean import regression_to_mean
from alongside.calc.trials.power import Question, answer
from alongside.insight.evaluation.methods.asked import Method, Options
from alongside.insight.evaluation.sheets import Unusable


def _power(lines: Iterable[str], options: Options) -> Any:
    return answer(
        Question(
            options.compare,
            n=options.people,
            power=options.power,
            effect=options.effect,
            sd=1.0 if options.sd is None else options.sd,
            baseline=options.baseline,
            level=options.level,
            lost=options.lost,
            per_group=options.team_size,
            icc=options.icc,
            uneven=options.uneven,
            falls=options.lower_is_better,
        )
    )


def _selection(lines: Iterable[str], options: Options) -> Any:
    if options.mean is None or options.sd is None or options.reliability is None or options.cut is None:
        raise Unusable("Give all of --mean, --sd, --reliability and --cut.")
    return regression_to_mean(
        mean=options.mean, sd=options.sd, reliability=options.reliability, cut=options.cut, below=not options.above
    )


SELECTION = Method("no file; --mean, --sd, --reliability and --cut, and --above where it is so", _selection)
POWER = Method("no file; two of --people, --power and --effect, and --compare says of what", _power)
