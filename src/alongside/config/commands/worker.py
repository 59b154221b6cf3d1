"""``alongside worker``: do the work that pages leave for later, such as imports."""

import argparse
import logging
import threading
from collections.abc import Callable

from alongside.config.commands.database import set_up
from alongside.config.commands.remind import remind

EXAMPLE = "alongside worker"
BETWEEN_TIMES = 300.0  # seconds

log = logging.getLogger(__name__)


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
    for work, words in ((remind, "Reminding"), (publish, "Publishing figures")):
        threading.Thread(target=_keep, args=(work, words), daemon=True).start()
    call_command("db_worker", interval=arguments.interval, queue_name="*")
    return 0


def publish() -> int:
    """Publish the figures of months and half-years that have become due; give how many."""
    from alongside.core.access import system
    from alongside.insight.watching.services import publish_due

    with system():
        return publish_due()


def _keep(work: Callable[[], int], words: str) -> None:
    """Do something every few minutes for as long as the worker runs; one failure must not end it."""
    from django.db import connection

    while True:
        try:
            work()
        except Exception:
            log.exception("%s failed; it is tried again.", words)
        finally:
            connection.close()
        threading.Event().wait(BETWEEN_TIMES)
