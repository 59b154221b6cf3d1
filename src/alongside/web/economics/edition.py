"""The editions of a case: the list, one of them drawn with all its tables, and its file."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.calc.economics.scenario import Scenario
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.economics.editions import answer_of, scenario_of
from alongside.insight.economics.pictures import pictures_of
from alongside.insight.economics.queries import editions_of
from alongside.insight.economics.results import glance_of
from alongside.insight.economics.summary import summary_of
from alongside.web.economics.answering import figures
from alongside.web.economics.differing import value_of
from alongside.web.economics.files import scenario_file
from alongside.web.economics.opening import open_edition
from alongside.web.economics.sheet import ORIGINS
from alongside.web.rendering import page


@needs(Permission.ECONOMICS_SEE)
def editions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show every edition, the newest first."""
    case, _ = open_edition(request, pk)
    return page(request, "economics/editions.html", {"case": case, "editions": editions_of(case)})


@needs(Permission.ECONOMICS_SEE)
def edition(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show one, drawn."""
    case, found = open_edition(request, pk, number)
    return page(
        request, "economics/edition.html", {"case": case, "edition": found, **drawn(found.text, found.agency_id)}
    )


@needs(Permission.ECONOMICS_SEE)
def file(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Give one as its file."""
    case, found = open_edition(request, pk, number)
    ledger.note(by=access.person(request), what="economic case taken as a file", about=case, kind=Entry.Kind.EXPORT)
    return scenario_file(found.text, f"economic-case-edition-{number}")


def drawn(text: str, agency: UUID | None = None) -> dict[str, Any]:
    """Give what is shown of a scenario when it is looked at at leisure; while something is blank, that."""
    scenario = scenario_of(text, agency)
    context: dict[str, Any] = {"scenario": scenario, "inputs": _inputs(scenario), "pictures": (), "figures": []}
    context |= {"words": (), "blank": scenario.blank, "nothing": "", "draws": 0}
    if scenario.blank:
        return context
    try:
        answer = answer_of(text, agency)
    except ValueError as error:
        return context | {"nothing": str(error)}
    return context | {
        "figures": figures(scenario, glance_of(answer)),
        "words": summary_of(scenario, answer),
        "pictures": pictures_of(scenario, answer),
        "draws": answer.unsure.draws,
    }


def _inputs(scenario: Scenario) -> list[tuple[str, ...]]:
    """Every input with what it may be, where it came from and its grade, as rows."""
    return [
        (each.title, value_of(each), f"{ORIGINS[each.origin]}. {each.source}", str(each.grade or "None"))
        for each in scenario.inputs.values()
    ]
