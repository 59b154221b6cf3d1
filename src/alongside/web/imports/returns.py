"""Handing in the council's own SSDA903 return."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.ids import new_id
from alongside.stewardship.exchange.findings import parted
from alongside.stewardship.exchange.models import Import, PickedChild
from alongside.stewardship.exchange.queries import latest_imports, same_files, to_complete
from alongside.stewardship.exchange.services.staging import digest_of, start_import
from alongside.web.imports.given import GivenFilesField
from alongside.web.jinja import url
from alongside.web.rendering import page

UNDER_WAY = (Import.Status.READING, Import.Status.READY)


class ReturnForm(forms.Form):
    """The files of one return or several; a second click sends the same submission."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    given = GivenFilesField(
        label="The files of your return",
        check=parted,
        many=True,
        help_text="Choose them all at once: header, episodes and, if you have it, previous permanence. "
        "Several years together are welcome. We tell the files apart by their headings.",
        error_messages={"required": "Choose the files of your return", "invalid": "Choose the files of your return"},
    )


@needs(Permission.REFERRAL_MAKE)
def returns(request: HttpRequest) -> HttpResponse:
    """Take the files of a return in, and show them being read."""
    by = access.person(request)
    form = ReturnForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files, submission = form.cleaned_data["given"], form.cleaned_data["submission"]
        before = same_files(by, digest_of(files))
        if before and before.status in UNDER_WAY and before.pk != submission:
            messages.success(request, "You gave us these very files before. Here they are.")
            return redirect(url("imports:children", before.pk))
        made = start_import(submission=submission, kind=Import.Kind.RETURN, files=files, by=by)
        return redirect(url("imports:children", made.pk))
    context = {
        "form": form,
        "recent": latest_imports(access.visible(request, Import), Import.Kind.RETURN),
        "waiting": to_complete(access.visible(request, PickedChild)).count(),
    }
    return page(request, "imports/returns.html", context)
