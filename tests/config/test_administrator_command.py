"""`alongside administrator`: how the first person gets in."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from alongside.config.cli import main
from alongside.core.agencies.models import Agency, User
from tests.cast import Cast

PRIYA = ["--name", "Priya Nair", "--email", "Priya@Example.org"]


def link(out: str) -> str:
    """Give the path of the link that was printed."""
    return urlsplit(out.split()[-1]).path


def test_the_first_administrator_sets_a_password_and_signs_in(db: None, client: Client, capsys: Any) -> None:
    assert main(["administrator", "--provider", "Side by Side Kinship", *PRIYA]) == 0
    there = client.get(link(capsys.readouterr().out))["Location"]
    client.post(there, {"password1": "a short ride over the moor"})
    client.post("/account/login/", {"login": "priya@example.org", "password": "a short ride over the moor"})
    priya = User.objects.get()
    assert (priya.role, priya.agency.name) == ("administrator", "Side by Side Kinship")
    assert client.session["_auth_user_id"] == str(priya.pk)


def test_asking_again_makes_another_link_and_no_other_person(db: None, capsys: Any) -> None:
    for _ in range(2):
        assert main(["administrator", "--provider", "Side by Side Kinship", *PRIYA]) == 0
    assert (User.objects.count(), Agency.objects.filter(kind="provider").count()) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (PRIYA, "has no provider yet"),
        (["--provider", "Side by Side Kinship", "--name", "Priya", "--email", "nonsense"], "valid email"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(db: None, capsys: Any, arguments: list[str], sentence: str) -> None:
    assert main(["administrator", *arguments]) == 1
    assert sentence in capsys.readouterr().err
    assert not User.objects.exists()


def test_nobody_with_another_role_is_made_an_administrator(cast: Cast, capsys: Any) -> None:
    assert main(["administrator", "--name", "Asha", "--email", cast.asha.email]) == 1
    assert User.objects.get(pk=cast.asha.pk).role == "family_worker"
