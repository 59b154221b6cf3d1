"""How many people a comparison takes, from options alone."""

from collections.abc import Iterable
from typing import Any

from alongside.calc.trials.power import Question, answer
from alongside.insight.evaluation.methods.asked import Method, Options


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


POWER = Method("no file; two of --people, --power and --effect, and --compare says of what", _power)
