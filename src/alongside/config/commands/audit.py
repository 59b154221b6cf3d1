"""``alongside audit``: check that the log is whole, and write down its head to check it by later."""

import argparse
import sys
from pathlib import Path

from alongside.config.commands.database import set_up

EXAMPLE = "alongside audit anchor >> anchors.txt; alongside audit verify --anchor anchors.txt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to do."""
    parser.add_argument(
        "action", choices=["verify", "anchor"], help="check the log, or print its head to keep elsewhere"
    )
    parser.add_argument("--anchor", type=Path, metavar="FILE", help="heads kept earlier, one a line, to check against")


def run(arguments: argparse.Namespace) -> int:
    """Check or anchor; give 0 where the log is whole and 1 where it is not."""
    set_up()
    from alongside.core.audit import anchors, queries
    from alongside.core.base.errors import Refused

    try:
        if arguments.action == "anchor":
            print(anchors.head())
            return 0
        kept = anchors.read(arguments.anchor.read_text(encoding="utf-8")) if arguments.anchor else []
    except (Refused, OSError, UnicodeDecodeError) as problem:
        print(problem, file=sys.stderr)
        return 1
    verdict, lost = queries.check(), anchors.first_lost(kept)
    print(f"{verdict.checked} entries hold. The head is {verdict.head}.")
    if verdict.broken_at is not None:
        print(f"The log was tampered with: entry {verdict.broken_at} is wrong, {verdict.why}.", file=sys.stderr)
    if lost is not None:
        print(f"The log was cut: entry {lost.entry}, there on {lost.taken_at:%d %B %Y}, is gone.", file=sys.stderr)
    return int(verdict.broken_at is not None or lost is not None)
