"""The forms in which known totals are entered: by the answers to a question, or by council area."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.calc.surveys.definition import Kind, Question
from alongside.core.agencies.places import authorities
from alongside.records.surveys.services.totals import AREAS, field_of
from alongside.web.forms import DayField
from alongside.web.saving import NewForm

MOST = 10_000_000
COUNTED = re.compile(r"(.*?)[\s:;,]+([0-9][0-9,. ]*)")


class TotalsForm(NewForm):
    """How many there are in all of each answer, who says so, and of which day."""

    source = forms.CharField(
        label="Who counted them?",
        help_text="Such as: Department for Education, Children looked after, table A4",
        max_length=200,
        error_messages={"required": "Enter who counted them"},
    )
    counted_on = DayField(
        label="Of which day are they?", past_only=True, error_messages={"required": "Enter the day of the count"}
    )
    reason = forms.CharField(
        label="Why do you replace the totals that were fixed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why you replace the totals that were fixed"},
    )

    def __init__(self, *args: Any, question: Question, again: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.question = question
        if not again:
            del self.fields["reason"]
        self.fields = self.counts() | self.fields

    def counts(self) -> dict[str, forms.Field]:
        """Give a field for each answer."""
        own: dict[str, forms.Field] = {}
        for place, choice in enumerate(self.question.choices):
            together, blank = _together(choice.key), f"Enter how many there are in all of “{choice.words}”"
            own[field_of(choice.key)] = forms.IntegerField(
                label=choice.words,
                required=together not in self.data,
                max_value=MOST,
                localize=True,
                error_messages={
                    "required": f"{blank}, or count it with the one above" if place else blank,
                    "invalid": f"Enter how many of “{choice.words}” as a whole number, such as 1200",
                },
            )
            if place:
                own[together] = forms.BooleanField(label=f"Count “{choice.words}” with the one above", required=False)
        return own

    def clean(self) -> dict[str, Any]:
        """Refuse a total of an answer that counts with the one above."""
        for choice in self.question.choices:
            name = field_of(choice.key)
            if self.cleaned_data.get(name) is not None and self.cleaned_data.get(_together(choice.key)):
                words = f"Enter the total of both with the one above, and leave “{choice.words}” blank"
                self.add_error(name, words)
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        """Give the totals, and what is kept with them."""
        given = self.cleaned_data
        kept = {name: given.get(name, "") for name in ("source", "counted_on", "reason", "submission")}
        return {"totals": self.totals(), **kept}

    def totals(self) -> dict[str, int | None]:
        """Give the totals by answer."""
        return {choice.key: self.cleaned_data[field_of(choice.key)] for choice in self.question.choices}


class AreaTotalsForm(TotalsForm):
    """How many there are in all in each council area, who says so, and of which day."""

    def counts(self) -> dict[str, forms.Field]:
        """Give one field for all areas: most rounds are answered in a few of them."""
        areas = forms.CharField(
            label="How many are there in each council area?",
            help_text="One area a line: its name or its code, then how many. Such as: Kirklees 1,240",
            widget=forms.Textarea({"rows": 10}),
            max_length=20_000,
            error_messages={"required": "Enter each council area and how many there are, one area a line"},
        )
        return {AREAS: areas}

    def clean(self) -> dict[str, Any]:
        """Leave each line as it was read."""
        return self.cleaned_data

    def clean_areas(self) -> dict[str, int | None]:
        """Read line by line; say which line is not clear."""
        codes = {name.casefold(): one.code for one in authorities() for name in (one.name, one.code)}
        found: dict[str, int | None] = {}
        for number, line in enumerate(self.cleaned_data[AREAS].splitlines(), 1):
            if not line.strip():
                continue
            told = COUNTED.fullmatch(line.strip())
            name, digits = (told[1], re.sub("[,. ]", "", told[2])) if told else (line.strip(), "")
            code = codes.get(" ".join(name.split()).casefold())
            if code is None or not digits:
                unknown = f"we know no council called “{name[:60]}”. Check how it is spelled"
                raise ValidationError(f"Line {number}: {unknown if digits else 'end it with how many there are'}")
            if code in found:
                raise ValidationError(f"Line {number}: “{name}” stands there twice")
            if not 0 < int(digits) <= MOST:
                raise ValidationError(f"Line {number}: enter a number above 0, and no more than {MOST:,}")
            found[code] = int(digits)
        return found

    def totals(self) -> dict[str, int | None]:
        """Give the totals by area."""
        return dict(self.cleaned_data[AREAS])


def form_of(question: Question) -> type[TotalsForm]:
    """Give the form for the totals of a question."""
    return AreaTotalsForm if question.kind is Kind.AREA else TotalsForm


def _together(key: str) -> str:
    return f"with_{key}"
