"""Starting an economic case, keeping another edition, giving one to who pays; keeping an agency's own unit costs."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.calc.economics.scenario import Input, Library, Origin, Scenario
from alongside.calc.economics.scenario_file import WrongScenario, read_scenario
from alongside.calc.economics.scenario_text import write_scenario
from alongside.calc.economics.unit_costs import out_of_range
from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused, Stale
from alongside.insight.economics.library import library
from alongside.insight.economics.models import EconomicCase, EconomicEdition, EconomicRelease, OwnUnitCost
from alongside.insight.economics.queries import library_for
from alongside.records.programmes.models import Contract

LONGEST_TEXT = 200_000
NAME_TAKEN = "There is a cost of this name already: change that one, or choose another name"
NAME = re.compile("[A-Z0-9][A-Z0-9-]*")
FIRST = "As it was begun"
NOBODY_PAYS = "This case is of no contract, so there is nobody who pays for it"
STILL_BLANK = "Fill in every input first: a case with blanks answers nothing"


def start_case(
    *, title: str, text: str, by: User, contract: Contract | None = None, submission: UUID | None = None
) -> EconomicCase:
    """Begin a case with a scenario as its first edition; the same submission begins it once.

    Raises :class:`Refused` for a text that is no scenario.
    """
    _scenario(text, by)
    with ledger.together():
        case = ledger.create(
            EconomicCase,
            by=by,
            what="economic case begun",
            id=submission,
            agency_id=by.agency_id,
            title=title,
            contract=contract,
            made_by_id=by.pk,
        )
        if not EconomicEdition.objects.filter(case=case).exists():
            _keep(case, text=text, why=FIRST, number=1, by=by)
    return case


def keep_edition(*, case: EconomicCase, text: str, why: str, based_on: int, by: User) -> EconomicEdition:
    """Keep the scenario as the case's next edition, based on the one that was seen.

    Where it says what that edition says, no other is made. Raises :class:`Stale` with the newest edition where somebody
    else kept one meanwhile, and :class:`Refused` for a text that is no scenario.
    """
    _scenario(text, by)
    with ledger.together():
        now = EconomicCase.objects.select_for_update().get(pk=case.pk)
        newest = EconomicEdition.objects.get(case=now, number=now.latest)
        if newest.text == text:
            return newest
        if now.latest != based_on:
            raise Stale(newest)
        kept = _keep(now, text=text, why=why, number=now.latest + 1, by=by)
        ledger.update(now, by=by, what="economic case changed", latest=kept.number)
    return kept


def release_edition(*, edition: EconomicEdition, by: User) -> EconomicRelease:
    """Give an edition to the agency that pays for its contract; giving it twice is giving it once.

    Raises :class:`Refused` where nobody pays, or where an input is still blank.
    """
    case = edition.case
    if case.contract is None or case.contract.purchaser_id == case.agency_id:
        raise Refused(NOBODY_PAYS)
    scenario = _scenario(edition.text, by)
    if scenario.blank:
        raise Refused(STILL_BLANK)
    same: dict[str, Any] = {"edition": edition, "purchaser_id": case.contract.purchaser_id}
    with ledger.together():
        # Whoever gives it at the same moment waits here, and then finds what was given.
        EconomicCase.objects.select_for_update().get(pk=case.pk)
        given: EconomicRelease | None = EconomicRelease.objects.filter(**same).first()
        if given is not None:
            return given
        return ledger.create(
            EconomicRelease,
            by=by,
            what="economic case given to who pays",
            agency_id=case.agency_id,
            **same,
            title=case.title,
            text=write_scenario(standing_alone(scenario, library())),
            at=timezone.now(),
            by_id=by.pk,
        )


def standing_alone(scenario: Scenario, shelf: Library) -> Scenario:
    """Give a scenario that needs no unit cost beyond a library: what it takes from elsewhere is said in pounds."""
    return replace(scenario, inputs={name: _said(each, shelf) for name, each in scenario.inputs.items()})


def _said(each: Input, shelf: Library) -> Input:
    if each.taken is None or each.taken.code in shelf.costs:
        return each
    return replace(each, taken=None, origin=Origin.PUBLISHED)


def keep_unit_cost(
    *, name: str, told: Mapping[str, Any], by: User, based_on: int = 0, submission: UUID | None = None
) -> OwnUnitCost:
    """Keep a unit cost of one's own agency; ``told`` is what it says, ``based_on`` the number that it takes over from.

    Raises :class:`Refused` by the field for a name that is taken and for figures that no unit has, and :class:`Stale`
    with the newest where somebody else changed it meanwhile.
    """
    _check(name, told)
    rows = OwnUnitCost.objects.filter(agency=by.agency_id, name=name).order_by("number")
    newest: OwnUnitCost | None = rows.last()
    if newest and newest.pk == submission:
        return newest
    if newest and not based_on:
        raise Refused(NAME_TAKEN, field="name")
    if newest and newest.number != based_on:
        raise Stale(newest)
    try:
        with transaction.atomic():
            return ledger.create(
                OwnUnitCost,
                by=by,
                what="own unit cost kept",
                id=submission,
                agency_id=by.agency_id,
                name=name,
                number=based_on + 1,
                by_id=by.pk,
                **told,
            )
    except IntegrityError as error:
        # Somebody else kept one in the same moment; theirs stands.
        raise (Stale(rows.last()) if based_on else Refused(NAME_TAKEN, field="name")) from error


def _check(name: str, told: Mapping[str, Any]) -> None:
    if not NAME.fullmatch(name):
        raise Refused("Use capital letters, digits and hyphens only, such as HOUR-WORKER", field="name")
    if fault := out_of_range(float(told["pounds"]), told["unit"]):
        raise Refused(fault, field="pounds")
    known = library().deflator.index
    if told["price_year"] not in known:
        raise Refused(f"Prices are known for the years {min(known)} to {max(known)}", field="price_year")


def _scenario(text: str, by: User) -> Scenario:
    if len(text) > LONGEST_TEXT:
        raise Refused(f"A scenario is at most {LONGEST_TEXT:,} letters long", field="text")
    try:
        return read_scenario(text, library_for(by.agency_id))
    except WrongScenario as error:
        raise Refused(str(error), field="text") from error


def _keep(case: EconomicCase, *, text: str, why: str, number: int, by: User) -> EconomicEdition:
    return ledger.create(
        EconomicEdition,
        by=by,
        what=f"edition {number} of an economic case kept",
        agency_id=case.agency_id,
        case=case,
        number=number,
        text=text,
        why=why,
        at=timezone.now(),
        by_id=by.pk,
    )
