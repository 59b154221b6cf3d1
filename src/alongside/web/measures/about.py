"""What is said of answers beside the answers: who gave them, for whom, when and how, and who interpreted."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.core.base.ids import new_id
from alongside.records.measures.models import AnswerSet, Occasion
from alongside.records.people.models import Membership, Person
from alongside.web.forms import DayField

MODES = [
    (AnswerSet.Mode.WITH_WORKER, "We went through them together"),
    (AnswerSet.Mode.PAPER, "They filled them in on paper"),
]
# A choice needs a value to be drawn, so what is kept as nothing has a word of its own here.
THEMSELVES, SOMEBODY_ELSE, NOBODY = "themselves", "somebody_else", "nobody"
INTERPRETERS = [(value or NOBODY, label) for value, label in AnswerSet.Interpreter.choices]


class About(forms.Form):
    """Who answered, when and how."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    person = forms.ChoiceField(label="Whom are the answers about?", widget=forms.RadioSelect)
    occasion = forms.ChoiceField(
        label="When in your work together?", choices=Occasion.choices, widget=forms.RadioSelect
    )
    answered_on = DayField(label="Which day?", past_only=True)
    mode = forms.ChoiceField(label="How?", choices=MODES, widget=forms.RadioSelect)
    proxy = forms.ChoiceField(label="Who gave the answers?", widget=forms.RadioSelect, required=False)
    proxy_words = forms.CharField(
        label="If it was somebody else: who, and how do they know them?", max_length=120, required=False
    )
    interpreter = forms.ChoiceField(
        label="Who interpreted?", choices=INTERPRETERS, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, members: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        grown_up = [one for one in members if one.until is None and one.part != Membership.Part.CHILD]
        self.people: dict[str, Person] = {str(one.person_id): one.person for one in grown_up}
        carers = [one.person for one in grown_up if one.part == Membership.Part.CARER]
        self.fields["person"].choices = [(str(one.pk), one.name) for one in carers]  # type: ignore[attr-defined]
        others = [(key, f"{one.name}, for them") for key, one in self.people.items()] if len(self.people) > 1 else []
        self.fields["proxy"].choices = [  # type: ignore[attr-defined]
            (THEMSELVES, "They did, themselves"),
            *others,
            (SOMEBODY_ELSE, "Somebody else, for them"),
        ]
        self.needs_interpreter = any(one.needs_interpreter for one in carers)
        needing = [f"{one.name} needs an interpreter: {one.language}." for one in carers if one.needs_interpreter]
        self.fields["interpreter"].help_text = " ".join(needing)

    def clean(self) -> dict[str, Any]:
        """Refuse a proxy for oneself, and one of whom nothing is known."""
        told = super().clean() or self.cleaned_data
        if told.get("proxy") and told["proxy"] == told.get("person"):
            self.add_error("proxy", "Choose who answered for them, or say that they did themselves")
        if told.get("proxy") == SOMEBODY_ELSE and not told.get("proxy_words"):
            self.add_error("proxy_words", "Say who answered for them, such as “Her sister Comfort”")
        return told

    def likely(self) -> dict[str, str]:
        """Guess that they answered for themselves, and that nobody interpreted unless one of them needs it."""
        return {"proxy": THEMSELVES, "interpreter": "" if self.needs_interpreter else NOBODY}

    def person_asked(self) -> Person:
        """Give whom the answers are about."""
        return self.people[self.cleaned_data["person"]]

    def how(self) -> dict[str, Any]:
        """Tell who answered for them and who interpreted."""
        told = self.cleaned_data
        return {
            "proxy": self.people.get(told["proxy"]),
            "proxy_words": told["proxy_words"] if told["proxy"] == SOMEBODY_ELSE else "",
            "interpreter": "" if told["interpreter"] == NOBODY else told["interpreter"],
        }
