"""Moving a family from one programme to another or back to their authority, and giving them a second programme."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Case
from alongside.records.programmes.models import Contract, Enrolment, Move
from alongside.records.programmes.queries import loads
from alongside.records.programmes.rules.eligibility import Answer, Eligibility
from alongside.records.programmes.rules.moves import way
from alongside.records.programmes.services.moving import join_programme, move_family
from alongside.records.programmes.standing import fitting
from alongside.web.jinja import url
from alongside.web.programmes.clock import shown
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved

AUTHORITY = "authority"
WAYS = {kind.value: str(kind.label).lower() for kind in Move.Way}
Fitting = list[tuple[Contract, Eligibility]]


class MoveForm(NewForm):
    """Where to, why, what the carer said, and what the next person must know."""

    contract = forms.ChoiceField(
        label="Where do they go?", widget=forms.RadioSelect, error_messages={"required": "Choose where they go"}
    )
    reason = forms.CharField(
        label="Why?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down why they move"},
    )
    agreement = forms.ChoiceField(
        label="Does the carer agree?",
        choices=Move.Agreement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the carer said"},
    )
    carer_words = forms.CharField(
        label="What did the carer say?",
        help_text="In their own words. If you could not ask, write what you told them and how.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write down what the carer said, or what you told them"},
    )
    note = forms.CharField(
        label="Handover note",
        help_text="What works with this family, what was promised, what is open, what to know before calling.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Write down what the next person must know"},
    )
    worker = forms.ChoiceField(label="Who will work with them?", required=False)

    def __init__(self, data: Any, *, enrolment: Enrolment, fits: Fitting, user: User, **options: Any) -> None:
        super().__init__(data, **options)
        self.contracts = {str(contract.pk): contract for contract, _ in fits}
        self.workers = {str(load.worker.pk): load for load in loads(user)}
        council = enrolment.case.authority.name if enrolment.case.authority else "the authority"
        now = enrolment.contract.programme.definition["intensity"]
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            *((pk, _offered(contract, now)) for pk, contract in self.contracts.items()),
            (AUTHORITY, f"Back to {council}"),
        ]
        self.fields["worker"].choices = [  # type: ignore[attr-defined]
            ("", "As it is now"),
            *((pk, f"{load.worker.name}: {load.words}") for pk, load in self.workers.items()),
        ]

    def facts(self) -> dict[str, Any]:
        """Give the contract and the worker themselves."""
        said = dict(self.cleaned_data)
        load = self.workers.get(said["worker"])
        return {
            **said,
            "contract": self.contracts.get(said["contract"]),
            "worker": load.worker if load else None,
        }


class JoinForm(NewForm):
    """In which programme the family gets a place too."""

    contract = forms.ChoiceField(
        label="Which programme?", widget=forms.RadioSelect, error_messages={"required": "Choose a programme"}
    )

    def __init__(self, data: Any, *, fits: Fitting, **options: Any) -> None:
        super().__init__(data, **options)
        self.contracts = {str(contract.pk): contract for contract, _ in fits}
        self.fields["contract"].choices = [(pk, one.name) for pk, one in self.contracts.items()]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give the contract itself."""
        return {**self.cleaned_data, "contract": self.contracts[self.cleaned_data["contract"]]}


@needs(Permission.CASE_EDIT)
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a family on."""
    enrolment = access.get(
        request, Enrolment, pk, related=("case__household", "case__authority", "contract__programme")
    )
    fits, not_for_them = _parted(fitting(enrolment.case, timezone.localdate()))
    form = MoveForm(request.POST or None, enrolment=enrolment, fits=fits, user=access.person(request))
    write = partial(move_family, enrolment=enrolment, by=access.person(request))
    if saved(request, form, write, "They have moved. The handover note is on this page."):
        return redirect("programmes:family", enrolment.case_id)
    return shown(request, "move", form, enrolment, {"not_for_them": not_for_them})


@needs(Permission.CASE_EDIT)
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a family a place in one more programme, or again."""
    case = access.get(request, Case, pk, related=("household", "authority"))
    fits, not_for_them = _parted(fitting(case, timezone.localdate()))
    form = JoinForm(request.POST or None, fits=fits)
    if saved(request, form, partial(join_programme, case=case, by=access.person(request)), "They have a place."):
        return redirect("programmes:family", case.pk)
    family = str(case.household)
    context = {
        "form": form,
        "caption": family,
        "back_to": (url("programmes:family", case.pk), f"Back to {family}"),
        "fits": fits,
        "not_for_them": not_for_them,
    }
    return page(request, "programmes/join.html", context)


def _parted(found: Fitting) -> tuple[Fitting, list[tuple[Contract, str]]]:
    """Part the contracts that may help from those that cannot, each of these with the first reason."""
    fits = [one for one in found if one[1].answer is not Answer.NOT_ELIGIBLE]
    against = [
        (contract, next(reason.words for reason in weighed.reasons if reason.met is False))
        for contract, weighed in found
        if weighed.answer is Answer.NOT_ELIGIBLE
    ]
    return fits, against


def _offered(contract: Contract, intensity_now: int) -> str:
    going = way(intensity_now, contract.programme.definition["intensity"])
    return f"{contract.name} ({WAYS[going]})"
