"""Writing a cohort's report: question, design, who was counted, who they are, what was found, what it cannot say."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from alongside.core.base.days import in_words
from alongside.insight.evaluation.flowing import Flow, flow_of, footnote, people_of
from alongside.insight.evaluation.models import AnalysisRun, Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.plots import Curve, Line, Plot, curves, estimates, months
from alongside.insight.evaluation.queries import NAMES, RULES, deviations_of, runs_of
from alongside.insight.evaluation.report.document import Document, Section, rows_frozen
from alongside.insight.evaluation.report.limits import Done, limits_of
from alongside.insight.evaluation.results import Effect, Result, Table
from alongside.insight.evaluation.rules import Standing
from alongside.insight.evaluation.runs import RUNS
from alongside.insight.evaluation.runs.asked import p_value
from alongside.insight.evaluation.stating import facts_of, promises_of
from alongside.insight.reports.telling.figures import decimal

WAYS = {"better": "for the better", "worse": "for the worse", "unsure": "not clearly better or worse"}
Runs = Sequence[tuple[AnalysisRun, Result]]


def write(cohort: Cohort) -> Document:
    """Write the report of a frozen cohort, which must come through the gate, from what was kept of it alone."""
    shown, promised = cohort.frozen.shown, cohort.protocol.promised
    known = outcomes_of(cohort)
    done = Done(promised, shown, runs_of(cohort), deviations_of(cohort), known)
    judged = done.of(Standing.PRIMARY)
    frozen_on = timezone.localdate(cohort.frozen.at)
    note = (footnote(shown),) if footnote(shown) else ()
    asked = Table("Who is counted, and when they are measured", ("What", "How"), tuple(facts_of(cohort)))
    sections = (
        Section("What was asked", words=(cohort.question,), tables=(asked,)),
        _promised(cohort, done),
        Section("Who was counted", tables=tuple(_flow(flow_of(shown, promised, known))), notes=note),
        Section("Who the families are", tables=(_people(shown),), notes=note),
        *_found(done.runs),
        Section("What this cannot say", words=limits_of(done)),
        _made(cohort, done.runs),
    )
    return Document(
        title=cohort.title,
        question=cohort.question,
        provider=cohort.agency.name,
        as_of=frozen_on.isoformat(),
        standing=rows_frozen(frozen_on),
        level=judged[0].level if judged else 0,
        design=judged[0].design if judged else "The primary outcomes have not been judged yet.",
        sections=sections,
    )


def _promised(cohort: Cohort, done: Done) -> Section:
    protocol = cohort.protocol
    fixed, opened = (in_words(timezone.localdate(at)) for at in (protocol.fixed_at, cohort.frozen.at) if at)
    words = (f"Fixed on {fixed}. The data were opened on {opened}. It has not changed since.",)
    departures = tuple((in_words(timezone.localdate(one.at)), one.words, one.reason) for one in done.deviations)
    tables = [Table("The protocol", ("What", "Promised"), tuple(promises_of(protocol.promised, done.outcomes)))]
    if departures:
        tables.append(Table("Departures from it", ("Said on", "What was done otherwise", "Why"), departures))
    return Section("What was promised before the data were opened", words=words, tables=tuple(tables))


def _flow(flow: Flow) -> Iterator[Table]:
    rows = []
    for box in flow.boxes:
        rows += [(f"Left out: {words}", number) for words, number in box.left_out]
        rows.append((box.words[:1].upper() + box.words[1:], box.number))
    yield Table("From those eligible to those reached", ("Families", "How many"), tuple(rows))
    columns = ("Outcome", "Both", "Before only", "After only", "Neither")
    measured = tuple((row.title, row.both, row.only_before, row.only_after, row.neither) for row in flow.measured)
    yield Table("Measured before and after, by outcome", columns, measured)


def _people(shown: dict[str, str]) -> Table:
    rows = [
        (f"{title}: {words[:1].lower()}{words[1:]}" if first else f"– {words}", number)
        for title, parts in people_of(shown)
        for first, (words, number) in zip((True, *[False] * len(parts)), parts, strict=False)
    ]
    return Table("Families by what they are", ("What", "Families"), tuple(rows))


def _found(runs: Runs) -> Iterator[Section]:
    yield Section("What was found", words=() if runs else ("Nothing has been run yet.",))
    for standing, words in NAMES.items():
        for run, result in runs:
            if run.standing == standing:
                tested = _tested(result)
                yield Section(
                    RUNS[run.method].title,
                    3,
                    words=(f"{words}. {result.design}", *result.words),
                    plots=tuple(plots_of(result)) if result.tables else (),
                    tables=(*result.tables, *tested),
                    notes=(f"Each p value is {RULES[standing]}.",) if tested else (),
                )


def plots_of(result: Result) -> Iterator[Plot]:
    """Draw what can be drawn of a result: how long something lasts, and its estimates, those of one unit together."""
    if (lasting := result.lasting) and lasting.times:
        yield curves([Curve(lasting.title, lasting.times, lasting.shares)], lasting.axis, "Goes on")
    if result.course:
        yield months(result.course)
    for measure in dict.fromkeys(effect.measure for effect in result.effects):
        alike = [effect for effect in result.effects if effect.measure == measure]
        if any(effect.value is not None for effect in alike):
            yield estimates([_line(effect) for effect in alike], measure, none=alike[0].none)


def _line(effect: Effect) -> Line:
    if effect.value is None:
        return Line(effect.title, effect.reason or "nothing to show")
    places = 2 if effect.none else 1
    words = decimal(effect.value, places)
    if effect.low is not None and effect.high is not None:
        words += f" ({decimal(effect.low, places)} to {decimal(effect.high, places)})"
    way = WAYS.get(effect.better, effect.better)
    return Line(effect.title, f"{words}, {way}" if way else words, effect.value, effect.low, effect.high)


def _tested(result: Result) -> tuple[Table, ...]:
    rows = tuple(
        (effect.title, p_value(effect.p), p_value(effect.adjusted)) for effect in result.effects if effect.p is not None
    )
    return (Table("Held against all that was tested", ("Outcome", "p", "p, adjusted"), rows),) if rows else ()


def _made(cohort: Cohort, runs: Runs) -> Section:
    rows = tuple(
        (RUNS[run.method].title, result.method, f"docs/methods/{RUNS[run.method].page}", f"{run.seed}, {run.program}")
        for run, result in runs
    )
    fingerprints = f"Rows {cohort.frozen.fingerprint[:16]}, protocol {cohort.protocol.fingerprint[:16]}."
    again = f"Every result can be worked out again from the frozen rows: alongside reproduce {cohort.pk}"
    methods = Table("Methods", ("Method", "How", "Page", "Seed, version"), rows)
    return Section("How it was made", words=(fingerprints, again), tables=(methods,) if rows else ())
