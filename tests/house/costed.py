"""What Morgan worked out: an economic case of Grace's contract, given to Carol, who pays for it."""

from decimal import Decimal
from typing import Any

from alongside.core.agencies.models import User
from alongside.insight.economics.models import EconomicEdition
from alongside.insight.economics.services import keep_edition, keep_unit_cost, release_edition, start_case
from tests.calc.economics.cases import WHOLE
from tests.cast import Cast

HOUR: dict[str, Any] = {
    "title": "An hour of ours",
    "pounds": Decimal("41.50"),
    "unit": "hour",
    "price_year": 2024,
    "bearer": "Local authority",
    "value": "fiscal",
    "source": "Our accounts",
    "note": "",
}


def economic_rows(cast: Cast, by: User) -> dict[str, Any]:
    """Write them."""
    case = start_case(title="A year of Reach", text=WHOLE, contract=cast.contract, by=by)
    dearer = WHOLE.replace("value = 900", "value = 990")
    kept = keep_edition(case=case, text=dearer, why="Wages rose", based_on=1, by=by)
    edition = EconomicEdition.objects.select_related("case__contract").get(pk=kept.pk)
    return {
        "economic case": case,
        "economic release": release_edition(edition=edition, by=by),
        "own unit cost": keep_unit_cost(name="HOUR", told=HOUR, by=by),
    }
