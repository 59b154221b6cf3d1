"""Form fields for what people say that Django has no field for: phone numbers, days, half-known dates and 0 to 10."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alongside.records.people.rules import WHOLE_NUMBER, can_be_rung
from alongside.web.dates import MONTHS

EARLIEST_YEAR = 1900
RATHER_NOT = "rather_not"


class PartialDate(NamedTuple):
    """A date as well as somebody knows it: the first day it could be, and how exact that is."""

    on: date | None
    precision: str


UNKNOWN = PartialDate(None, "unknown")


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": forms.TextInput(), "month": forms.TextInput(), "year": forms.TextInput()}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else ["", "", ""]


class PartialDateWidget(forms.MultiWidget):
    """Three boxes that may be left blank from the left, and a box to tick for a best guess."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = {"day": forms.TextInput(), "month": forms.TextInput(), "year": forms.TextInput()}
        super().__init__({**boxes, "about": forms.CheckboxInput()}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not value or value.on is None:
            return ["", "", "", False]
        on, precision = value
        about = precision == "about"
        knows_day = precision == "exact" or (about and on.day != 1)
        knows_month = knows_day or precision == "month" or (about and on.month != 1)
        return [on.day if knows_day else "", on.month if knows_month else "", on.year, about]


class PhoneField(forms.CharField):
    """A phone number as people write it; refuses what nobody could ring."""

    widget = forms.TextInput({"type": "tel", "size": 20})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not can_be_rung(value):
            raise ValidationError(WHOLE_NUMBER)


class DayField(forms.Field):
    """A whole date; gives a `date`, or None when it is not required and left blank."""

    widget = DayWidget

    def __init__(self, *, past_only: bool = False, **options: Any) -> None:
        self.past_only = past_only
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        boxes = Boxes.of(value)
        if not any(boxes):
            return None
        missing = [part for part, words in zip(Boxes._fields, boxes, strict=True) if not words]
        if missing:
            raise ValidationError("The date needs a " + " and a ".join(missing))
        return _within(boxes.date(), self.past_only)


class PartialDateField(forms.Field):
    """A date as well as it is known; gives a `PartialDate`, with `on` None when nothing is known."""

    widget = PartialDateWidget

    def __init__(self, *, past_only: bool = False, **options: Any) -> None:
        self.past_only = past_only
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return PartialDateWidget().decompress(value) if isinstance(value, PartialDate) else value

    def to_python(self, value: Any) -> PartialDate:
        if value is None or isinstance(value, PartialDate):
            return value or UNKNOWN
        boxes, about = Boxes.of(value), bool(value[3])
        if not any(boxes):
            return UNKNOWN
        if not boxes.year:
            raise ValidationError("Enter a year. A best guess is fine")
        if boxes.day and not boxes.month:
            raise ValidationError("Enter the month too, or leave the day blank")
        exact = "exact" if boxes.day else "month" if boxes.month else "year"
        return PartialDate(_within(boxes.date(), self.past_only), "about" if about else exact)

    def validate(self, value: PartialDate) -> None:
        if self.required and value.on is None:
            raise ValidationError("Enter at least a year. A best guess is fine", code="required")


class Boxes(NamedTuple):
    """What was typed into the three boxes of a date."""

    day: str
    month: str
    year: str

    @classmethod
    def of(cls, typed: list[Any]) -> "Boxes":
        return cls(*(str(words or "").strip() for words in typed[:3]))

    def date(self) -> date:
        """The date, its first day or month where those were left blank; a clear sentence if there is none."""
        year, month, day = _year(self.year), _month(self.month or "1"), _day(self.day or "1")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(f"There is no {day} {MONTHS[month - 1]} in {year}") from None


class ScaleWidget(forms.RadioSelect):
    """Eleven places in a line, with words at both ends."""

    def __init__(self, low: str = "", high: str = "", attrs: dict[str, Any] | None = None) -> None:
        self.low, self.high = low, high
        super().__init__(attrs)


class ScaleField(forms.TypedChoiceField):
    """A number from 0 to 10; gives None for "I would rather not say", where that is offered."""

    def __init__(self, *, low: str, high: str, may_skip: bool = True, **options: Any) -> None:
        choices = [(str(place), str(place)) for place in range(11)]
        if may_skip:
            choices.append((RATHER_NOT, "I would rather not say"))
        super().__init__(choices=choices, coerce=_place, empty_value=None, widget=ScaleWidget(low, high), **options)


def _place(words: str) -> int | None:
    return None if words == RATHER_NOT else int(words)


def _within(value: date, past_only: bool) -> date:
    if past_only and value > timezone.localdate():
        raise ValidationError("The date must be today or in the past")
    return value


def _day(words: str) -> int:
    if not words.isdecimal() or not 1 <= int(words) <= 31:
        raise ValidationError("The day must be a number from 1 to 31")
    return int(words)


def _month(words: str) -> int:
    if words.isdecimal() and 1 <= int(words) <= 12:
        return int(words)
    named = [place for place, month in enumerate(MONTHS, 1) if month.lower().startswith(words.lower())]
    if len(words) < 3 or len(named) != 1:
        raise ValidationError("The month must be a number from 1 to 12, or its name")
    return named[0]


def _year(words: str) -> int:
    if not words.isdecimal() or len(words) != 4:
        raise ValidationError("The year must have four numbers, such as 2019")
    if int(words) < EARLIEST_YEAR:
        raise ValidationError(f"The year must be {EARLIEST_YEAR} or later")
    return int(words)
