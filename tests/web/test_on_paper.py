"""The questions on paper: for those who see the family, in a size that can be read, with nobody's name on it."""

from collections.abc import Callable
from html import unescape
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.records.measures.library import instrument
from tests.cast import Cast
from tests.insight.reports.pdf_text import words_of

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]


def test_the_paper_asks_what_the_programme_asks_and_tells_nothing_of_her(cast: Cast, sign_in: SignIn) -> None:
    page = unescape(sign_in(cast.asha).get(reverse("measures:paper", args=[cast.case.pk])).text)
    asked = [item for key in ("five-domains", "ons4", "ucla-3") for item in instrument(key).items]
    for number, item in enumerate(asked, 1):
        assert f"{number}. {item.question}" in page
    assert page.count("I would rather not say") == len(asked)
    paper = page.split('class="paper ')[1]
    assert not [name for name in ("Grace", "Tyler", "Okafor") if name in paper]


@pytest.mark.parametrize(("size", "least"), [("", 2), ("?size=largest", 5), ("?size=nonsense", 2)])
def test_it_is_a_pdf_that_a_screen_reader_can_read_and_larger_print_takes_more_pages(
    cast: Cast, sign_in: SignIn, size: str, least: int
) -> None:
    answer = sign_in(cast.asha).get(reverse("measures:paper_pdf", args=[cast.case.pk]) + size)
    assert answer["Content-Disposition"] == 'attachment; filename="how-are-things.pdf"'
    with pikepdf.open(BytesIO(answer.content)) as read:
        assert read.Root.MarkInfo.Marked
        assert len(read.pages) >= least
    words = words_of(answer.content)
    assert "How alone do you feel in looking after the family?" in words
    assert "Grace" not in words


@pytest.mark.parametrize("page", ["paper", "paper_pdf"])
def test_strangers_get_no_paper(cast: Cast, sign_in: SignIn, page: str) -> None:
    address = reverse(f"measures:{page}", args=[cast.case.pk])
    assert sign_in(cast.ben).get(address).status_code == 404
    assert sign_in(cast.carol).get(address).status_code == 403
