"""The questions that a carer is asked, in their order; each is a form whose first label is the question."""

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from alongside.core.agencies.places import tidy_postcode
from alongside.records.people.models import Arrangement, Relationship
from alongside.web.forms import PhoneField

MOST_CHILDREN = 6
OLDEST = 25
NOT_SAID = "You left this blank"


class Question(forms.Form):
    """One question. ``says`` gives the answer back in words, for the page on which it is checked."""

    title: ClassVar[str]
    why: ClassVar[str]
    may_skip: ClassVar[bool] = True

    @abstractmethod
    def says(self) -> list[str]:
        """Give the answer, each part a line."""

    def _chosen(self, name: str) -> list[str]:
        choices: Any = self.fields[name].choices  # type: ignore[attr-defined]
        words = {str(value): str(label) for value, label in choices}
        return [words[self.cleaned_data[name]]] if self.cleaned_data[name] else []


class Help(Question):
    """What would help."""

    title = "What would help?"
    why = "We ask so that the right person calls you. A few words are enough, in any language."
    words = forms.CharField(
        label=title, help_text=why, max_length=4000, required=False, widget=forms.Textarea({"rows": 5})
    )

    def says(self) -> list[str]:
        """Give their own words."""
        return [self.cleaned_data["words"]] if self.cleaned_data["words"] else []


class Who(Question):
    """What the carer is to the children."""

    title = "Who are you bringing up?"
    why = "We ask so that we find the right person for you. You can leave it blank."
    relationship = forms.ChoiceField(
        label=title,
        help_text=why,
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Relationship.Kind.GRANDPARENT, "My grandchild or grandchildren"),
            (Relationship.Kind.AUNT_UNCLE, "My niece or nephew"),
            (Relationship.Kind.SIBLING, "My brother or sister"),
            (Relationship.Kind.OTHER_FAMILY, "Another child in my family"),
            (Relationship.Kind.FRIEND, "A friend’s child"),
            (Relationship.Kind.UNKNOWN, "Someone else"),
        ],
    )

    def says(self) -> list[str]:
        """Give the choice."""
        return self._chosen("relationship")


class Children(Question):
    """The children's names and ages, as many as there are."""

    title = "What are the children called, and how old are they?"
    why = "We ask because some support is for some ages. First names are enough, and you can leave any of it blank."
    number = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        typed = str(self["number"].value() or "1")
        number = int(typed) if typed.isdecimal() else 1
        self.shown = max(1, min(number + ("add" in self.data), MOST_CHILDREN))
        for place in range(1, self.shown + 1):
            self.fields[f"name{place}"] = forms.CharField(label="First name", max_length=100, required=False)
            self.fields[f"age{place}"] = forms.IntegerField(
                label="Age",
                min_value=0,
                max_value=OLDEST,
                required=False,
                widget=forms.NumberInput({"size": 3}),
                error_messages={
                    "invalid": "Enter the age in whole years, such as 7",
                    "min_value": "Enter the age in whole years, such as 7",
                    "max_value": f"Enter an age of {OLDEST} or less",
                },
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Give the two boxes of each child."""
        return [(self[f"name{place}"], self[f"age{place}"]) for place in range(1, self.shown + 1)]

    def clean(self) -> dict[str, Any]:
        """Keep how many children there was room for."""
        said = super().clean() or self.cleaned_data
        said["number"] = self.shown
        return said

    def told(self) -> list[tuple[str, int | None]]:
        """Give the name and age of each child of whom something was said."""
        said = self.cleaned_data
        every = [(said[f"name{place}"], said[f"age{place}"]) for place in range(1, self.shown + 1)]
        return [(name, age) for name, age in every if name or age is not None]

    def says(self) -> list[str]:
        """Give a line for each child."""
        return [", ".join([name or "A child", *([str(age)] if age is not None else [])]) for name, age in self.told()]


class Order(Question):
    """On what footing the children live there."""

    title = "Is there a court order?"
    why = (
        "We ask because what you can get may depend on it. We help carers with no order too. "
        "If it is not the same for each child, choose for the eldest."
    )
    arrangement = forms.ChoiceField(
        label=title,
        help_text=why,
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Arrangement.Kind.INFORMAL, "No, we agreed it in the family"),
            (Arrangement.Kind.SPECIAL_GUARDIANSHIP, "A special guardianship order"),
            (Arrangement.Kind.CHILD_ARRANGEMENTS, "A child arrangements order"),
            (Arrangement.Kind.CONNECTED_FOSTER, "I foster them for the council"),
            (Arrangement.Kind.ADOPTION, "I adopted them"),
            (Arrangement.Kind.UNKNOWN, "I am not sure"),
        ],
    )

    def says(self) -> list[str]:
        """Give the choice."""
        return self._chosen("arrangement")


class Where(Question):
    """Where the family lives."""

    title = "Where do you live?"
    why = "We ask because each council pays for different help. We do not write to this address unless you say so."
    postcode = forms.CharField(
        label="Postcode",
        max_length=10,
        required=False,
        widget=forms.TextInput({"size": 10, "autocomplete": "postal-code"}),
    )
    no_fixed_address = forms.BooleanField(label="I have no fixed address", required=False)

    def clean_postcode(self) -> str:
        """Write the postcode as it is written on a letter."""
        typed: str = self.cleaned_data["postcode"]
        try:
            return tidy_postcode(typed) if typed else ""
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def says(self) -> list[str]:
        """Give the postcode, or that there is none."""
        said = self.cleaned_data
        return [said["postcode"]] if said["postcode"] else ["No fixed address"] if said["no_fixed_address"] else []


class Reach(Question):
    """How the carer may be reached safely: the one thing that we cannot do without."""

    title = "How can we reach you safely?"
    why = "We need a phone number or an e-mail address. Everything else here you can leave blank."
    may_skip = False
    carer_name = forms.CharField(
        label="What shall we call you?",
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    carer_phone = PhoneField(
        label="Phone", required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )
    carer_email = forms.EmailField(
        label="E-mail",
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    safe_to_write = forms.BooleanField(label="It is safe to e-mail me", required=False)
    safety_words = forms.CharField(
        label="When is a good time, and what must we know before we call?",
        help_text="Such as: after ten, and do not leave a message.",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach them."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not said["carer_phone"] and not said["carer_email"]:
            self.add_error("carer_phone", "Enter a phone number or an e-mail address, so that we can reach you")
        return said

    def says(self) -> list[str]:
        """Give what they told."""
        said = self.cleaned_data
        safe = "It is safe to e-mail me" if said["safe_to_write"] and said["carer_email"] else ""
        parts = [said["carer_name"], said["carer_phone"], said["carer_email"], safe, said["safety_words"]]
        return [part for part in parts if part]


QUESTIONS: dict[str, type[Question]] = {
    "help": Help,
    "who": Who,
    "children": Children,
    "order": Order,
    "where": Where,
    "reach": Reach,
}
