"""Editions and cases side by side: what each comes to, and in which inputs they differ."""

from collections.abc import Sequence
from math import isfinite

from django.http import HttpRequest, HttpResponse

from alongside.calc.economics.scenario import Scenario
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.economics.editions import AT_ONCE, SEED, scenario_of
from alongside.insight.economics.evidence import carrying
from alongside.insight.economics.library import library
from alongside.insight.economics.models import EconomicEdition
from alongside.insight.economics.queries import editions_to_compare, texts_of
from alongside.insight.economics.results import glance
from alongside.insight.economics.wording import pounds
from alongside.insight.evaluation.results import Table
from alongside.web.economics.answering import chance_of
from alongside.web.economics.differing import differences
from alongside.web.rendering import page

FEWEST, MOST = 2, 4
NOT_YET = "not all is filled in"


@needs(Permission.ECONOMICS_SEE)
def compare(request: HttpRequest) -> HttpResponse:
    """Ask for editions; show those that were chosen side by side."""
    by = access.person(request)
    ledger.note(by=by, what="economic cases compared")
    known = {str(each.pk): each for each in editions_to_compare(by)}
    chosen = list(dict.fromkeys(each for each in request.GET.getlist("edition") if each in known))
    wrong = ""
    if request.GET and not FEWEST <= len(chosen) <= MOST:
        wrong = f"Choose from {FEWEST} to {MOST} editions"
    tables = [] if wrong or not chosen else _beside([known[each] for each in chosen])
    context = {"known": list(known.values()), "chosen": chosen, "wrong": wrong, "tables": tables}
    return page(request, "economics/compare.html", context)


def _beside(chosen: Sequence[EconomicEdition]) -> list[Table]:
    names = tuple(f"{each.case.title}, edition {each.number}" for each in chosen)
    texts = texts_of(chosen)
    scenarios = [scenario_of(texts[each.pk], each.agency_id) for each in chosen]
    apart = tuple((each.title, *each.values) for each in differences(scenarios))
    tables = [Table("What each comes to", ("", *names), _answers(scenarios))]
    return [*tables, Table("In which inputs they differ", ("Input", *names), apart)] if apart else tables


def _answers(scenarios: Sequence[Scenario]) -> tuple[tuple[str, ...], ...]:
    """A row for each figure, a cell for each scenario."""
    columns = [_column(scenario) for scenario in scenarios]
    titles = ("What is spent", "What may come back", "For each £1", "Chance that it covers what is spent", "Evidence")
    return tuple(zip(titles, *columns, strict=True))


def _column(scenario: Scenario) -> tuple[str, ...]:
    if scenario.blank:
        return (NOT_YET,) * 5
    try:
        found = glance(scenario, library(), draws=AT_ONCE, seed=SEED)
    except ValueError as error:
        return (str(error),) * 5
    whole, ratio = found.expected, found.ratio
    known = isfinite(ratio.low) and isfinite(ratio.high)
    reach = f" ({pounds(ratio.low)} to {pounds(ratio.high)})" if known else ""
    each = f"{pounds(whole.ratio)}{reach}" if whole.cost else "Nothing is spent"
    gained = pounds(whole.fiscal + whole.economic + whole.social)
    return pounds(whole.cost), gained, each, chance_of(found), carrying(scenario).known
