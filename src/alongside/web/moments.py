"""A day and a time on the wall, as people type them, made into the one moment that they mean."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alongside.records.cases.rules import moments
from alongside.web.dates import day
from alongside.web.saving import Form

TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)
WHICH = (("first", "The first, before the clocks go back"), ("second", "The second, after the clocks go back"))
NOON = 12
PARTS = frozenset({"day", "time", "which"})  # together they make the moment


class ClockField(forms.CharField):
    """A time of day as people type it: 10:40, 10.40, 1040, 9am, 2:15 pm."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> Any:
        """Read the time, or say how to write it."""
        words = str(value or "").strip()
        match = TIME.fullmatch(words)
        if not words:
            return None
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
        half = (match[3] or "").lower() if match else ""
        if half and 1 <= hour <= NOON:
            hour = hour % NOON + (NOON if half == "pm" else 0)
        elif half:
            hour = 99
        try:
            return time(hour, minute)
        except ValueError:
            raise ValidationError("Enter a time like 10:40 or 2:15pm") from None


def clock_field() -> ClockField:
    """Make the box for the time."""
    box = forms.TextInput(attrs={"size": 5})
    return ClockField(label="Time", widget=box, error_messages={"required": "Enter a time like 10:40"})


def which_field() -> forms.ChoiceField:
    """Make the question that is asked in the hour which autumn repeats."""
    return forms.ChoiceField(label="Which one?", choices=WHICH, widget=forms.RadioSelect, required=False)


class MomentForm(Form):
    """A form with ``day``, ``time`` and ``which``, of which the service is told ``at``."""

    asks_which = False

    def clean(self) -> dict[str, Any]:
        """Put day and time together; a time that the clocks skip or repeat is asked about."""
        on, at = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if on and at:
            self._settle(on, at)
        return self.cleaned_data

    def _settle(self, on: date, at: time) -> None:
        possible = moments(on, at, timezone.get_current_timezone())
        which = self.cleaned_data.get("which")
        if not possible:
            self.add_error("time", f"There is no {at:%H:%M} on {day(on)}: the clocks go forward. Enter another time")
        elif len(possible) == 1:
            self.cleaned_data["at"] = possible[0]
        else:
            self.asks_which = True
            if which:
                self.cleaned_data["at"] = possible[which == "second"]
            else:
                self.add_error("which", f"The clocks go back on {day(on)}, so {at:%H:%M} comes twice. Say which one")

    def facts(self) -> dict[str, Any]:
        """Tell the moment and not its parts."""
        return {name: value for name, value in super().facts().items() if name not in PARTS}


def which_of(local: datetime) -> str:
    """Say which of two like times a moment is; nothing where its time comes once."""
    twice = len(moments(local.date(), local.time(), timezone.get_current_timezone())) > 1
    return ("second" if local.fold else "first") if twice else ""
