"""Contracts: those that one's agency serves or pays for."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from alongside.api.operations import operation
from alongside.api.shapes import Named, PageOf, listed
from alongside.core import access
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.paging import page_of
from alongside.records.programmes.models import Contract


class ContractLine(Schema):
    """What was bought, from whom, by whom."""

    id: UUID
    name: str
    programme: Named
    purchaser: Named
    provider: Named
    starts_on: date
    ends_on: date
    places: int
    payer: str

    @staticmethod
    def resolve_provider(row: Contract) -> Any:
        """Give the agency that holds the contract: it serves."""
        return row.agency


@operation("GET", "/contracts", Permission.CONTRACT_SEE, response=PageOf[ContractLine])
def contracts(request: HttpRequest, at: str = "") -> dict[str, Any]:
    """List the contracts that one's agency serves or pays for, the latest first."""
    ledger.note(by=access.person(request), what="list of contracts opened by machine")
    rows = access.visible(request, Contract).select_related("programme", "purchaser", "agency")
    return listed(request, page_of(rows, order="-starts_on", key=at))
