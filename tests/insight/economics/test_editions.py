"""Economic cases: every edition stays, nobody's work is written over, and who pays is given what was meant."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from alongside.calc.economics.scenario import Origin, Taken
from alongside.calc.economics.scenario_file import read_scenario
from alongside.core.base.errors import Refused, Stale
from alongside.insight.economics.library import library, templates
from alongside.insight.economics.models import EconomicCase, EconomicEdition, EconomicRelease
from alongside.insight.economics.services import keep_edition, release_edition, standing_alone, start_case
from tests.calc.economics.cases import WHOLE
from tests.cast import Cast

DEARER = WHOLE.replace("value = 900", "value = 990")
FEWER = WHOLE.replace("value = 100", "value = 90")


@pytest.fixture
def case(cast: Cast) -> EconomicCase:
    return start_case(title="A year", text=WHOLE, contract=cast.contract, by=cast.morgan)


def test_who_changes_what_somebody_else_changed_meanwhile_is_shown_that(cast: Cast, case: EconomicCase) -> None:
    first = keep_edition(case=case, text=DEARER, why="Wages", based_on=1, by=cast.morgan)
    again = keep_edition(case=case, text=DEARER, why="Wages", based_on=1, by=cast.morgan)
    assert again == first, "a second click keeps nothing more"
    with pytest.raises(Stale) as caught:
        keep_edition(case=case, text=FEWER, why="Places", based_on=1, by=cast.morgan)
    assert caught.value.current == first
    assert keep_edition(case=case, text=FEWER, why="Places", based_on=2, by=cast.morgan).number == 3


def test_no_edition_changes_once_it_is_kept(case: EconomicCase) -> None:
    with pytest.raises(DatabaseError, match="stays as it was kept"), transaction.atomic():
        EconomicEdition.objects.filter(case=case).update(text=DEARER)


def test_what_is_no_scenario_is_refused_by_its_line(cast: Cast, case: EconomicCase) -> None:
    with pytest.raises(Refused, match="Line 2, titel"):
        keep_edition(case=case, text=WHOLE.replace("title", "titel", 1), why="", based_on=1, by=cast.morgan)


def test_an_edition_is_given_once_to_who_pays_and_never_with_blanks(cast: Cast, case: EconomicCase) -> None:
    edition = EconomicEdition.objects.select_related("case__contract").get(case=case)
    given = release_edition(edition=edition, by=cast.morgan)
    assert release_edition(edition=edition, by=cast.morgan) == given
    assert EconomicRelease.objects.visible_to(cast.carol).get() == given
    blank = keep_edition(case=case, text=templates()["reach"], why="Afresh", based_on=1, by=cast.morgan)
    with pytest.raises(Refused, match="every input"):
        release_edition(
            edition=EconomicEdition.objects.select_related("case__contract").get(pk=blank.pk), by=cast.morgan
        )
    of_none = start_case(title="Of nobody", text=WHOLE, by=cast.morgan)
    with pytest.raises(Refused, match="nobody who pays"):
        release_edition(edition=of_none.editions.select_related("case__contract").get(), by=cast.morgan)


def test_what_is_given_needs_no_unit_cost_of_the_givers_own() -> None:
    scenario = read_scenario(WHOLE, library())
    own = replace(scenario.inputs["care_year"], taken=Taken("OURS-1", 0.1), source="Ours")
    given = standing_alone(replace(scenario, inputs=scenario.inputs | {"care_year": own}), library())
    assert given.inputs["care_year"] == replace(own, taken=None, origin=Origin.PUBLISHED)
    assert given.case(library()) == replace(scenario, inputs=scenario.inputs | {"care_year": own}).case(library())
