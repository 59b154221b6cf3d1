"""A survey that Morgan made, and rounds of it."""

from datetime import timedelta
from typing import Any

from alongside.core.base.ids import new_id
from alongside.core.base.tokens import hash_of
from alongside.records.surveys.models import Invitation, Round, Survey
from alongside.records.surveys.queries import last_edition
from alongside.records.surveys.services.making import make_survey
from alongside.records.surveys.services.rounds import open_round
from tests.calc.surveys.made import SIX
from tests.cast import TODAY, Cast


def a_survey(cast: Cast) -> Survey:
    return make_survey(definition=SIX, by=cast.morgan, submission=new_id())


def a_round(cast: Cast, survey: Survey | None = None, **facts: Any) -> Round:
    survey = survey or a_survey(cast)
    given = {"name": "Autumn", "way": "open", "kept": "anonymous", "closes_on": TODAY + timedelta(weeks=3)} | facts
    return open_round(edition=last_edition(survey.pk), by=cast.morgan, submission=new_id(), **given)


def an_invitation(cast: Cast, round: Round, token: str) -> Invitation:
    return Invitation.objects.create(
        agency=cast.provider, round=round, case=cast.case, person=cast.grace, sent="email", token_hash=hash_of(token)
    )
