"""A carer says in a check-in that she needs to talk to somebody now: she is heard at once, with or without words."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core.access import open_to_all
from alongside.records.concerns.queries import out_of_hours
from alongside.records.concerns.services.listening import ask_to_talk
from alongside.web.measures.check_in import BY_LINK, find, no_such_link
from alongside.web.rendering import page


class TalkForm(forms.Form):
    """What she wants to say first, if anything."""

    words = forms.CharField(
        label="Is there anything you want us to know before we call?",
        help_text="You can leave this empty. Say here if there is a number or a time that is safe.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@open_to_all(BY_LINK)
def talk(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, hear, and say what happens now."""
    link = find(token)
    if link is None:
        return no_such_link(request)
    form = TalkForm(request.POST if request.method == "POST" else None)
    heard = request.method == "POST" and form.is_valid()
    if heard:
        ask_to_talk(link=link, words=form.cleaned_data["words"])
    context = {
        "token": token,
        "form": form,
        "heard": heard,
        "closed_now": out_of_hours(timezone.now()),
        "out_of_hours": settings.OUT_OF_HOURS,
    }
    return page(request, "measures/check_in_talk.html", context)
