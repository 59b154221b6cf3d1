"""A programme that nobody has thought of yet is one data file: every page works with it, and no code knows its name."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from alongside.core.access import system
from alongside.core.agencies.models import Team, User
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Contact
from alongside.records.programmes.models import Contract, Move, Programme
from alongside.records.programmes.services.contracting import write_contract
from alongside.records.programmes.services.loading import load_programmes
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]
GARDEN = """
slug = "garden"
name = "Garden mornings"
edition = "1"
summary = "Two families and a gardener, once a week."
for_whom = "Carers who would rather dig than talk."
channels = ["home", "office", "group"]
allocated_worker = true
one_key_goal = false
groups = true
closes = true
plans_followed = true
intensity = 4
licence = "Made up for this test."

[length]
weeks_at_least = 8
words = "A season."

[sessions]
channels = ["office"]
words = "A morning in the garden."

[therapy]
words = "Sessions with a therapist among the beans."
fund = "asgsf"

[[tiers]]
slug = "spring"
name = "Spring"
words = "From seed to table."
verified = true
therapy = true
weeks = 20

[outcomes]
instruments = ["five-domains"]
occasions = ["start", "end"]

[schedule]
start_within_days = 28
end_within_days = 28
follow_up_months = []
follow_up_by_itself = false
chase_after_days = 5
chases_at_most = 2
verified = false
why = "As the beans grow."

[eligibility]
follows_funder = false
fund_arrangements = ["special_guardianship"]
words = "Whoever likes earth."

[defaults.first_contact_days]
value = 3
verified = false
why = "Seeds do not wait."

[defaults.review_weeks]
value = 10
verified = false
why = "Harvest."

[[sources]]
title = "Garden mornings"
publisher = "Nobody"
says = "It is made up."
checked = 2026-11-22

[[ingredients]]
rule = "group_offered"
words = "Asked to the harvest supper"
why = "Company."
within_weeks = 4

[[ingredients]]
rule = "same_worker"
words = "The same gardener"
why = "Trust."
"""


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def garden(cast: Cast, tmp_path: Path) -> Contract:
    (tmp_path / "garden.toml").write_text(GARDEN, encoding="utf-8")
    with system():
        load_programmes(tmp_path)
        Team.objects.filter(pk=cast.team.pk).update(sits_with=cast.kirklees)
        bought: Contract = write_contract(
            contract=None, version=None, submission=new_id(), agency=cast.provider, areas=[cast.kirklees],
            by=cast.morgan, purchaser=cast.kirklees, programme=Programme.objects.get(slug="garden"),
            name="Garden mornings, Kirklees", starts_on=TODAY, ends_on=TODAY + timedelta(weeks=80), places=4,
            sessions=15, length_weeks=None, tier="spring",
        )  # fmt: skip
    return bought


def test_it_is_worked_from_its_file_alone(cast: Cast, garden: Contract, sign_in: SignIn) -> None:
    asha, morgan, address = sign_in(cast.asha), sign_in(cast.morgan), f"/programmes/{cast.case.pk}/"
    with system():
        reach = cast.case.enrolments.get(ended_on=None)
    moving = f"/programmes/places/{reach.pk}/move/"
    assert "Garden mornings, Kirklees (step up)" in shown(asha, moving)
    told = {"reason": "She asked", "agreement": "agreed", "carer_words": "Yes.", "note": "Boots: size 5.", "worker": ""}
    asha.post(moving, told | {"submission": str(new_id()), "contract": str(garden.pk)})
    with system():
        assert Move.objects.get().way == "step_up"
        for channel in ("office", "phone"):
            Contact.objects.create(
                agency=cast.provider, case=cast.case, at=NOW, channel=channel, outcome="spoke", by=cast.asha
            )
    page = shown(asha, address)
    for words in ("Garden mornings, spring", "Week 1 of 20", "of 15 sessions. 14 sessions left"):
        assert words in page
    for words in ("Asked to the harvest supper", "The same gardener", "Each child’s plan", "what is left of the fund"):
        assert words in page
    assert "Adoption and special guardianship support fund" in shown(asha, f"{address}therapy/")
    assert "1 of 15 sessions" in shown(asha, f"/families/{cast.case.pk}/")
    assert "Garden mornings" in shown(asha, "/families/")
    assert "Asked to the harvest supper" in shown(morgan, f"/contracts/{garden.pk}/practice/")
    place = cast.case.enrolments.get(ended_on=None)
    asked = asha.post(
        f"/programmes/places/{place.pk}/more/",
        {"submission": str(new_id()), "weeks": "2", "sessions": "", "reason": "Late beans"}, follow=True,
    )  # fmt: skip
    assert "waits for a manager" in asked.content.decode()
