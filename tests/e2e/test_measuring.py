"""Asking and learning, in a real browser: what is due, a survey's way to its results, a trial, and an extract."""

from collections.abc import Callable
from datetime import date

from alongside.core.agencies.models import User
from alongside.records.measures.models import AnswerSet, CheckInLink
from alongside.records.surveys.models import Round
from alongside.records.surveys.services.answering import receive_responses
from alongside.records.trials.models import Allocation, Trial
from alongside.stewardship.exchange.models import Extract
from tests.cast import PASSWORD, Cast
from tests.e2e.conftest import Visitor
from tests.insight.evaluation.cohorts import evaluator, frozen
from tests.records.trials.trying import opened

Visitors = Callable[..., Visitor]


def fills_day(who: Visitor, question: str, day: date) -> None:
    group = who.page.get_by_role("group", name=question)
    for part in ("Day", "Month", "Year"):
        group.get_by_label(part, exact=True).fill(str(getattr(day, part.lower())))


def let_in(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def test_what_is_due_is_asked_by_link_and_on_paper(cast: Cast, visitor: Visitors) -> None:
    asha = visitor("Asha", phone=True).signs_in(cast.asha)
    page = asha.goes_to("/families/due/")
    asha.follows("Send a link")
    page.get_by_role("radio", name="By text message").check()
    asha.presses("Make the link")
    asha.goes_to("/families/due/")
    assert "Grace Okafor was texted a link today." in page.inner_text("main")
    assert "We ask again on" in page.inner_text("main")
    asha.goes_by(page.locator("main").get_by_role("link", name="Ask"))
    page.get_by_role("radio", name="They filled them in on paper").check()
    page.get_by_role("radio", name="Somebody else, for them").check()
    page.get_by_role("group", name="How alone").get_by_role("radio", name="7", exact=True).check()
    asha.presses("Save the answers")
    assert "Say who answered for them" in page.inner_text("main")
    page.get_by_label("If it was somebody else").fill("Her sister Comfort")
    asha.presses("Save the answers")
    assert AnswerSet.objects.get().proxy_words == "Her sister Comfort"
    assert CheckInLink.objects.get().chase_on is None, "who has answered is not asked again"
    asha.goes_to(f"/families/{cast.case.pk}/measures/paper/?size=largest")


def test_a_survey_is_made_sent_answered_and_read(cast: Cast, visitor: Visitors) -> None:
    morgan = visitor("Morgan").signs_in(cast.morgan)
    page = morgan.goes_to("/surveys/new/")
    page.get_by_label("What is it called?").fill("Our year")
    morgan.presses("Make it")
    morgan.follows("Add a question")
    page.get_by_label("The question").fill("Have we helped?")
    morgan.presses("Save")
    assert "Choose how it is answered" in page.inner_text("main")
    page.get_by_role("radio", name="One of several answers").check()
    page.get_by_label("The answers to choose from").fill("Yes\nNo")
    morgan.presses("Save")
    morgan.follows_button("Open a round")
    page.get_by_label("What do you call this round?").fill("Autumn")
    page.get_by_role("radio", name="Anybody with the address").check()
    page.get_by_role("radio", name="Anonymous").check()
    fills_day(morgan, "Last day to answer", date(2026, 12, 31))
    morgan.presses("Open it")
    made = Round.objects.get()
    carer = visitor("a carer", phone=True)
    carer.goes_to(f"/survey/{made.address}/")
    carer.presses("Start")
    carer.page.get_by_role("radio", name="Yes").check()
    carer.presses("Continue")
    carer.presses("Send my answers")
    receive_responses(round=made, answered=[{"have_we_helped": "yes"}] * 30, by=cast.morgan)
    morgan.goes_to(f"/surveys/rounds/{made.pk}/")
    morgan.follows("Close this round")
    morgan.presses("Close")
    morgan.goes_to(f"/surveys/rounds/{made.pk}/results/")
    assert "Have we helped?" in page.inner_text("main")
    assert "31" in page.inner_text("main")


def test_a_family_enters_a_trial_and_it_is_closed_and_drawn_again(cast: Cast, visitor: Visitors) -> None:
    trial = opened(cast)
    asha = visitor("Asha", phone=True).signs_in(cast.asha)
    page = asha.goes_to(f"/trials/families/{cast.case.pk}/")
    asha.follows("Look now")
    for answer in page.get_by_role("radio", name="Yes").all():
        answer.check()
    asha.presses("Save")
    asha.follows("Write down what they said")
    asha.presses("Save what they said")
    assert "Choose what they said" in page.inner_text("main")
    page.get_by_role("radio", name="Grace Okafor").check()
    page.get_by_role("group", name="Do they agree").get_by_role("radio").first.check()
    page.get_by_role("group", name="How did they say so?").get_by_role("radio").first.check()
    fills_day(asha, "When?", date(2026, 11, 20))
    asha.presses("Save what they said")
    asha.follows_button("Let chance decide")
    asha.goes_by(page.locator("main form button"))
    assert trial.arms[Allocation.objects.get().arm] in page.inner_text("main")
    mina = visitor("Mina").signs_in(let_in(trial.by))
    mina.goes_to(f"/trials/{trial.pk}/")
    mina.follows_button("Close entering")
    mina.page.get_by_label("Why does it close?").fill("One is enough to see it.")
    mina.presses("Close entering")
    assert Trial.objects.get().closed_at is not None
    assert "Grace" not in mina.page.inner_text("main")
    mina.follows("Draw it again to check")


def test_an_extract_is_asked_for_approved_and_taken(cast: Cast, visitor: Visitors) -> None:
    frozen(cast)
    mina = visitor("Mina").signs_in(let_in(evaluator(cast)))
    page = mina.goes_to("/extracts/")
    mina.goes_by(page.locator("main").locator("a[href*='/ask/']"))
    page.get_by_label("Which project is it for?").fill("Thesis")
    mina.presses("Ask for it")
    assert "There is a problem" in page.inner_text("main")
    page.get_by_label("What will you do with it").fill("See what helps.")
    page.get_by_role("group", name="Which columns?").get_by_role("checkbox").first.check()
    mina.presses("Ask for it")
    omar = visitor("Omar", phone=True).signs_in(cast.omar)
    omar.goes_to("/extracts/answers/")
    omar.follows("Thesis")
    omar.page.get_by_role("radio", name="Approve it").check()
    fills_day(omar, "If you approve", date(2027, 2, 1))
    omar.presses("Send your answer")
    mina.goes_to(f"/extracts/{Extract.objects.get().pk}/")
    with page.expect_download() as taken:
        page.locator(".govuk-button", has_text="Take it").click()
    assert taken.value.suggested_filename.endswith(".zip")
