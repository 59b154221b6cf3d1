"""Defining a cohort, fixing its protocol, freezing its rows and running methods on them, in this order and no other."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside import __version__
from alongside.core.agencies.models import Agency, User
from alongside.core.audit import ledger
from alongside.core.base.errors import Refused
from alongside.insight.evaluation import flow
from alongside.insight.evaluation.freezing.apart import too_close
from alongside.insight.evaluation.freezing.building import Built, build
from alongside.insight.evaluation.freezing.months import series_of
from alongside.insight.evaluation.freezing.reading import eligible
from alongside.insight.evaluation.models import AnalysisRun, Cohort, Deviation, FrozenCohort, Protocol
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.rows import Rows, pack, read, unpack
from alongside.insight.evaluation.rules import Definition, Promised, Stage, Windows
from alongside.insight.evaluation.runs import Asked, runs_for
from alongside.insight.evaluation.series import SERIES
from alongside.insight.evaluation.trials import counting
from alongside.insight.evaluation.trials.planning import must_be_over, standing_of
from alongside.insight.evaluation.trials.randomised import randomised
from alongside.records.programmes.models import Contract
from alongside.records.trials.flow import flow_of
from alongside.records.trials.models import Allocation, Trial

FIXED = "The protocol is fixed, so this stays as it is. Record a deviation instead"
FIX_FIRST = "Fix the protocol first: what is looked at after the data are open cannot be said to have been promised"
FREEZE_FIRST = "Freeze the cohort first: a result must say on which rows it rests"
TOO_CLOSE = (
    "This cohort differs from “{}” by fewer than five families, so whoever set the two beside each other would learn "
    "about those few. Work with that cohort, or define one that lies further from it"
)
OF_A_TRIAL = (
    "Chance decides who is in this cohort, and its trial when they are measured: that cannot be defined otherwise"
)
SEED = 20_260_000


def define_cohort(
    *,
    title: str,
    question: str,
    contracts: Sequence[str],
    comparison: Sequence[str],
    starts_from: date,
    starts_until: date,
    before_days: int,
    after_from_weeks: int,
    after_until_weeks: int,
    by: User,
    submission: UUID | None = None,
    cohort: Cohort | None = None,
    version: int | None = None,
) -> Cohort:
    """Define a cohort, or define it otherwise while its protocol is not fixed."""
    windows = Windows(before_days, after_from_weeks, after_until_weeks)
    definition = Definition(tuple(contracts), starts_from, starts_until, tuple(comparison), windows)
    definition.check(timezone.localdate())
    _ours((*definition.contracts, *definition.comparison), by.agency_id)
    facts: dict[str, Any] = {"title": title, "question": question, "definition": definition.to_json()}
    if cohort is not None:
        _must_be(cohort, Stage.DRAFT, FIXED)
        if cohort.defined.tried:
            raise Refused(OF_A_TRIAL)
        return ledger.update(cohort, by=by, what="cohort defined otherwise", version=version, **facts)
    with ledger.together():
        made = ledger.create(
            Cohort, by=by, what="cohort defined", id=submission, agency_id=by.agency_id, made_by_id=by.pk, **facts
        )
        if not Protocol.objects.filter(cohort=made).exists():
            content = Promised().to_json()
            ledger.create(Protocol, by=by, what="protocol begun", agency_id=by.agency_id, cohort=made, content=content)
    return made


def _ours(contracts: Sequence[str], agency: UUID) -> None:
    known = Contract.objects.filter(agency=agency, pk__in=contracts).count()
    if known != len(set(contracts)):
        raise Refused("Choose contracts from the list", field="contracts")


def write_protocol(
    *,
    cohort: Cohort,
    version: int,
    primary: Sequence[str],
    secondary: Sequence[str],
    method: str,
    others: Sequence[str],
    words: str,
    series: str = "",
    since: date | None = None,
    by: User,
) -> Protocol:
    """Say what will be looked at and how, while nobody has seen the data."""
    _must_be(cohort, Stage.DRAFT, FIXED)
    promised = Promised(tuple(primary), tuple(secondary), method, tuple(others), words, series, since)
    promised.check()
    offered = runs_for(cohort.defined)
    if not {*primary, *secondary} <= set(outcomes_of(cohort)):
        raise Refused("Choose outcomes from the list", field="primary")
    if method not in offered or not offered[method].confirms:
        raise Refused("Choose a method from the list", field="method")
    if not set(others) <= set(offered):
        raise Refused("Choose methods from the list", field="others")
    if series and (series not in SERIES or cohort.defined.tried):
        raise Refused("Choose a figure from the list", field="series")
    return ledger.update(cohort.protocol, by=by, what="protocol written", version=version, content=promised.to_json())


def fix_protocol(*, cohort: Cohort, by: User) -> Protocol:
    """Fix what was promised, at this moment and for good; fixing twice is fixing once."""
    protocol = cohort.protocol
    if protocol.fixed_at:
        return protocol
    protocol.promised.check()
    return ledger.update(
        protocol,
        by=by,
        what="protocol fixed",
        fixed_at=timezone.now(),
        fixed_by=by,
        fingerprint=fingerprint_of(cohort, protocol),
    )


def fingerprint_of(cohort: Cohort, protocol: Protocol) -> str:
    """Give a digest by which a protocol, with whom it is about, can be told from any other."""
    told = [cohort.title, cohort.question, cohort.definition, protocol.content]
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def freeze_cohort(*, cohort: Cohort, by: User) -> FrozenCohort:
    """Read the cohort's families and keep their rows as they stand; where that was done before, give those."""
    if cohort.stage is Stage.FROZEN:
        return FrozenCohort.objects.get(cohort=cohort)
    may_freeze(cohort)
    built, shown = read_rows(cohort, cohort.protocol.promised, timezone.localdate())
    if not len(built.rows):
        raise Refused("No family belongs to this cohort, so there is nothing to freeze")
    content, digest = pack(built.rows)
    with ledger.together():
        # Whoever freezes another cohort of the agency waits here, so that each is held against all before it.
        Agency.objects.select_for_update(no_key=True).get(pk=cohort.agency_id)
        _far_enough(built, cohort)
        # Taking the cohort's version first makes a second freezing at the same moment fail and write nothing.
        now = timezone.now()
        ledger.update(cohort, by=by, what=f"cohort frozen, rows {digest[:16]}", frozen_at=now)
        return FrozenCohort.objects.create(
            agency_id=cohort.agency_id,
            cohort=cohort,
            at=now,
            by=by,
            content=content,
            fingerprint=digest,
            shown=shown,
            editions=dict(built.editions),
        )


def read_rows(cohort: Cohort, promised: Promised, today: date) -> tuple[Built, dict[str, str]]:
    """Read a cohort's families, and the months of what its protocol follows, from the records as they stand: its rows,
    and its counts as they may be shown.
    """
    definition = cohort.defined
    if definition.tried:
        trial = Trial.objects.select_related("programme").get(pk=UUID(definition.tried.trial))
        found = randomised(trial, definition, cohort.pk, today)
        return found.built, counting.safe(found, flow_of(trial))
    families = eligible(cohort.agency_id, definition)
    built = build(families, definition, cohort.pk, today)
    if promised.series and promised.since:
        months = series_of(families, definition, promised.series, promised.since, today)
        built = replace(built, rows=replace(built.rows, series=months))
    return built, flow.safe(flow.count(built))


def may_freeze(cohort: Cohort) -> None:
    """Refuse to open the data of a cohort of which nothing is promised yet, or of a trial that is not over."""
    if cohort.stage is Stage.DRAFT:
        raise Refused(FIX_FIRST)
    if cohort.defined.tried and not cohort.frozen_at:
        must_be_over(cohort)


def families_of(cohort: Cohort) -> int:
    """Count the families of a cohort as the records stand; a number for the program, not to be shown."""
    if cohort.defined.tried:
        return Allocation.objects.filter(trial=UUID(cohort.defined.tried.trial)).count()
    return len(eligible(cohort.agency_id, cohort.defined).taken)


def _far_enough(built: Built, cohort: Cohort) -> None:
    """Refuse rows that would tell of a few families beside those of a cohort that was frozen before."""
    frozen = FrozenCohort.objects.filter(agency=cohort.agency_id)
    known = frozen.order_by("at", "pk").values_list("cohort", flat=True)
    # One at a time, as each may be of tens of thousands of families.
    earlier = ((each, unpack(bytes(frozen.get(cohort=each).content))) for each in list(known))
    close = too_close(built.rows, built.families, earlier)
    if close is not None:
        raise Refused(TOO_CLOSE.format(Cohort.objects.get(pk=close).title))


def rows_of(frozen: FrozenCohort) -> Rows:
    """Give a cohort's frozen rows; raises ``ValueError`` where they are not what was frozen."""
    return read(bytes(frozen.content), frozen.fingerprint)


def run_method(
    *, cohort: Cohort, method: str, outcomes: Sequence[str], by: User, submission: UUID | None = None
) -> AnalysisRun:
    """Run a method on the frozen rows and keep what it found; where this very run was made before, give that."""
    _must_be(cohort, Stage.FROZEN, FIX_FIRST if cohort.stage is Stage.DRAFT else FREEZE_FIRST)
    kind, known = runs_for(cohort.defined).get(method), outcomes_of(cohort)
    if kind is None:
        raise Refused("Choose a method from the list", field="method")
    chosen = tuple(outcomes) if kind.of_outcomes else ()
    if kind.of_outcomes and not chosen:
        raise Refused("Choose at least one outcome", field="outcomes")
    if not set(chosen) <= set(known):
        raise Refused("Choose outcomes from the list", field="outcomes")
    frozen = FrozenCohort.objects.get(cohort=cohort)
    same = {"cohort": cohort, "method": method, "outcomes": list(chosen), "fingerprint": frozen.fingerprint}
    before: AnalysisRun | None = AnalysisRun.objects.filter(**same, program=__version__).first()
    if before is not None:
        return before
    promised = cohort.protocol.promised
    asked = Asked(
        tuple(known[key] for key in chosen),
        frozen.shown,
        SEED,
        tried=cohort.defined.tried,
        series=promised.series,
        since=promised.since,
    )
    result = kind.work(rows_of(frozen), asked)
    return ledger.create(
        AnalysisRun,
        by=by,
        what="method run",
        id=submission,
        agency_id=cohort.agency_id,
        **same,
        standing=standing_of(cohort, method, chosen),
        seed=SEED,
        program=__version__,
        result=result.to_json(),
        at=timezone.now(),
        by_id=by.pk,
    )


def record_deviation(*, cohort: Cohort, words: str, reason: str, by: User, submission: UUID | None = None) -> Deviation:
    """Say that the work departed from the protocol, in what and why."""
    if cohort.stage is Stage.DRAFT:
        raise Refused("The protocol is not fixed yet, so change it instead")
    return ledger.create(
        Deviation,
        by=by,
        what="deviation recorded",
        id=submission,
        agency_id=cohort.agency_id,
        cohort=cohort,
        at=timezone.now(),
        by_id=by.pk,
        words=words,
        reason=reason,
    )


def _must_be(cohort: Cohort, stage: Stage, sentence: str) -> None:
    if cohort.stage is not stage:
        raise Refused(sentence)
