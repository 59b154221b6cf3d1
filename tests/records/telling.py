"""Ways to tell of a family, for tests."""

from datetime import date
from typing import Any

from alongside.core.base.ids import new_id
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.models import Referral
from alongside.records.referrals.services import receive_referral
from tests.cast import Cast

LILY = ToldChild("Lily Novak", date(2018, 2, 3), "exact", arrangement="special_guardianship", looked_after_before="yes")


def refer(cast: Cast, *children: ToldChild, **facts: Any) -> Referral:
    """Refer a family as Ruth of Kirklees does."""
    told = {
        "carer_name": "Marta Novak",
        "carer_birth_date": date(1970, 5, 6),
        "carer_birth_precision": "exact",
        "postcode": "HD1 2AB",
        "relationship": "grandparent",
        "consent": "given",
    }
    return receive_referral(
        submission=facts.pop("submission", new_id()),
        agency=cast.provider,
        source_agency=facts.pop("source_agency", cast.kirklees),
        by=facts.pop("by", cast.ruth),
        children=children or (LILY,),
        **(told | facts),
    )
