"""What stands before every address for machines: a key is taken, and whatever goes wrong is said in JSON."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from alongside.core.agencies.services.keys import take_key

PREFIX = "/api/"
SCHEME = "bearer"
SENTENCES = {
    400: "This request makes no sense. Look at the address and at what was sent.",
    401: "Sign in, or send a key in the header “Authorization: Bearer …”.",
    403: "Your role does not open this. From a browser, an unsafe method also needs the CSRF token.",
    404: "There is nothing here for you.",
    405: "This address has no such method.",
    413: "This is more than can be sent at once.",
    429: "That was too often in a short time. Wait a little.",
    500: "Something went wrong here, and was noted. Nothing was saved.",
}
SECOND_STEP = "Take your second step in the browser first, or send a key."


class MachineDoor:
    """Lets a machine in by its key instead of a session, and gives it JSON where a person would get a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; pages for people pass by."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if "Authorization" in request.headers and not _let_in(request):
            return _said(401, "This key opens nothing: it may be mistyped, ended or past its last day.")
        response = _in_json(request, self.get_response(request))
        response.headers["Cache-Control"] = "no-store"
        return response


def _let_in(request: HttpRequest) -> bool:
    scheme, _, token = request.headers["Authorization"].partition(" ")
    key = take_key(token.strip()) if scheme.lower() == SCHEME else None
    if key is None:
        return False
    told: Any = request
    told.user, told.api_key = key.made_by, key
    # No other site can make a browser send this header, so there is nothing for the CSRF check to find.
    told._dont_enforce_csrf_checks = True
    return True


def _in_json(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put what was meant for a person's eyes into JSON; a way to the sign-in page means that one is not signed in."""
    if response.status_code < HTTPStatus.MULTIPLE_CHOICES or response.get("Content-Type") == "application/json":
        return response
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return _said(403, SECOND_STEP) if request.user.is_authenticated else _said(401)
    return _said(response.status_code)


def _said(status: int, sentence: str = "") -> HttpResponse:
    return JsonResponse({"error": sentence or SENTENCES.get(status, HTTPStatus(status).phrase)}, status=status)
