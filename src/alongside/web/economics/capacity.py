"""How long families wait with so many workers, and what one more would buy: worked out at once, and never kept."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse

from alongside.calc.economics.capacity_file import Question, read_capacity
from alongside.calc.economics.toml_text import WrongScenario
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.economics import capacity as waiting
from alongside.insight.economics.queries import contracts_to_choose
from alongside.insight.economics.question_text import capacity_text
from alongside.insight.economics.readings.demand import Demand, demand_of
from alongside.records.programmes.models import Contract
from alongside.web.rendering import page
from alongside.web.saving import Form

LENGTHS = [
    ("0.1", "Hardly: almost all stay as long"),
    ("0.5", "Some: from half as long to half as long again"),
    ("1", "Very much: some stay a few weeks, some several times as long"),
]
SEED = 1


def figure(label: str, help_text: str = "", *, least: float, most: float, required: bool = True) -> forms.FloatField:
    """Make a box for a figure."""
    return forms.FloatField(label=label, help_text=help_text, min_value=least, max_value=most, required=required)


class CapacityForm(Form):
    """A service as it is run."""

    contract = forms.CharField(widget=forms.HiddenInput, required=False)
    families = figure("How many families come in a month?", "On average over the year.", least=0.1, most=100)
    workers = forms.IntegerField(
        label="How many workers are there?",
        help_text="Counted as if each worked whole weeks.",
        min_value=1,
        max_value=60,
    )
    places = figure("How many families can one worker have at a time?", least=1, most=200)
    weeks = figure("How many weeks does support last?", "For a family that stays to the end.", least=0.2, most=520)
    spread = forms.ChoiceField(label="How much does that differ?", choices=LENGTHS, widget=forms.RadioSelect)
    leaving = figure("How many families of 100 leave before the end?", least=0, most=100)
    absent = figure("How many weeks of 100 is a worker away?", "Leave, illness and training.", least=0, most=90)
    spell = figure("How many weeks is a worker then away, on average?", least=0.2, most=52)
    aim = figure("In how many weeks should a family be seen?", least=0, most=520)

    def question(self) -> Question:
        """Give it as a file states it and as arithmetic takes it."""
        return read_capacity(self.text())

    def text(self) -> str:
        """Give the file in which one reads it, and from which the command works out the same."""
        said = self.cleaned_data
        return capacity_text({**said, "leaving": said["leaving"] / 100, "absent": said["absent"] / 100})


@needs(Permission.ECONOMICS_SEE)
def capacity(request: HttpRequest) -> HttpResponse:
    """Work it out; the address keeps what was typed."""
    by = access.person(request)
    contracts = contracts_to_choose(by)
    chosen = _chosen(contracts, request.GET.get("contract", ""))
    form, read, answer = _form(request, chosen, by), None, None
    if chosen and not form.is_bound:
        read = demand_of(chosen, by=by)
        form.initial.update(_first(chosen, read))
    if form.is_bound and form.is_valid():
        try:
            if "file" in request.GET:
                return as_file(form.text(), "capacity.toml")
            question = form.question()
            answer = waiting.work_out(question, seed=SEED, looked=waiting.soon(question.service))
        except (WrongScenario, ValueError) as error:
            form.add_error(None, _sentence(error))
    context = {
        "form": form,
        "answer": answer,
        "contracts": contracts,
        "chosen": chosen,
        "read": read,
        "weeks": waiting.weeks,
        "address": request.GET.urlencode(),
    }
    return page(request, "economics/capacity.html", context)


def as_file(text: str, name: str) -> HttpResponse:
    """Give a question as the file that the command takes."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/toml", headers=headers)


def _chosen(contracts: dict[UUID, Contract], asked: str) -> Contract | None:
    return next((each for key, each in contracts.items() if str(key) == asked), None)


def _form(request: HttpRequest, chosen: Contract | None, by: User) -> CapacityForm:
    if "workers" in request.GET:
        return CapacityForm(request.GET)
    ledger.note(by=by, what="question of capacity opened")
    return CapacityForm(initial={"spread": "0.5", "contract": chosen.pk if chosen else ""})


def _first(contract: Contract, read: Demand) -> dict[str, Any]:
    """What records and the contract fill in; what may not be told stays blank."""
    leaving = None if read.leaving is None else round(read.leaving * 100)
    return {"families": read.families, "weeks": read.weeks, "leaving": leaving}


def _sentence(error: Exception) -> str:
    said = error.problem if isinstance(error, WrongScenario) else str(error)
    return said[:1].upper() + said[1:]
