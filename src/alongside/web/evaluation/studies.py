"""Published studies, pasted as lines of figures, put together on the page. Nothing of them is kept."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.methods import Options
from alongside.insight.evaluation.methods.studies import pooling
from alongside.insight.evaluation.pooled import Told, tell
from alongside.insight.evaluation.sheets import Unusable
from alongside.web.evaluation.together import TogetherForm
from alongside.web.rendering import page

MOST_LETTERS = 50_000
MOST_STUDIES = 200


class StudiesForm(TogetherForm):
    """The studies, and how they are to be put together."""

    of = "figures"
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
    moderators = forms.CharField(
        label="Which other columns may explain the effects?",
        required=False,
        max_length=200,
        help_text="Their names with commas, such as year. Leave it empty if there are none.",
    )
    field_order = ("figures", "measure", "between", "hartung_knapp", "moderators")

    def put_together(self, given: dict[str, Any], options: Options) -> Told:
        """Put the pasted studies together."""
        lines = given["figures"].strip().splitlines()
        if len(lines) > MOST_STUDIES + 1:
            raise Unusable(f"Give at most {MOST_STUDIES} studies here; there are {len(lines) - 1:,}")
        names = tuple(" ".join(name.split()).lower() for name in given["moderators"].split(",") if name.strip())
        return tell(pooling(lines, replace(options, covariate=names)), given["measure"])


@needs(Permission.EVALUATION_SEE)
def studies(request: HttpRequest) -> HttpResponse:
    """Ask for studies; put together those that were pasted."""
    form = StudiesForm(request.POST or None)
    told = form.told if form.is_valid() else None
    return page(request, "evaluation/studies.html", {"form": form, "told": told})
