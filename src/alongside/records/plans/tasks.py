"""What a worker process does for plans: sending one by e-mail."""

from pathlib import Path
from uuid import UUID

from django_tasks import task

from alongside.core.access import system
from alongside.core.base.mail import send_papers, written
from alongside.records.plans.models import PlanSending
from alongside.records.plans.paper import paper_of, said

LETTER = Path(__file__).with_name("letters") / "plan.txt"


@task()
def send_agreed_plan(sending: str) -> None:
    """Send an agreed plan to the address that was checked. The paper comes from the record, never from the queue."""
    with system():
        rows = PlanSending.objects.select_related("plan__agreed_with", "plan__case")
        sent = rows.get(pk=UUID(sending))
        plan, carer = sent.plan, sent.plan.agreed_with
        words = {
            "name": carer.known_as or carer.name,
            "agreed": said(str(plan.agreed_on)),
            "worker": plan.content.get("worker", ""),
        }
        subject, body = written(LETTER, **words)
        send_papers(sent.sent_to, subject, body, {f"plan-{plan.agreed_on}.pdf": paper_of(plan)})
