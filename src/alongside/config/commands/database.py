"""How a command that needs the database gets it."""

import os


def set_up() -> None:
    """Make Django ready, whatever the current folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
