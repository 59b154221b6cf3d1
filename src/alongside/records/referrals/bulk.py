"""Taking in very many referrals of one agency at once: all of them or none, and no model instance for any."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from alongside.calc.names import Identity, keys
from alongside.core.agencies.models import User
from alongside.core.agencies.places import authority_of_postcode
from alongside.core.agencies.queries import authority_ids
from alongside.core.audit import bulk as audit_bulk
from alongside.core.audit.chain import Fact
from alongside.core.audit.ledger import together
from alongside.core.audit.models import Entry
from alongside.core.base.bulk import Stored, stored, write_rows
from alongside.core.base.ids import new_id
from alongside.core.base.rows import rows_of
from alongside.records.people.recognising import Guards, guarded, home_of
from alongside.records.referrals.models import Referral, ReferralKey

Told = dict[str, Any]
"""What was told of one family, by the names of the referral's own fields; dates as text, children as they are kept."""

TOLD = (
    "carer_name", "carer_birth_date", "carer_birth_precision", "carer_phone", "carer_email", "postcode",
    "no_fixed_address", "relationship", "children", "words", "safety_words", "consent", "consent_words",
    "their_reference", "import_key",
)  # fmt: skip
MADE = ("id", "authority", "household", *TOLD)
AT_ONCE = 5_000
Entries = list[tuple[Fact, str]]


@dataclass(frozen=True, slots=True)
class Sending:
    """Who refers, to whom and when: the same for every family of a file."""

    agency: UUID
    by: User
    at: datetime

    def shared(self) -> dict[str, Any]:
        """Give the fields that every referral of this file has alike."""
        return {
            "created_at": self.at,
            "version": 1,
            "agency": self.agency,
            "source": Referral.Source.AGENCY.value,
            "source_agency": self.by.agency_id,
            "made_by": self.by.id,
            "received_at": self.at,
            "status": Referral.Status.NEW.value,
            "status_at": self.at,
            "programme_wanted": "",
            "answer": "",
        }


def receive_in_bulk(families: Iterable[Told], sending: Sending) -> int:
    """Take in these families, whom nobody referred before, and give how many they were."""
    shared = sending.shared()
    always = {name: stored(value) for name, value in shared.items()}
    logged = {name: [None, _logged(value)] for name, value in shared.items() if value and name not in _QUIET}
    entries: Entries = []
    rest = iter(families)
    with together():
        with rows_of(sending.agency):  # whoever refers for another agency sees no family's rows here
            guards = guarded(sending.agency)
        while some := list(islice(rest, AT_ONCE)):
            _place(some, guards)
            _write(some, always, sending)
            entries += _entries(some, logged, sending)
        # Last, because from here on everybody else who writes has to wait for us.
        return audit_bulk.append(entries)


_QUIET = frozenset({"created_at", "version"})


def _place(families: list[Told], guards: Guards) -> None:
    """Give each family its id, its authority and, where it plainly is one of which few may know, that household."""
    authorities = _authorities({family["postcode"] for family in families})
    for family in families:
        family["id"] = new_id().hex
        family["authority"] = authorities.get(family["postcode"])
        family["household"] = home_of(_identities(family), guards) if guards else None


def _write(families: list[Told], always: dict[str, Stored], sending: Sending) -> None:
    """Write referrals and the keys that they are filed under."""
    same = tuple(always.values())
    rows = ((*same, *(stored(family[name]) for name in MADE)) for family in families)
    write_rows(Referral, (*always, *MADE), rows)
    mark = (sending.agency.hex, sending.by.agency_id.hex)
    filed = ((*mark, family["id"], key) for family in families for key in sorted(filing_keys(family)))
    write_rows(ReferralKey, ("agency", "source_agency", "referral", "key"), filed)


def filing_keys(family: Told) -> set[str]:
    """Give the keys that a family is filed under: the carer's and each child's."""
    found: set[str] = set()
    for told in _identities(family):
        found |= keys(told.name, told.birth_date, told.postcode, precision=told.birth_precision)
    return found


def _identities(family: Told) -> Iterator[Identity]:
    """Give everybody who is told of, the carer first."""
    carer = (family["carer_name"], family["carer_birth_date"], family["carer_birth_precision"])
    children = ((child["name"], child["birth_date"], child["birth_precision"]) for child in family["children"])
    for name, born, precision in (carer, *children):
        yield Identity(name, date.fromisoformat(born) if born else None, family["postcode"], precision)


def _entries(families: list[Told], logged: dict[str, Any], sending: Sending) -> Iterator[tuple[Fact, str]]:
    """Give the entry of each referral, with what was written in it as the log's digest reads it."""
    for family in families:
        told = {name: [None, value] for name in TOLD if (value := family[name]) not in ("", None, [])}
        led = {name: [None, str(family[name])] for name in ("authority", "household") if family[name]}
        changes = json.dumps(
            {**logged, **told, **led, "id": [None, str(UUID(family["id"]))]},
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
        )
        yield (
            Fact(
                at=sending.at,
                kind=Entry.Kind.WRITE.value,
                what="referral received from a file",
                actor=sending.by.id,
                agency=sending.by.agency_id,
                model=Referral._meta.label,
                row=str(UUID(family["id"])),
                changes_digest=sha256(changes.encode()).hexdigest(),
            ),
            changes,
        )


def _authorities(postcodes: set[str]) -> dict[str, UUID]:
    codes = {postcode: authority_of_postcode(postcode) for postcode in postcodes if postcode}
    ids = authority_ids({code for code in codes.values() if code})
    return {postcode: ids[code] for postcode, code in codes.items() if code in ids}


def _logged(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
