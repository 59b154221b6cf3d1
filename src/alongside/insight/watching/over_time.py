"""One measure month by month, as an XmR chart: worked out from published numbers alone."""

from dataclasses import dataclass
from typing import NamedTuple

from alongside.calc.charts import Chart, Label, Look, Mark, Stroke, line, number_axis, step_axis
from alongside.calc.outcomes.xmr import Variation, Xmr, xmr
from alongside.insight.watching.counts import Place
from alongside.insight.watching.measures import Kind, Measure
from alongside.insight.watching.periods import Month
from alongside.insight.watching.protecting import ALL
from alongside.insight.watching.queries import Published
from alongside.insight.watching.shown import NOBODY, Told

LOOKS: dict[Variation | None, Look] = {
    Variation.IMPROVEMENT: Look.GOOD,
    Variation.CONCERN: Look.BAD,
    Variation.HIGH: Look.ODD,
    Variation.LOW: Look.ODD,
}
HIDDEN = "not shown"
NONE = "nobody"


class Row(NamedTuple):
    """A month: its number in words, of how many people, and what it says."""

    month: Month
    value: str
    of: str
    says: str


@dataclass(frozen=True, slots=True)
class OverTime:
    """What a page shows of one measure over time."""

    xmr: Xmr
    rows: tuple[Row, ...]
    summary: str
    hidden: int
    chart: Chart | None


def over_time(measure: Measure, months: list[Published], place: Place) -> OverTime:
    """Draw one measure at one place. Months that are hidden are missing: nothing is worked out from them."""
    told = [(one.starts, one.places.get(place, NOBODY if ALL in one.places else None)) for one in months]
    values = [_value(measure, one) for _, one in told]
    found = xmr(values, higher_is_better=measure.higher_is_better)
    says = [f"{what}, {signal}" if signal else "" for what, signal in zip(found.variation, found.signals, strict=True)]
    rows = tuple(
        Row(month, _say(measure, one, value), _of(measure, one), words)
        for (month, one), value, words in zip(told, values, says, strict=True)
    )
    hidden = sum(1 for _, one in told if one and one.n != 0) - found.n + _known_nothing(measure, told)
    chart = _chart(measure, [month for month, _ in told], found) if found.n > 1 else None
    return OverTime(found, rows, _summary(found, rows), hidden, chart)


def _known_nothing(measure: Measure, told: list[tuple[Month, Told | None]]) -> int:
    """How many months count nobody and still have a number: none came."""
    counts = measure.month in (Kind.COUNT, Kind.TOTAL)
    return sum(1 for _, one in told if counts and one and one.n == 0)


def _value(measure: Measure, one: Told | None) -> float | None:
    if one is None or one.n is None:
        return None
    if measure.month is Kind.COUNT:
        return one.n
    if measure.month is Kind.TOTAL:
        return one.total if one.n else 0
    if measure.month is Kind.MEAN:
        return None if one.total is None or not one.n else one.total / one.n
    return one.share


def _say(measure: Measure, one: Told | None, value: float | None) -> str:
    if value is not None:
        return f"{value:,.0f}" if measure.month in (Kind.COUNT, Kind.TOTAL) else f"{value:,.1f}"
    return NONE if one and one.n == 0 else HIDDEN


def _of(measure: Measure, one: Told | None) -> str:
    if measure.month is Kind.COUNT:
        return ""
    return HIDDEN if one is None or one.n is None else f"{one.n:,}"


def _summary(found: Xmr, rows: tuple[Row, ...]) -> str:
    special = [row for row in rows if row.says]
    if found.upper is None:
        return f"There are no limits to draw yet: {found.reason}."
    if not special:
        return "Nothing stands out: the months go up and down as they usually do."
    last = special[-1]
    many = len(special)
    more = f" {many} of {found.n} months stand out." if many > 1 else ""
    return f"{last.month.words} is more than the usual ups and downs: {last.says}.{more}"


def _chart(measure: Measure, months: list[Month], found: Xmr) -> Chart:
    values = [None if value != value else float(value) for value in found.values.tolist()]
    limits = [limit for limit in (found.lower, found.mean, found.upper) if limit is not None]
    counted = measure.unit != "points"
    if counted and found.lower is not None and found.lower < 0:
        limits.remove(found.lower)
    sign = "%" if measure.month is Kind.SHARE else ""
    y = number_axis(
        measure.unit,
        [*(value for value in values if value is not None), *(limit for limit in limits if not sign or limit <= 100)],
        least=0 if counted else None,
        most=100 if sign else None,
        sign=sign,
    )
    x = step_axis("", [f"{month.first:%b} {month.year % 100:02}" for month in months])
    lines = line(x, y, list(enumerate(values)), Stroke.SERIES)
    labels = []
    named = {found.mean: "mean", found.upper: "upper limit", found.lower: "lower limit"}
    for limit in limits:
        if y.low <= limit <= y.high:
            stroke = Stroke.CENTRE if limit == found.mean else Stroke.LIMIT
            lines += line(x, y, [(x.low, limit), (x.high, limit)], stroke)
            labels.append(Label(100, y.at(limit), f"{named[limit]} {limit:,.1f}"))
    marks = tuple(
        Mark(x.at(number), y.at(value), LOOKS.get(what, Look.PLAIN))
        for number, (value, what) in enumerate(zip(values, found.variation, strict=True))
        if value is not None
    )
    words = f"{measure.title}, month by month, from {months[0].words} to {months[-1].words}: {found.n} months."
    return Chart(words, x, y, marks, lines, tuple(labels))
