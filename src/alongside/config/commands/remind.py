"""``alongside remind``: remind carers of appointments, and ask again those who have not answered how things are; the
worker does the same by itself every few minutes.
"""

import argparse

from alongside.config.commands.database import set_up

EXAMPLE = "alongside remind"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing is asked."""


def run(arguments: argparse.Namespace) -> int:
    """Remind of whatever comes within a day, and chase what is due to be chased."""
    set_up()
    reminders, asked_again = remind()
    print(f"Reminders sent: {reminders}. Asked again: {asked_again}.")
    return 0


def remind() -> tuple[int, int]:
    """Send what is due, for every agency; give how many reminders, and how many links were sent anew."""
    from django.conf import settings
    from django.urls import reverse

    from alongside.core.access import system
    from alongside.records.appointments.services import send_reminders
    from alongside.records.measures.services.chasing import chase

    with system():
        return send_reminders(), chase(settings.BASE_URL + reverse("check_in:front"))
