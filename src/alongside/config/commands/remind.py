"""``alongside remind``: remind carers of appointments; the worker does the same by itself every few minutes."""

import argparse

from alongside.config.commands.database import set_up

EXAMPLE = "alongside remind"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing is asked."""


def run(arguments: argparse.Namespace) -> int:
    """Remind of whatever comes within a day."""
    set_up()
    print(f"Reminders sent: {remind()}.")
    return 0


def remind() -> int:
    """Send what is due, for every agency; give how many."""
    from alongside.core.access import system
    from alongside.records.appointments.services import send_reminders

    with system():
        return send_reminders()
