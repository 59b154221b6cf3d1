"""A concern raised at five to five on a Friday, on a phone and at a desk, from the worry to what came of it."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine

from alongside.records.concerns.models import Concern
from tests.cast import LONDON, Cast
from tests.e2e.conftest import Visitor
from tests.e2e.ways import WAYS

FRIDAY = datetime(2026, 11, 20, 16, 55, tzinfo=LONDON)


@pytest.mark.parametrize("way", WAYS)
def test_a_concern_at_five_to_five_on_a_friday(
    cast: Cast, visitor: Callable[..., Visitor], way: dict[str, bool]
) -> None:
    with time_machine.travel(FRIDAY, tick=True):
        asha = visitor("Asha", **way).signs_in(cast.asha)
        asha.goes_to(f"/families/{cast.case.pk}/measures/")
        page = asha.follows("Raise a concern about this family")
        assert page.get_by_text("call the manager on call on 01632 960123").is_visible()
        asha.presses("Record this concern")
        assert page.get_by_role("heading", name="There is a problem").is_visible()
        page.get_by_label("What worries you?").fill("Amara said that Dean waited outside the nursery.")
        page.get_by_role("radio", name="I am not sure").check()
        asha.presses("Record this concern")
        assert page.get_by_text("by Friday 20 November, 17:55").first.is_visible()
        assert page.get_by_text("Call 999 if you have not yet.").is_visible()

        morgan = visitor("Morgan", **way).signs_in(cast.morgan)
        page = morgan.goes_to("/safety/")
        morgan.follows("Grace Okafor's family")
        morgan.follows_button("I have read this")
        page.get_by_label("What is to be done, and by whom?").fill("Asha calls the emergency duty team now.")
        morgan.presses("Save")

        page = asha.goes_to(f"/safety/concerns/{Concern.objects.get().pk}/")
        asha.follows_button("The authority was told")
        page.get_by_label("Who was told?").fill("Emergency duty team, reference 4471")
        page.get_by_label("What did you tell them").fill("All of it. They send somebody tonight.")
        asha.presses("Save")
        asha.follows_button("They answered")
        page.get_by_label("What did the authority say").fill("A visit was made. The nursery knows.")
        asha.presses("Save")

        page = morgan.goes_to(f"/safety/concerns/{Concern.objects.get().pk}/")
        morgan.follows("Close this concern")
        page.get_by_role("radio", name="The authority is acting").check()
        page.get_by_label("How do we know").fill("Their letter came. We look at it again on Tuesday.")
        morgan.presses("Save")
        assert page.get_by_text("It stays in the record").is_visible()
        assert page.get_by_text("Amara said that Dean").is_visible()


def test_from_the_header_about_somebody_not_yet_named(cast: Cast, visitor: Callable[..., Visitor]) -> None:
    asha = visitor("Asha", phone=True).signs_in(cast.asha)
    page = asha.goes_to("/families/")
    asha.follows("Raise a concern")
    page.get_by_label("Whom is it about?").fill("A boy at the Saturday group")
    page.get_by_label("What worries you?").fill("He would not go home.")
    page.get_by_role("radio", name="No", exact=True).check()
    asha.presses("Record this concern")
    assert page.get_by_text("Which family is it about?").is_visible()
    assert Concern.objects.get().case is None
