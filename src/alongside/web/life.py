"""What a form asks of somebody's gender, and of whether and when they died."""

from typing import Any

from django import forms

from alongside.records.people.models import Person
from alongside.web.forms import PartialDate, PartialDateField
from alongside.web.saving import Form


class LifeFacts(Form):
    """Gender as they say it, which draws their symbol, and their death."""

    gender = forms.ChoiceField(
        label="How do they describe their gender?",
        help_text="It decides their symbol in the family picture. Leave it if you do not know.",
        choices=Person.Gender.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    has_died = forms.BooleanField(label="They have died", required=False)
    died = PartialDateField(
        label="When did they die?",
        help_text="As much as you know. Leave this blank if you do not, or if they live.",
        required=False,
        past_only=True,
    )

    def life(self, told: dict[str, Any]) -> dict[str, Any]:
        """Turn what was said of a death into what the services are told; a date says that they died."""
        died: PartialDate = told.pop("died")
        told["has_died"] = bool(told["has_died"] or died.on)
        return {**told, "died_on": died.on, "died_precision": died.precision}


def stored_life(row: Person) -> dict[str, Any]:
    """What is known of it now."""
    precision = row.died_precision if row.died_on else "unknown"
    return {"gender": row.gender, "has_died": row.has_died, "died": PartialDate(row.died_on, precision)}
