"""Beginning an economic case: from a template or a file, for a contract whose records fill it, or for none."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.calc.economics.scenario_file import read_scenario
from alongside.calc.economics.scenario_text import write_scenario
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.insight.economics.library import library, templates
from alongside.insight.economics.queries import contracts_to_choose
from alongside.insight.economics.readings.filling import COSTS, costed, read_inputs, spans_for
from alongside.insight.economics.services import start_case
from alongside.web.economics.files import ScenarioFileField
from alongside.web.jinja import url
from alongside.web.rendering import page
from alongside.web.saving import NewForm, saved

OWN = "file"


class NewCaseForm(NewForm):
    """What the case is called, of which contract it is, and from what it begins."""

    title = forms.CharField(label="What is it called?", max_length=120, help_text="Such as: Reach in Kirklees, 2026")
    contract = forms.ChoiceField(
        label="Which contract is it about?",
        required=False,
        widget=forms.RadioSelect,
        help_text="What its own records can tell is filled in for you. The rest you fill in.",
    )
    days = forms.ChoiceField(
        label="Over which of its days?",
        required=False,
        initial="term",
        widget=forms.RadioSelect,
        choices=[("term", "From its start"), ("year", "Its last year")],
        help_text="To the last quarter that is over. What would tell of few people is blank; more days may tell more.",
    )
    cost = forms.ChoiceField(
        label="How is the cost of a family read?",
        required=False,
        initial=next(iter(COSTS)),
        widget=forms.RadioSelect,
        choices=[*COSTS.items()],
    )
    template = forms.ChoiceField(label="What does it begin from?", widget=forms.RadioSelect)
    file = ScenarioFileField(
        label="Your own scenario file", required=False, help_text="Only where you begin from a file. It ends in .toml."
    )

    def __init__(self, *data: Any, by: User) -> None:
        super().__init__(*data)
        self.by, self.contracts = by, contracts_to_choose(by)
        self.fields["file"].agency = by.agency_id  # type: ignore[attr-defined]
        named = [
            (str(pk), f"{row.name} ({row.starts_on:%B %Y} to {row.ends_on:%B %Y})")
            for pk, row in self.contracts.items()
        ]
        self.fields["contract"].choices = [*named, ("none", "None of these")]  # type: ignore[attr-defined]
        known = [(key, read_scenario(text, library()).title) for key, text in templates().items()]
        self.fields["template"].choices = [*known, (OWN, "A file of your own")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the file where there is one to begin from."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("template") == OWN and not given.get("file") and "file" not in self.errors:
            self.add_error("file", "Choose a file")
        return given

    def facts(self) -> dict[str, Any]:
        """Give the scenario, filled from the contract's records where there is one."""
        given = self.cleaned_data
        contract = next((row for pk, row in self.contracts.items() if str(pk) == given["contract"]), None)
        text = given["file"] if given["template"] == OWN else templates()[given["template"]]
        if contract is not None and given["template"] != OWN:
            scenario = costed(read_scenario(text, library()), given["cost"] or next(iter(COSTS)))
            term = next(iter(spans_for(contract)), None)
            span = term.last_year or term if term and given["days"] == "year" else term
            text = write_scenario(read_inputs(scenario, contract, span, by=self.by))
        return {"submission": given["submission"], "title": given["title"], "text": text, "contract": contract}


@needs(Permission.ECONOMICS_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Begin one."""
    by = access.person(request)
    form = NewCaseForm(*((request.POST, request.FILES) if request.method == "POST" else ()), by=by)
    words = "The case is begun. Go through its numbers: each says where it came from."
    if saved(request, form, partial(start_case, by=by), words):
        return redirect(url("economics:case", form.cleaned_data["submission"]))
    back_to = (url("economics:economics"), "What it is worth")
    return page(request, "economics/new.html", {"form": form, "caption": "", "back_to": back_to})
