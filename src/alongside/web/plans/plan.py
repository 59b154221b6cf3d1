"""A family's plan: what it does well, what it wants over time, who does what by when, and how things are."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.calc.plotting import plot
from alongside.core.access import needs
from alongside.core.agencies.permissions import Permission
from alongside.records.cases.models import Step
from alongside.records.plans import queries
from alongside.records.plans.models import Strength
from alongside.web.plans.family import case_of
from alongside.web.rendering import page

OWNERS = {
    Step.Owner.WORKER: "We do this",
    Step.Owner.CARER: "The carer does this",
    Step.Owner.AUTHORITY: "The local authority does this",
    Step.Owner.OTHER: "Somebody else does this",
}
SAID_BY = {
    Strength.SaidBy.CARER: "the carer",
    Strength.SaidBy.CHILD: "a child",
    Strength.SaidBy.WORKER: "their worker",
    Strength.SaidBy.OTHER: "somebody else",
}


@needs(Permission.CASE_SEE)
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the plan of one family."""
    case = case_of(request, pk, "plan opened")
    goals, steps = queries.goal_lines(case), queries.steps_of_case(case)
    return page(
        request,
        "plans/plan.html",
        {
            "case": case,
            "goals": [(goal, plot(goal.points), [step for step in steps if step.goal_id == goal.id]) for goal in goals],
            "beside": [step for step in steps if step.goal_id is None],
            "strengths": queries.strengths_of(case),
            "talked": queries.talked_over(case),
            "agreed": queries.agreed_plans(case),
            "owners": OWNERS,
            "said_by": SAID_BY,
            "today": timezone.localdate(),
        },
    )
