"""Giving a carer a link from which she answers by herself, on her phone, with no account."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.measures import queries
from alongside.records.measures.models import CheckInLink, Occasion
from alongside.records.measures.services.linking import LINK_DAYS, make_link
from alongside.records.measures.under_way import under_way
from alongside.records.people.knowing import know
from alongside.records.people.models import Person
from alongside.web.measures.asked import Again, again, likely_occasion, offered, place_of, with_more
from alongside.web.rendering import page

NOT_ALONE = "There is something to know before calling, so we never ask again by ourselves."


class LinkForm(forms.Form):
    """Who is asked, for which occasion, how it reaches them, and whether they are asked again."""

    person = forms.ChoiceField(label="Who is it for?", widget=forms.RadioSelect)
    occasion = forms.ChoiceField(
        label="When in your work together?", choices=Occasion.choices, widget=forms.RadioSelect
    )
    way = forms.ChoiceField(
        label="How shall we send it?",
        choices=CheckInLink.Way.choices,
        widget=forms.RadioSelect,
        help_text="The message says nothing about the family. Whoever holds the phone can open the link.",
    )
    chases = forms.ChoiceField(label="If they do not answer, ask again?", widget=forms.RadioSelect, required=False)
    also = forms.MultipleChoiceField(label="Ask as well", widget=forms.CheckboxSelectMultiple, required=False)
    sure = forms.BooleanField(label="I have read it, and it is safe to send this now", required=False)

    def __init__(self, *args: Any, people: dict[str, Person], again: Again, guarded: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people, self.guarded = people, guarded
        self.fields["person"].choices = [(key, person.name) for key, person in people.items()]  # type: ignore[attr-defined]
        most = 0 if guarded else again.most
        self.fields["chases"].choices = [  # type: ignore[attr-defined]
            ("0", "No, once is enough"),
            *((str(n), _times(n, again.days)) for n in range(1, most + 1)),
        ]
        if guarded:
            self.fields["chases"].help_text = NOT_ALONE

    def clean(self) -> dict[str, Any]:
        """Ask whether it is safe, where there is something to know before calling."""
        told = super().clean() or self.cleaned_data
        sends = told.get("way") not in (None, CheckInLink.Way.NOBODY)
        if self.guarded and sends and not told.get("sure"):
            self.add_error("sure", "Read what to know before calling, and tick this if it is safe to send it now")
        return told


def _times(number: int, days: int) -> str:
    return f"Once, after {days} days" if number == 1 else f"Up to {number} times, {days} days apart"


@needs(Permission.CASE_EDIT)
def link(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make the link, send it as chosen, and show its address, this once."""
    case = access.get(request, Case, case_id, what="check-in link page opened")
    people = {str(person.pk): person for person in queries.carers(case)}
    known, place = know(case.household_id, access.person(request)), place_of(case)
    found, often, begun = offered(case, place), again(place), under_way(case, access.person(request))
    occasion = likely_occasion(case, begun.started, request.GET.get("occasion", ""))
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        initial=_first(occasion, people, often, bool(known)),
        people=people,
        again=often,
        guarded=bool(known),
    )
    form.fields["also"].choices = [(one.key, one.title) for one in found.together]  # type: ignore[attr-defined]
    context = {"case": case, "form": form, "waiting": begun.waiting, "days": LINK_DAYS}
    context |= {"known": known, "address": ""}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made, address = make_link(
                case=case,
                person=people[told["person"]],
                occasion=told["occasion"],
                asked=[one.key for one in with_more(case, found.asked, told["also"])],
                by=access.person(request),
                base_url=settings.BASE_URL + reverse("check_in:front"),
                way=told["way"],
                chases=int(told["chases"] or 0),
                chase_days=often.days,
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            context |= {"address": address, "made": made, "until": timezone.localdate(made.expires_at)}
    return page(request, "measures/link.html", context)


def _first(occasion: str, people: dict[str, Person], often: Again, guarded: bool) -> dict[str, Any]:
    """Guess for whom and for when. Nobody is written to unless somebody says that it is safe."""
    return {
        "person": next(iter(people), ""),
        "occasion": occasion,
        "way": CheckInLink.Way.NOBODY,
        "chases": "0" if guarded else str(often.most),
    }
