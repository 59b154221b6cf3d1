"""`alongside economics`: works a case or a question out from a file, or prints one to fill in; no database."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from alongside.calc.economics.capacity_file import read_capacity
from alongside.calc.economics.scenario import Scenario
from alongside.calc.economics.scenario_file import read_scenario
from alongside.calc.economics.scenario_text import write_scenario
from alongside.calc.economics.simulation import Pool
from alongside.calc.economics.staying_file import read_staying
from alongside.calc.economics.toml_text import WrongScenario
from alongside.config.commands.evaluate import whole
from alongside.config.commands.spreading import Unreachable, spread_over
from alongside.insight.economics import capacity, staying
from alongside.insight.economics.library import library, questions, rates, templates
from alongside.insight.economics.lifetime import with_lifetime
from alongside.insight.economics.published import claims
from alongside.insight.economics.results import Answer, work_out
from alongside.insight.economics.spreadsheet.book import spreadsheet_of
from alongside.insight.evaluation.telling import as_json, as_lines

EXAMPLE = "alongside economics run scenario.toml --draws 100000 --seed 1 --json"

Work = Callable[[Pool | None], object]
"""What is left to do once all files are read: the result, with the work spread over a pool, if there is one."""
T = TypeVar("T")

DONE = 0
FAILED = 1
LARGEST = 2_000_000
"""Bytes of a scenario; one of that size was not written by hand."""
MOST_DRAWS = 10_000_000
"""Half a gigabyte is held of so many, and nothing that is printed would change with more."""
MOST_PROCESSES = 256


TAKES_NONE = "Published takes no file."


class Unusable(Exception):
    """A file that is no scenario that can be worked out, said in a sentence."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"{parser.description}\n\n"
        "run FILE            works one scenario out; the file is TOML, - is standard input\n"
        "compare FILE FILE   sets scenarios beside each other\n"
        "capacity FILE       how long families wait for so many workers, and what one more would buy\n"
        "staying FILE        where children live until they grow up, with support and without, and what that costs\n"
        "published           what was published of kinship care's worth, and what that implies and does not\n"
        f"template NAME       prints one to fill in: {', '.join(_templates())}\n"
        "The models are explained in docs/methods: economics.md, capacity.md and time-to-stay.md."
    )
    parser.add_argument("doing", choices=[*DOING, "template"], help="what to do")
    parser.add_argument("names", nargs="*", metavar="FILE", help="the files, or the template's name")
    parser.add_argument("--draws", type=whole, default=10_000, help="how often each input is drawn (10,000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws otherwise (1)")
    parser.add_argument("--processes", type=whole, default=1, help="share the work out; the result is the same (1)")
    parser.add_argument("--dask", metavar="ADDRESS", help="share it out over Dask, such as tcp://scheduler:8786")
    parser.add_argument("--lifetime", action="store_true", help="template: with lifetime earnings, to be judged by you")
    parser.add_argument("--spreadsheet", metavar="FILE", help="run: write a workbook of live formulas too")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    try:
        if arguments.doing == "template":
            print(_template(arguments), end="")
            return DONE
        _check(arguments)
        work = DOING[arguments.doing](arguments)
        with spread_over(arguments.processes, arguments.dask) as pool:
            result = work(pool)
    except (Unusable, Unreachable, ValueError) as error:
        sentence = str(error)
        print(sentence if sentence.endswith((".", "?")) else f"{sentence}.", file=sys.stderr)
        return FAILED
    for line in [as_json(result)] if arguments.json else as_lines(result):
        print(line)
    return DONE


def _run(arguments: argparse.Namespace) -> Work:
    (scenario,) = _scenarios(arguments)

    def work(pool: Pool | None) -> object:
        answer = work_out(scenario, library(), draws=arguments.draws, seed=arguments.seed, pool=pool)
        if arguments.spreadsheet:
            _write(arguments.spreadsheet, spreadsheet_of(scenario, library()))
        return answer

    return work


def _compare(arguments: argparse.Namespace) -> Work:
    scenarios = _scenarios(arguments)

    def work(pool: Pool | None) -> object:
        drawn = {"draws": arguments.draws, "seed": arguments.seed}
        return {"scenarios": [_beside(work_out(each, library(), **drawn, pool=pool)) for each in scenarios]}

    return work


def _capacity(arguments: argparse.Namespace) -> Work:
    (question,) = (_read(name, read_capacity) for name in arguments.names)
    return lambda pool: capacity.work_out(question, seed=arguments.seed, pool=pool)


def _staying(arguments: argparse.Namespace) -> Work:
    (question,) = (_read(name, lambda text: read_staying(text, library(), rates())) for name in arguments.names)
    return lambda pool: staying.work_out(question, library(), draws=arguments.draws, seed=arguments.seed, pool=pool)


def _published(arguments: argparse.Namespace) -> Work:
    return lambda pool: {"claims": claims()}


DOING: Mapping[str, Callable[[argparse.Namespace], Work]] = {
    "run": _run,
    "compare": _compare,
    "capacity": _capacity,
    "staying": _staying,
    "published": _published,
}


def _write(name: str, content: bytes) -> None:
    try:
        Path(name).write_bytes(content)
    except OSError as error:
        raise Unusable(f"{name} cannot be written ({error.strerror}).") from error


def _check(arguments: argparse.Namespace) -> None:
    if arguments.spreadsheet and arguments.doing != "run":
        raise Unusable("Only run writes a spreadsheet.")
    if (arguments.doing == "published") is bool(arguments.names):
        raise Unusable(TAKES_NONE if arguments.names else f"Name the file that {arguments.doing} takes.")
    if arguments.doing != "compare" and len(arguments.names) > 1:
        raise Unusable(f"{arguments.doing.capitalize()} takes one file; compare takes several.")
    for name, most in (("draws", MOST_DRAWS), ("processes", MOST_PROCESSES)):
        if getattr(arguments, name) > most:
            raise Unusable(f"Give at most {most:,} {name}.")


def _templates() -> dict[str, str]:
    return templates() | questions()


def _template(arguments: argparse.Namespace) -> str:
    known, names = _templates(), arguments.names
    if len(names) != 1 or names[0] not in known:
        raise Unusable(f"There is no such template. Take one of {', '.join(known)}.")
    if not arguments.lifetime:
        return known[names[0]]
    if names[0] not in templates():
        raise Unusable("Lifetime earnings go into an economic case only.")
    return write_scenario(with_lifetime(read_scenario(known[names[0]], library())))


def _scenarios(arguments: argparse.Namespace) -> list[Scenario]:
    return [_read(name, lambda text: read_scenario(text, library())) for name in arguments.names]


def _read(name: str, reader: Callable[[str], T]) -> T:
    try:
        if name == "-":
            text = sys.stdin.read(LARGEST)
        else:
            with Path(name).open(encoding="utf-8") as file:
                text = file.read(LARGEST)
    except OSError as error:
        raise Unusable(f"{name} cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise Unusable(f"{name} is no text in UTF-8.") from error
    try:
        return reader(text)
    except WrongScenario as error:
        raise Unusable(f"{name}: {error}") from error


def _beside(answer: Answer) -> dict[str, object]:
    """A scenario's line among others."""
    expected, unsure = answer.expected, answer.unsure
    return {
        "scenario": answer.scenario,
        "version": answer.version,
        "cost": expected.cost,
        "fiscal": expected.fiscal,
        "economic": expected.economic,
        "social": expected.social,
        "net": expected.net,
        "ratio": expected.ratio,
        "ratio_low": unsure.ratio.low,
        "ratio_high": unsure.ratio.high,
        "breaks_even": unsure.breaks_even.probability,
        "payback": expected.payback,
    }
