"""Filling an empty database: the same for the same seed, once, and never over what somebody needs."""

from argparse import ArgumentParser
from datetime import date

import pytest
from django.db import transaction

from alongside.config.commands import demo
from alongside.core.agencies.models import Agency
from alongside.records.people.models import Household
from alongside.records.programmes.models import Programme
from alongside.stewardship.demo.filling import fill
from alongside.stewardship.demo.scales import KIRKLEES, Scale
from tests.conftest import load_project_data

TODAY = date(2026, 11, 20)
FEW = Scale("few", {KIRKLEES: 8}, 1.3, 2)


def command(*arguments: str) -> int:
    """Run the command as the shell would."""
    parser = ArgumentParser()
    demo.add_arguments(parser)
    return demo.run(parser.parse_args([*arguments, "--today", str(TODAY)]))


@pytest.mark.anywhere
def test_the_same_seed_gives_the_same_families_and_another_seed_others(db: None) -> None:
    def digest(seed: int) -> str:
        with transaction.atomic():
            Programme.objects.all().delete()
            Agency.objects.all().delete()
            load_project_data()  # whose ids differ from one database to the next
            found = fill(FEW, seed, TODAY, lambda _: None)
            transaction.set_rollback(True)
        return found

    assert digest(1) == digest(1) != digest(2)


def test_the_command_fills_once_and_then_only_tells_who_signs_in(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--scale", "small", "--seed", "1") == 0
    families = Household.objects.count()
    assert command("--unless-present") == 0
    assert "asha@example.org" in capsys.readouterr().out
    assert command() == 1
    assert "has made-up families already (small, seed 1)" in capsys.readouterr().err
    assert Household.objects.count() == families


def test_the_command_leaves_real_records_alone(cast: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--unless-present") == 1
    assert "holds records that were not made up" in capsys.readouterr().err
