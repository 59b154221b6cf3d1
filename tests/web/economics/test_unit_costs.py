"""What things cost: the library is searched, and an agency adds figures of its own that never change a case."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.calc.economics.scenario_file import read_scenario
from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.insight.economics.models import EconomicEdition, OwnUnitCost
from alongside.insight.economics.queries import library_for
from alongside.insight.economics.services import start_case
from tests.calc.economics.cases import WHOLE
from tests.cast import Cast
from tests.house.costed import HOUR

SignIn = Callable[[User], Client]
LIST, NEW = "economics:unit-costs", "economics:unit-cost-new"


def typed(**otherwise: str) -> dict[str, str]:
    said = {name: str(value) for name, value in HOUR.items()}
    return {"submission": str(new_id()), "based_on": "0", "name": "HOUR", **said, **otherwise}


def test_the_library_is_searched_by_words_and_by_who_bears_it(cast: Cast, sign_in: SignIn) -> None:
    door = sign_in(cast.morgan)
    every = door.get(reverse(LIST)).content.decode()
    assert "SS1.0" in every
    assert "£30.00 an hour" in every, "the family support worker, as its source has it"
    assert "£40.83" in every, "and in the last prices known: 30 · 100 / 73.48"
    found = door.get(reverse(LIST), {"words": "foster week", "bearer": "NHS"}).content.decode()
    assert "No cost has these words" in found
    found = door.get(reverse(LIST), {"words": "family support worker"}).content.decode()
    assert ("SS18.10" in found, "SS18.3" in found) == (True, False)


def test_what_was_published_stands_beside_what_it_leaves_unsaid(cast: Cast, sign_in: SignIn) -> None:
    shown = sign_in(cast.carol).get(reverse("economics:published")).content.decode()
    assert "1,000 × £40,000 = £40 million" in shown
    assert "so it is no annual return" in shown


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "an hour"}, "Use capital letters, digits and hyphens only"),
        ({"pounds": "lots"}, "Enter pounds as a number, such as 41.50"),
        ({"pounds": "4150"}, "£4,150.00 for one hour lies outside £8 to £250: is a decimal point lost?"),
        ({"pounds": "-3"}, "£-3.00 for one hour lies outside"),
        ({"price_year": "2050"}, "Prices are known for the years"),
        ({"price_year": "now"}, "Enter a year, such as 2024"),
        ({"source": ""}, "Say where it is from"),
    ],
)
def test_each_mistake_gets_its_sentence_and_loses_nothing(
    cast: Cast, sign_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    answer = sign_in(cast.morgan).post(reverse(NEW), typed(**wrong)).content.decode()
    assert sentence in answer
    assert "An hour of ours" in answer
    assert not OwnUnitCost.objects.exists()


def test_a_new_figure_leaves_the_cases_that_took_the_old_one_as_they_were(cast: Cast, sign_in: SignIn) -> None:
    door = sign_in(cast.morgan)
    once = typed()
    door.post(reverse(NEW), once)
    assert b"OWN-HOUR" in door.post(reverse(NEW), once, follow=True).content, "a second click adds nothing"
    assert b"There is a cost of this name already" in door.post(reverse(NEW), typed()).content
    first = OwnUnitCost.objects.get()
    case = start_case(title="Ours", text=_taking(first.code), by=cast.morgan)
    there = reverse("economics:unit-cost", args=[first.pk])
    door.post(there, typed(based_on="1", pounds="44"))
    stale = door.post(there, typed(based_on="1", pounds="47")).content.decode()
    assert "What is kept now is OWN-HOUR.2: An hour of ours, £44.00 an hour" in stale
    assert 'value="47"' in stale
    listed = door.get(reverse(LIST)).content.decode()
    assert ("£44.00 an hour" in listed, "£41.50" in listed) == (True, False)
    kept = EconomicEdition.objects.get(case=case)
    assert _cost(kept.text, cast.provider.pk) == 41.5
    assert _cost(_taking("OWN-HOUR.2"), cast.provider.pk) == 44


def test_nobody_reads_another_agencys_costs(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.morgan).post(reverse(NEW), typed())
    assert b"OWN-HOUR" not in sign_in(cast.carol).get(reverse(LIST)).content
    assert "OWN-HOUR" not in library_for(cast.kirklees.pk).costs
    assert sign_in(cast.asha).get(reverse(LIST)).status_code == 403


def _taking(code: str) -> str:
    """A scenario of which the cost of one family is taken from the library."""
    said = 'value = 900\nprice_year = 2019\nfrom = "record"\nsource = "The contract"'
    assert said in WHOLE
    return WHOLE.replace(said, f'library = "{code}"\nfrom = "library"')


def _cost(text: str, agency: UUID) -> float:
    scenario = read_scenario(text, library_for(agency))
    return scenario.inputs["one_family"].made.mean  # type: ignore[union-attr]
