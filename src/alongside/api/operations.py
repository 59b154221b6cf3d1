"""How an operation is declared: its method, its address, who may use it; and how its refusals are worded."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError as Invalid
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from alongside.api.door import SENTENCES
from alongside.core.access import Rule
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused, Stale, Taken

F = TypeVar("F", bound=Callable[..., Any])
ADDRESS = "/api/v1/"
api = NinjaAPI(
    title="Alongside",
    version="1",
    description="What the pages show, for machines. Lists are paged by key and give no totals.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    openapi_extra={
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "security": [{"key": []}],
    },
)
_rules: dict[str, tuple[str, Rule]] = {}


def operation(method: str, path: str, permission: Permission, **options: Any) -> Callable[[F], F]:
    """Declare what an address does by one method, and the permission that it needs."""

    def declare(function: F) -> F:
        name = function.__name__
        _rules[name] = (method, Rule(permission))
        summary = (function.__doc__ or "").partition("\n")[0].rstrip(".")
        add = api.api_operation([method], path, url_name=name, summary=summary, exclude_none=False, **options)
        declared: F = add(function)
        return declared

    return declare


def addresses() -> list[URLPattern]:
    """Give one URL pattern an address; its view carries the rule of each method, which the gate reads."""
    found: dict[str, URLPattern] = {}
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name in _rules:
            method, rule = _rules[pattern.name]
            view = found.setdefault(str(pattern.pattern), pattern).callback
            # Django's own check stands for those who come by session; the library's views would switch it off.
            view.csrf_exempt = False  # type: ignore[attr-defined]
            view.rule = {**getattr(view, "rule", {}), method: rule}  # type: ignore[attr-defined]
    return list(found.values())


def openapi() -> dict[str, Any]:
    """Describe every operation as OpenAPI does."""
    return dict(api.get_openapi_schema(path_prefix=ADDRESS))


def _said(sentence: str, status: int, **more: Any) -> HttpResponse:
    return JsonResponse({"error": sentence, **more}, status=status)


def _not_there(request: HttpRequest, error: Any) -> HttpResponse:
    return _said(SENTENCES[404], 404)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return _said(error.sentence, 422, field=error.field)


def _stale(request: HttpRequest, error: Any) -> HttpResponse:
    return _said("This id was sent before, with other words. Use a new id for something new.", 409)


def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    problems = [
        {"where": ".".join(str(part) for part in problem["loc"][1:] if part != "body"), "what": problem["msg"]}
        for problem in error.errors
    ]
    return _said("Some of what was sent cannot be used.", 422, problems=problems)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    problems = [{"where": field, "what": words} for field, all_words in told.items() for words in all_words]
    return _said("Some of what was sent cannot be used.", 422, problems=problems)


def _misspoken(request: HttpRequest, error: Any) -> HttpResponse:
    return _said(SENTENCES.get(error.status_code, str(error)), error.status_code)


for kind, answer in (
    (Http404, _not_there),
    (Taken, _stale),
    (Refused, _refused),
    (Stale, _stale),
    (ValidationError, _malformed),
    (Invalid, _invalid),
    (HttpError, _misspoken),
):
    api.add_exception_handler(kind, answer)
