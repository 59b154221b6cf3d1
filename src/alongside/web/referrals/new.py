"""Referring a family: one page that takes five minutes, with one to six children."""

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.people.models import Arrangement, PlanStatus, ThreeWay
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.rules import MOST_CHILDREN
from alongside.records.referrals.services import receive_referral
from alongside.web.forms import PartialDateField
from alongside.web.jinja import url
from alongside.web.referring import FamilyForm, facts_of
from alongside.web.rendering import page

NOT_KNOWN = ("", "Not known")
NO_PLAN = ("", "No, or not known")


class ChildForm(forms.Form):
    """What a referrer tells of one child; anything may be left blank."""

    name = forms.CharField(label="Name", max_length=200, required=False)
    born = PartialDateField(label="Date of birth", required=False, past_only=True)
    arrangement = forms.ChoiceField(
        label="On what footing does the child live with the carer?",
        choices=[NOT_KNOWN, *(kind for kind in Arrangement.Kind.choices if kind[0] != Arrangement.Kind.UNKNOWN)],
        required=False,
    )
    since = PartialDateField(label="Since when?", required=False, past_only=True)
    before = forms.ChoiceField(
        label="Was the child looked after by a council just before the order?",
        choices=ThreeWay.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="We ask because some support and money is only for children who were.",
    )
    plan = forms.ChoiceField(
        label="Is the child on a plan now?",
        choices=[NO_PLAN, *PlanStatus.Kind.choices],
        required=False,
    )

    def told(self) -> ToldChild:
        """Give what was told, as it is kept."""
        said = self.cleaned_data
        return ToldChild(
            name=said["name"],
            birth_date=said["born"].on,
            birth_precision=said["born"].precision,
            arrangement=said["arrangement"] or Arrangement.Kind.UNKNOWN,
            arrangement_since=said["since"].on,
            arrangement_precision=said["since"].precision,
            looked_after_before=said["before"] or ThreeWay.UNKNOWN,
            plan=said["plan"],
        )

    def is_blank(self) -> bool:
        """Say whether nothing was told of this child."""
        return not any(value for name, value in self.data.items() if name.startswith(f"{self.prefix}-"))


@needs(Permission.REFERRAL_MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Refer a family; "add another child" gives the same page back with room for one more."""
    data = request.POST or None
    form, children = FamilyForm(data), child_forms(data)
    if data and "add" in data:
        for each in (form, *children):
            each._errors = ErrorDict()  # type: ignore[attr-defined]  # shown as typed: nobody asked for a judgement yet
    elif data:
        named = [child for child in children if not child.is_blank()]
        told_right = all([form.is_valid(), *(child.is_valid() for child in named)])
        if not named:
            form.add_error(None, "Tell us of at least one child. A name or an age is enough")
        elif told_right:
            made = receive_referral(**facts_of(request, form, [child.told() for child in named]))
            return redirect(url("referrals:sent", made.pk))
    context = {"form": form, "children": children, "more": len(children) < MOST_CHILDREN}
    return page(request, "referrals/new.html", context)


def child_forms(data: QueryDict | None) -> list[ChildForm]:
    """Make as many forms for children as the page had, and one more where asked."""
    typed = data.get("children", "1") if data else "1"
    number = int(typed) if typed.isdecimal() else 1
    wanted = number + 1 if data and "add" in data else number
    return [ChildForm(data, prefix=f"child{place}") for place in range(1, max(1, min(wanted, MOST_CHILDREN)) + 1)]
