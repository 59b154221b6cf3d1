"""What is said of an extract, to who asked and to who answers."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from alongside.core import access
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.stewardship.exchange.extract_columns import meanings
from alongside.stewardship.exchange.models import Extract
from alongside.web.dates import day


def with_people(request: HttpRequest) -> QuerySet[Extract]:
    """Give the extracts that one may see, with who asked, who answered and of which cohort."""
    rows = access.visible(request, Extract).select_related("cohort__frozen", "asked_by", "answered_by")
    return rows.defer("cohort__frozen__content")


def standing(extract: Extract) -> tuple[str, str]:
    """Say how far it has come, with the tone of its tag."""
    if extract.answer == Extract.Answer.APPROVED and extract.expires_on:
        if extract.may_be_taken(timezone.localdate()):
            return f"Approved until {day(extract.expires_on)}", "green"
        return f"Ended {day(extract.expires_on)}", "brown"
    return ("Refused" if extract.answer else "Waiting for an answer"), "brown"


def facts_of(extract: Extract) -> list[tuple[str, str]]:
    """Give what was asked and answered."""
    facts = [
        ("Purpose", extract.purpose),
        ("Cohort", f"{extract.cohort.title}. {extract.cohort.question}"),
        ("Asked for by", f"{extract.asked_by.name}, {day(extract.asked_at)}"),
    ]
    if extract.answered_by and extract.answered_at:
        facts.append(("Answered by", f"{extract.answered_by.name}, {day(extract.answered_at)}"))
    return [*facts, ("Why it was refused", extract.reason)] if extract.reason else facts


def columns_of(extract: Extract) -> list[str]:
    """Say what its columns hold, in the order of their names."""
    known = meanings(outcomes_of(extract.cohort))
    return [known.get(name, name) for name in extract.columns]
