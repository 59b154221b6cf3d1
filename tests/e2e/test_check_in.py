"""Grace answers the review questions on her phone, from a link, without an account."""

from collections.abc import Callable

import pytest

from alongside.records.measures.models import AnswerSet
from alongside.records.measures.services.linking import make_link
from tests.cast import Cast
from tests.e2e.conftest import Visitor


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_grace_answers_on_her_phone(cast: Cast, visitor: Callable[..., Visitor], scripts: bool) -> None:
    _, address = make_link(
        case=cast.case,
        person=cast.grace,
        occasion="review",
        asked=["five-domains", "ucla-3"],
        by=cast.asha,
        base_url="/check-in/",
    )
    grace = visitor("Grace", phone=True, scripts=scripts)
    grace.goes_to(address)
    grace.presses("Start")
    for place in ("7", "8", "5"):
        grace.page.get_by_role("radio", name=place, exact=True).check()
        grace.presses("Continue")
    grace.presses("Skip this question")
    grace.page.get_by_role("radio", name="I would rather not say").check()
    grace.presses("Continue")
    for _ in range(2):
        grace.page.get_by_role("radio", name="Some of the time").check()
        grace.presses("Continue")
    grace.page.get_by_role("radio", name="Often").check()
    grace.presses("Continue")
    grace.page.get_by_role("radio", name="Hardly ever").check()
    grace.presses("Finish")
    assert grace.page.get_by_role("heading", name="Thank you").is_visible()
    five = AnswerSet.objects.get(instrument="five-domains")
    assert five.answers == {"isolation": 7, "money": 8, "child": 5, "confidence": "declined"}
    assert AnswerSet.objects.get(instrument="ucla-3").scores == {"loneliness": 7, "lonely": 4}
    grace.goes_to(address)
    assert "no longer works" in grace.page.content()


def test_every_component_is_accessible(visitor: Callable[..., Visitor], db: None) -> None:
    for phone in (True, False):
        visitor("Gallery", phone=phone).goes_to("/gallery/")
