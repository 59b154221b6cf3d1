"""One result: what was found, how far the design carries it, and what it cannot say."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from alongside.core import access
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.insight.evaluation.models import AnalysisRun
from alongside.insight.evaluation.queries import NAMES, RULES, runs_of
from alongside.insight.evaluation.report.writing import plots_of
from alongside.insight.evaluation.runs import RUNS, p_value
from alongside.insight.reports.telling.figures import FOOTNOTE, HIDDEN
from alongside.web.rendering import page


@needs(Permission.EVALUATION_SEE)
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a result."""
    rows = access.visible(request, AnalysisRun).select_related("cohort")
    run = access.get(request, AnalysisRun, pk, what="result opened", rows=rows)
    found, result = next(each for each in runs_of(run.cohort) if each[0].pk == run.pk)
    context = {
        "run": found,
        "cohort": run.cohort,
        "kind": RUNS[run.method],
        "result": result,
        "standing": NAMES[run.standing],
        "rule": RULES[run.standing],
        "plots": list(plots_of(result)),
        "tested": [
            (effect.title, p_value(effect.p), p_value(effect.adjusted))
            for effect in result.effects
            if effect.p is not None
        ],
        "footnote": FOOTNOTE if any(HIDDEN in row for table in result.tables for row in table.rows) else "",
    }
    return page(request, "evaluation/result.html", context)
