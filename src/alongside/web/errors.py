"""The pages for when something went wrong: they say what happened in plain words, and what to do now."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from alongside.web.rendering import bare, page


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request made no sense."""
    return bare("errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """This person's role does not open this page."""
    return page(request, "errors/403.html", {}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or came from elsewhere; nothing was saved."""
    return page(request, "errors/csrf.html", {}, status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """There is nothing at this address for this person."""
    return page(request, "errors/404.html", {}, status=404)


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Somebody tried too often in a short time."""
    return bare("errors/429.html", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """The program failed; this page needs nothing that may be broken."""
    return bare("errors/500.html", status=500)
