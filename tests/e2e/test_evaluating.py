"""What changed, in a real browser: Mina's way from a question to a report that Carol reads, and a survey on a phone."""

from collections.abc import Callable
from datetime import date

import pytest

from alongside.insight.evaluation.models import Cohort
from tests.cast import Cast
from tests.e2e.conftest import Visitor
from tests.insight.evaluation.cohorts import evaluator
from tests.insight.reports.families import family
from tests.records.surveys.made import a_round

Visitors = Callable[..., Visitor]
WAYS = [pytest.param(True, id="scripts"), pytest.param(False, id="no scripts")]


def fills_day(who: Visitor, question: str, day: date) -> None:
    group = who.page.get_by_role("group", name=question)
    for part in ("Day", "Month", "Year"):
        group.get_by_label(part, exact=True).fill(str(getattr(day, part.lower())))


@pytest.mark.parametrize("scripts", WAYS)
def test_mina_promises_then_looks_and_carol_reads_it(cast: Cast, visitor: Visitors, scripts: bool) -> None:
    for number in range(12):
        family(cast, number, scores=(8, 7 - number % 3))
    mina = evaluator(cast)
    mina.set_password("a long walk by the canal")
    mina.save()
    who = visitor("Mina", scripts=scripts).signs_in(mina)
    page = who.goes_to("/evaluation/")
    who.follows_button("Define a cohort")
    who.presses("Save the cohort")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    page.get_by_label("What is it called?").fill("Summer")
    page.get_by_label("What do you want to know?").fill("Do carers feel less alone?")
    group = page.get_by_role("group", name="Families under which contracts?")
    group.get_by_role("checkbox").first.check()
    fills_day(who, "Support began on or after", date(2026, 7, 1))
    fills_day(who, "Support began on or before", date(2026, 9, 30))
    who.presses("Save the cohort")
    who.follows_button("Write the protocol")
    page.get_by_role("group", name="Primary outcomes").get_by_label("Feeling alone").check()
    who.presses("Save")
    who.follows_button("Fix the protocol")
    who.presses("Fix it")
    who.follows_button("Freeze and open the data")
    who.presses("Freeze and open")
    who.follows_button("Run a method")
    page.get_by_label("Change of the same families, before and after").check()
    page.get_by_role("group", name="On which outcomes?").get_by_label("Feeling alone").check()
    who.presses("Run")
    assert "better on average, by 2.0 points" in page.inner_text("main")
    who.goes_to(f"/evaluation/cohorts/{Cohort.objects.get().pk}/report/")
    assert page.locator(".chart__drawing svg").count() == 1
    who.follows("Give it to those who pay")
    who.presses("Give it")
    carol = visitor("Carol", scripts=scripts).signs_in(cast.carol)
    carol.goes_to("/reports/")
    carol.follows("Evaluations")
    carol.follows("Summer")
    assert "Level 1 of 5" in carol.page.inner_text("main")


def test_studies_are_pasted_and_a_mistake_keeps_them(cast: Cast, visitor: Visitors) -> None:
    mina = evaluator(cast)
    mina.set_password("a long walk by the canal")
    mina.save()
    who = visitor("Mina", phone=True).signs_in(mina)
    page = who.goes_to("/evaluation/studies/")
    figures = page.get_by_label("The studies")
    figures.fill("study,effect,variance\nA,0.2,0.04\nB,much,0.02\nC,0.9,0.05")
    page.get_by_label("What are the effects?").fill("Hedges g")
    who.presses("Put them together")
    assert "Row 3" in page.inner_text("main")
    figures.fill(figures.input_value().replace("much", "0.4"))
    who.presses("Put them together")
    assert "3 studies together" in page.inner_text("main")
    assert page.locator(".chart__drawing svg").count() == 2


@pytest.mark.parametrize("path", ["", "between/", "for-whom/"])
def test_watching_is_accessible(cast: Cast, visitor: Visitors, path: str) -> None:
    visitor("Morgan", phone=not path).signs_in(cast.morgan).goes_to(f"/watching/{path}")


@pytest.mark.parametrize("scripts", WAYS)
def test_a_carer_answers_a_survey_on_her_phone(cast: Cast, visitor: Visitors, scripts: bool) -> None:
    carer = visitor("a carer", phone=True, scripts=scripts)
    page = carer.goes_to(f"/survey/{a_round(cast).address}/")
    assert "not the day or the hour" in page.inner_text("main")
    carer.goes_by(page.get_by_role("button"))
    assert "Which council do you live in?" in page.inner_text("main")
