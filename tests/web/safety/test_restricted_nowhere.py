"""A family that few may know of, looked for on a manager's pages: no name of it is there, and no number moves."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
import time_machine
from django.http import StreamingHttpResponse
from django.test import Client

from alongside.core.agencies.models import User
from alongside.core.base.ids import new_id
from alongside.records.cases.models import Case, Contact
from alongside.records.cases.services.guarding import restrict_family
from alongside.records.concerns.services.raising import raise_concern
from alongside.records.oversight.models import (
    Absence,
    AgreedAction,
    CaseAudit,
    CaseTalk,
    Cover,
    Priority,
    Supervision,
)
from alongside.records.oversight.questions import questions
from alongside.records.people.models import Arrangement, Household, Membership, Person, Relationship, SafetyNote
from alongside.records.people.services.filing import file_person
from alongside.records.programmes.models import Decision, Enrolment
from alongside.records.referrals.models import Referral
from alongside.records.referrals.services import receive_referral
from tests.cast import NOW, TODAY, Cast

SignIn = Callable[[User], Client]
NAMES = ("Zelda", "Quill", "ZE1 0AA", "Ottoline")
PAGES = (
    "/families/",
    "/families/{case}/",
    "/families/{case}/picture/",
    "/families/{case}/picture/ties/",
    "/families/{case}/story/",
    "/people/households/{home}/",
    "/people/{child}/",
    "/today/",
    "/clocks/{case}/",
    "/team/?team=all",
    *(f"/team/late/?team=all&kind={kind}" for kind in ("first_contact", "contact", "review", "promise", "concern")),
    "/team/waiting/",
    "/team/audits/",
    "/team/workers/{asha}/",
    "/team/workers/{asha}/supervision/",
    "/team/workers/{asha}/away/",
    "/team/absences/{absence}/",
    "/team/supervisions/{supervision}/",
    "/referrals/queue/",
    "/referrals/queue/?status=waiting",
    "/referrals/queue/?status=declined",
    "/contracts/{contract}/practice/",
    "contacts",
)


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


@pytest.fixture
def places(cast: Cast) -> dict[str, UUID]:
    """What the addresses name: Grace's family, of which everybody may know, how Asha's work is looked after, and
    another family that waits before others.
    """
    ours = {"agency": cast.provider, "by": cast.morgan, "worker": cast.asha}
    absence = Absence.objects.create(**ours, starts_on=TODAY + timedelta(days=3))
    supervision = Supervision.objects.create(**ours, held_on=TODAY, words="Well.")
    waits = Referral.objects.create(
        agency=cast.provider, source="self", carer_name="Ines Moura", status="waiting", received_at=NOW, status_at=NOW,
        authority=cast.kirklees, consent="given",
    )  # fmt: skip
    decide(cast, waits, "waiting", NOW)
    Priority.objects.create(
        agency=cast.provider, referral=waits, by=cast.morgan, level=2, reason="A baby is due.", set_on=TODAY
    )
    return {
        "case": cast.case.pk,
        "home": cast.household.pk,
        "child": cast.tyler.pk,
        "asha": cast.asha.pk,
        "absence": absence.pk,
        "supervision": supervision.pk,
        "contract": cast.contract.pk,
    }


def decide(cast: Cast, referral: Referral, outcome: str, at: datetime) -> None:
    """Write what was decided on a referral."""
    Decision.objects.create(
        agency=cast.provider, referral=referral, contract=cast.contract, outcome=outcome, words="So", decided_at=at,
        by=cast.morgan,
    )  # fmt: skip


def shown(browser: Client, address: str) -> str:
    """Give the words of a page, or of the file of contacts, without what is new each time it is opened."""
    if address == "contacts":
        span = {f"{end}_{part}": getattr(TODAY, part) for end in ("first", "last") for part in ("day", "month", "year")}
        sent = browser.post("/reports/contacts/", span)
        assert isinstance(sent, StreamingHttpResponse)
        return b"".join(sent).decode()
    answer = browser.get(address)
    assert answer.status_code == 200, address
    words = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(words).split())


def another_family(cast: Cast, places: dict[str, UUID]) -> Case:
    """Write a family of Asha's about which everything is late; Tyler has lived there, and it brought him up."""
    ours = {"agency": cast.provider}
    names = ("Zelda Quill", "Ottoline Quill")
    zelda, ottoline = (Person.objects.create(**ours, name=name, birth_date=TODAY) for name in names)
    home = Household.objects.create(
        **ours, name="Zelda Quill", postcode="ZE1 0AA", authority=cast.kirklees, team=cast.team, worker=cast.asha
    )
    for person, part in ((zelda, "carer"), (ottoline, "child"), (cast.tyler, "child")):
        Membership.objects.create(**ours, household=home, person=person, part=part, since=TODAY)
        Relationship.objects.create(**ours, person=zelda, relative=person, kind="aunt_or_uncle")
        file_person(person)
    Relationship.objects.create(**ours, person=cast.grace, relative=ottoline, kind="aunt_or_uncle")
    Arrangement.objects.create(**ours, child=cast.tyler, carer=zelda, kind="informal", started_on=TODAY)
    SafetyNote.objects.create(**ours, household=home, words="Ask for Ottoline", checked_on=TODAY)
    told = {**ours, "source": "agency", "source_agency": cast.kirklees, "carer_name": "Zelda Quill", "status_at": NOW}
    told |= {"received_at": NOW - timedelta(weeks=8), "authority": cast.kirklees, "consent": "given"}
    referral = Referral.objects.create(**told, status="accepted")
    before = Referral.objects.create(**told, status="waiting", household=home)
    decide(cast, referral, "waiting", NOW - timedelta(weeks=7))
    decide(cast, referral, "accepted", NOW)
    for status in ("new", "waiting", "declined"):  # told of by others before, and led to no family
        sent = receive_referral(
            submission=new_id(), agency=cast.provider, children=[], by=cast.ruth, source_agency=cast.kirklees,
            carer_name="Zelda Quill", postcode="ZE1 0AA", consent="given",
        )  # fmt: skip
        Referral.objects.filter(pk=sent.pk).update(status=status)
    Priority.objects.create(**ours, referral=before, by=cast.morgan, level=1, reason="Zelda is ill.", set_on=TODAY)
    late = TODAY - timedelta(days=9)
    case = Case.objects.create(
        **ours, household=home, referral=referral, authority=cast.kirklees, team=cast.team, worker=cast.asha,
        opened_on=late, next_contact_due=late, review_due=late, promise_due_on=late,
    )  # fmt: skip
    Enrolment.objects.create(**ours, case=case, contract=cast.contract, started_on=case.opened_on)
    Contact.objects.create(**ours, case=case, at=NOW, channel="phone", outcome="spoke", by=cast.asha, note="Zelda.")
    CaseTalk.objects.create(**ours, supervision_id=places["supervision"], case=case, words="Zelda sleeps.")
    Cover.objects.create(**ours, absence_id=places["absence"], case=case, worker=cast.asha)
    found = {question.key: {"found": "yes", "words": ""} for question in questions().asked}
    edition = questions().edition
    audit = CaseAudit.objects.create(
        **ours, case=case, by=cast.morgan, audited_on=TODAY, edition=edition, answers=found
    )
    AgreedAction.objects.create(**ours, audit=audit, owner=cast.asha, words="Ring Zelda.", due_on=TODAY)
    raise_concern(words="Zelda fell.", danger=False, noticed_on=TODAY, by=cast.asha, case=case)
    Case.objects.filter(pk=case.pk).update(concern_since=NOW - timedelta(days=9))
    return case


@pytest.mark.parametrize("address", PAGES)
def test_a_manager_who_may_not_know_of_a_family_sees_each_page_as_if_it_were_not_there(
    cast: Cast, sign_in: SignIn, places: dict[str, UUID], address: str
) -> None:
    max_ = User.objects.create(
        agency=cast.provider, team=cast.team, role="manager", name="Max Orme", email="max@example.org"
    )
    browser, address = sign_in(max_), address.format(**places)
    shown(browser, address)  # what is said once only, at the first sight of a page, is said now
    before = shown(browser, address)
    case = another_family(cast, places)
    restrict_family(
        case=case, reason="Kin.", knowing=[cast.asha], review_on=TODAY + timedelta(days=90), by=cast.morgan,
        submission=new_id(),
    )  # fmt: skip
    after = shown(browser, address)
    assert [name for name in NAMES if name in after] == []
    assert after == before
