"""``alongside administrator``: make the first sign-in, and print the link by which its password is set."""

import argparse
import sys

from alongside.config.commands.database import set_up

EXAMPLE = 'alongside administrator --provider "Side by Side Kinship" --name "Priya Nair" --email priya@example.org'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say who it is."""
    parser.add_argument("--provider", default="", help="name of the organisation that runs the service, the first time")
    parser.add_argument("--name", required=True, help="name of the administrator")
    parser.add_argument("--email", required=True, help="address that they sign in with")


def run(arguments: argparse.Namespace) -> int:
    """Make the sign-in, or a new link for it, and print the link."""
    set_up()
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.urls import reverse

    from alongside.core.access import system
    from alongside.core.agencies.services.people import make_administrator
    from alongside.core.base.errors import Refused

    try:
        with system():
            user = make_administrator(provider=arguments.provider, name=arguments.name, email=arguments.email)
    except (Refused, ValidationError) as problem:
        print(" ".join(getattr(problem, "messages", [str(problem)])), file=sys.stderr)
        return 1
    key = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    print(f"Open this link within a day to set the password of {user.email}. It works once.")
    print(settings.BASE_URL + reverse("account_reset_password_from_key", args=key))
    return 0
