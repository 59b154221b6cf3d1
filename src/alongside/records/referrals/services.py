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
from alongside.records.people.services.registering import ToldChild
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.records.referrals.queries import filing_keys
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

    ``write_by`` is the day that the carer is told of in a letter: only given where a letter is safe.
    """
    with ledger.together():
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
            children=[stored(child) for child in children],
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
    """Put right what was told, while nothing is decided; what was told first stays in the log."""
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


def stored(child: ToldChild) -> dict[str, str]:
    """Give what was told of a child as it is kept in the referral: all of it text."""
    facts = {name: "" if value is None else str(value) for name, value in asdict(child).items()}
    return {name: value for name, value in facts.items() if name not in ("phone", "email")}


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
