"""The whole report of a cohort of fifty thousand families, beside the statistics in it alone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from inspect import isfunction
from math import inf
from sys import modules
from unittest.mock import patch

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone

from alongside.core.agencies.models import User
from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.insight.evaluation import flow, plots
from alongside.insight.evaluation.freezing.building import Built
from alongside.insight.evaluation.models import Cohort, FrozenCohort, Protocol
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.report.pdf import pdf_of
from alongside.insight.evaluation.report.word import word_of
from alongside.insight.evaluation.report.writing import write
from alongside.insight.evaluation.rows import pack, read
from alongside.insight.evaluation.rules import Definition, Promised
from alongside.insight.evaluation.runs import RUNS, Asked
from alongside.insight.evaluation.services import SEED, rows_of, run_method
from alongside.records.programmes.models import Contract
from benchmarks.cohort.families import OUTCOMES, rows_of_many
from benchmarks.results import Result, at_most
from benchmarks.timing import CPU, Times, in_turn
from benchmarks.visiting import Visitor, program

FAMILIES = 50_000
ROUNDS = 3
FEELING_ALONE, *OTHERS = OUTCOMES
PROTOCOLS = {
    "change alone": (),
    "the demo's protocol": ("leavers", "missing", "plans", "support"),
}
"""What else is promised; each judges one primary outcome and five others by change before and after."""
METHODS = "its methods from the rows as kept"
Work = Callable[[], object]


def reporting() -> Iterator[Result]:
    """From frozen rows to the page, as somebody who evaluates does it; and what paper and Word take beyond the page."""
    open_rows(EVERY_AGENCY)
    mina = Visitor("mina@example.org")
    rows = rows_of_many(FAMILIES)
    shown = flow.safe(flow.count(Built(rows, 0, 0)))
    content, fingerprint = pack(rows)
    for name, others in PROTOCOLS.items():
        with transaction.atomic(), _kept_open():
            cohort = _frozen(mina.user, Promised((FEELING_ALONE,), tuple(OTHERS), "paired", others))
            FrozenCohort.objects.create(
                cohort=cohort, agency_id=cohort.agency_id, at=timezone.now(), by=mina.user, content=content,
                fingerprint=fingerprint, shown=shown, editions={},
            )  # fmt: skip
            yield from _measured(name, mina, cohort)
            transaction.set_rollback(True)


@contextmanager
def _kept_open() -> Iterator[None]:
    """Let no page close the connection, on which nothing that was written is committed."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _frozen(by: User, promised: Promised) -> Cohort:
    contracts = Contract.objects.filter(agency=by.agency_id).values_list("pk", flat=True)
    definition = Definition(tuple(map(str, contracts)), date(2024, 1, 1), date(2025, 1, 1))
    told = {"title": "A nation's families", "question": "Do carers feel less alone?", "made_by": by}
    cohort = Cohort.objects.create(
        agency_id=by.agency_id, definition=definition.to_json(), frozen_at=timezone.now(), **told
    )
    fixed = {"fixed_at": timezone.now(), "fixed_by": by, "fingerprint": "made up"}
    Protocol.objects.create(agency_id=by.agency_id, cohort=cohort, content=promised.to_json(), **fixed)
    return Cohort.objects.select_related("protocol", "frozen", "agency").get(pk=cohort.pk)


def _measured(name: str, mina: Visitor, cohort: Cohort) -> Iterator[Result]:
    """Runs are taken back each time, else the second report would find those of the first."""
    see = mina.asks(program(), f"/evaluation/cohorts/{cohort.pk}/report/")

    def runs() -> None:
        for method, outcomes in _promised(cohort):
            run_method(cohort=cohort, method=method, outcomes=outcomes, by=mina.user)

    def taken_back(work: Work) -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    def report() -> None:
        read.cache_clear()
        runs()
        plots._svg.cache_clear()
        see()

    alone = statistics_of(partial(taken_back, runs))
    told: dict[str, Work] = {
        "report": partial(taken_back, report),
        METHODS: partial(_methods, cohort),
        "arithmetic": lambda: [again() for again in alone],
    }
    times = in_turn(told, rounds=ROUNDS, clock=CPU, warm=1)
    what = f"report of {FAMILIES:,} families: {name}, as a page"
    yield at_most(3, what, times["report"], METHODS, times[METHODS])
    yield _told(what, f"the arithmetic of its {len(alone)} statistics", times["report"], times["arithmetic"])
    with transaction.atomic():
        runs()
        files = in_turn({"PDF": _drawn_anew(cohort, pdf_of), "Word": _drawn_anew(cohort, word_of)}, rounds=3, clock=CPU)
        transaction.set_rollback(True)
    for kind, taken in files.items():
        yield _told(f"its file: {name}, {kind}, written, drawn and set", METHODS, taken, times[METHODS])


def _methods(cohort: Cohort) -> None:
    """Run all that was promised from the frozen rows as they are kept: read, held against their fingerprint, and worked
    out; nothing is drawn, kept, logged or shown.
    """
    read.cache_clear()
    frozen = FrozenCohort.objects.get(cohort=cohort)
    rows, known = rows_of(frozen), outcomes_of(cohort)
    for method, outcomes in _promised(cohort):
        RUNS[method].work(rows, Asked(tuple(known[key] for key in outcomes), frozen.shown, SEED))


def _told(what: str, anchor: str, ours: Times, theirs: Times) -> Result:
    """A ratio that is told as a fact, without a limit."""
    return replace(at_most(inf, what, ours, anchor, theirs), goal="told only")


def _drawn_anew(cohort: Cohort, made_of: Callable[..., bytes]) -> Work:
    def make() -> bytes:
        plots._svg.cache_clear()
        plots._png.cache_clear()
        return made_of(write(cohort))

    return make


def _promised(cohort: Cohort) -> Iterator[tuple[str, tuple[str, ...]]]:
    promised = cohort.protocol.promised
    measured = (*promised.primary, *promised.secondary)
    yield promised.method, promised.primary
    yield promised.method, promised.secondary
    yield from ((key, measured if RUNS[key].of_outcomes else ()) for key in promised.others)


def statistics_of(work: Work) -> list[Work]:
    """Give every call that the runs make of the methods of ``calc/outcomes``, to be made again alone."""
    calls: list[Work] = []

    def kept(method: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            calls.append(partial(method, *given, **named))
            return method(*given, **named)

        return call

    with ExitStack() as watched:
        for module in {modules[f"{RUNS[key].work.__module__}"] for key in RUNS}:
            for name, held in list(vars(module).items()):
                if isfunction(held) and held.__module__.startswith("alongside.calc.outcomes"):
                    watched.enter_context(patch.object(module, name, kept(held)))
        work()
    return calls
