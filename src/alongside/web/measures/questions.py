"""A form for some questionnaires: one field a question, or a score where only scores are entered, named after both."""

from collections.abc import Iterator
from typing import Any

from django import forms

from alongside.calc.instruments import Enter, Instrument, Item, Scale
from alongside.calc.scoring import DECLINED, Answer, AnswerError, score
from alongside.web.forms import RATHER_NOT, ScaleField

TO_ANSWER = {RATHER_NOT: DECLINED}


def field_for(item: Item) -> forms.Field:
    """Make the field of one question: a line from 0 to 10, or its own few answers. Every question can be left."""
    shared: dict[str, Any] = {"label": item.question, "help_text": item.why, "required": False}
    if (item.options[0].value, item.options[-1].value) == (0, 10):
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


def score_field(scale: Scale) -> forms.Field:
    """Make the field of a score that was worked out elsewhere. Every score can be left."""
    ends = f"from {scale.minimum:g} to {scale.maximum:g}"
    wrong = f"{scale.title}: enter a number {ends}"
    return forms.FloatField(
        label=scale.title,
        help_text=f"{ends[:1].upper()}{ends[1:]}. A higher number means {scale.higher_means}.",
        required=False,
        min_value=scale.minimum,
        max_value=scale.maximum,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class Questions(forms.Form):
    """The questions of some questionnaires on one page, and the scores of those of which only these are entered."""

    def __init__(self, instruments: list[Instrument], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instruments = instruments
        for instrument in instruments:
            for item in instrument.items:
                self.fields[f"{instrument.key}.{item.key}"] = field_for(item)
            for scale in _entered(instrument):
                self.fields[f"{instrument.key}.{scale.key}"] = score_field(scale)

    def parts(self) -> Iterator[tuple[Instrument, list[forms.BoundField]]]:
        """Give each questionnaire with its fields, in order."""
        for instrument in self.instruments:
            keys = [item.key for item in instrument.items] + [scale.key for scale in _entered(instrument)]
            yield instrument, [self[f"{instrument.key}.{key}"] for key in keys]

    def clean(self) -> None:
        """Refuse scores that do not fit together, by the one at fault."""
        for instrument in self.instruments:
            if instrument.enter is Enter.SCORES and not self.errors:
                try:
                    score(instrument, self.scores(instrument))
                except AnswerError as fault:
                    title = instrument.scale(fault.item).title
                    self.add_error(f"{instrument.key}.{fault.item}", f"{title} {fault.problem}")

    def scores(self, instrument: Instrument) -> dict[str, Answer]:
        """Give the scores that were entered, by scale; None where one was left."""
        return {scale.key: self.cleaned_data.get(f"{instrument.key}.{scale.key}") for scale in _entered(instrument)}

    def answers(self) -> dict[str, dict[str, Answer]]:
        """Give what was answered, by questionnaire and item; None where a question was left."""
        return {
            instrument.key: {
                item.key: answer_from(str(self.data.get(self.add_prefix(f"{instrument.key}.{item.key}"), "")))
                for item in instrument.items
            }
            | self.scores(instrument)
            for instrument in self.instruments
        }


def _entered(instrument: Instrument) -> tuple[Scale, ...]:
    return instrument.scales if instrument.enter is Enter.SCORES else ()
