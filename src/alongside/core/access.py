"""The gate: every page says who may open it, and every record is fetched through here, narrowed and logged."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.permissions import STAFF, Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.prepared_rows import OneRow
from alongside.core.base.rows import EVERY_AGENCY, open_rows, rows_of

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)
M = TypeVar("M", bound=Model)
LIBRARY_PAGES = ("allauth.", "django.")


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a page: those with a permission, or everybody for a stated reason."""

    permission: Permission | None
    reason: str = ""


class Signed(Protocol):
    """A request whose person is known."""

    user: User


def needs(permission: Permission) -> Callable[[V], V]:
    """Declare that a page is for those who hold a permission."""
    return _declare(Rule(permission))


def open_to_all(reason: str) -> Callable[[V], V]:
    """Declare that a page needs no sign-in, and why."""
    return _declare(Rule(None, reason))


def _declare(rule: Rule) -> Callable[[V], V]:
    def declare(view: V) -> V:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(view: View, method: str = "GET") -> Rule:
    """Give the rule of a page; a page without one is a fault of the program, never an open door.

    An address for machines does another thing by each method, so it has a rule for each.
    """
    rule = getattr(view, "rule", None)
    if isinstance(rule, dict):
        rule = rule.get(method, Rule(Permission.SIGNED_IN))  # to a method that it lacks, it answers just that
    if rule is None and getattr(view, "__module__", "").startswith(LIBRARY_PAGES):
        return Rule(None, "the sign-in library guards its own pages")
    if not isinstance(rule, Rule):
        raise ImproperlyConfigured(f"{view!r} declares no permission")
    return rule


class GateMiddleware:
    """Asks the rule of every page before it runs, and tells the database whose rows it may show."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the request through (None), send it to sign in, or refuse it."""
        rule = rule_of(view, request.method or "")
        if rule.permission is None:
            open_rows("")
            return None
        if not request.user.is_authenticated:
            open_rows("")
            return redirect_to_login(request.get_full_path())
        user = person(request)
        open_rows(str(user.agency_id))
        if second_step_missing(request):
            if request.method == "GET":
                request.session["wanted"] = request.get_full_path()
            return redirect("mfa_index")
        if not user.may(rule.permission):
            ledger.note(by=user, what=f"refused: {rule.permission.label}", kind=Entry.Kind.DENIED)
            raise PermissionDenied
        return None


def second_step_missing(request: HttpRequest) -> bool:
    """Say whether this member of staff has yet to take the second step that the setting requires.

    It counts only when taken or set up in this very session: one that was opened with a password alone stays
    outside even after the second step was set up elsewhere. A key was made in a session in which it was taken.
    """
    if hasattr(request, "api_key"):
        return False
    if not settings.STAFF_NEED_SECOND_STEP or person(request).role not in STAFF:
        return False
    return not request.session.get("second_step")


def person(request: HttpRequest) -> User:
    """Give the person who is signed in; only pages that need a permission may ask."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def visible(request: HttpRequest, model: type[M]) -> QuerySet[M]:
    """Give the rows of a model that this person may see."""
    rows: QuerySet[M] = model.objects.visible_to(person(request))  # type: ignore[attr-defined]
    return rows


def get(
    request: HttpRequest,
    model: type[M],
    pk: UUID,
    *,
    what: str = "",
    related: tuple[str, ...] = (),
    rows: QuerySet[M] | None = None,
) -> M:
    """Fetch one row that this person may see, and log that they saw it; to anybody else it is not there.

    ``related`` are paths to other rows that come with it. ``rows`` narrows further; it must come from :func:`visible`.
    """
    by = person(request)
    found: M | None = _one(model, related)(by, pk) if rows is None else rows.filter(pk=pk).first()
    if found is None:
        ledger.note(by=by, what="not there for them", kind=Entry.Kind.DENIED, model=model._meta.label, row=str(pk))
        raise Http404
    ledger.note(by=by, what=what or f"{model._meta.verbose_name} opened", about=found)
    return found


@cache
def _one(model: type[Model], related: tuple[str, ...]) -> OneRow:
    return OneRow(model, related)


def system() -> Any:
    """Open every agency's rows inside the block: for commands, background work and aggregates, never for a page."""
    return rows_of(EVERY_AGENCY)


def on_behalf_of(agency: Agency | UUID) -> Any:
    """Open one agency's rows inside the block, for a page that nobody signs in to."""
    return rows_of(agency.pk if isinstance(agency, Agency) else agency)
