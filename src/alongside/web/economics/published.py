"""What was published of kinship care's worth: each figure, what it implies, and what it leaves unsaid."""

from django.http import HttpRequest, HttpResponse

from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.economics.published import claims
from alongside.web.rendering import page


@needs(Permission.ECONOMICS_SEE)
def published(request: HttpRequest) -> HttpResponse:
    """Show it."""
    return page(request, "economics/published.html", {"claims": claims()})
