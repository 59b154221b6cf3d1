"""Where children live until they grow up, with support and without: worked out at once, and never kept."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from alongside.calc.economics.rates import Move, Order
from alongside.calc.economics.staying_file import Blank, Question, read_staying
from alongside.calc.economics.toml_text import WrongScenario
from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.core.audit import ledger
from alongside.insight.economics import staying as stays
from alongside.insight.economics.library import library, rates
from alongside.insight.economics.question_text import staying_text
from alongside.web.economics.capacity import as_file, figure
from alongside.web.rendering import page
from alongside.web.saving import Form

ORDERS = [
    (Order.SPECIAL_GUARDIANSHIP, "Special guardianship order"),
    (Order.CHILD_ARRANGEMENTS, "Child arrangements order"),
    (Order.CONNECTED_FOSTER, "Kinship foster care"),
    (Order.PRIVATE_FOSTERING, "Private fostering"),
    (Order.INFORMAL, "Informal, no order"),
]
LEVELS = [
    ("1", "Nobody was compared: before and after, or a guess"),
    ("2", "Compared with others who may differ"),
    ("3", "Compared with others, before and after"),
    ("4", "Compared with others made alike"),
    ("5", "A randomised trial"),
]
MOVES = {
    "kinship_care": "leave their carer for care in a year",
    "kinship_parents": "go from their carer to parents in a year",
    "care_parents": "go from care to parents in a year",
    "care_kinship": "go from care to a kinship carer in a year",
    "parents_care": "go from parents into care in a year",
    "parents_kinship": "go from parents to a kinship carer in a year",
}
PUBLISHED = "Leave it blank to take what is published, if it is."
DRAWS, SEED = 2_000, 1


def per_hundred(words: str, *, published: bool) -> forms.FloatField:
    """Make a box for how many of a hundred children make a move."""
    label = f"How many of 100 {words}?"
    return figure(label, PUBLISHED if published else "", least=0, most=99, required=not published)


class StayingForm(Form):
    """Children who would be supported, and what is known of them."""

    number = forms.IntegerField(label="How many children would be supported?", min_value=1, max_value=20_000)
    age = forms.IntegerField(label="How old are they, about?", min_value=0, max_value=17)
    order = forms.ChoiceField(label="How do they live with their carer?", choices=ORDERS, widget=forms.RadioSelect)
    support = figure("What does support cost for a child, in pounds?", "Once.", least=0, most=100_000)
    lasts = figure("For how many years does it change what happens?", least=0.1, most=18)
    effect_low = figure(
        "With support, how many leave for every 100 who would without? At the least",
        "100 is no difference. Say how low it may be, with one chance in forty that it is lower still.",
        least=1,
        most=500,
    )
    effect_high = figure("And at the most", least=1, most=500)
    level = forms.ChoiceField(label="How was that found?", choices=LEVELS, widget=forms.RadioSelect)
    kinship = figure("What does a year with a kinship carer cost the authority, in pounds?", least=0, most=200_000)
    parents = figure("And a year with parents?", least=0, most=200_000)
    kinship_care = per_hundred(MOVES["kinship_care"], published=True)
    kinship_parents = per_hundred(MOVES["kinship_parents"], published=False)
    care_parents = per_hundred(MOVES["care_parents"], published=False)
    care_kinship = per_hundred(MOVES["care_kinship"], published=False)
    parents_care = per_hundred(MOVES["parents_care"], published=True)
    parents_kinship = per_hundred(MOVES["parents_kinship"], published=False)

    def clean(self) -> dict[str, Any]:
        """Refuse ends that do not rise."""
        said = super().clean() or {}
        if said.get("effect_low", 0) > said.get("effect_high", 500):
            self.add_error("effect_high", "The most must not be less than the least")
        return said

    def text(self) -> str:
        """Give the file in which one reads it, and from which the command works out the same."""
        said, shelf = self.cleaned_data, library()
        told = {Move(name.replace("_", "-")): said[name] for name in MOVES if said[name] is not None}
        shares = {"effect_low": said["effect_low"] / 100, "effect_high": said["effect_high"] / 100}
        return staying_text(
            {**said, **shares, "rates": {move.value: each / 100 for move, each in told.items()}},
            price_year=max(shelf.deflator.index),
            discounting=next(iter(shelf.schedules)),
        )

    def question(self) -> Question:
        """Give it as arithmetic takes it; a rate that nobody published and nobody typed goes by its field."""
        found = read_staying(self.text(), library(), rates())
        found.check()
        return found


@needs(Permission.ECONOMICS_SEE)
def staying(request: HttpRequest) -> HttpResponse:
    """Work it out; the address keeps what was typed."""
    form, answer = StayingForm(request.GET) if "number" in request.GET else StayingForm(), None
    if not form.is_bound:
        ledger.note(by=access.person(request), what="question of children's stays opened")
    elif form.is_valid():
        try:
            if "file" in request.GET:
                return as_file(form.text(), "staying.toml")
            answer = stays.work_out(form.question(), library(), draws=DRAWS, seed=SEED)
        except Blank as blank:
            for rate in blank.rates:
                form.add_error(rate.move.replace("-", "_"), "Nothing is published for these children: say how many")
        except WrongScenario as error:
            form.add_error(None, f"{error.key}: {error.problem}")
    context = {"form": form, "answer": answer, "known": rates(), "address": request.GET.urlencode()}
    return page(request, "economics/staying.html", context)
