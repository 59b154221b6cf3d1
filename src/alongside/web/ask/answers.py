"""The answers while they are given: kept with the visitor's session until they are sent, and no longer."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from alongside.core.base.ids import new_id
from alongside.records.people.models import Arrangement, Precision
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.models import Referral
from alongside.web.ask.questions import QUESTIONS, Children, Question

KEPT = "asking"
TOLD = "asked"


def begin(session: SessionBase) -> None:
    """Make room for answers, unless there is some already."""
    session.setdefault(KEPT, {"submission": str(new_id())})


def begun(session: SessionBase) -> bool:
    """Say whether somebody is answering."""
    return KEPT in session


def keep(session: SessionBase, step: str, said: dict[str, Any]) -> None:
    """Keep the answer to one question."""
    begin(session)
    session[KEPT][step] = said
    session.modified = True


def given(session: SessionBase, step: str) -> dict[str, Any] | None:
    """Give the answer to one question as it was typed; none where there is none."""
    answer: dict[str, Any] | None = session.get(KEPT, {}).get(step)
    return answer


def checked(session: SessionBase) -> dict[str, Question]:
    """Give every question with its answer, a blank one where it was skipped."""
    answers = {step: form(given(session, step) or {}) for step, form in QUESTIONS.items()}
    for answer in answers.values():
        answer.full_clean()
    return answers


def forget(session: SessionBase) -> None:
    """Keep nothing of the answers."""
    session.pop(KEPT, None)


def submission_of(session: SessionBase) -> UUID:
    """Give the id that the referral will have, so that two clicks make one."""
    return UUID(session[KEPT]["submission"])


def facts_of(answers: dict[str, Question], today: date) -> dict[str, Any]:
    """Give what a referral keeps of the answers; asking for oneself is agreeing."""
    said: dict[str, Any] = {}
    for answer in answers.values():
        said |= answer.cleaned_data
    children = answers["children"]
    assert isinstance(children, Children)  # noqa: S101
    arrangement = said["arrangement"] or Arrangement.Kind.UNKNOWN
    named = children.told() or ([("", None)] if said["arrangement"] else [])
    kept = ("words", "relationship", "postcode", "no_fixed_address")
    reached = ("carer_name", "carer_phone", "carer_email", "safety_words")
    return {
        **{name: said[name] for name in (*kept, *reached)},
        "children": [_child(name, age, arrangement, today) for name, age in named],
        "consent": Referral.Consent.GIVEN,
        "consent_words": "They asked for help themselves",
    }


def _child(name: str, age: int | None, arrangement: str, today: date) -> ToldChild:
    """An age in years tells the birth to within a year: it is kept as about that year."""
    born = None if age is None else date(today.year - age, 1, 1)
    precision = Precision.ABOUT if born else Precision.UNKNOWN
    return ToldChild(name, born, precision, arrangement=arrangement)
