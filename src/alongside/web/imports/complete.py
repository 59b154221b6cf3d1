"""Completing picked children into one referral: their carer, what would help, and consent."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.records.people.models import Arrangement, PlanStatus, Precision
from alongside.records.people.services.registering import ToldChild
from alongside.stewardship.exchange.models import PickedChild
from alongside.stewardship.exchange.services.picking import refer_picked
from alongside.web.imports.children import BEFORE, KINDS
from alongside.web.imports.picked import ids
from alongside.web.jinja import url
from alongside.web.referring import FamilyForm, facts_of
from alongside.web.rendering import page

LONGEST_REFERENCE = 60


class NameForm(forms.Form):
    """The name of one child, which no return holds."""

    name = forms.CharField(max_length=200, required=False, help_text="The return has no names.")

    def __init__(self, data: Any, child: PickedChild) -> None:
        super().__init__(data, prefix=str(child.pk))
        self.fields["name"].label = f"Name of child {child.child}"


@needs(Permission.REFERRAL_MAKE)
def complete(request: HttpRequest) -> HttpResponse:
    """Ask for what the return does not hold, and refer the children as one family."""
    data = request.POST or None
    wanted = ids((request.POST if data else request.GET).getlist("child"))
    children = list(access.visible(request, PickedChild).filter(pk__in=wanted).order_by("birth_date", "child"))
    if not children:
        messages.warning(request, "Tick at least one child first.")
        return redirect(url("imports:picked"))
    form = FamilyForm(data, initial={"their_reference": _reference(children)})
    names = [NameForm(data, child) for child in children]
    if data and all([form.is_valid(), *(name.is_valid() for name in names)]):
        told = [_told(child, name.cleaned_data["name"]) for child, name in zip(children, names, strict=True)]
        facts: dict[str, Any] = facts_of(request, form, told)
        try:
            made = refer_picked(picked=[child.pk for child in children], **facts)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect(url("referrals:sent", made.pk))
    elif not data:
        ledger.note(by=access.person(request), what="picked children opened to be completed")
    context = {
        "form": form,
        "names": names,
        "children": list(zip(children, names, strict=True)),
        "kinds": KINDS,
        "before": BEFORE,
    }
    return page(request, "imports/complete.html", context)


def _told(child: PickedChild, name: str) -> ToldChild:
    fostered = child.arrangement == Arrangement.Kind.CONNECTED_FOSTER
    return ToldChild(
        name=name,
        birth_date=child.birth_date,
        birth_precision=Precision.EXACT if child.birth_date else Precision.UNKNOWN,
        arrangement=child.arrangement,
        arrangement_since=child.arrangement_since,
        arrangement_precision=Precision.EXACT,
        looked_after_before=child.looked_after_before,
        plan=PlanStatus.Kind.LOOKED_AFTER if fostered else "",
    )


def _reference(children: list[PickedChild]) -> str:
    """Give the children's own codes, as many as there is room for."""
    words = ", ".join(child.child for child in children)
    return words if len(words) <= LONGEST_REFERENCE else f"{children[0].child} and others"[:LONGEST_REFERENCE]
