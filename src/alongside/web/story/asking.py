"""What of a story is asked for in an address: a kind, a person, days, and which end comes first."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from alongside.core import access
from alongside.insight.chronology.entries import Kind, Scope
from alongside.insight.chronology.queries import AT_A_TIME, days_of
from alongside.records.cases.models import Case
from alongside.records.people.picture import Named, names_of
from alongside.web.dates import day

KINDS = {
    Kind.CONTACT: "Contacts, appointments and letters",
    Kind.GOAL: "Goals and steps",
    Kind.PLAN: "Plan, needs and strengths",
    Kind.PROMISE: "Promises and money",
    Kind.LIVING: "Where the children live, and on what footing",
    Kind.STATUS: "Child in need, child protection, looked after",
    Kind.SAFETY: "Safety notes",
    Kind.CONCERN: "Concerns",
    Kind.MEASURE: "Measures",
    Kind.PROGRAMME: "Programmes",
    Kind.REFERRAL: "Referral and decision",
    Kind.CASE: "Case opened and closed",
}


@dataclass(frozen=True)
class Asked:
    """What is asked for; anything that makes no sense was left out."""

    case: Case
    people: list[Named]
    kind: Kind | None
    person: Named | None
    since: date | None
    until: date | None
    newest: bool

    def scope(self, request: HttpRequest, size: int = AT_A_TIME) -> Scope:
        """Say it as the story is read."""
        return Scope(
            user=access.person(request),
            case=self.case.pk,
            household=self.case.household_id,
            person=self.person.pk if self.person else None,
            since=self.since,
            until=self.until,
            newest=self.newest,
            size=size,
        )

    def query(self, **changes: str) -> str:
        """Give it as it stands in an address."""
        told = {
            "kind": self.kind or "",
            "person": str(self.person.pk) if self.person else "",
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "order": "" if self.newest else "oldest",
        } | changes
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def in_words(self) -> str:
        """Say it in a sentence, for the paper and for the log."""
        parts = [KINDS[self.kind] if self.kind else "Everything"]
        if self.person:
            parts.append(f"about {self.person.name}")
        if self.since:
            parts.append(f"from {day(self.since)}")
        if self.until:
            parts.append(f"until {day(self.until)}")
        return ", ".join(parts)


def asked(request: HttpRequest, pk: UUID, what: str) -> Asked:
    """Open a family's case and read what is asked for of its story."""
    case = access.get(request, Case, pk, what=what, related=("household",))
    people = names_of(case.household_id, access.person(request))
    given = request.GET
    since, until = days_of(given.get("since", ""), given.get("until", ""))
    return Asked(
        case=case,
        people=people,
        kind=Kind(given["kind"]) if given.get("kind") in list(Kind) else None,
        person=next((one for one in people if str(one.pk) == given.get("person")), None),
        since=since,
        until=until,
        newest=given.get("order") != "oldest",
    )
