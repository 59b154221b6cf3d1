"""``alongside worker``: do the work that pages leave for later, such as imports."""

import argparse

from alongside.config.commands.database import set_up

EXAMPLE = "alongside worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say how often to look for work."""
    parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks for new work (1)")


def run(arguments: argparse.Namespace) -> int:
    """Take up what a worker before left half done, then work until stopped."""
    set_up()
    from django.core.management import call_command

    from alongside.core.access import system
    from alongside.stewardship.exchange.services.staging import take_up_work

    with system():
        take_up_work()
    call_command("db_worker", interval=arguments.interval, queue_name="*")
    return 0
