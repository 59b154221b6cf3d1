"""The results of a round: the page, and what it shows as a file."""

import csv
from collections.abc import Iterator
from io import StringIO
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.insight.surveys.results import AreaLine, Number, QuestionResult, Results, results_of
from alongside.insight.surveys.tallying import FEWEST
from alongside.insight.surveys.weighing import FEWEST_EFFECTIVE, Weights
from alongside.records.surveys.models import Round
from alongside.stewardship.exchange.cell_text import safe_cell
from alongside.web.dates import day
from alongside.web.rendering import page

HIDDEN = "not shown"
TOO_FEW = "Not shown: too few"
HEADINGS = (
    "Question",
    "Area",
    "Answer",
    "Carers",
    "Of how many",
    "Percent",
    "From",
    "To",
    "Weighted percent",
    "Weighted from",
    "Weighted to",
)


@needs(Permission.SURVEY_MAKE)
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a round came to. What carers wrote is for those who may see families: it could name somebody."""
    found = access.get(request, Round, pk, related=("survey", "edition"), what="survey results opened")
    context = {
        "round": found,
        "found": results_of(found),
        "fewest": FEWEST,
        "hidden": HIDDEN,
        "too_few": TOO_FEW,
        "fewest_effective": FEWEST_EFFECTIVE,
        "may_read": access.person(request).may(Permission.CASE_SEE),
    }
    return page(request, "surveys/results.html", context)


@needs(Permission.SURVEY_MAKE)
def results_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the numbers that the page shows, and the limits, as a file; that it was taken away is logged."""
    found = access.get(request, Round, pk, related=("survey", "edition"))
    told = results_of(found)
    if not told.questions:
        return redirect("surveys:results", pk)
    ledger.note(by=access.person(request), what="survey results taken away", about=found, kind=Entry.Kind.EXPORT)
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow(HEADINGS)
    for one in told.questions:
        writer.writerows([safe_cell(cell) for cell in row] for row in _rows(one, told.weights))
    writer.writerows([safe_cell(words)] for words in (*_weights(found, told), *told.limits))
    headers = {"Content-Disposition": 'attachment; filename="survey-results.csv"', "Cache-Control": "no-store"}
    return HttpResponse(held.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def _weights(round: Round, told: Results) -> Iterator[str]:
    """How the weighted shares were made, and by whose totals; or why there are none."""
    if told.weights:
        yield told.weights.words
        for one in told.weights.known:
            asked = round.edition.asks.find(one.question)[1].words
            yield f"Known totals of “{asked}”: {one.source}, {day(one.counted_on)}."


def _rows(result: QuestionResult, weights: Weights | None) -> Iterator[tuple[str, ...]]:
    lines = (AreaLine("Everywhere", result.answered, result.numbers), *result.areas)
    words = result.asked.question.words
    for line in lines:
        for answer, number in zip(result.asked.answers, line.numbers, strict=True):
            interval = _interval(number) if line is lines[0] else ("", "")
            told = (words, line.name, answer.words, _count(number.some), _count(number.of), _share(number))
            yield (*told, *interval, *_weighted(number, weights))
    yield (words, "Everywhere", "Would rather not say", _count(result.rather), *[""] * 7)


def _count(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def _share(number: Number) -> str:
    return "" if number.share is None else f"{number.share:.0f}"


def _interval(number: Number) -> tuple[str, str]:
    return ("", "") if number.interval is None else (f"{number.interval[0]:.0f}", f"{number.interval[1]:.0f}")


def _weighted(number: Number, weights: Weights | None) -> tuple[str, str, str]:
    if number.weighted is None:
        return (TOO_FEW.lower() if weights and not weights.reason else "", "", "")
    return (str(number.weighted.share), f"{number.weighted.low:.0f}", f"{number.weighted.high:.0f}")
