"""The business case of an edition, or of one that was given: what its page shows, and as a PDF and for Word."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.days import in_words
from alongside.insight.economics.document import Edition, write
from alongside.insight.economics.editions import answer_of, scenario_of
from alongside.insight.economics.library import library
from alongside.insight.economics.models import EconomicCase, EconomicEdition, EconomicRelease
from alongside.insight.economics.results import glance_of
from alongside.insight.economics.stating import ORIGINS, stated
from alongside.insight.evaluation.report.document import Document
from alongside.insight.evaluation.report.pdf import pdf_of
from alongside.insight.evaluation.report.word import word_of
from alongside.web.economics.answering import figures
from alongside.web.economics.opening import open_edition, open_release
from alongside.web.jinja import url
from alongside.web.rendering import for_word, paper

BLANK = "A business case needs every input. Fill in what is still blank first"


@needs(Permission.ECONOMICS_SEE)
def business_case(request: HttpRequest, pk: UUID, number: int, ending: str) -> HttpResponse:
    """Give an edition's."""
    case, found = open_edition(request, pk, number)
    back = url("economics:edition", case.pk, number)
    return _file(request, whole_of_edition(case, found), case, ending, back)


@needs(Permission.ECONOMICS_SEE)
def given_business_case(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """Give that of what was given."""
    found = open_release(request, pk)
    return _file(request, whole_of_release(found), found, ending, url("economics:given_drawn", found.pk))


def whole_of_edition(case: EconomicCase, found: EconomicEdition) -> dict[str, Any]:
    """What is shown of an edition that is read whole."""
    day = timezone.localdate(found.at)
    standing = f"Edition {found.number}, kept on {in_words(day)}."
    return _whole(found.text, found.agency_id, Edition(case.title, case.agency.name, day, standing))


def whole_of_release(found: EconomicRelease) -> dict[str, Any]:
    """What is shown of an edition as it was given."""
    day = timezone.localdate(found.at)
    return _whole(found.text, None, Edition(found.title, found.agency.name, day, f"Given on {in_words(day)}."))


def _whole(text: str, agency: UUID | None, edition: Edition) -> dict[str, Any]:
    """The business case, or why there is none yet: what is still blank, or that nothing happens in it."""
    scenario = scenario_of(text, agency)
    context: dict[str, Any] = {"scenario": scenario, "blank": scenario.blank, "document": None, "nothing": ""}
    context["inputs"] = [
        (each.title, stated(each), f"{ORIGINS[each.origin]}. {each.source}") for each in scenario.inputs.values()
    ]
    if scenario.blank:
        return context
    try:
        answer = answer_of(text, agency)
    except ValueError as error:
        return context | {"nothing": str(error)}
    document = write(edition, text, scenario, answer, library())
    return context | {"figures": figures(scenario, glance_of(answer)), "document": document}


def _file(request: HttpRequest, whole: dict[str, Any], about: Model, ending: str, back: str) -> HttpResponse:
    document: Document | None = whole["document"]
    if document is None:
        messages.warning(request, whole["nothing"] or BLANK)
        return redirect(back)
    what = f"business case taken away ({ending})"
    ledger.note(by=access.person(request), what=what, about=about, kind=Entry.Kind.EXPORT)
    if ending == "pdf":
        return paper(pdf_of(document), "business-case.pdf")
    return for_word(word_of(document), "business-case.docx")
