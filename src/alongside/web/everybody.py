"""What a form asks of ethnic group and disability: kindly, never pressed for, and why."""

from typing import Any

from django import forms

from alongside.records.people.models import Disability, Ethnicity, Person
from alongside.web.saving import Form

NOT_ASKED = ("", "Not asked yet")
WHY = "We ask so that we can see whether we help everybody alike. It changes nothing about the help they get."
HEALTH = "Does a disability, or a condition that lasts a year or more, make their days harder?"


class EverybodyFacts(Form):
    """What they say of themselves; one word of their own is as good as a name from the list."""

    ethnicity = forms.ChoiceField(
        label="What do they say is their ethnic group?",
        help_text=f"{WHY} The names are those of the census.",
        choices=[NOT_ASKED, *Ethnicity.choices],
        required=False,
    )
    ethnicity_words = forms.CharField(
        label="In their own words",
        help_text="If no name in the list is theirs, or they would say it otherwise.",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    disability = forms.ChoiceField(
        label=HEALTH,
        help_text="As they see it themselves. What would make it easier belongs in the plan.",
        choices=[NOT_ASKED, *Disability.choices],
        required=False,
    )

    def said_of_themselves(self, told: dict[str, Any]) -> dict[str, Any]:
        """Take words of their own as their answer where none was chosen."""
        if told["ethnicity_words"] and not told["ethnicity"]:
            told["ethnicity"] = Ethnicity.OWN_WORDS
        return told


def stored_everybody(row: Person) -> dict[str, Any]:
    """What is known of it now."""
    return {name: getattr(row, name) for name in ("ethnicity", "ethnicity_words", "disability")}


def said_of(row: Person) -> list[tuple[str, str]]:
    """Say what somebody told of themselves, or nothing where nobody asked."""
    group = row.ethnicity_words or (row.get_ethnicity_display() if row.ethnicity else "")
    health = row.get_disability_display() if row.disability else ""
    return [(title, words) for title, words in (("Ethnic group", group), ("Disability", health)) if words]
