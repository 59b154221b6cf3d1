"""The questionnaires of one's agency: which may be used, on what ground, and declaring that ground."""

from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.calc.instruments import Instrument, Scale
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.records.measures.licensing import declare, end_declaration
from alongside.records.measures.models import Declaration
from alongside.records.measures.standing import State, standing, standings
from alongside.web.forms import DayField
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved
from alongside.web.settings.places import parts

PUT_IN = {"answers": "Its questions are asked", "scores": "Its scores are entered"}
TONES = {State.OPEN: "green", State.FREE: "green"}


class DeclareForm(NewForm):
    """On what ground, where that is written, and until when."""

    ground = forms.ChoiceField(
        label="On what ground may you use it?",
        choices=Declaration.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground on which you may use it"},
    )
    reference = forms.CharField(
        label="Where is that written?",
        help_text="A licence number, or who agreed and when. Somebody who checks must be able to find it.",
        max_length=300,
        error_messages={"required": "Say where it is written, such as a licence number"},
    )
    until = DayField(
        label="Until which day?",
        help_text="Leave empty if it has no end. After this day the questionnaire is offered no more.",
        required=False,
    )


@needs(Permission.LICENCE_DECLARE)
def questionnaires(request: HttpRequest) -> HttpResponse:
    """List them: those that need a licence first, each with how it stands."""
    user = access.person(request)
    found = standings(user)
    ledger.note(by=user, what="questionnaires listed")
    context = {
        "licensed": [(one, TONES.get(one.state, "brown")) for one in found if one.state is not State.FREE],
        "free": [one for one in found if one.state is State.FREE],
        "parts": parts(request, "settings:questionnaires"),
    }
    return page(request, "settings/questionnaires.html", context)


@needs(Permission.LICENCE_DECLARE)
def questionnaire(request: HttpRequest, key: str) -> HttpResponse:
    """Show one with its facts and its packs, and declare the ground on which it is used."""
    user = access.person(request)
    found = standing(user, key)
    if found is None:
        raise Http404
    form = DeclareForm(request.POST if request.method == "POST" else None)
    licensed = found.state is not State.FREE
    if licensed and saved(request, form, partial(declare, instrument=key, by=user), "The licence is declared."):
        return redirect("settings:questionnaire", key)
    ledger.note(by=user, what="questionnaire opened", model="measures.Declaration", row=key)
    context = {
        "found": found,
        "tone": TONES.get(found.state, "brown"),
        "facts": _facts(found.instrument) if found.instrument else [],
        "scales": [(scale, _exact(scale)) for scale in found.instrument.scales] if found.instrument else [],
        "form": form,
        "licensed": licensed,
        "ground": Declaration.Ground(found.declaration.ground).label if found.declaration else "",
        "may_load": licensed and (found.instrument is None or found.instrument.may_load != "none" or bool(found.packs)),
    }
    return page(request, "settings/questionnaire.html", context)


@needs(Permission.LICENCE_DECLARE)
def end_licence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then take a declaration back."""
    declaration = access.get(request, Declaration, pk)
    if request.method == "POST":
        end_declaration(declaration=declaration, by=access.person(request))
        messages.success(request, "The declaration is taken back. Workers are not offered the questionnaire any more.")
        return redirect("settings:questionnaire", declaration.instrument)
    context = {
        "question": "Take back this declaration?",
        "words": "Workers are not offered the questionnaire from now on. What was answered stays.",
        "action": "Yes, take it back",
        "cancel": reverse("settings:questionnaire", args=[declaration.instrument]),
        "warning": True,
    }
    return page(request, "layout/confirm.html", context)


def _facts(one: Instrument) -> list[tuple[str, str]]:
    return [
        ("Edition", one.edition),
        ("Answered by", one.who_answers),
        ("How it is put in", PUT_IN[one.enter]),
        ("Licence", one.licence),
        ("Source", one.source),
        ("Checked", f"{one.checked:%-d %B %Y}"),
    ]


def _exact(scale: Scale) -> str:
    risk = next((band for band in scale.bands if band.risk), None)
    told = f" A score from {risk.start:g} opens a concern." if risk else ""
    return f"{scale.missing_rule} {scale.exactness.norm}.{told}"
