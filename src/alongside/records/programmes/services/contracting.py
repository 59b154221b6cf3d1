"""Setting up contracts and changing them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from alongside.core.agencies.models import Agency, User
from alongside.core.audit import ledger
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.records.programmes.models import Contract
from alongside.records.programmes.services.placing import hold_contract


def write_contract(
    *,
    contract: Contract | None,
    version: int | None,
    submission: UUID,
    agency: Agency,
    areas: Sequence[Agency],
    by: User,
    **facts: Any,
) -> Contract:
    """Set a contract up, or change it. Places already taken stay taken; a tier brings its length where none is said."""
    if facts["ends_on"] < facts["starts_on"]:
        raise Refused("The contract must end on or after the day that it starts.", field="ends_on")
    tiers = {tier["slug"]: tier for tier in facts["programme"].definition.get("tiers", [])}
    if facts.get("tier"):
        if facts["tier"] not in tiers:
            raise Refused(f"{facts['programme']} has no such tier. Choose another, or none", field="tier")
        if facts.get("length_weeks") is None:
            facts["length_weeks"] = tiers[facts["tier"]]["weeks"]
    least = facts["programme"].definition["length"]["weeks_at_least"]
    if least and facts.get("length_weeks") and facts["length_weeks"] < least:
        raise Refused(f"{facts['programme']} takes {least} weeks or more", field="length_weeks")
    with ledger.together():
        if contract is None:
            written = ledger.create(Contract, by=by, what="contract set up", id=submission, agency=agency, **facts)
        else:
            held = hold_contract(contract.pk)
            written = ledger.update(held, by=by, what="contract changed", version=version, **facts)
        if set(written.areas.all()) != set(areas):
            written.areas.set(areas)
            # The areas stand in a table of their own: count their change too, so that nobody writes over it unseen.
            Contract.objects.filter(pk=written.pk).update(version=F("version") + 1)
            ledger.note(by=by, what="contract's areas changed", about=written, kind=Entry.Kind.WRITE)
    return written
