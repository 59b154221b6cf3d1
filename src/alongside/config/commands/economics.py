"""`alongside economics`: run a scenario, set several beside each other, or take a template to fill in; no database."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

from alongside.calc.economics.scenario import Library, Scenario, Unknown
from alongside.calc.economics.scenario_file import WrongScenario, read_scenario
from alongside.config.commands.evaluate import whole
from alongside.insight.economics.library import library, templates
from alongside.insight.economics.results import Answer, work_out
from alongside.insight.evaluation.telling import as_json, as_lines

EXAMPLE = "alongside economics run scenario.toml --draws 100000 --seed 1 --json"

DONE = 0
FAILED = 1
LARGEST = 2_000_000
"""Bytes of a scenario; one of that size was not written by hand."""
MOST_DRAWS = 10_000_000
"""Half a gigabyte is held of so many, and nothing that is printed would change with more."""
MOST_PROCESSES = 256


class Unusable(Exception):
    """A file that is no scenario that can be worked out, said in a sentence."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"{parser.description}\n\n"
        "run FILE            works one scenario out; the file is TOML, - is standard input\n"
        "compare FILE FILE   sets scenarios beside each other\n"
        f"template NAME       prints one to fill in: {', '.join(templates())}\n"
        "The model is explained in docs/methods/economics.md."
    )
    parser.add_argument("doing", choices=["run", "compare", "template"], help="what to do")
    parser.add_argument("names", nargs="+", metavar="FILE", help="the files, or the template's name")
    parser.add_argument("--draws", type=whole, default=10_000, help="how often each input is drawn (10,000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws otherwise (1)")
    parser.add_argument("--processes", type=whole, default=1, help="share the draws out; the result is the same (1)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    try:
        if arguments.doing == "template":
            print(_template(arguments.names), end="")
            return DONE
        _check(arguments)
        scenarios = [_read(name, library()) for name in arguments.names]
        with ProcessPoolExecutor(arguments.processes) if arguments.processes > 1 else nullcontext() as pool:
            answers = [
                work_out(each, library(), draws=arguments.draws, seed=arguments.seed, pool=pool) for each in scenarios
            ]
    except (Unusable, Unknown, ValueError) as error:
        sentence = str(error)
        print(sentence if sentence.endswith((".", "?")) else f"{sentence}.", file=sys.stderr)
        return FAILED
    result = answers[0] if arguments.doing == "run" else {"scenarios": [_beside(answer) for answer in answers]}
    for line in [as_json(result)] if arguments.json else as_lines(result):
        print(line)
    return DONE


def _check(arguments: argparse.Namespace) -> None:
    if arguments.doing == "run" and len(arguments.names) > 1:
        raise Unusable("Run takes one file; compare takes several.")
    for name, most in (("draws", MOST_DRAWS), ("processes", MOST_PROCESSES)):
        if getattr(arguments, name) > most:
            raise Unusable(f"Give at most {most:,} {name}.")


def _template(names: list[str]) -> str:
    known = templates()
    if len(names) != 1 or names[0] not in known:
        raise Unusable(f"There is no such template. Take one of {', '.join(known)}.")
    return known[names[0]]


def _read(name: str, shelf: Library) -> Scenario:
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
        return read_scenario(text, shelf)
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
