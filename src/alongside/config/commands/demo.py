"""``alongside demo``: fill an empty database with made-up families, and tell who can sign in."""

import argparse
import sys
from datetime import date

from alongside.config.commands.database import set_up

EXAMPLE = "alongside demo --scale small --seed 1"
REFUSED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say how much, and from which seed."""
    parser.add_argument(
        "--scale",
        choices=("small", "authority", "nation"),
        default="small",
        help="small: 40 families, in seconds; authority: 1,500 children; nation: 141,000 children (small)",
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same families (1)")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=None,
        metavar="YYYY-MM-DD",
        help="the day that the records lead up to (today)",
    )
    parser.add_argument(
        "--unless-present", action="store_true", help="where there are made-up families already, only tell who signs in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Fill the database, unless it holds something."""
    set_up()
    from django.db import connection
    from django.utils import timezone

    from alongside.core.access import system
    from alongside.insight.watching.services import publish_due
    from alongside.stewardship.demo import occupancy
    from alongside.stewardship.demo.filling import fill
    from alongside.stewardship.demo.scales import scale
    from alongside.stewardship.demo.signing_in import sign_ins

    if "agencies_agency" not in connection.introspection.table_names():
        return _refuse("The database is not set up yet. Run: alongside migrate")
    with system():
        found = occupancy.occupancy()
        if found.made_up and not found.whole:
            return _refuse(
                f"Making up families ({found.made_up}) was broken off in this database. Begin with an empty one."
            )
        if found.made_up and not arguments.unless_present:
            return _refuse(f"This database has made-up families already ({found.made_up}). Begin with an empty one.")
        if found.records and not found.made_up:
            return _refuse("This database holds records that were not made up. Use an empty database.")
        if not found.made_up:
            today = arguments.today or timezone.localdate()
            digest = fill(scale(arguments.scale), arguments.seed, today, print)
            print(f"Digest of what was made up: {digest}")
            if arguments.scale == "small":  # of more families it takes a while: the worker does it beside the program
                publish_due(today=today)
        print(sign_ins())
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED
