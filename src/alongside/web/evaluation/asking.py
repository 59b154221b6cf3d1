"""Asking once more before a step that cannot be taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core.base.errors import Refused, Stale
from alongside.insight.evaluation.models import Cohort
from alongside.web.jinja import url
from alongside.web.rendering import page


def ask_then(
    request: HttpRequest, cohort: Cohort, step: Callable[[], Any], done: Callable[[Any], str], **words: str
) -> HttpResponse:
    """Show the question (``question``, ``words``, ``action``); once it is answered take the step, or say why not."""
    back = url("evaluation:cohort", cohort.pk)
    if request.method != "POST":
        return page(request, "layout/confirm.html", {**words, "cancel": back, "warning": False})
    try:
        came_of_it = step()
    except Refused as refused:
        messages.error(request, refused.sentence)
    except Stale:
        messages.error(request, "Somebody else changed this a moment ago. Look at it as it is now")
    else:
        messages.success(request, done(came_of_it))
    return redirect(back)
