"""Whether a monthly figure left the line that it was on when the service began: an interrupted time series."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.comparison.interrupted import Interrupted, interrupted
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.linear import Term
from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.results import TOO_FEW, Course, Effect, Result, Table
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs.asked import Asked, RunType, few, told
from alongside.insight.evaluation.series import SERIES, Series, SeriesType
from alongside.insight.reports.telling.figures import HIDDEN, NOTHING, decimal
from alongside.insight.reports.telling.safety import SMALLEST

NAME_ONE = "The protocol named no monthly figure and no day on which it should change, so there is nothing to follow."
NOTHING_THERE = "There are not enough months on both sides of that day in the records."
ENOUGH_TO_SHOW = 2 * SMALLEST
METHOD = "Segmented regression of a monthly figure, by Newey and West's errors."
POINTS = "percentage points"
COLUMNS = ("Month", "As counted", "On the lines", "Had the earlier line gone on")
ELSE = "Whatever else began about that time, in law, in the council or elsewhere, cannot be told from the service."
DESIGN = Design(before=True, adjusted=True)


def _work(rows: Rows, asked: Asked) -> Result:
    kind, series = SERIES.get(asked.series), rows.series.get(asked.series)
    if kind is None or asked.since is None:
        return told(METHOD, DESIGN, words=(NAME_ONE,))
    first = (asked.since.year * 12 + asked.since.month - 1) - series.first if series else 0
    if series is None or not 0 < first < series.of.size:
        return told(METHOD, DESIGN, words=(NOTHING_THERE,))
    if _tells_of_few(series, first):
        return told(METHOD, DESIGN, effects=_effects(kind, None), words=(TOO_FEW,))
    values = np.where(series.of > 0, 100.0 * series.held / np.maximum(series.of, 1), np.nan)
    found = interrupted(values, first, higher_is_better=kind.higher_is_better)
    if found.average is None:
        return told(
            found.method,
            DESIGN,
            effects=_effects(kind, found),
            words=(f"{found.reason[:1].upper()}{found.reason[1:]}.",),
        )
    course = _course(kind, series, found, values, first)
    return told(
        found.method,
        DESIGN,
        effects=_effects(kind, found),
        tables=(Table(f"{kind.title}, month by month", COLUMNS, _months(course)),),
        words=(kind.about, _words(kind, found, asked.since)),
        limits=(ELSE, *found.cautions),
        course=course,
    )


def _tells_of_few(series: Series, first: int) -> bool:
    """Say whether on either side there are few, or few of whom it held or did not: lines would come near to them."""
    sides = np.array([[each[:first].sum(), each[first:].sum()] for each in (series.held, series.of - series.held)])
    return bool(few(int(sides.sum(axis=0).min())) or not _none_or_many(sides).all())


def _effects(kind: SeriesType, found: Interrupted | None) -> tuple[Effect, ...]:
    way = 1 if kind.higher_is_better else -1
    months = f"{found.before} + {found.after} months" if found else HIDDEN
    parts: tuple[tuple[str, str, str, Term | None], ...] = (
        ("average", "On average since, beside the earlier line", POINTS, found.average if found else None),
        ("step", "Step in the first month", POINTS, found.step if found else None),
        ("turn", "Change of the rise, each month", f"{POINTS}, a month", found.turn if found else None),
    )
    effects = []
    for key, title, unit, term in parts:
        named = (f"{kind.key} / {key}", title, months, unit)
        if term is None:
            effects.append(Effect(*named, reason=(found.reason if found else "") or TOO_FEW))
        else:
            better = found.verdict.value if found and key == "average" else ""
            effects.append(Effect(*named, term.estimate, term.ci_low, term.ci_high, term.p, way, better))
    return tuple(effects)


def _course(kind: SeriesType, series: Series, found: Interrupted, values: Floats, first: int) -> Course:
    """Give the months, with what was counted only where it tells of nobody."""
    rest = series.of - series.held
    safe = (series.of >= ENOUGH_TO_SHOW) & _none_or_many(series.held) & _none_or_many(rest)
    months = [divmod(series.first + place, 12) for place in range(series.of.size)]
    return Course(
        kind.title,
        kind.unit,
        tuple(f"{year}-{month + 1:02}" for year, month in months),
        tuple(
            float(round(value)) if shown else None for value, shown in zip(values.tolist(), safe.tolist(), strict=True)
        ),
        tuple(round(each, 2) for each in found.fitted.tolist()),
        tuple(round(each, 2) for each in found.expected.tolist()),
        first,
    )


def _none_or_many(counts: NDArray[np.integer]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (counts == 0) | (counts >= SMALLEST)
    return found


def _months(course: Course) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            month,
            HIDDEN if value is None else decimal(value, 0),
            decimal(line),
            decimal(on) if place >= course.first else NOTHING,
        )
        for place, (month, value, line, on) in enumerate(
            zip(course.months, course.shown, course.line, course.expected, strict=True)
        )
    )


def _words(kind: SeriesType, found: Interrupted, since: date) -> str:
    went = {
        "better": "better than the earlier line would have led to",
        "worse": "worse than the earlier line would have led to",
    }
    words = went.get(found.verdict.value, "not clearly off the earlier line")
    by = decimal(abs(found.average.estimate)) if found.average else ""
    return f"{kind.title}: since {since:%B %Y} {words}, by {by} {POINTS} on average."


INTERRUPTED = RunType(
    "interrupted",
    "A monthly figure before and after the service began",
    "Whether it left the line that it was on: the step, the change of the slope and both together. The protocol names "
    "the figure and the day.",
    "interrupted-time-series",
    _work,
    of_outcomes=False,
)
