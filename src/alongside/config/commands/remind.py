"""``alongside remind``: remind carers of appointments, ask how things are some months after the end, and ask again
those who have not answered; the worker does the same by itself every few minutes.
"""

import argparse

from alongside.config.commands.database import set_up

EXAMPLE = "alongside remind"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing is asked."""


def run(arguments: argparse.Namespace) -> int:
    """Remind of whatever comes within a day, ask who is to be followed up, and chase what is due to be chased."""
    set_up()
    reminders, followed_up, asked_again = remind()
    print(f"Reminders sent: {reminders}. Asked months later: {followed_up}. Asked again: {asked_again}.")
    return 0


def remind() -> tuple[int, int, int]:
    """Send what is due, for every agency; give how many reminders, first links of a follow-up, and links sent anew."""
    from django.conf import settings
    from django.urls import reverse

    from alongside.core.access import system
    from alongside.insight.asking.services import send_follow_ups
    from alongside.records.appointments.services import send_reminders
    from alongside.records.measures.services.chasing import chase

    front = settings.BASE_URL + reverse("check_in:front")
    with system():
        return send_reminders(), send_follow_ups(front), chase(front)
