"""What Morgan worked out: an economic case of Grace's contract, given to Carol, who pays for it."""

from typing import Any

from alongside.core.agencies.models import User
from alongside.insight.economics.models import EconomicEdition
from alongside.insight.economics.services import keep_edition, release_edition, start_case
from tests.calc.economics.cases import WHOLE
from tests.cast import Cast


def economic_rows(cast: Cast, by: User) -> dict[str, Any]:
    """Write them."""
    case = start_case(title="A year of Reach", text=WHOLE, contract=cast.contract, by=by)
    dearer = WHOLE.replace("value = 900", "value = 990")
    kept = keep_edition(case=case, text=dearer, why="Wages rose", based_on=1, by=by)
    edition = EconomicEdition.objects.select_related("case__contract").get(pk=kept.pk)
    return {"economic case": case, "economic release": release_edition(edition=edition, by=by)}
