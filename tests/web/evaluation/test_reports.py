"""The report's pages and files, who may read them, and studies put together."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alongside.core.agencies.models import User
from alongside.insight.evaluation.models import Release
from tests.cast import Cast
from tests.insight.evaluation.cohorts import evaluator, frozen
from tests.insight.evaluation.test_report import judged

pytestmark = pytest.mark.usefixtures("clock")
SignIn = Callable[[User], Client]
STUDIES = "study,effect,variance,group\nA,0.2,0.04,x\nB,0.4,0.02,x\nC,0.9,0.05,y\nD,,0.05,y\n"


def test_mina_reads_it_takes_it_away_and_gives_it_to_who_pays(cast: Cast, sign_in: SignIn) -> None:
    cohort, door = judged(cast), sign_in(evaluator(cast))
    shown = door.get(reverse("evaluation:report", args=[cohort.pk])).content.decode()
    assert "Level 1 of 5" in shown
    assert 'role="img"' in shown
    assert "<svg" in shown
    assert door.get(reverse("evaluation:report_pdf", args=[cohort.pk])).content.startswith(b"%PDF")
    assert door.get(reverse("evaluation:report_docx", args=[cohort.pk])).content.startswith(b"PK")
    where = reverse("evaluation:release", args=[cohort.pk])
    assert b"cannot be taken back" in door.get(where).content
    assert not Release.objects.exists()
    assert b"The report is with those who pay" in door.post(where, follow=True).content
    assert Release.objects.count() == 1


def test_carol_reads_what_was_given_to_her_and_nobody_else_does(cast: Cast, sign_in: SignIn) -> None:
    cohort = judged(cast)
    door = sign_in(cast.carol)
    assert b"No evaluation has been reported yet" in door.get(reverse("evaluation:releases")).content
    assert door.get(reverse("evaluation:report", args=[cohort.pk])).status_code == 403
    sign_in(evaluator(cast)).post(reverse("evaluation:release", args=[cohort.pk]))
    given = Release.objects.get()
    where = reverse("evaluation:released", args=[given.pk])
    assert b"Do carers feel less alone?" in door.get(reverse("evaluation:releases")).content
    assert b"Level 1 of 5" in door.get(where).content
    for ending in ("pdf", "docx"):
        assert door.get(reverse(f"evaluation:released_{ending}", args=[given.pk])).status_code == 200
    assert sign_in(cast.morgan).get(where).status_code == 200
    assert sign_in(cast.asha).get(where).status_code == 403
    assert sign_in(cast.ben).get(where).status_code in (403, 404)


def test_before_anything_is_frozen_there_is_no_report(cast: Cast, sign_in: SignIn) -> None:
    door = sign_in(evaluator(cast))
    cohort = frozen(cast)
    assert b"have not been judged yet" in door.get(reverse("evaluation:report", args=[cohort.pk])).content
    refused = door.post(reverse("evaluation:release", args=[cohort.pk]), follow=True)
    assert b"primary outcomes first" in refused.content


def test_published_studies_are_put_together(cast: Cast, sign_in: SignIn) -> None:
    door, where = sign_in(evaluator(cast)), reverse("evaluation:studies")
    typed = {"figures": STUDIES, "measure": "Hedges g", "between": "DL", "moderators": ""}
    shown = door.post(where, typed).content.decode()
    assert "3 studies together: 0.48" in shown
    assert "1 left out" in shown
    assert "Whether groups differ" in shown
    assert shown.count("<svg") >= 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"figures": "study,effect,variance\nA,much,1\nB,1,1\n"}, "Row 2"),
        ({"figures": "study,effect\nA,1\n"}, "variance"),
        ({"figures": "study,effect,variance\nA,1,0\nB,1,1\n"}, "has to be above 0"),
        ({"figures": "study,effect,variance\n" + "".join(f"{n},1,1\n" for n in range(201))}, "at most 200 studies"),
        ({"figures": ""}, "Paste the studies"),
        ({"moderators": "year"}, "year"),
    ],
)
def test_studies_that_cannot_be_used_are_told_and_kept(
    cast: Cast, sign_in: SignIn, change: dict[str, str], sentence: str
) -> None:
    typed = {"figures": STUDIES, "measure": "Hedges g", "between": "REML", "moderators": ""} | change
    shown = sign_in(evaluator(cast)).post(reverse("evaluation:studies"), typed).content.decode()
    assert "There is a problem" in shown
    assert sentence in shown
    assert typed["figures"][:40] in shown
