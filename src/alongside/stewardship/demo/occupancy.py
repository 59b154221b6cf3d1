"""What a database holds already: nothing, made-up families, or records that somebody needs."""

import re
from dataclasses import dataclass

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.records.people.models import Household
from alongside.records.referrals.models import Referral

BEGUN = "making up families: {scale}, seed {seed}"
DONE = "made up families: {scale}, seed {seed}"


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Whether there are made-up families, whether all that were begun, and whether there is anything else."""

    made_up: str = ""
    whole: bool = False
    records: bool = False


def occupancy() -> Occupancy:
    """Look at the database."""
    begun = _entry(BEGUN)
    if begun:
        return Occupancy(begun, _entry(DONE) == begun, records=True)
    return Occupancy(records=any(model.objects.exists() for model in (User, Household, Referral)))


def mark(words: str, scale: str, seed: int) -> None:
    """Enter in the log that families are being made up, or were."""
    ledger.note(by=None, what=words.format(scale=scale, seed=seed), kind=Entry.Kind.WRITE)


def _entry(words: str) -> str:
    start = words.split("{")[0]
    entry = Entry.objects.filter(what__startswith=start, actor=None).order_by("id").first()
    found = re.search(r": (\w+, seed -?\d+)$", entry.what) if entry else None
    return found[1] if found else ""
