"""A cohort of made-up families that can be checked on paper, and the steps that open it."""

from datetime import date
from typing import Any

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.services import define_cohort, fix_protocol, freeze_cohort, write_protocol
from tests.cast import Cast
from tests.insight.reports.families import family

ISOLATION = "five-domains.isolation"


def evaluator(cast: Cast) -> User:
    """Mina, who evaluates."""
    found: User | None = User.objects.filter(email="mina@example.org").first()
    if found is None:
        found = User(agency=cast.provider, name="Mina", role=Role.EVALUATOR, email="mina@example.org")
        found.set_unusable_password()
        found.save()
    return found


def defined(cast: Cast, **more: Any) -> Cohort:
    """A cohort of the families whose support under the cast's contract began in the summer."""
    facts: dict[str, Any] = {
        "title": "Summer",
        "question": "Do carers feel less alone?",
        "contracts": [str(cast.contract.pk)],
        "comparison": [],
        "starts_from": date(2026, 7, 1),
        "starts_until": date(2026, 9, 30),
        "before_days": 42,
        "after_from_weeks": 8,
        "after_until_weeks": 78,
    }
    return define_cohort(**facts | more, by=evaluator(cast))


def promised(cast: Cast, cohort: Cohort, **more: Any) -> Cohort:
    """The same with isolation promised as its one primary outcome, and fixed."""
    by = evaluator(cast)
    facts: dict[str, Any] = {"primary": [ISOLATION], "secondary": [], "method": "paired", "others": [], "words": ""}
    write_protocol(cohort=cohort, version=cohort.protocol.version, by=by, **facts | more)
    fix_protocol(cohort=cohort, by=by)
    return cohort


def frozen(cast: Cast, number: int = 12, **more: Any) -> Cohort:
    """The same frozen, of so many families: isolation falls from 8 by 1, 2 or 3 points."""
    for each in range(number):
        family(cast, each, scores=(8, 7 - each % 3))
    cohort = promised(cast, defined(cast), **more)
    freeze_cohort(cohort=cohort, by=evaluator(cast))
    return cohort
