"""Writing referrals: taking one in, and answering it (``bulk`` takes in many)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.queries import authority_at
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused, Stale
from alongside.core.base.mail import send_on_commit
from alongside.core.base.rows import rows_of
from alongside.records.people.models import Household
from alongside.records.people.recognising import Guards, guarded, home_of
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.records.referrals.queries import filing_keys, identities
from alongside.records.referrals.rules import OPEN, may_become, reference_words

LETTERS = Path(__file__).parent / "letters"


def receive_referral(
    *,
    submission: UUID,
    agency: Agency,
    children: Sequence[ToldChild],
    by: User | None,
    source_agency: Agency | None = None,
    write_by: date | None = None,
    **facts: Any,
) -> Referral:
    """Take in one referral; a second click gives the one that the first made.

    One that plainly tells of a family of which few may know is that family's from the start, so that those few alone
    decide on it. Whoever refers sees nothing of that. ``write_by`` is the day that the carer is told of in a letter:
    only given where a letter is safe.
    """
    told = Referral(agency=agency, children=[stored(child) for child in children], **facts)
    # Who refers for another agency sees no family's rows here, and a restricted family must be known all the same.
    with rows_of(agency.pk, *([source_agency.pk] if source_agency else [])), ledger.together():
        referral = ledger.create(
            Referral,
            by=by,
            what="referral received",
            id=submission,
            agency=agency,
            source=Referral.Source.AGENCY if source_agency else Referral.Source.SELF,
            source_agency=source_agency,
            made_by=by,
            authority=authority_at(facts.get("postcode", "")),
            children=told.children,
            household_id=_home_told(told, guarded(agency.pk)),
            received_at=timezone.now(),
            status_at=timezone.now(),
            **facts,
        )
        if ReferralKey.objects.filter(referral=referral).exists():
            return referral
        _file(referral)
        if write_by and referral.carer_email:
            _acknowledge(referral, write_by)
    return referral


def answer_referral(*, referral: Referral, version: int, status: str, words: str, by: User) -> Referral:
    """Give a referral its status and the reason that the referrer reads, and tell the referrer that there is one."""
    if referral.version != version:
        raise Stale(referral)
    if not may_become(referral.status, status):
        raise Refused(f"This referral was already answered: {referral.get_status_display().lower()}.")
    if not words.strip():
        raise Refused("Write a reason. The referrer will read it.", field="words")
    with ledger.together():
        ledger.update(
            referral,
            by=by,
            what=f"referral {status}",
            version=version,
            status=status,
            status_at=timezone.now(),
            answer=words.strip(),
        )
        if referral.made_by and referral.made_by.is_active:
            link = settings.BASE_URL + reverse("referrals:referral", args=[referral.pk])
            name = reference_words(referral.pk)
            send_on_commit(LETTERS / "answered.txt", to=referral.made_by.email, words=name, link=link)
    return referral


def correct_referral(
    *, referral: Referral, version: int, children: Sequence[ToldChild], by: User, **facts: Any
) -> Referral:
    """Put right what was told, while nothing is decided; what was told first stays in the log.

    Nothing vanishes by it: a manager could else try names here until a referral did, and so find a restricted family.
    """
    if referral.status not in OPEN:
        raise Refused("This referral is answered. What was told stays as it was.")
    with ledger.together():
        ledger.update(
            referral,
            by=by,
            what="referral put right",
            version=version,
            authority=authority_at(facts["postcode"]),
            children=[stored(child) for child in children],
            **facts,
        )
        ReferralKey.objects.filter(referral=referral).delete()
        _file(referral)
    return referral


def lead_to_family(*, household: Household, by: User) -> None:
    """Make all that was ever told of a restricted family, and led to none yet, that family's, whatever came of it."""
    guards = guarded(household.agency_id, household.pk)
    filed = ReferralKey.objects.filter(agency=household.agency_id, key__in=sorted(guards)).values("referral")
    for referral in Referral.objects.select_for_update().filter(household=None, pk__in=filed).order_by("pk"):
        if _home_told(referral, guards):
            ledger.update(referral, by=by, what="referral led to its family", household=household)


def stored(child: ToldChild) -> dict[str, str]:
    """Give what was told of a child as it is kept in the referral: all of it text."""
    facts = {name: "" if value is None else str(value) for name, value in asdict(child).items()}
    return {name: value for name, value in facts.items() if name not in ("phone", "email")}


def _home_told(referral: Referral, guards: Guards) -> UUID | None:
    return home_of((who for _, who in identities(referral)), guards)


def _file(referral: Referral) -> None:
    """File a referral under its keys, by which duplicates are found."""
    rows = [
        ReferralKey(
            agency_id=referral.agency_id, source_agency_id=referral.source_agency_id, referral=referral, key=key
        )
        for key in sorted(filing_keys(referral))
    ]
    ReferralKey.objects.bulk_create(rows, batch_size=1000)


def _acknowledge(referral: Referral, by: date) -> None:
    source = referral.source_agency
    send_on_commit(
        LETTERS / ("referred.txt" if source else "asked.txt"),
        to=referral.carer_email,
        by=f"{by:%A} {by.day} {by:%B}",
        words=reference_words(referral.pk),
        who=source.name if source else "",
    )
