"""How freezing grows with the families of a cohort, from records written for it and taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.core.agencies.models import Agency, User
from alongside.core.base.ids import new_id
from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.insight.evaluation.models import Cohort, Protocol
from alongside.insight.evaluation.rules import Definition, Promised
from alongside.insight.evaluation.services import freeze_cohort
from alongside.records.cases.models import Case, Contact, Goal
from alongside.records.measures.models import AnswerSet
from alongside.records.people.models import Arrangement, Household, Membership, Person, PlanStatus
from alongside.records.programmes.models import Contract, Enrolment, Support
from alongside.records.referrals.models import Referral
from benchmarks.results import Result

FEW, MANY = 2_000, 4_000
WHOLE = 50_000
FIRST = date(2025, 1, 6)
SCALES = ("isolation", "money", "child", "relationships", "confidence")
Written = dict[type[Model], list[Any]]


def freezing() -> Iterator[Result]:
    """Freezing twice as many families should take twice as long, and as many queries a thousand families."""
    open_rows(EVERY_AGENCY)
    mina = User.objects.get(email="mina@example.org")
    with transaction.atomic():
        taken = [_frozen(mina, families) for families in (FEW, MANY)]
        transaction.set_rollback(True)
    (few, few_cpu, few_queries), (many, many_cpu, many_queries) = taken
    what = f"freezing {MANY:,} families, CPU"
    ratio, details = many_cpu / few_cpu, f"{few_cpu:.1f} to {many_cpu:.1f} s; by the clock {few:.1f} to {many:.1f} s"
    yield Result(what, f"freezing {FEW:,}", ratio, None, "at most 2.2×", ratio <= 2.2, details)
    grown, allowed = many_queries - few_queries, (MANY - FEW) // 1000 * 12
    yield Result(f"queries more for {MANY - FEW:,} more", "", grown, None, f"at most {allowed}", grown <= allowed, "")
    whole = many_cpu + (many_cpu - few_cpu) / (MANY - FEW) * (WHOLE - MANY)
    yield Result(f"{WHOLE:,} families, if it goes on so", "", whole, None, "told only", True, "s of CPU, not measured")


def _frozen(by: User, families: int) -> tuple[float, float, int]:
    """Give the seconds, those of CPU, and the queries of freezing so many."""
    contract = Contract.objects.filter(agency=by.agency_id, programme__slug="connected").order_by("pk")[0]
    contract.pk, contract._state.adding = new_id(), True
    contract.save(force_insert=True)
    _write(by, contract, families)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    facts = {"title": "Many", "question": "Do carers feel less alone?", "made_by": by, "agency_id": by.agency_id}
    definition = Definition((str(contract.pk),), FIRST, FIRST + timedelta(days=364))
    cohort = Cohort.objects.create(definition=definition.to_json(), **facts)
    promised = Promised(("five-domains.isolation",)).to_json()
    fixed = {"fixed_at": timezone.now(), "fixed_by": by, "fingerprint": "made up"}
    Protocol.objects.create(agency_id=by.agency_id, cohort=cohort, content=promised, **fixed)
    with CaptureQueriesContext(connection) as asked:
        began, began_cpu = perf_counter(), process_time()
        freeze_cohort(cohort=Cohort.objects.select_related("protocol").get(pk=cohort.pk), by=by)
        return perf_counter() - began, process_time() - began_cpu, len(asked)


def _write(by: User, contract: Contract, families: int) -> None:
    """One carer and a child or two, eight talks, three times of asking, a goal and something offered, each family."""
    chance = np.random.default_rng(families)
    worker = User.objects.get(email="asha@example.org")
    areas = list(Agency.objects.filter(kind="authority").order_by("pk")[:20])
    written: Written = {}
    for number in range(families):
        _family(written, chance, contract, worker, areas[number % len(areas)])
    for model, rows in written.items():
        model._default_manager.bulk_create(rows, batch_size=1000)


def _family(written: Written, chance: np.random.Generator, contract: Contract, worker: User, area: Agency) -> None:
    agency: UUID = contract.agency_id

    def add(model: type[Model], **facts: Any) -> Any:
        row = model(agency_id=agency, **facts)
        written.setdefault(model, []).append(row)
        return row

    began = FIRST + timedelta(days=int(chance.integers(0, 360)))
    ended = began + timedelta(days=int(chance.integers(60, 240))) if chance.random() < 0.7 else None
    home = add(Household, name="A family", authority=area)
    carer = add(Person, name="A carer", birth_date=date(1970, 3, 1))
    add(Membership, household=home, person=carer, part="carer")
    for age in range(1 + int(chance.random() < 0.4)):
        child = add(Person, name="A child", birth_date=date(2015 + age, 5, 1))
        add(Membership, household=home, person=child, part="child")
        standing = {"kind": "special_guardianship", "started_on": began - timedelta(days=300)}
        add(Arrangement, child=child, carer=carer, **standing)
        if chance.random() < 0.2:
            add(PlanStatus, child=child, kind="child_in_need", started_on=began, said_by="The social worker")
    came = _at(began - timedelta(days=9))
    told = {"source": "self", "authority": area, "status": "accepted", "status_at": came}
    referral = add(Referral, received_at=came, **told)
    case = add(Case, household=home, referral=referral, authority=area, opened_on=began)
    add(Enrolment, case=case, contract=contract, started_on=began, ended_on=ended)
    add(Goal, case=case, words="Calmer evenings", set_on=began + timedelta(days=14), start=3)
    add(Support, case=case, kind="advice", on=began + timedelta(days=20), reply="yes")
    for week in range(8):
        spoken = {"channel": "phone", "outcome": "spoke", "by": worker}
        add(Contact, case=case, at=_at(began + timedelta(days=7 * week + 2)), **spoken)
    for occasion, day in (("start", 3), ("review", 90), ("end", 200)):
        facts = {"instrument": "five-domains", "edition": "1", "occasion": occasion, "mode": "with_worker"}
        scores = {scale: int(value) for scale, value in zip(SCALES, chance.integers(0, 11, 5), strict=True)}
        answered = {"answered_on": began + timedelta(days=day), "answers": {}, "scores": scores}
        add(AnswerSet, case=case, person=carer, **facts, **answered)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
