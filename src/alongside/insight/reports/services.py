"""Making a contract's quarter into a report, and freezing it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.core.access import system
from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.insight.reports import basis as rows
from alongside.insight.reports.counting.outcomes import of_one_meaning
from alongside.insight.reports.models import FrozenReport
from alongside.insight.reports.moved import Since, changed_rows, what_moved
from alongside.insight.reports.periods import Period
from alongside.insight.reports.queries import read_basis
from alongside.insight.reports.telling.report import Heading, Report, to_json, write_report
from alongside.records.measures.usable import like, measured
from alongside.records.programmes.models import Contract


def report_of(contract: Contract, period: Period) -> Report:
    """Count a quarter from today's records. The contract must come through the gate: the rows read are those of its
    provider, which the agency that pays may not see.
    """
    return _count(contract, period)[0]


def frozen_of(contract: Contract, quarter: str) -> FrozenReport | None:
    """Give what was frozen of a quarter. The contract must come through the gate."""
    return FrozenReport.objects.filter(contract=contract, quarter=quarter).first()


def frozen_quarters(contracts: Sequence[Contract]) -> dict[tuple[UUID, str], date]:
    """Give the days on which quarters of these contracts were frozen. They must come through the gate."""
    rows = FrozenReport.objects.filter(contract__in=contracts).values_list("contract", "quarter", "frozen_at")
    return {(contract, quarter): timezone.localdate(at) for contract, quarter, at in rows}


def records_changed(frozen: FrozenReport, contract: Contract, period: Period) -> int:
    """Count the records that have changed since a quarter was frozen."""
    with system():
        now = read_basis(contract, period)
    return sum(changed_rows(rows.from_json(frozen.basis), now).values())


def since_frozen(frozen: FrozenReport, contract: Contract, period: Period) -> Since:
    """Say what has changed since a quarter was frozen, by counting it again from today's records."""
    now, basis = _count(contract, period)
    return what_moved(frozen.report, now, changed_rows(rows.from_json(frozen.basis), basis))


def freeze_quarter(*, contract: Contract, period: Period, by: User) -> FrozenReport:
    """Keep a quarter as it stands, once, after it has ended; where it was frozen before, give that."""
    if not period.over:
        raise Refused("This quarter has not ended yet. You can freeze it once its last day has passed.")
    known = frozen_of(contract, period.quarter.slug)
    if known:
        return known
    report, basis = _count(contract, period)
    heading = replace(report.heading, frozen=True)
    content, kept = to_json(replace(report, heading=heading)), rows.to_json(basis)
    try:
        with transaction.atomic():
            return ledger.create(
                FrozenReport,
                by=by,
                what="quarter frozen",
                agency=contract.agency,
                purchaser=contract.purchaser,
                contract=contract,
                quarter=period.quarter.slug,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                frozen_at=timezone.now(),
                by_id=by.pk,
                content=content,
                basis=kept,
                fingerprint=fingerprint(content, kept),
            )
    except IntegrityError:
        # Somebody else froze it in the same moment; theirs stands.
        return FrozenReport.objects.get(contract=contract, quarter=period.quarter.slug)


def _count(contract: Contract, period: Period) -> tuple[Report, rows.Basis]:
    with system():
        basis = read_basis(contract, period)
        instruments = measured(contract.agency_id, {row.instrument for row in basis.answers})
        scales = like(contract.agency_id, {(row.instrument, row.edition) for row in basis.answers}, instruments)
    counted, apart = of_one_meaning(basis, instruments, scales)
    return write_report(_heading(contract, period), counted, instruments, apart), basis


def _heading(contract: Contract, period: Period) -> Heading:
    return Heading(
        contract=contract.name,
        programme=contract.programme.name,
        purchaser=contract.purchaser.name,
        provider=contract.agency.name,
        quarter=period.quarter.title,
        starts_on=period.starts_on.isoformat(),
        ends_on=period.ends_on.isoformat(),
        counted_to=period.counted_to.isoformat(),
        counted_on=timezone.localdate().isoformat(),
    )


def fingerprint(content: dict[str, Any], basis: dict[str, Any]) -> str:
    """Give a digest by which a frozen quarter can be told from any other."""
    return sha256(json.dumps([content, basis], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
