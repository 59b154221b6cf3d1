"""Finding economic cases, their editions, those that were given, the contracts that one may be of, and unit costs."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from alongside.calc.economics.scenario import Library
from alongside.core.agencies.models import User
from alongside.insight.economics.library import library
from alongside.insight.economics.models import EconomicCase, EconomicEdition, EconomicRelease, OwnUnitCost
from alongside.records.programmes.models import Contract

MOST_TO_COMPARE = 60


def cases_for(user: User) -> list[EconomicCase]:
    """Give the cases of one's own agency, the latest first, each with its contract."""
    return list(EconomicCase.objects.visible_to(user).select_related("contract", "made_by"))


def given_to(user: User) -> list[EconomicRelease]:
    """Give the editions that other agencies gave to one's own, the latest first, each with who gave it."""
    rows = EconomicRelease.objects.visible_to(user).filter(purchaser=user.agency_id)
    return list(rows.select_related("agency"))


def editions_of(case: EconomicCase) -> list[EconomicEdition]:
    """Give a case's editions, the newest first. The case must come through the gate."""
    return list(EconomicEdition.objects.filter(case=case).select_related("by").order_by("-number"))


def editions_to_compare(user: User) -> list[EconomicEdition]:
    """Give the latest editions of one's own agency's cases, each with its case."""
    rows = EconomicEdition.objects.visible_to(user).select_related("case").defer("text")
    return list(rows.order_by("-at", "-id")[:MOST_TO_COMPARE])


def texts_of(editions: Collection[EconomicEdition]) -> dict[UUID, str]:
    """Give what these editions say, by their ids. They must come through the gate."""
    rows = EconomicEdition.objects.filter(pk__in=[each.pk for each in editions])
    return dict(rows.values_list("pk", "text"))


def edition_of(case: EconomicCase, number: int | None = None) -> EconomicEdition | None:
    """Give one edition of a case, the newest where no number is named; none where there is no such."""
    rows = EconomicEdition.objects.filter(case=case, number=number or case.latest)
    return rows.select_related("by", "case__contract").first()


def contracts_to_choose(user: User) -> dict[UUID, Contract]:
    """Give the contracts that somebody's agency serves or pays for, by their ids: a case may be of any of them."""
    rows = Contract.objects.filter(agency=user.agency_id) | Contract.objects.filter(purchaser=user.agency_id)
    return {row.pk: row for row in rows.order_by("name", "starts_on", "pk").select_related("programme", "purchaser")}


def library_for(agency: UUID) -> Library:
    """Give the library with which an agency's scenarios are read: the program's, and every cost that it ever added."""
    shelf = library()
    return replace(shelf, costs={**shelf.costs, **{row.code: row.cost for row in _own(agency)}})


def own_costs(agency: UUID) -> list[OwnUnitCost]:
    """Give the unit costs that an agency added, each as it stands now."""
    return list({row.name: row for row in _own(agency)}.values())


def _own(agency: UUID) -> list[OwnUnitCost]:
    return list(OwnUnitCost.objects.filter(agency=agency).order_by("name", "number"))
