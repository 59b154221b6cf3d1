"""One contract: what it promises, for whom, and how many places are left."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Arrangement
from alongside.records.programmes.models import Contract
from alongside.records.programmes.standing import planned, tier_of
from alongside.web.contracts.places import places_of
from alongside.web.dates import day
from alongside.web.rendering import page

PENCE = 100
CARE_BEFORE = "Only children who were looked after just before the order"


@needs(Permission.CONTRACT_SEE)
def contract(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a contract."""
    by = access.person(request)
    found = access.get(request, Contract, pk, related=("programme", "purchaser"))
    context = {
        "contract": found,
        "places": places_of([found], by)[found.pk],
        "facts": facts_of(found),
        "whom": whom(found),
        "may_edit": by.may(Permission.CONTRACT_EDIT),
    }
    return page(request, "contracts/contract.html", context)


def facts_of(contract: Contract) -> list[tuple[str, str]]:
    """Give what was agreed, as rows."""
    price = (
        "Not recorded" if contract.price_pence is None else f"£{contract.price_pence / PENCE:,.2f} for the whole term"
    )
    plan, tier = planned(contract), tier_of(contract)
    length = f"{plan.weeks} weeks" if plan.weeks else "Not set"
    return [
        ("Bought by", contract.purchaser.name),
        ("Programme", contract.programme.name),
        *([("Tier", f"{tier['name']}. {tier['words']}")] if tier else []),
        ("Runs", f"{day(contract.starts_on)} to {day(contract.ends_on)}"),
        ("Price", price),
        ("Who pays", contract.get_payer_display()),
        ("First contact", f"Within {contract.first_contact_days} working days of the referral"),
        ("Review", f"After {contract.review_weeks} weeks"),
        ("Length for a family", length),
        ("Sessions for a family", str(plan.sessions) if plan.sessions else "Not set"),
    ]


def whom(contract: Contract) -> list[tuple[str, str]]:
    """Give for whom it is, as rows."""
    kinds = dict(Arrangement.Kind.choices)
    arrangements = [str(kinds.get(kind, kind)) for kind in contract.arrangements]
    areas = ", ".join(sorted(area.name for area in contract.areas.all()))
    return [
        ("Where they live", areas or "No council named yet: nobody can be accepted"),
        ("Arrangement", ", ".join(arrangements) or "Any kinship arrangement"),
        *([("Care before", CARE_BEFORE)] if contract.looked_after_before_required else []),
    ]
