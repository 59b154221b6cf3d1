"""The pages of an economic case: built from a template, moved, kept, given, and what is said of every mistake."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from alongside.calc.economics.scenario import Origin, Scenario
from alongside.core.agencies.models import User
from alongside.core.audit.models import Entry
from alongside.core.base.ids import new_id
from alongside.insight.economics.editions import scenario_of
from alongside.insight.economics.models import EconomicCase, EconomicEdition, EconomicRelease
from alongside.insight.economics.services import start_case
from tests.cast import Cast
from tests.insight.economics.scenarios import reach

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def begun(cast: Cast, **filled: str) -> EconomicCase:
    return start_case(title="Reach", text=reach(**filled), contract=cast.contract, by=cast.morgan)


def newest(case: EconomicCase) -> Scenario:
    return scenario_of(EconomicEdition.objects.filter(case=case).latest("number").text)


def where(case: EconomicCase, page: str = "case") -> str:
    return reverse(f"economics:{page}", args=[case.pk])


def test_morgan_builds_a_case_moves_it_and_keeps_it(cast: Cast, sign_in: SignIn) -> None:
    door = sign_in(cast.morgan)
    typed = {"submission": new_id(), "title": "Reach", "template": "reach", "contract": str(cast.contract.pk)}
    begun = door.post(reverse("economics:new"), typed, follow=True).content.decode()
    case = EconomicCase.objects.get()
    assert "None of these is taken as 0" in begun
    assert case.contract == cast.contract
    numbers = {
        "families.value": "60", "engaged.value": "80", "retained.value": "75", "deadweight.value": "40",
        "deadweight.low": "20", "deadweight.high": "70", "at_risk.value": "12", "stays.value": "20%",
        "points.value": "0.6", "per_family.value": "£1,850", "per_family.price_year": "2024", "stays.level": "1",
        "stays.source": "A cohort of last year",
    }  # fmt: skip
    moved = door.post(where(case), numbers, headers=HTMX).content.decode()
    assert "<html" not in moved
    assert "£111,000 is spent" in moved
    assert EconomicEdition.objects.count() == 1
    by_hand = door.post(where(case), numbers | {"do": "work"}).content.decode()
    assert "£111,000 is spent" in by_hand
    assert 'value="£1,850"' in by_hand
    refused = door.post(where(case), numbers | {"do": "keep", "based_on": "1"}).content.decode()
    assert "Say in a few words what you changed, and why" in refused
    kept = door.post(where(case), numbers | {"do": "keep", "based_on": "1", "why": "Filled in"}, follow=True)
    assert "Kept as edition 2" in kept.content.decode()
    found = newest(case).inputs
    assert found["stays"].made is not None
    assert (found["stays"].made.mean, found["stays"].level) == (0.2, 1)  # type: ignore[union-attr]
    # What was typed without a word on where it came from is a judgement.
    assert (found["families"].origin, found["families"].grade) == (Origin.JUDGEMENT, 6)
    assert (found["engaged"].origin, found["stays"].source) == (Origin.JUDGEMENT, "A cohort of last year")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"at_risk.expected": "120"}, "enter a percentage from 0 to 100, not 120%"),
        ({"per_family.expected": "-5"}, "enter £0 or more, not −£5.00"),
        ({"per_family.price_year": "1066"}, "Enter the year of the prices, from"),
        ({"deadweight.low": "80"}, "it must lie below 70%, the high end"),
        ({"deadweight.high": "30"}, "30% must not lie below 40%, what is expected"),
        ({"families.value": "0"}, "With fewer than 1 nobody is reached"),
        ({"families.value": "many"}, "enter a number, such as 120"),
        ({"engaged.events": "61"}, "61 out of 60 cannot be"),
        ({"engaged.events": ""}, "fill this in as well, or clear all of it"),
        ({"stays.sd": "50"}, "with 20% expected, enter more than 0% and less than 40%"),
        ({"per_family.source": " "}, "Say where it came from"),
    ],
)
def test_a_mistake_is_told_by_its_field_and_what_was_typed_is_kept(
    cast: Cast, sign_in: SignIn, typed: dict[str, str], sentence: str
) -> None:
    case, door = begun(cast), sign_in(cast.morgan)
    ((field, words),) = typed.items()
    shown = door.post(where(case), typed | {"do": "keep", "based_on": "1", "why": "Tried"}).content.decode()
    place = shown.split(f'id="{field}-wrong"')[1].split("</p>")[0]
    assert sentence in place
    assert f'value="{words}"' in shown or field.endswith("source")
    assert f'data-wrong="{field}"' in door.post(where(case), typed, headers=HTMX).content.decode()
    assert EconomicEdition.objects.count() == 1


def test_what_is_cleared_is_blank_and_never_0(cast: Cast, sign_in: SignIn) -> None:
    case, door = begun(cast), sign_in(cast.morgan)
    shown = door.post(where(case), {"families.value": ""}, headers=HTMX).content.decode()
    assert "Still to fill in" in shown
    assert "Families offered it in a year" in shown


def test_who_kept_first_is_shown_beside_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    case, door = begun(cast), sign_in(cast.morgan)
    first = {"families.value": "70", "do": "keep", "based_on": "1", "why": "More families"}
    door.post(where(case), first)
    shown = door.post(where(case), first | {"families.value": "80", "why": "Even more"}).content.decode()
    assert "Somebody else kept an edition" in shown
    assert "More families" in shown
    assert 'value="80"' in shown
    assert EconomicEdition.objects.count() == 2
    door.post(where(case), first | {"families.value": "80", "based_on": "2", "why": "Even more"})
    assert newest(case).inputs["families"].made.mean == 80  # type: ignore[union-attr]


def test_a_number_moved_loses_the_level_of_the_study_it_came_from(cast: Cast, sign_in: SignIn) -> None:
    case = start_case(title="Reach", text=reach(level=3), by=cast.morgan)
    door = sign_in(cast.morgan)
    assert "Families were compared with others like them" in door.get(where(case)).content.decode()
    moved = door.post(where(case), {"stays.expected": "30"}, headers=HTMX).content.decode()
    assert "No study stands behind how much the service changes" in moved


def test_it_is_drawn_listed_set_side_by_side_and_taken_away(cast: Cast, sign_in: SignIn) -> None:
    case, door = begun(cast), sign_in(cast.morgan)
    door.post(where(case), {"families.value": "70", "do": "keep", "based_on": "1", "why": "More families"})
    whole = door.get(reverse("economics:edition", args=[case.pk, 2])).content.decode()
    assert whole.count("<svg") >= 3
    assert whole.count('role="img"') == 3  # without what would be paid: it pays at any price
    assert "What this cannot say" in whole
    assert door.get(reverse("economics:business_case_pdf", args=[case.pk, 2])).content.startswith(b"%PDF")
    assert door.get(reverse("economics:business_case_docx", args=[case.pk, 2])).content.startswith(b"PK")
    assert "More families" in door.get(where(case, "editions")).content.decode()
    chosen = {"edition": [str(pk) for pk in EconomicEdition.objects.values_list("pk", flat=True)]}
    beside = door.get(reverse("economics:compare"), chosen).content.decode()
    assert "In which inputs they differ" in beside
    assert (
        "Choose from 2 to 4 editions"
        in door.get(reverse("economics:compare"), {"edition": chosen["edition"][:1]}).content.decode()
    )
    none = door.get(reverse("economics:compare"), {"do": "compare"}).content.decode()
    assert "Choose from 2 to 4 editions" in none
    taken = door.get(reverse("economics:file", args=[case.pk, 2]))
    assert scenario_of(taken.content.decode()) == newest(case)
    book = load_workbook(BytesIO(door.get(reverse("economics:spreadsheet", args=[case.pk, 2])).content), data_only=True)
    families = next(row for row in book["Inputs"].iter_rows(values_only=True) if row[1] == 70)
    assert families[0] == newest(case).inputs["families"].title
    assert "economic case taken as a spreadsheet" in set(Entry.objects.values_list("what", flat=True))
    assert door.get(reverse("economics:edition", args=[case.pk, 9])).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (reach().replace("[inputs.engaged]", "[inputs.engaged]\ngrad = 2").encode(), "inputs.engaged.grad"),
        (b"\xff\xfe\x00k", "no text file in UTF-8"),
        (b"a = 1\n" * 200_000, "too large"),
        (b"a = " + b"[" * 60_000, "is no scenario"),
    ],
    ids=["typo", "not text", "too large", "too deep"],
)
def test_a_file_that_is_no_scenario_is_refused_in_a_sentence(
    cast: Cast, sign_in: SignIn, content: bytes, sentence: str
) -> None:
    case, door = begun(cast), sign_in(cast.morgan)
    sent = {"why": "Mine", "file": SimpleUploadedFile("mine.toml", content)}
    assert sentence in door.post(where(case, "upload"), sent).content.decode()
    assert EconomicEdition.objects.count() == 1


def test_a_file_begins_a_case_or_goes_on_with_one(cast: Cast, sign_in: SignIn) -> None:
    door, text = sign_in(cast.morgan), reach().encode()
    typed: dict[str, Any] = {"submission": new_id(), "title": "From a file", "template": "file"}
    assert b"Choose a file" in door.post(reverse("economics:new"), typed).content
    door.post(reverse("economics:new"), typed | {"file": SimpleUploadedFile("a.toml", text)})
    case = EconomicCase.objects.get()
    dearer = reach(families="value = 90").encode()
    door.post(where(case, "upload"), {"why": "More", "file": SimpleUploadedFile("a.toml", dearer)})
    assert newest(case).inputs["families"].made.mean == 90  # type: ignore[union-attr]


def test_carol_reads_what_she_was_given_moves_it_and_keeps_her_own(cast: Cast, sign_in: SignIn) -> None:
    case, door, carol = begun(cast), sign_in(cast.morgan), sign_in(cast.carol)
    assert carol.get(where(case)).status_code == 404
    assert "cannot be taken back" in door.get(where(case, "share")).content.decode()
    assert "is with" in door.post(where(case, "share"), follow=True).content.decode()
    release = EconomicRelease.objects.get()
    address = reverse("economics:given", args=[release.pk])
    assert release.title in carol.get(reverse("economics:economics")).content.decode()
    moved = carol.post(address, {"families.value": "600"}, headers=HTMX).content.decode()
    assert "£510,000 is spent" in moved
    assert "What this cannot say" in carol.get(reverse("economics:given_drawn", args=[release.pk])).content.decode()
    assert carol.get(reverse("economics:given_business_case_pdf", args=[release.pk])).content.startswith(b"%PDF")
    assert carol.get(reverse("economics:given_file", args=[release.pk])).content.decode() == release.text
    assert carol.get(reverse("economics:given_spreadsheet", args=[release.pk])).content.startswith(b"PK")
    kept = {"families.value": "600", "do": "own", "submission": str(new_id())}
    for _ in range(2):
        assert "Kept as a case of your own" in carol.post(address, kept, follow=True).content.decode()
    hers = EconomicCase.objects.get(agency=cast.carol.agency)
    assert newest(hers).inputs["families"].made.mean == 600  # type: ignore[union-attr]
    assert newest(case).inputs["families"].made.mean == 60  # type: ignore[union-attr]


def test_moving_a_slider_asks_little_of_the_database(cast: Cast, sign_in: SignIn) -> None:
    case, door = begun(cast), sign_in(cast.morgan)
    door.get(where(case))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        door.post(where(case), {"families.value": "70"}, headers=HTMX)
    assert len(asked) <= 12
