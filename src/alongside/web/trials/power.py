"""How many families a trial takes, how sure one would be with so many, and how small a difference could be found."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from alongside.calc.trials.power import Answer, Kind, Question, answer
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.web.jinja import count
from alongside.web.rendering import page
from alongside.web.saving import Form

FAMILIES, SURE, DIFFERENCE = "families", "sure", "difference"
WANTED = [
    (FAMILIES, "How many families do we need?"),
    (SURE, "How sure would we be, with so many?"),
    (DIFFERENCE, "How small a difference could we find, with so many?"),
]
KINDS = [
    (Kind.MEANS, "A score, between two arms"),
    (Kind.PROPORTIONS, "A share, between two arms"),
    (Kind.PAIRED, "A score, before and after in the same families, without a second arm"),
]
# Which fields each question needs, besides those that everybody fills in.
NEEDED = {FAMILIES: ("difference", "sure"), SURE: ("families", "difference"), DIFFERENCE: ("families", "sure")}
MISSING = {
    "difference": "Enter the difference that would matter",
    "sure": "Enter how sure you want to be",
    "families": "Enter how many families there are",
    "sd": "Enter how far apart families are",
    "share": "Enter the share without the support",
}


def number(label: str, help_text: str = "", *, low: float, high: float) -> forms.FloatField:
    """Make a field for a figure; which of them are needed depends on the question."""
    return forms.FloatField(label=label, help_text=help_text, required=False, min_value=low, max_value=high)


class PowerForm(Form):
    """What is planned."""

    wanted = forms.ChoiceField(label="What do you want to know?", choices=WANTED, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="What is compared?", choices=KINDS, widget=forms.RadioSelect)
    families = number("How many families in each arm?", "Before and after: in all.", low=2, high=1e6)
    difference = number(
        "What difference would matter?",
        "In points of the score. Of a share, in percentage points; a fall has a minus.",
        low=-1e6,
        high=1e6,
    )
    sd = number(
        "How far apart are families, in points?",
        "The standard deviation of scores; before and after, of changes. A pilot or a published study tells it.",
        low=0.0001,
        high=1e6,
    )
    share = number("What share would it be without the support, in per cent?", low=0.1, high=99.9)
    sure = number("How sure do you want to be of finding it, in per cent?", "Mostly 80 or 90.", low=50, high=99.9)
    lost = number("What share of families will not be measured at the end, in per cent?", low=0, high=95)
    per_team = number(
        "If whole teams are allocated: how many families in each?", "Leave it blank otherwise.", low=1, high=1e5
    )
    alike = number(
        "And how alike are families of one team?",
        "The intraclass correlation, from 0 to 1. Where nobody knows, 0.05 is a careful guess.",
        low=0,
        high=0.99,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the question needs."""
        said = super().clean() or {}
        shares = said.get("kind") == Kind.PROPORTIONS
        for name in (*NEEDED.get(said.get("wanted", ""), ()), "share" if shares else "sd"):
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, MISSING[name])
        if said.get("difference") == 0:
            self.add_error("difference", "No number of families finds a difference of 0")
        return said

    def question(self) -> Question:
        """Give it as arithmetic takes it; what is asked for is left out."""
        said, shares = self.cleaned_data, self.cleaned_data["kind"] == Kind.PROPORTIONS
        needed = NEEDED[said["wanted"]]
        difference = said["difference"] / (100 if shares else 1) if "difference" in needed else None
        return Question(
            kind=Kind(said["kind"]),
            n=said["families"] if "families" in needed else None,
            power=said["sure"] / 100 if "sure" in needed else None,
            effect=difference,
            sd=1.0 if shares else said["sd"],
            baseline=said["share"] / 100 if shares else None,
            lost=(said["lost"] or 0) / 100,
            per_group=said["per_team"],
            icc=(said["alike"] or 0) if said["per_team"] else 0.0,
        )


FIRST = {"wanted": FAMILIES, "kind": Kind.MEANS, "sure": 80, "lost": 20, "alike": 0.05}


@needs(Permission.TRIAL_RUN)
def power(request: HttpRequest) -> HttpResponse:
    """Work it out, and say what it means; the address keeps what was typed."""
    form = PowerForm(request.GET) if "kind" in request.GET or "wanted" in request.GET else PowerForm(initial=FIRST)
    said: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            said = told(answer(form.question()), form.cleaned_data["wanted"], form.cleaned_data["lost"] or 0)
        except ValueError as error:
            form.add_error(None, str(error)[:1].upper() + str(error)[1:])
    return page(request, "trials/power.html", {"form": form, "told": said})


def told(found: Answer, wanted: str, lost: float) -> list[str]:
    """Say what an answer means, the answer itself first."""
    paired, shares = found.kind is Kind.PAIRED, found.kind is Kind.PROPORTIONS
    where = "in all" if paired else "in each arm"
    difference = f"{abs(found.effect) * 100:.3g} percentage points" if shares else f"{abs(found.effect):.3g} points"
    families = count(round(found.n), "family", "families")
    together = "" if paired else f", {round(found.n) * 2:,} together"
    chance = f"{found.power * 100:.0f} of 100 such trials"
    first = {
        FAMILIES: f"You need {families} {where}{together}.",
        SURE: f"If the support makes a difference of {difference}, {chance} would find it.",
        DIFFERENCE: f"The smallest difference that you could count on finding is {difference}.",
    }[wanted]
    means = [
        first,
        f"With {families} {where}{together}: if the support really makes a difference of {difference}, about {chance} "
        f"would say so, and the others would find nothing although it is there.",
        "If it makes no difference at all, 5 of 100 such trials would still say that it does.",
    ]
    if found.groups:
        means.append(
            f"These are {count(round(found.groups), 'team')} in each arm. Families of one team are alike, so it takes "
            f"{found.design_effect:.2f} of them to tell as much as one by itself."
        )
    if lost:
        means.append(f"It is reckoned that {lost:g} of 100 families will not be measured at the end.")
    if found.power < 0.5:
        means.append("Such a trial would more often miss the difference than find it. Ask for more families, or wait.")
    return means
