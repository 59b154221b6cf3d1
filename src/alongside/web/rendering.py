"""How a page module turns a template and an explicit dict into a response, whole or one block of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, cast

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy
from django.utils import timezone
from jinja2 import Environment
from jinja2_fragments import render_block

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission, Role
from alongside.web.before_calling import before_acting
from alongside.web.dates import moment
from alongside.web.navigation import Link, links_for

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Frame:
    """The little that the layouts draw round every page; by default that of a page that must not fail."""

    nav: list[Link] = field(default_factory=list)
    signed_in: str = ""
    raises: bool = False
    said: Iterable[Any] = ()
    service_name: str = field(default_factory=lambda: str(settings.SERVICE_NAME))
    help_phone: str = field(default_factory=lambda: str(settings.HELP_PHONE))
    help_hours: str = field(default_factory=lambda: str(settings.HELP_HOURS))
    out_of_hours: str = field(default_factory=lambda: str(settings.OUT_OF_HOURS))
    source_url: str = field(default_factory=lambda: str(settings.SOURCE_URL))
    opened: str = field(default_factory=lambda: moment(timezone.now()))


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The whole page."""
    words = _environment().get_template(template).render(_framed(request, context))
    return _response(words, status)


def fragment(
    request: HttpRequest, template: str, block: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """One block of the same template, for a request that HTMX made."""
    return _response(render_block(_environment(), template, block, _framed(request, context)), status)


def paper(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep, under a name that tells of nobody."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def for_word(content: bytes, name: str) -> HttpResponse:
    """A Word document to keep, under a name that tells of nobody."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=DOCX, headers=headers)


def bare(template: str, *, status: int) -> HttpResponse:
    """A page that asks nothing of the request, the session or the database, for when one of them is broken."""
    return _response(_environment().get_template(template).render(frame=Frame()), status)


def frame_for_library(request: HttpRequest) -> dict[str, Any]:
    """What the layouts need, for pages whose view is the sign-in library's and whose template is ours."""
    return {"frame": _frame(request)}


def _framed(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    return {
        **context,
        "frame": _frame(request),
        "csrf_input": csrf_input_lazy(request),
        "know": partial(before_acting, request.user),
    }


def _frame(request: HttpRequest) -> Frame:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return Frame(said=get_messages(request))
    return Frame(
        nav=links_for(user.permissions, request.path),
        signed_in=f"{user.name}, {Role(user.role).label.lower()}",
        raises=user.may(Permission.CONCERN_RAISE),
        said=get_messages(request),
    )


def _response(words: str, status: int) -> HttpResponse:
    response = HttpResponse(words, status=status)
    # One address answers whole or in part, so a browser must not show the one from its store for the other.
    response.headers["Vary"] = "HX-Request"
    return response


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return cast(Jinja2, engines["jinja2"]).env
