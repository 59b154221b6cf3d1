"""What a carer can do with her link beside answering: see her own line over time, or say that she would rather not."""

from django.http import HttpRequest, HttpResponse

from alongside.core.access import open_to_all
from alongside.records.measures.services.sparing import hear_rather_not
from alongside.web.measures.asked import next_review
from alongside.web.measures.check_in import BY_LINK, find, no_such_link
from alongside.web.measures.own_line import own_lines
from alongside.web.rendering import page


@open_to_all(BY_LINK)
def you(request: HttpRequest, token: str) -> HttpResponse:
    """Show what she said before."""
    link = find(token)
    if link is None:
        return no_such_link(request)
    return page(request, "measures/check_in_you.html", {"token": token, "lines": own_lines(link)})


@open_to_all(BY_LINK)
def rather_not(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, hear, and say what that means."""
    link = find(token)
    if link is None:
        return no_such_link(request)
    heard = request.method == "POST"
    if heard:
        hear_rather_not(link=link, next_review=next_review(link.case))
    return page(request, "measures/check_in_rather_not.html", {"token": token, "heard": heard})
