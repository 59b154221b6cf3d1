"""An evaluator's extracts: the list, asking for one, and taking it once it is approved."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.stewardship.exchange.extract_columns import choices
from alongside.stewardship.exchange.models import Extract
from alongside.stewardship.exchange.services.extracting import ask_for_extract, rows_to_ask_of, take_extract
from alongside.web.extracts.telling import columns_of, facts_of, standing, with_people
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved


class AskForm(NewForm):
    """For what, and which columns."""

    project = forms.CharField(
        label="Which project is it for?",
        help_text="Each project has pseudonyms of its own, so ask once for all that it needs.",
        max_length=120,
    )
    purpose = forms.CharField(
        label="What will you do with it, and who will work with it?",
        help_text="The data protection lead decides by this.",
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
    )
    columns = forms.MultipleChoiceField(
        label="Which columns?",
        help_text="Choose no more than the purpose needs.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, columns: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["columns"].choices = columns  # type: ignore[attr-defined]


@needs(Permission.EXTRACT_ASK)
def extracts(request: HttpRequest) -> HttpResponse:
    """Show what was asked for, the latest first, and the cohorts of which one may ask."""
    ledger.note(by=access.person(request), what="list of extracts opened")
    context = {
        "extracts": [(one, *standing(one)) for one in with_people(request)],
        "cohorts": [
            one for one in access.visible(request, Cohort).filter(frozen_at__isnull=False) if not one.defined.tried
        ],
    }
    return page(request, "extracts/extracts.html", context)


@needs(Permission.EXTRACT_ASK)
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for an extract of a cohort."""
    by = access.person(request)
    rows = access.visible(request, Cohort).select_related("protocol", "frozen")
    cohort = access.get(request, Cohort, pk, rows=rows)
    try:
        columns = choices(rows_to_ask_of(cohort), outcomes_of(cohort))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("extracts:extracts")
    form = AskForm(request.POST or None, columns=columns)
    if saved(request, form, partial(ask_for_extract, cohort=cohort, by=by), "The data protection lead will answer."):
        return redirect(url("extracts:extract", form.cleaned_data["submission"]))
    context = {"form": form, "caption": cohort.title, "back_to": (url("extracts:extracts"), "Extracts")}
    return page(request, "extracts/ask.html", context)


@needs(Permission.EXTRACT_ASK)
def extract(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one, and where it may be taken, the way to it."""
    found = access.get(request, Extract, pk, rows=with_people(request))
    words, tone = standing(found)
    context = {
        "extract": found,
        "facts": facts_of(found),
        "columns": columns_of(found),
        "standing": words,
        "tone": tone,
    }
    context["may_take"] = tone == "green" and found.asked_by_id == access.person(request).pk
    return page(request, "extracts/extract.html", context)


@needs(Permission.EXTRACT_ASK)
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the files, or say why not."""
    rows = with_people(request).select_related("agency", "cohort__frozen", "asked_by", "answered_by")
    found = access.get(request, Extract, pk, rows=rows)
    try:
        content = take_extract(extract=found, by=access.person(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("extracts:extract", pk)
    headers = {"Content-Disposition": 'attachment; filename="extract.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)
