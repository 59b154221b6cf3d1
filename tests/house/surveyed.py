"""A survey that the provider makes: an edition still to be changed, and a round of the one before it."""

from typing import Any

from alongside.records.surveys.models import KnownTotals
from alongside.records.surveys.queries import last_edition
from alongside.records.surveys.services.making import next_edition
from tests.cast import Cast
from tests.records.surveys.made import a_round, an_invitation


def survey_rows(cast: Cast) -> dict[str, Any]:
    """Give a row of each kind that an address names."""
    round = a_round(cast, way="invited", kept="linked")
    an_invitation(cast, round, "an invitation that was not sent")
    next_edition(survey=round.survey, by=cast.morgan)
    KnownTotals.objects.create(
        agency=cast.provider,
        round=round,
        question="helped",
        groups=[[["yes"], 900], [["no"], 300]],
        source="A count",
        counted_on=round.opened_on,
    )
    return {"survey": round.survey, "edition": last_edition(round.survey_id), "round": round}
