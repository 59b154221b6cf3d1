"""The answers once more before they are sent, and the sending."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from alongside.core import access
from alongside.core.access import open_to_all
from alongside.core.agencies.queries import authority_at, the_provider
from alongside.records.programmes.queries import first_contact_by
from alongside.records.referrals.rules import reference_words
from alongside.records.referrals.services import receive_referral
from alongside.web.ask.answers import TOLD, begun, checked, facts_of, forget, submission_of
from alongside.web.ask.questions import NOT_SAID, Question
from alongside.web.jinja import url
from alongside.web.limits import may_send
from alongside.web.rendering import page

A_HOUR = 5  # one address may be a library's, or a whole family's


@open_to_all("a carer asks for help without an account")
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Show every answer with a way to change it; send them."""
    if not begun(request.session):
        return redirect(url("ask:done") if TOLD in request.session else url("ask:start"))
    answers = checked(request.session)
    missing = next((step for step, answer in answers.items() if answer.errors), None)
    if missing:
        return redirect(url("ask:question", missing))
    if request.method == "POST":
        if not may_send(request, "ask", A_HOUR):
            return page(request, "errors/429.html", {}, status=429)
        _send(request, answers)
        return redirect(url("ask:done"))
    lines = [(step, answer.title, answer.says() or [NOT_SAID]) for step, answer in answers.items()]
    return page(request, "ask/check.html", {"lines": lines})


def _send(request: HttpRequest, answers: dict[str, Question]) -> None:
    """Hand the answers over, keep of them only what tells nobody anything."""
    provider, today = the_provider(), timezone.localdate()
    facts = facts_of(answers, today)
    authority = authority_at(facts["postcode"])
    with access.on_behalf_of(provider):
        due: date = first_contact_by(provider, authority.pk if authority else None, today)
        safe = answers["reach"].cleaned_data["safe_to_write"]
        referral = receive_referral(
            submission=submission_of(request.session),
            agency=provider,
            by=None,
            write_by=due if safe else None,
            **facts,
        )
    forget(request.session)
    request.session[TOLD] = {"words": reference_words(referral.pk), "due": due.isoformat()}
