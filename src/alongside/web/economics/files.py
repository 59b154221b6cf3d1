"""A scenario as its file: read with care when it is brought, and given to take away."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from alongside.calc.economics.scenario_file import WrongScenario
from alongside.insight.economics.editions import scenario_of
from alongside.insight.economics.services import LONGEST_TEXT

TOO_LARGE = f"The file is too large: a scenario has at most {LONGEST_TEXT // 1000} thousand letters"
NO_TEXT = "This is no text file in UTF-8. Save it as plain text, and bring it again"


class ScenarioFileField(forms.FileField):
    """A scenario's TOML file; gives its text, or says by line and key what is wrong with it."""

    def __init__(self, **options: Any) -> None:
        words = {"required": "Choose a file", "empty": "The file is empty", "invalid": "Choose a file"}
        super().__init__(error_messages=words, **options)

    agency: UUID | None = None
    """Whose own unit costs it may take."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Read it."""
        given = super().clean(data, initial)
        if not given:
            return ""
        if given.size > 4 * LONGEST_TEXT:
            raise ValidationError(TOO_LARGE)
        try:
            text = given.read().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise ValidationError(NO_TEXT) from None
        if len(text) > LONGEST_TEXT:
            raise ValidationError(TOO_LARGE)
        if "\x00" in text:
            raise ValidationError(NO_TEXT)
        try:
            scenario_of(text, self.agency)
        except (WrongScenario, RecursionError) as error:
            raise ValidationError(_sentence(error)) from error
        return text


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, WrongScenario) else "This is no scenario: its brackets go too deep"


def scenario_file(text: str, name: str) -> HttpResponse:
    """Give a scenario to take away."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.toml"'}
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)
