"""Asking how studies are to be put together, and putting them together, so that what is wrong is told by its field."""

from abc import abstractmethod
from typing import Any

from django import forms

from alongside.calc.outcomes.meta.fitting import Between
from alongside.insight.evaluation.methods import Options
from alongside.insight.evaluation.pooled import Told
from alongside.insight.evaluation.sheets import Unusable


class TogetherForm(forms.Form):
    """How studies, or authorities, are put together; ``told`` is what they say, once that was asked."""

    between = forms.ChoiceField(
        label="How is the variance between them found?",
        choices=[(each.value, each.called[:1].upper() + each.called[1:]) for each in Between],
        initial=Between.REML.value,
        widget=forms.RadioSelect,
    )
    hartung_knapp = forms.BooleanField(
        label="Use the interval of Hartung and Knapp, which few of them need", required=False, initial=True
    )

    of = ""
    """The field that says what is put together, by which faults are told."""
    told: Told | None = None

    @abstractmethod
    def put_together(self, given: dict[str, Any], options: Options) -> Told:
        """Put together what was given."""

    def clean(self) -> dict[str, Any]:
        """Put them together."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        options = Options(between=Between(given["between"]), hartung_knapp=given["hartung_knapp"])
        try:
            self.told = self.put_together(given, options)
        except Unusable as error:
            for fault in error.faults:
                self.add_error(self.of, fault)
        except (ValueError, ArithmeticError) as error:
            sentence = str(error)
            self.add_error(self.of, f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.")
        return given
