"""Giving a carer a link from which she answers by herself, on her phone, with no account."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.measures import queries
from alongside.records.measures.models import Occasion
from alongside.records.measures.services import LINK_DAYS, make_link
from alongside.web.measures.asked import asked_of, others, with_more
from alongside.web.rendering import page


class LinkForm(forms.Form):
    """Who is asked, and for which occasion."""

    person = forms.ChoiceField(label="Who is it for?", widget=forms.RadioSelect)
    occasion = forms.ChoiceField(
        label="When in your work together?", choices=Occasion.choices, widget=forms.RadioSelect
    )
    also = forms.MultipleChoiceField(label="Ask as well", widget=forms.CheckboxSelectMultiple, required=False)


@needs(Permission.CASE_EDIT)
def link(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make the link and show its address, this once."""
    case = access.get(request, Case, case_id, what="check-in link page opened")
    people = {str(person.pk): person for person in queries.carers(case)}
    first = {"person": next(iter(people), ""), "occasion": Occasion.REVIEW if queries.started(case) else Occasion.START}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=first)
    form.fields["person"].choices = [(key, person.name) for key, person in people.items()]  # type: ignore[attr-defined]
    form.fields["also"].choices = [(one.key, one.title) for one in others(asked_of(case))]  # type: ignore[attr-defined]
    context = {"case": case, "form": form, "waiting": queries.waiting_link(case), "days": LINK_DAYS, "address": ""}
    if request.method == "POST" and form.is_valid():
        carer = people[form.cleaned_data["person"]]
        made, address = make_link(
            case=case,
            person=carer,
            occasion=form.cleaned_data["occasion"],
            asked=[one.key for one in with_more(asked_of(case), form.cleaned_data["also"])],
            by=access.person(request),
            base_url=settings.BASE_URL + reverse("check_in:front"),
        )
        context |= {"address": address, "carer": carer, "until": timezone.localdate(made.expires_at)}
    return page(request, "measures/link.html", context)
