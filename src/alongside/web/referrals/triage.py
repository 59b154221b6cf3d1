"""Deciding on one referral: what was told, who it may be, which contract could help, and the answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.base.errors import Refused, Stale
from alongside.insight.workload.closeness import rooms
from alongside.records.people.models import Household
from alongside.records.programmes.models import Contract, Decision
from alongside.records.programmes.queries import Offer, clocks, offers
from alongside.records.programmes.rules.eligibility import Answer, Criterion
from alongside.records.programmes.services.deciding import accept_referral, turn_referral
from alongside.records.referrals.alike import families_alike, referrals_alike
from alongside.records.referrals.models import Referral
from alongside.records.referrals.rules import NEXT, reference_words
from alongside.web.jinja import url
from alongside.web.referrals.known import families_meant
from alongside.web.referrals.told import carer_facts, children_facts
from alongside.web.rendering import page

A_NEW_FAMILY = "new"
FIND = "find"
ANSWERS = {
    Answer.ELIGIBLE: "Can help",
    Answer.WAITING: "Could help, but is full",
    Answer.ASK: "May help: something is not known",
    Answer.NOT_ELIGIBLE: "Cannot help",
}
OUTCOMES = {
    Decision.Outcome.ACCEPTED: "Accept",
    Decision.Outcome.WAITING: "Put on the waiting list",
    Decision.Outcome.SIGNPOSTED: "Signpost to somebody else",
    Decision.Outcome.DECLINED: "Do not take on",
}


class DecisionForm(forms.Form):
    """What a manager decides, and the reason that the referrer reads."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    contract = forms.ChoiceField(label="If you accept: under which contract?", widget=forms.RadioSelect, required=False)
    known_as = forms.ChoiceField(
        label="If you accept: is this a family that we know?", widget=forms.RadioSelect, required=False
    )
    meant = forms.CharField(
        label="Whom do you think of?",
        help_text="A name, a date of birth or a postcode. The families found stand above, with those to choose from.",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    worker = forms.ChoiceField(
        label="If you accept: who will work with them?",
        help_text="Decide later to see who is closest to the family, and why.",
        required=False,
    )
    words = forms.CharField(
        label="What shall we tell the referrer?",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write what we shall tell the referrer"},
        help_text="They read this as you write it. Say what happens next, or who else may help.",
    )

    def __init__(
        self,
        data: Any,
        *,
        referral: Referral,
        contracts: list[Offer],
        families: list[Household],
        workers: list[tuple[User, str]],
        typed: dict[str, Any],
    ) -> None:
        first = {"contract": _first_choice(contracts), **typed, "version": referral.version}
        super().__init__(data, initial=first)
        if referral.source == Referral.Source.SELF:
            self.fields["words"].label = "What shall we tell the carer?"
            self.fields["words"].help_text = "Nobody sends this: it is what whoever calls the carer will say."
        possible = [offer for offer in contracts if offer.eligibility.answer is not Answer.NOT_ELIGIBLE]
        self.contracts = {str(offer.contract.pk): offer.contract for offer in possible}
        self.families = {str(family.pk): family for family in families}
        self.workers = {str(worker.pk): worker for worker, _ in workers}
        outcomes = [(str(value), words) for value, words in OUTCOMES.items() if value in NEXT[referral.status]]
        _offer_choices(self, "outcome", outcomes)
        _offer_choices(self, "contract", [(key, row.name) for key, row in self.contracts.items()])
        known = [(key, f"Yes, {row.name}’s family") for key, row in self.families.items()]
        _offer_choices(self, "known_as", [*known, (A_NEW_FAMILY, "No, a new family")])
        spoken = [(str(worker.pk), f"{worker.name}: {words}") for worker, words in workers]
        _offer_choices(self, "worker", [("", "Decide later"), *spoken])

    def clean(self) -> dict[str, Any]:
        """Ask, for a family taken on, under which contract and whether it is known."""
        said = super().clean() or self.cleaned_data
        if said.get("outcome") == Decision.Outcome.ACCEPTED:
            if not said.get("contract") and "contract" not in self.errors:
                self.add_error("contract", "Choose a contract")
            if self.families and not said.get("known_as") and "known_as" not in self.errors:
                self.add_error("known_as", "Say whether this is a family that we know")
        return said


@needs(Permission.REFERRAL_TRIAGE)
def triage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everything that a decision needs, and take it."""
    referral = access.get(request, Referral, pk, related=("authority", "source_agency", "made_by", "agency"))
    if request.POST.get("do") == FIND:
        form, context = _about(request, referral, None, typed=request.POST)
        late = request.POST.get("version") != str(referral.version)
        unsaved = request.POST.get("words", "") if late else None
        return page(request, "referrals/triage.html", {**context, "form": form, "unsaved": unsaved})
    form, context = _about(request, referral, request.POST or None)
    unsaved = None
    if form.is_valid():
        try:
            return _decide(request, referral, form)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        except Stale:
            unsaved = form.cleaned_data["words"]
        # What was tried has been taken back in the database, but not in this row: read it anew.
        referral.refresh_from_db()
        typed = request.POST.copy()
        typed["version"] = str(referral.version)
        fresh, context = _about(request, referral, typed)
        form = form if unsaved is None else fresh
    return page(request, "referrals/triage.html", {**context, "form": form, "unsaved": unsaved})


def _about(
    request: HttpRequest, referral: Referral, data: QueryDict | None, typed: QueryDict | None = None
) -> tuple[DecisionForm, dict[str, Any]]:
    """Gather what the page shows, and its form, which carries the version that is shown.

    ``typed`` is what stands in a form that is not sent yet, as only a family is looked for.
    """
    user, today = access.person(request), timezone.localdate()
    contracts, families = offers(referral, today), families_alike(referral, user)
    meant = families_meant(request, (data or typed or QueryDict()).get("meant", ""))
    form = DecisionForm(
        data,
        referral=referral,
        contracts=contracts,
        families=list(dict.fromkeys([*(found.row for found in families), *meant])),
        workers=rooms(user, today),
        typed=typed.dict() if typed else {},
    )
    context = {
        "referral": referral,
        "words": reference_words(referral.pk),
        "clock": clocks([referral], today).get(referral.pk),
        "open": bool(NEXT[referral.status]),
        "decisions": referral.decisions.select_related("by", "contract").order_by("-decided_at", "-id"),
        "offers": [offer for offer in contracts if not _elsewhere(offer)],
        "elsewhere": sum(map(_elsewhere, contracts)),
        "answers": ANSWERS,
        "families": families,
        "meant": {str(family.pk): names for family, names in meant.items()},
        "looked": bool(form["meant"].value()),
        "others": referrals_alike(referral, user),
        "carer": carer_facts(referral),
        "children": children_facts(referral),
    }
    return form, context


def _decide(request: HttpRequest, referral: Referral, form: DecisionForm) -> HttpResponse:
    said, by = form.cleaned_data, access.person(request)
    contract: Contract | None = form.contracts.get(said["contract"])
    if said["outcome"] != Decision.Outcome.ACCEPTED or contract is None:
        turn_referral(
            referral=referral,
            version=said["version"],
            outcome=said["outcome"],
            contract=contract if said["outcome"] == Decision.Outcome.WAITING else None,
            words=said["words"],
            by=by,
        )
        messages.success(request, "The answer is saved, and the referrer can read it.")
        return redirect(url("referrals:queue"))
    case = accept_referral(
        referral=referral,
        version=said["version"],
        contract=contract,
        known_as=form.families.get(said["known_as"]),
        worker=form.workers.get(said["worker"]),
        words=said["words"],
        by=by,
    )
    if case.worker is None:
        messages.success(request, "The family is accepted. Now choose who works with them.")
        return redirect(url("referrals:allocate", case.pk))
    messages.success(request, f"The family is accepted, and {case.worker.name} works with them.")
    return redirect(url("referrals:queue"))


def _offer_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = choices


def _elsewhere(offer: Offer) -> bool:
    """Say whether a contract is for families of other places, which nobody needs to read about here."""
    return any(reason.criterion is Criterion.AREA and reason.met is False for reason in offer.eligibility.reasons)


def _first_choice(contracts: list[Offer]) -> str:
    """Choose beforehand the one contract that can help; where there are two, the manager chooses."""
    good = [offer for offer in contracts if offer.eligibility.answer is Answer.ELIGIBLE]
    return str(good[0].contract.pk) if len(good) == 1 else ""
