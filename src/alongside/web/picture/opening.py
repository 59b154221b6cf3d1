"""Opening what a page of the picture is about: the family, and a row of it."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core import access
from alongside.core.base.errors import Refused, Stale
from alongside.records.cases.models import Case
from alongside.web.rendering import page

R = TypeVar("R", bound=Model)


def open_family(request: HttpRequest, pk: UUID) -> Case:
    """Give the case whose family's picture is shown or changed."""
    return access.get(request, Case, pk, related=("household",))


def shown(request: HttpRequest, case: Case, template: str, form: forms.Form, **more: Any) -> HttpResponse:
    """Show a form of the picture."""
    back_to = (reverse("picture:picture", args=[case.pk]), "Back to the picture")
    context = {"form": form, "case": case, "caption": str(case), "back_to": back_to, **more}
    return page(request, f"picture/{template}.html", context)


def removed(request: HttpRequest, case: Case, question: str, words: str, remove: Callable[[], None]) -> HttpResponse:
    """Ask once more, then take a row away."""
    back = reverse("picture:picture", args=[case.pk])
    if request.method == "POST":
        try:
            remove()
        except (Refused, Stale) as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, "It is removed. The log keeps what it said.")
        return redirect(back)
    context = {"question": question, "words": words, "action": "Yes, remove it", "cancel": back, "warning": True}
    return page(request, "layout/confirm.html", context)
