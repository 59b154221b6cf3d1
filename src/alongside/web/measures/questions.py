"""A form for the questions of some questionnaires: one field an item, named after both."""

from collections.abc import Iterator
from typing import Any

from django import forms

from alongside.calc.instruments import Instrument, Item
from alongside.calc.scoring import DECLINED, Answer
from alongside.web.forms import RATHER_NOT, ScaleField

TO_ANSWER = {RATHER_NOT: DECLINED}


def field_for(item: Item) -> forms.Field:
    """Make the field of one question: a line from 0 to 10, or its own few answers. Every question can be left."""
    shared: dict[str, Any] = {"label": item.question, "help_text": item.why, "required": False}
    if item.minimum == 0 and item.maximum == 10:
        return ScaleField(low=item.options[0].words, high=item.options[-1].words, **shared)
    choices = [(str(option.value), option.words) for option in item.options]
    return forms.ChoiceField(
        choices=[*choices, (RATHER_NOT, "I would rather not say")], widget=forms.RadioSelect, **shared
    )


def answer_from(words: str) -> Answer:
    """Read what was chosen: a number, that they would rather not say, or nothing."""
    if words == RATHER_NOT:
        return DECLINED
    return int(words) if words else None


def words_of(answer: Answer) -> str:
    """Give the choice that stands for an answer that was given earlier."""
    if answer is None:
        return ""
    return RATHER_NOT if answer == DECLINED else str(answer)


class Questions(forms.Form):
    """The questions of some questionnaires on one page."""

    def __init__(self, instruments: list[Instrument], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instruments = instruments
        for instrument in instruments:
            for item in instrument.items:
                self.fields[f"{instrument.key}.{item.key}"] = field_for(item)

    def parts(self) -> Iterator[tuple[Instrument, list[forms.BoundField]]]:
        """Give each questionnaire with its fields, in order."""
        for instrument in self.instruments:
            yield instrument, [self[f"{instrument.key}.{item.key}"] for item in instrument.items]

    def answers(self) -> dict[str, dict[str, Answer]]:
        """Give what was answered, by questionnaire and item; None where a question was left."""
        return {
            instrument.key: {
                item.key: answer_from(str(self.data.get(self.add_prefix(f"{instrument.key}.{item.key}"), "")))
                for item in instrument.items
            }
            for instrument in self.instruments
        }
