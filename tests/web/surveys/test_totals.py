"""Known totals of a round: settled before it closes, told by the field, and what they make of the results."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.base.errors import Refused
from alongside.core.base.ids import new_id
from alongside.records.surveys.models import KnownTotals, Round
from alongside.records.surveys.services.answering import receive_responses
from alongside.records.surveys.services.rounds import close_round
from alongside.records.surveys.services.totals import fix_totals
from tests.cast import TODAY, Cast
from tests.records.surveys.made import a_round

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


def at(round: Round, key: str = "helped/") -> str:
    return f"/surveys/rounds/{round.pk}/totals/{key}"


def typed(**more: Any) -> dict[str, Any]:
    day = {"counted_on_day": "31", "counted_on_month": "3", "counted_on_year": "2026"}
    facts = {"total_yes": "900", "total_no": "300", "source": "A count", "submission": str(new_id())}
    return facts | day | more


def closed(cast: Cast, round: Round, *, yes: int, no: int) -> Round:
    answers = [{"helped": "yes", "children": 1, "school.1": 9, "age.1": 9}] * yes
    answers += [{"helped": "no", "children": 1, "school.1": 1, "age.1": 9}] * no
    receive_responses(round=round, answered=answers, by=cast.morgan)
    round.refresh_from_db()
    return close_round(round=round, version=round.version, by=cast.morgan)


def test_totals_are_fixed_and_weight_the_results(cast: Cast, sign_in: SignIn) -> None:
    round, door = a_round(cast), sign_in(cast.morgan)
    assert at(round, "") in door.get(f"/surveys/rounds/{round.pk}/").content.decode()
    assert at(round) in door.get(at(round, "")).content.decode()
    assert door.post(at(round), typed()).status_code == 302
    assert "A count, 31 March 2026" in door.get(at(round, "")).content.decode()
    closed(cast, round, yes=40, no=40)
    text = door.get(f"/surveys/rounds/{round.pk}/results/").content.decode()
    assert "These 80 answers carry as much as about 60 equal ones" in text
    assert "75%" in text  # of all, 900 of 1,200 say yes, and theirs goes well at school
    file = door.get(f"/surveys/rounds/{round.pk}/results/file/").content.decode("utf-8-sig")
    assert "9 to 10 (Very well),40,80,50,39,61,75," in file
    assert door.post(at(round), typed(total_yes="600", total_no="600", reason="A slip")).status_code == 302
    assert "75%" not in door.get(f"/surveys/rounds/{round.pk}/results/").content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"total_yes": ""}, "Enter how many there are in all"),
        ({"total_no": ""}, "or count it with the one above"),
        ({"total_no": "0"}, "Enter a number above 0"),
        ({"total_no": "-4"}, "Enter a number above 0"),
        ({"total_no": "many"}, "as a whole number, such as 1200"),
        ({"total_no": "", "with_no": "on"}, "All answers count together"),
        ({"with_no": "on"}, "leave “No” blank"),
        ({"source": ""}, "Enter who counted them"),
        ({"counted_on_year": "2031"}, "past"),
    ],
)
def test_a_mistake_is_told_by_its_field_and_what_was_typed_stays(
    cast: Cast, sign_in: SignIn, more: dict[str, str], words: str
) -> None:
    text = sign_in(cast.morgan).post(at(a_round(cast)), typed(**more)).content.decode()
    assert words in text
    assert 'value="900"' in text or "total_yes" in more
    assert not KnownTotals.objects.exists()


AT_SCHOOL: dict[str, Any] = {"helped": "no", "children": 1, "age.1": 9}
AREA_MISTAKES = {
    "": "Enter each council area",
    "Kirklees 1200\nKirkless 900": "Line 2: we know no council called “Kirkless”",
    "Kirklees": "Line 1: end it with how many",
    "Kirklees 9\nkirklees 9": "Line 2: “kirklees” stands there twice",
    "Kirklees 0": "Line 1: enter a number above 0",
    "Kirklees 1200": "at least two council areas",
}


def test_council_areas_have_totals_too_and_then_nothing_else(cast: Cast, sign_in: SignIn) -> None:
    round, door = a_round(cast), sign_in(cast.morgan)
    for lines, words in AREA_MISTAKES.items():
        assert words in door.post(at(round, "area/"), typed(areas=lines)).content.decode()
    assert door.post(at(round, "area/"), typed(areas="Kirklees 1,200\nE08000035\t2400")).status_code == 302
    assert KnownTotals.objects.get().totals == [(["E08000034"], 1200), (["E08000035"], 2400)]
    text = door.get(at(round, "")).content.decode()
    assert "Leeds: <strong>2,400</strong>" in text
    assert at(round) not in text
    assert b"either by council area" in door.post(at(round), typed()).content
    answers: list[Any] = [{"area": "E08000034", **AT_SCHOOL, "school.1": 9}] * 30
    answers += [{"area": "E08000035", **AT_SCHOOL, "school.1": well} for well in (9, 1) for _ in range(15)]
    receive_responses(round=round, answered=answers, by=cast.morgan)
    round.refresh_from_db()
    close_round(round=round, version=round.version, by=cast.morgan)
    file = door.get(f"/surveys/rounds/{round.pk}/results/file/").content.decode("utf-8-sig")
    assert "Everywhere,9 to 10 (Very well),45,60,75,63,84,67," in file  # a third all, two thirds half
    assert "Leeds,9 to 10 (Very well),15,30,50,,,not shown: too few" in file  # they are worth fewer than 30


def test_what_a_round_is_weighted_by_is_settled_before_it_closes(cast: Cast, sign_in: SignIn) -> None:
    door, late = sign_in(cast.morgan), closed(cast, a_round(cast), yes=20, no=20)
    assert b"settled before" in door.post(at(late), typed()).content
    round = a_round(cast)
    door.post(at(round), typed())
    closed(cast, round, yes=40, no=6)
    assert b"too few to stand for all of them" in door.get(f"/surveys/rounds/{round.pk}/results/").content
    assert b"Say why you replace" in door.post(at(round), typed()).content
    again = door.post(at(round), typed(reason="A slip")).content.decode()
    assert "Nobody or fewer than 10 chose “No”" in again
    assert KnownTotals.objects.count() == 1


def test_a_round_that_closes_in_the_same_instant_takes_no_totals(cast: Cast) -> None:
    seen_open = a_round(cast)
    closed(cast, Round.objects.get(pk=seen_open.pk), yes=20, no=20)
    facts: dict[str, Any] = {"source": "A count", "counted_on": TODAY, "reason": "", "submission": new_id()}
    asked, totals = seen_open.edition.asks.find("helped")[1], {"yes": 900, "no": 300}
    with pytest.raises(Refused, match="settled before"):
        fix_totals(round=seen_open, question=asked, totals=totals, by=cast.morgan, **facts)


def test_others_fix_no_totals(cast: Cast, sign_in: SignIn) -> None:
    round = a_round(cast)
    far = User.objects.create(agency=cast.other_provider, name="Far Manager", role=Role.MANAGER, email="f@example.org")
    for key in ("", "helped/"):
        assert sign_in(far).get(at(round, key)).status_code == 404
        assert sign_in(cast.carol).get(at(round, key)).status_code == 403
    assert sign_in(cast.morgan).get(at(round, "children/")).status_code == 404
