"""The editions of a case: the list, the business case of one, and its file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.economics.queries import editions_of
from alongside.web.economics.business_case import whole_of_edition
from alongside.web.economics.files import scenario_file
from alongside.web.economics.opening import open_edition
from alongside.web.rendering import page


@needs(Permission.ECONOMICS_SEE)
def editions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show every edition, the newest first."""
    case, _ = open_edition(request, pk)
    return page(request, "economics/editions.html", {"case": case, "editions": editions_of(case)})


@needs(Permission.ECONOMICS_SEE)
def edition(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show one as its business case."""
    case, found = open_edition(request, pk, number)
    context = {"case": case, "edition": found, **whole_of_edition(case, found)}
    return page(request, "economics/edition.html", context)


@needs(Permission.ECONOMICS_SEE)
def file(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Give one as its file."""
    case, found = open_edition(request, pk, number)
    ledger.note(by=access.person(request), what="economic case taken as a file", about=case, kind=Entry.Kind.EXPORT)
    return scenario_file(found.text, f"economic-case-edition-{number}")
