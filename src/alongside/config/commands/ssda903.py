"""`alongside ssda903`: lists the kinship children in a council's return, for people and for programs."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.ssda903 import Found, KinshipChild, find_kinship_children
from alongside.stewardship.exchange.tables import Table, open_table

EXAMPLE = "alongside ssda903 --header header.csv --episodes episodes.csv --json"

DONE = 0
FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"{parser.description}\n\n"
        "Lists each child who left care to a special guardianship or child arrangements order with\n"
        "family or friends, or who is placed with them. Cells that cannot be used are told on the\n"
        "error output and stop nothing else; a file that cannot be used at all ends with exit code 1.\n"
        "Give the files of several years after each option, in any order."
    )
    files: dict[str, Any] = {"type": Path, "nargs": "+", "action": "extend", "metavar": "FILE"}
    parser.add_argument("--header", required=True, help="header file (CHILD, SEX, DOB, ...)", **files)
    parser.add_argument("--episodes", required=True, help="episodes file (CHILD, DECOM, ...)", **files)
    parser.add_argument("--previous-permanence", default=[], help="previous permanence file (PREV_PERM)", **files)
    parser.add_argument("--json", action="store_true", help="print one JSON object a child, a line each")


def run(arguments: argparse.Namespace) -> int:
    try:
        with ExitStack() as opened:
            found = find_kinship_children(
                _tables(arguments.header, opened),
                _tables(arguments.episodes, opened),
                _tables(arguments.previous_permanence, opened),
            )
    except Unreadable as error:
        print(error, file=sys.stderr)
        return FAILED
    for problem in found.problems:
        print(problem, file=sys.stderr)
    for line in _json_lines(found) if arguments.json else _table_lines(found):
        print(line)
    return DONE


def _tables(paths: Sequence[Path], opened: ExitStack) -> Iterator[Table]:
    for path in paths:
        if path.is_dir():
            raise Unreadable(f"{path} is a folder; give the file itself.")
        try:
            yield open_table(opened.enter_context(path.open("rb")), path.name)
        except FileNotFoundError as error:
            raise Unreadable(f"{path} is not there.") from error
        except OSError as error:
            raise Unreadable(f"{path} cannot be opened ({error.strerror}).") from error


def _json_lines(found: Found) -> Iterator[str]:
    for child in found.children:
        yield json.dumps(
            {
                "child": child.child,
                "date": child.on.isoformat(),
                "code": child.code,
                "arrangement": child.arrangement,
                "looked_after_before": child.looked_after_before,
                "why": child.why,
            }
        )


def _table_lines(found: Found) -> Iterator[str]:
    if not found.children:
        yield "No child in these files left care to, or is placed with, family or friends."
        return
    rows = [("Child", "Date", "Code", "Arrangement", "Looked after before", "Why")]
    rows += [_words(child) for child in found.children]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    for row in rows:
        yield "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]))


def _words(child: KinshipChild) -> tuple[str, str, str, str, str, str]:
    before = {True: "yes", False: "no", None: "no order yet"}[child.looked_after_before]
    arrangement = child.arrangement.replace("_", " ")
    return child.child, child.on.isoformat(), child.code, arrangement, before, child.why
