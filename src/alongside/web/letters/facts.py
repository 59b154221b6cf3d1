"""The facts that letters are merged with, each as a sentence would say it; what is not known is left out."""

from collections.abc import Sequence

from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.records.appointments.queries import coming_to
from alongside.records.cases.models import Case
from alongside.records.people.models import Arrangement, Person
from alongside.records.people.queries import arrangements_of
from alongside.records.plans import queries as plans
from alongside.records.plans.models import OriginEvent, Promise
from alongside.web.dates import day, moment, partial
from alongside.web.money import pounds

KINDS = {kind.value: str(kind.label).lower() for kind in Arrangement.Kind}
WHO = {who.value: str(who.label) for who in OriginEvent.Who}


def facts_of(
    case: Case, carer: Person | None, child: Person | None, children: Sequence[Person], user: User
) -> dict[str, str]:
    """Give every fact that is known, by its field."""
    facts = {
        "carer": _name(carer),
        "child": _name(child),
        "children": _together([_name(one) for one in children]),
        "worker": case.worker.name if case.worker else "",
        "authority": case.authority.name if case.authority else "",
        "opened_on": day(case.opened_on),
        "next_appointment": moment(coming_to(case)),
        "review_due": day(case.review_due),
        "promises_overdue": _promises(case),
        "goal": next((goal.words.rstrip(".") for goal in plans.goal_lines(case) if goal.open), ""),
    }
    if child is not None:
        facts |= _standing(child, user) | _money(case, child) | _coming(case, child)
    return {field: words for field, words in facts.items() if words}


def _name(person: Person | None) -> str:
    return "" if person is None else person.name


def _together(names: list[str]) -> str:
    *before, last = names or [""]
    return f"{', '.join(before)} and {last}" if before else last


def _standing(child: Person, user: User) -> dict[str, str]:
    standing = [one for one in arrangements_of(child, user) if one.ended_on is None]
    if not standing:
        return {}
    one = standing[-1]
    since = partial(one.started_on, one.started_precision) if one.started_on else ""
    return {"arrangement": KINDS[one.kind], "arrangement_since": since}


def _money(case: Case, child: Person) -> dict[str, str]:
    paid = [one.allowance for one in plans.paid_to(case)]
    theirs = [one for one in paid if one.child_id == child.pk and one.ended_on is None]
    if not theirs:
        return {}
    one = theirs[0]
    expected = one.expected_pence_a_week
    return {
        "allowance": f"{pounds(one.pence_a_week)} a week",
        "allowance_since": day(one.amount_since),
        "allowance_reviewed": day(one.reviewed_on) if one.reviewed_on else "not since it began",
        "allowance_expected": "" if expected is None else f"{pounds(expected)} a week",
    }


def _coming(case: Case, child: Person) -> dict[str, str]:
    events = [
        event for coming in plans.coming_of(case) for event in coming.events if event.child_id in (None, child.pk)
    ]
    events = list({event.pk: event for event in events}.values())
    placed = next((event for event in events if event.kind == OriginEvent.Kind.PLACED and event.on), None)
    return {
        "came_on": partial(placed.on, placed.precision) if placed else "",
        "origin": "\n\n" + "\n".join(f"- {_event(event)}" for event in events) if events else "",
    }


def _event(event: OriginEvent) -> str:
    when = partial(event.on, event.precision) if event.on else "Day not known"
    by = event.who_words or WHO[event.who]
    words = f" {event.words}" if event.words else ""
    return " ".join(f"{when}. {OriginEvent.Kind(event.kind).label}: {by}.{words}".split())


def _promises(case: Case) -> str:
    overdue, _, _ = plans.due_first(plans.promises_of(case), timezone.localdate())
    theirs = [one for one in overdue if one.made_by == Promise.MadeBy.AUTHORITY]
    return "\n".join(f"- {one.words} (promised {day(one.made_on)}, for {day(one.due_on)})" for one in theirs)
