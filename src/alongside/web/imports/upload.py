"""Handing in a spreadsheet of families."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.ids import new_id
from alongside.stewardship.exchange.families import expect_columns
from alongside.stewardship.exchange.models import Import
from alongside.stewardship.exchange.queries import latest_imports, same_files
from alongside.stewardship.exchange.services.staging import digest_of, start_import
from alongside.stewardship.exchange.tables import Table
from alongside.web.imports.given import GivenFilesField
from alongside.web.jinja import url
from alongside.web.rendering import page

UNDER_WAY = (Import.Status.READING, Import.Status.READY, Import.Status.ADDING)


def is_of_families(tables: Sequence[Table]) -> None:
    """Make sure that the first look at a file shows families."""
    for table in tables:
        expect_columns(table)


class SpreadsheetForm(forms.Form):
    """The file; a second click sends the same submission."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    given = GivenFilesField(
        label="Your spreadsheet",
        check=is_of_families,
        help_text="CSV or Excel (.xlsx), up to 50 MB and 100,000 rows.",
        error_messages={"required": "Choose a file", "invalid": "Choose a file"},
    )


@needs(Permission.REFERRAL_MAKE)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet in, and show it being read."""
    by = access.person(request)
    form = SpreadsheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["given"]
        before = same_files(by, digest_of(files))
        if before and before.status in UNDER_WAY and before.pk != form.cleaned_data["submission"]:
            messages.success(request, "You gave us this very file before. Here it is.")
            return redirect(url("imports:families", before.pk))
        made = start_import(submission=form.cleaned_data["submission"], kind=Import.Kind.FAMILIES, files=files, by=by)
        return redirect(url("imports:families", made.pk))
    recent = latest_imports(access.visible(request, Import), Import.Kind.FAMILIES)
    return page(request, "imports/upload.html", {"form": form, "recent": recent})
