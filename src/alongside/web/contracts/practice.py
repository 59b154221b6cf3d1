"""How true the work under one contract is to its programme, beside what changed for carers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.calc.outcomes.paired import NO_COMPARISON_GROUP
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.practice.fidelity import Practised, practised_under, shared
from alongside.insight.practice.outcomes import changes_beside, had_most
from alongside.records.cases.models import Case
from alongside.records.programmes.models import Contract
from alongside.web.rendering import page

SHOWN = 10


@needs(Permission.CASE_SEE)
def practice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show it; a page of families, so for those alone who see both the contract and its families."""
    contract = access.get(
        request, Contract, pk, what="practice under a contract opened", related=("programme", "purchaser")
    )
    practised = practised_under(contract, access.person(request), timezone.localdate())
    instruments = contract.programme.definition["outcomes"]["instruments"]
    asked = sum(one.asked for one in practised)
    lacking = sorted(practised, key=lambda one: (one.met - one.asked, one.place.enrolment.started_on))[:SHOWN]
    return page(
        request,
        "contracts/practice.html",
        {
            "contract": contract,
            "definition": contract.programme.definition,
            "practised": practised,
            "percent": round(100 * sum(one.met for one in practised) / asked) if asked else None,
            "most": sum(map(had_most, practised)),
            "shared": shared(practised),
            "changes": changes_beside(contract.agency_id, practised, instruments),
            "lacking": named(request, [one for one in lacking if one.met < one.asked]),
            "caution": NO_COMPARISON_GROUP,
        },
    )


def named(request: HttpRequest, practised: list[Practised]) -> list[tuple[Case, Practised, list[str]]]:
    """Give each family with what its work lacks."""
    ids = [one.place.enrolment.case_id for one in practised]
    cases = access.visible(request, Case).filter(pk__in=ids).select_related("household", "worker").in_bulk()
    return [
        (
            cases[one.place.enrolment.case_id],
            one,
            [judged.ingredient.words for judged in one.judged if judged.verdict.met is False],
        )
        for one in practised
        if one.place.enrolment.case_id in cases
    ]
