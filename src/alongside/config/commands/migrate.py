"""``alongside migrate``: bring the database up to date, and load the project's own data into it."""

import argparse

from alongside.config.commands.database import set_up

EXAMPLE = "DATABASE_URL=postgresql://alongside@localhost/alongside alongside migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments: which database it is comes from DATABASE_URL."""


def run(arguments: argparse.Namespace) -> int:
    """Apply migrations, make the cache's table, load authorities and programmes."""
    set_up()
    from django.core.management import call_command

    from alongside.core.access import system
    from alongside.core.agencies.services import load_authorities
    from alongside.records.programmes.services.loading import load_programmes

    call_command("migrate", verbosity=1)
    call_command("createcachetable", verbosity=0)
    with system():
        new = load_authorities()
        load_programmes()
    print(f"The database is up to date; {new} authorities were new.")
    return 0
