"""An agreed plan in plain English: what is kept of it on the day, and the same on paper."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from alongside.calc.plotting import plot
from alongside.core.base.days import in_words
from alongside.core.base.paper import typeset
from alongside.records.cases.models import Case, Step
from alongside.records.people.models import Person
from alongside.records.plans import queries
from alongside.records.plans.models import AgreedPlan, Promise

LAYOUT = Path(__file__).with_name("plan.typ")
HOW = {
    AgreedPlan.How.IN_PERSON: "together",
    AgreedPlan.How.VIDEO: "on a video call",
    AgreedPlan.How.PHONE: "on the phone",
    AgreedPlan.How.WRITING: "in writing",
}


def content_of(case: Case, carer: Person) -> dict[str, Any]:
    """Give what the plan says today, for a family to keep: strengths, goals still open, steps and promises still open.

    What they said was hard is left out: a paper at home may be read by others.
    """
    worker = case.worker.name if case.worker else settings.SERVICE_NAME
    authority = case.authority.name if case.authority else "The local authority"
    who = {"worker": worker, "carer": carer.known_as or carer.name, "authority": authority, "other": "Somebody else"}
    steps = [step for step in queries.steps_of_case(case) if step.done_on is None]
    return {
        "worker": worker,
        "strengths": [strength.words for strength in queries.strengths_of(case)],
        "goals": [
            {
                "words": goal.words,
                "points": [[str(point.on), point.value] for point in goal.points],
                "steps": [_line(step, who) for step in steps if step.goal_id == goal.id],
            }
            for goal in queries.goal_lines(case)
            if goal.open
        ],
        "steps": [_line(step, who) for step in steps if step.goal_id is None],
        "promises": [
            _line(promise, {**who, "service": settings.SERVICE_NAME})
            for promise in queries.promises_of(case)
            if promise.outcome == Promise.Outcome.OPEN
        ],
        "review_due": str(case.review_due) if case.review_due else "",
    }


def _line(row: Step | Promise, who: dict[str, str]) -> dict[str, str]:
    by = row.owner if isinstance(row, Step) else row.made_by
    named = "" if isinstance(row, Step) else row.who
    return {"words": row.words, "who": named or who[by], "by": str(row.due_on) if row.due_on else ""}


def says_something(content: dict[str, Any]) -> bool:
    """Say whether there is anything to agree."""
    return any(content[part] for part in ("goals", "steps", "promises"))


def as_read(plan: AgreedPlan) -> dict[str, Any]:
    """Give a kept plan as page and paper show it, with its sentences and drawings."""
    content, carer = plan.content, plan.agreed_with.known_as or plan.agreed_with.name
    review = content.get("review_due", "")
    worker = content.get("worker", "")
    return {
        "title": f"Plan for {carer} and the family",
        "service": str(settings.SERVICE_NAME),
        "foot": f"Plan {plan.number}, agreed {said(str(plan.agreed_on))}",
        "agreed": f"We agreed this {HOW[AgreedPlan.How(plan.how)]} on {said(str(plan.agreed_on))}.",
        "agreed_with": carer,
        "words": plan.words,
        "strengths": content.get("strengths", []),
        "goals": [_goal(goal) for goal in content.get("goals", [])],
        "steps": [_said_line(line) for line in content.get("steps", [])],
        "promises": [_said_line(line) for line in content.get("promises", [])],
        "changes": " ".join(
            part
            for part in (
                f"We look at this together on or before {said(review)}." if review else "",
                f"Before that, tell {worker} at any time, or call {settings.HELP_PHONE}, {settings.HELP_HOURS}.",
                "If somebody is in danger, call 999.",
            )
            if part
        ),
    }


def _goal(goal: dict[str, Any]) -> dict[str, Any]:
    points = [(date.fromisoformat(on), value) for on, value in goal["points"]]
    drawing = plot(points)
    (first, start), (last, now) = points[0], points[-1]
    told = f"You were at {start} of 10 on {said(str(first))}"
    return {
        "words": goal["words"],
        "told": f"{told}." if len(points) == 1 else f"{told}, and at {now} on {said(str(last))}.",
        "drawing": drawing,
        "marks": [mark._asdict() | {"on": str(mark.on)} for mark in drawing.marks],
        "parts": [part._asdict() for part in drawing.parts],
        "steps": [_said_line(line) for line in goal["steps"]],
    }


def _said_line(line: dict[str, str]) -> dict[str, str]:
    return {**line, "by": said(line["by"]) or "no day set"}


def said(day: str) -> str:
    """Say a kept day as people would: "3 December 2026"."""
    return in_words(date.fromisoformat(day)) if day else ""


def paper_of(plan: AgreedPlan) -> bytes:
    """Set a kept plan on paper."""
    read = as_read(plan)
    for goal in read["goals"]:
        del goal["drawing"]
    return typeset(LAYOUT, read, plan.agreed_on)
