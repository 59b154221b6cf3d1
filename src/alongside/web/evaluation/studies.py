"""Published studies, pasted as lines of figures, put together on the page. Nothing of them is kept."""

from django import forms
from django.http import HttpRequest, HttpResponse

from alongside.calc.outcomes.meta.fitting import Between
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.methods import Options
from alongside.insight.evaluation.methods.studies import pooling
from alongside.insight.evaluation.pooled import Told, tell
from alongside.insight.evaluation.sheets import Unusable
from alongside.web.rendering import page

MOST_LETTERS = 50_000
MOST_STUDIES = 200


class StudiesForm(forms.Form):
    """The studies, and how they are to be put together."""

    figures = forms.CharField(
        label="The studies",
        max_length=MOST_LETTERS,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
        help_text="One a line, with commas, below a line that names the columns: study, effect, variance. A column "
        "called group, and others that tell of the studies, may follow.",
        error_messages={"required": "Paste the studies"},
    )
    measure = forms.CharField(
        label="What are the effects?", max_length=80, help_text="For example Hedges g, or log odds ratio."
    )
    between = forms.ChoiceField(
        label="How is the variance between studies found?",
        choices=[(each.value, each.called[:1].upper() + each.called[1:]) for each in Between],
        initial=Between.REML.value,
        widget=forms.RadioSelect,
    )
    hartung_knapp = forms.BooleanField(
        label="Use the interval of Hartung and Knapp, which few studies need", required=False, initial=True
    )
    moderators = forms.CharField(
        label="Which other columns may explain the effects?",
        required=False,
        max_length=200,
        help_text="Their names with commas, such as year. Leave it empty if there are none.",
    )

    told: Told | None = None

    def clean(self) -> dict[str, object]:
        """Put the studies together, so that what is wrong with them is told by their field."""
        given = super().clean() or {}
        if self.errors:
            return given
        lines = given["figures"].strip().splitlines()
        if len(lines) > MOST_STUDIES + 1:
            self.add_error("figures", f"Give at most {MOST_STUDIES} studies here; there are {len(lines) - 1:,}")
            return given
        names = tuple(" ".join(name.split()).lower() for name in given["moderators"].split(",") if name.strip())
        options = Options(between=Between(given["between"]), hartung_knapp=given["hartung_knapp"], covariate=names)
        try:
            self.told = tell(pooling(lines, options), given["measure"])
        except Unusable as error:
            for fault in error.faults:
                self.add_error("figures", fault)
        except (ValueError, ArithmeticError) as error:
            sentence = str(error)
            self.add_error("figures", f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.")
        return given


@needs(Permission.EVALUATION_SEE)
def studies(request: HttpRequest) -> HttpResponse:
    """Ask for studies; put together those that were pasted."""
    form = StudiesForm(request.POST or None)
    told = form.told if form.is_valid() else None
    return page(request, "evaluation/studies.html", {"form": form, "told": told})
