"""Money as people write it and as it is said: pounds on the page, pence in the record."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

AMOUNT = re.compile(r"£?\s*(\d{1,3}(?:,?\d{3})*)(?:\.(\d{1,2}))?")
MOST = 10_000_000


class PoundsField(forms.CharField):
    """An amount in pounds; gives pence, or None when it is not required and left blank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"size": 10, "inputmode": "decimal"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 100:.2f}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Read the amount, or say how to write it."""
        if value is None or isinstance(value, int):
            return value
        words = str(value).strip()
        if not words:
            return None
        match = AMOUNT.fullmatch(words)
        if not match:
            raise ValidationError("Enter an amount in pounds, such as 152.30")
        pence = int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0"))
        if pence > MOST:
            raise ValidationError("That is more than this can hold. Check the amount")
        return pence


def pounds(pence: int) -> str:
    """£1,204.50; whole pounds without their pence: £150."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{whole:,}" + (f".{rest:02d}" if rest else "")
