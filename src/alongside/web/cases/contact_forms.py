"""The forms of a contact: a new one, and one put right."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from alongside.records.cases.models import Contact
from alongside.records.people.models import Membership, Person
from alongside.web.forms import DayField
from alongside.web.moments import MomentForm, clock_field, which_field, which_of
from alongside.web.saving import EditForm, NewForm


class ContactForm(MomentForm):
    """What a worker says of one contact."""

    channel = forms.ChoiceField(label="How", choices=Contact.Channel.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label="How it went", choices=Contact.Outcome.choices, widget=forms.RadioSelect, initial=Contact.Outcome.SPOKE
    )
    people = forms.MultipleChoiceField(
        label="With whom", widget=forms.CheckboxSelectMultiple, required=False, choices=()
    )
    day = DayField(label="Day", past_only=True, error_messages={"required": "Enter the day"})
    time = clock_field()
    which = which_field()
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=0,
        max_value=1440,
        widget=forms.NumberInput(attrs={"size": 4}),
        error_messages={"invalid": "Enter the minutes as a number, such as 35"},
    )
    note = forms.CharField(
        label="What happened", required=False, max_length=20000, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    came_of_it = forms.CharField(label="What came of it", required=False, max_length=300)

    def __init__(self, *args: Any, members: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.persons: dict[str, Person] = {str(member.person_id): member.person for member in members}
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (key, person.known_as or person.name) for key, person in self.persons.items()
        ]

    def facts(self) -> dict[str, Any]:
        """What the services are told."""
        return {**super().facts(), "people": [self.persons[key] for key in self.cleaned_data["people"]]}


class EditContactForm(ContactForm, EditForm):
    """A contact put right."""

    @staticmethod
    def stored(row: Contact) -> dict[str, Any]:
        """What the contact says now."""
        local = timezone.localtime(row.at)
        return {
            "channel": row.channel,
            "outcome": row.outcome,
            "people": [str(person.pk) for person in row.people.all()],
            "day": local.date(),
            "time": local.time().replace(second=0, microsecond=0),
            "which": which_of(local),
            "minutes": row.minutes,
            "note": row.note,
            "came_of_it": row.came_of_it,
        }


class NewContactForm(EditContactForm, NewForm):
    """A new contact; where it turns out to be saved already with other words, it goes on as a change to that."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    next_contact_due = DayField(label="When will you next be in touch?", required=False)

    def facts(self) -> dict[str, Any]:
        """A new row has no version yet."""
        return {name: value for name, value in super().facts().items() if name != "version"}
