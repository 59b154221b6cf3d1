"""Bringing a scenario as a file: it becomes the case's next edition."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.economics.services import keep_edition
from alongside.web.economics.files import ScenarioFileField
from alongside.web.economics.opening import open_edition
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import Form, saved


class UploadForm(Form):
    """The file, and why it is brought."""

    file = ScenarioFileField(label="The scenario file", help_text="It ends in .toml.")
    why = forms.CharField(label="What changed, and why?", max_length=500)


@needs(Permission.ECONOMICS_EDIT)
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring one."""
    case, _ = open_edition(request, pk)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    form.fields["file"].agency = case.agency_id  # type: ignore[attr-defined]

    def write(file: str, why: str) -> Any:
        return keep_edition(case=case, text=file, why=why, based_on=case.latest, by=access.person(request))

    if saved(request, form, write, "The file is kept as the newest edition."):
        return redirect("economics:case", pk)
    back_to = (url("economics:case", pk), "Back to the case")
    return page(request, "economics/upload.html", {"form": form, "caption": case.title, "back_to": back_to})
