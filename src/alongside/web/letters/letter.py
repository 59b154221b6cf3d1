"""One letter: writing it while it is a draft, reading it as it was sent, sending it."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.records.letters import queries, services
from alongside.records.letters.models import Letter
from alongside.records.letters.paper import as_read, set_on_paper
from alongside.records.letters.rules import still_missing
from alongside.records.people.knowing import know
from alongside.web.letters.letters import HOW
from alongside.web.rendering import page, paper
from alongside.web.saving import EditForm, saved


class LetterForm(EditForm):
    """A letter while it is being written."""

    to_name = forms.CharField(
        label="To whom?", max_length=200, error_messages={"required": "Write down to whom it goes"}
    )
    to_address = forms.CharField(
        label="Address", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 4})
    )
    to_email = forms.EmailField(
        label="E-mail address",
        required=False,
    )
    subject = forms.CharField(
        label="What is it about?", max_length=200, error_messages={"required": "Write down what it is about"}
    )
    body = forms.CharField(
        label="The letter",
        help_text="A blank line parts paragraphs. A line that begins with a hyphen is a point of a list.",
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 22}),
        error_messages={"required": "Write the letter"},
    )

    @staticmethod
    def stored(row: Letter) -> dict[str, Any]:
        """What is written."""
        return {name: getattr(row, name) for name in ("to_name", "to_address", "to_email", "subject", "body")}


class SendForm(EditForm):
    """How a letter goes out, and that this is safe and right."""

    how = forms.ChoiceField(
        label="How does it go?",
        choices=Letter.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it goes"},
    )
    safe = forms.BooleanField(
        label="The family agreed to it, and it is safe to send it there, whoever else may read it", required=False
    )

    @staticmethod
    def stored(row: Letter) -> dict[str, Any]:
        """Nothing of a letter says yet how it goes."""
        return {"how": row.how}


@needs(Permission.CASE_EDIT)
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a letter, or read it as it was sent."""
    found = _letter(request, pk)
    if found.status != Letter.Status.DRAFT:
        return page(request, "letters/sent.html", {**_shown(found), "how": HOW.get(found.how, "")})
    form = LetterForm.of(found, request.POST or None)
    write = partial(services.edit_letter, letter=found, by=access.person(request))
    if saved(request, form, write, "Saved. Nothing is sent yet"):
        return redirect("letters:send", found.pk)
    missing = still_missing(f"{found.subject}\n{found.body}")
    return page(request, "letters/letter.html", {**_shown(found), "form": form, "missing": missing})


@needs(Permission.CASE_EDIT)
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read a letter once more, then send it."""
    found = _letter(request, pk)
    if found.status != Letter.Status.DRAFT:
        return redirect("letters:letter", found.pk)
    form = SendForm.of(found, request.POST or None)
    write = partial(services.send_letter, letter=found, by=access.person(request))
    if saved(request, form, write, "The letter is kept as it was sent"):
        return redirect("letters:letters", found.case_id)
    known = {"known": know(found.case.household_id, access.person(request))}
    missing = still_missing(f"{found.subject}\n{found.body}")
    return page(request, "letters/send.html", {**_shown(found), **known, "form": form, "missing": missing})


@needs(Permission.CASE_EDIT)
def put_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a letter away that is not to be sent, once more asked."""
    found = _letter(request, pk)
    back = reverse("letters:letters", args=[found.case_id])
    if found.status != Letter.Status.DRAFT:
        return redirect(back)
    if request.method == "POST":
        services.put_letter_away(letter=found, by=access.person(request))
        messages.success(request, "The letter is put away")
        return redirect(back)
    context = {
        "question": "Put this letter away?",
        "words": "It is not sent, and no longer shown among the letters.",
        "action": "Put it away",
        "cancel": reverse("letters:send", args=[found.pk]),
        "warning": False,
    }
    return page(request, "layout/confirm.html", context)


@needs(Permission.CASE_SEE)
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a letter on paper: the very paper that was sent, or what a draft would be."""
    found = _letter(request, pk)
    sent = found.status == Letter.Status.SENT
    content = queries.paper_of(found) if sent else set_on_paper(found, timezone.localdate(), sent=False)
    what = "letter taken away (pdf)" if sent else "draft letter taken away (pdf)"
    ledger.note(by=access.person(request), what=what, about=found, kind=Entry.Kind.EXPORT)
    return paper(content, "letter.pdf")


@needs(Permission.CASE_SEE)
def enclosed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what goes with a letter, as it was put in."""
    found = _letter(request, pk)
    enclosure = queries.enclosed_in(found)
    if enclosure is None:
        raise Http404
    ledger.note(by=access.person(request), what="enclosure taken away (pdf)", about=found, kind=Entry.Kind.EXPORT)
    return paper(bytes(enclosure.content), "enclosed.pdf")


def _letter(request: HttpRequest, pk: UUID) -> Letter:
    return access.get(request, Letter, pk, related=("case__household", "by"))


def _shown(found: Letter) -> dict[str, Any]:
    on = timezone.localtime(found.sent_at).date() if found.sent_at else timezone.localdate()
    back_to = (reverse("letters:letters", args=[found.case_id]), "Back to the letters")
    return {
        "letter": found,
        "caption": str(found.case.household),
        "back_to": back_to,
        "read": as_read(found, on),
        "enclosure": queries.enclosed_in(found),
    }
