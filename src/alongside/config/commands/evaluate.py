"""`alongside evaluate`: an analyst's own figures by the methods of the reports; it needs no web and no database."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from alongside.calc.outcomes.comparison.propensity import Estimand
from alongside.calc.outcomes.funnel import Kind
from alongside.calc.outcomes.meta.fitting import Between
from alongside.calc.trials.power import Kind as Compared
from alongside.insight.evaluation.methods import METHODS, Options
from alongside.insight.evaluation.sheets import Unusable
from alongside.insight.evaluation.telling import as_json, as_lines, with_evidence

EXAMPLE = """alongside evaluate pairs.csv --method paired --json
  alongside evaluate people.csv --method leavers --covariate age
  alongside evaluate pairs.csv --method bounds --lowest 0 --highest 10 --lower-is-better
  alongside evaluate pairs.csv --method impute --covariate age --seed 7
  alongside evaluate people.csv --method propensity --covariate age --covariate before
  alongside evaluate people.csv --method subgroups --by order --by area
  alongside evaluate answers.csv --method rake --total order:SGO=60 --total order:CAO=40
  alongside evaluate --method selection --mean 50 --sd 10 --reliability 0.8 --cut 40"""

DONE = 0
FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    columns = "\n".join(f"  {name:<10} {method.reads}" for name, method in METHODS.items())
    parser.description = (
        f"{parser.description}\n\n"
        "Reads a CSV file whose first line names its columns, in any order:\n"
        f"{columns}\n"
        "An empty cell is missing. Faults are told by row on the error output, and end with exit code 1.\n"
        "Each method is explained in docs/methods."
    )
    parser.add_argument("file", nargs="?", default="-", help="the file, or - for standard input (-)")
    parser.add_argument("--method", required=True, choices=METHODS, help="what to work out")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--level", type=share, default=0.95, help="how sure an interval is, from 0 to 1 (0.95)")
    parser.add_argument("--lower-is-better", action="store_true", help="a lower score is the better one")
    parser.add_argument("--threshold", type=whole, default=5, help="suppress: counts below it are hidden (5)")
    parser.add_argument("--round-to", type=whole, help="suppress: round counts instead, small ones to 0")
    parser.add_argument("--reliability", type=float, help="rci, selection: the reliability of the scale, such as 0.85")
    parser.add_argument(
        "--sd", type=float, help="rci, selection: the scale's deviation by its norm; power: that of scores (1)"
    )
    parser.add_argument(
        "--bootstrap",
        type=whole,
        nargs="?",
        const=10_000,
        metavar="TIMES",
        help="paired: intervals by resampling (10,000)",
    )
    parser.add_argument("--seed", type=int, default=1, help="paired, impute: another seed draws others (1)")
    parser.add_argument("--one-slope", action="store_true", help="mixed: people differ in height, not in slope")
    more: dict[str, Any] = {"action": "append", "default": [], "metavar": "COLUMN"}
    use = "survival: into Cox's model; meta: explains effects; others: allow for it, compare by it or impute from it"
    parser.add_argument("--covariate", help=use, **more)
    parser.add_argument("--start", metavar="PERIOD", help="its: the first period with the service")
    _add_units(parser)
    _add_people(parser, more)
    _add_planning(parser)


def _add_units(parser: argparse.ArgumentParser) -> None:
    """Add what methods about studies and about teams need to know."""
    ways: dict[str, Any] = {"type": Between, "choices": list(Between), "default": Between.REML}
    parser.add_argument("--between", help="meta: variance between studies (REML)", **ways)
    kinds: dict[str, Any] = {"type": Kind, "choices": list(Kind), "default": Kind.PROPORTION}
    parser.add_argument("--kind", help="funnel: what the figures are (proportion)", **kinds)
    parser.add_argument("--target", type=float, help="funnel: where the middle lies (all together; 1 for a ratio)")
    parser.add_argument("--hartung-knapp", action="store_true", help="meta: their interval, for few studies")


def _add_people(parser: argparse.ArgumentParser, more: dict[str, Any]) -> None:
    """Add what some of the methods about people need to know."""
    parser.add_argument("--lowest", type=float, help="bounds: the lowest score of the scale")
    parser.add_argument("--highest", type=float, help="bounds: the highest score of the scale")
    parser.add_argument("--by", help="subgroups: a way of parting people; give all of them at once", **more)
    whom: dict[str, Any] = {"type": Estimand, "choices": list(Estimand), "default": Estimand.SERVED}
    parser.add_argument("--whom", help="propensity: for those served (ATT) or for everybody (ATE) (ATT)", **whom)
    told = {**more, "metavar": "COLUMN:GROUP=NUMBER"}
    parser.add_argument("--total", help="rake: how many there are of a group in all", **told)
    parser.add_argument("--most", type=float, help="rake: no weight above so many times the mean")
    parser.add_argument("--mean", type=float, help="selection: the mean of everybody on the scale")
    parser.add_argument("--cut", type=float, help="selection: people are taken on below this score")
    parser.add_argument("--above", action="store_true", help="selection: people are taken on above it")


def _add_planning(parser: argparse.ArgumentParser) -> None:
    plan = parser.add_argument_group("power")
    ways: dict[str, Any] = {"type": Compared, "choices": list(Compared), "default": Compared.MEANS}
    plan.add_argument("--compare", help="what is compared (means)", **ways)
    plan.add_argument("--people", type=float, help="how many are taken on: pairs, or in each group")
    plan.add_argument("--power", type=share, help="the chance to find the difference, such as 0.8")
    plan.add_argument("--effect", type=float, help="the difference, in the units of --sd; of shares, from --baseline")
    plan.add_argument("--baseline", type=share, help="proportions: the share without the service")
    plan.add_argument("--lost", type=float, default=0.0, help="the share that will not be measured (0)")
    plan.add_argument("--team-size", type=float, help="people in a team, where whole teams are allocated")
    plan.add_argument("--icc", type=float, default=0.0, help="how alike people of a team are, from 0 to 1 (0)")
    plan.add_argument("--uneven", type=float, default=0.0, help="deviation of team sizes over their mean (0)")


def share(typed: str) -> float:
    """Read a share between 0 and 1; raises ValueError or ArgumentTypeError for anything else."""
    value = float(typed)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{typed} does not lie between 0 and 1")
    return value


def whole(typed: str) -> int:
    """Read a whole number from 1; raises ArgumentTypeError for anything else."""
    if not typed.isdecimal() or int(typed) < 1:
        raise argparse.ArgumentTypeError(f"{typed} is not a whole number from 1")
    return int(typed)


def run(arguments: argparse.Namespace) -> int:
    options = Options(**{name: value for name, value in vars(arguments).items() if name in Options.__slots__})
    try:
        with _opened(arguments.file) as lines:
            method = METHODS[arguments.method]
            result = with_evidence(method.work(lines, options), method.design)
    except Unusable as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return FAILED
    except (ValueError, ArithmeticError) as error:
        sentence = str(error)
        print(f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.", file=sys.stderr)
        return FAILED
    for line in [as_json(result)] if arguments.json else as_lines(result):
        print(line)
    return DONE


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == "-":
        sys.stdin.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8", newline="") as lines:
            yield lines
    except FileNotFoundError as error:
        raise Unusable(f"{name} is not there.") from error
    except OSError as error:
        raise Unusable(f"{name} cannot be opened ({error.strerror}).") from error
