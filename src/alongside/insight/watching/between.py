"""Teams or authorities beside one another in a funnel: worked out from published numbers alone."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from alongside.calc.charts import Chart, Label, Line, Look, Mark, Stroke, line, number_axis
from alongside.calc.outcomes.funnel import Funnel, Kind, Standing, funnel
from alongside.insight.watching.measures import Measure
from alongside.insight.watching.queries import Published

STEPS = 40
FEWEST = 2
NAMED = 12
"""Up to so many units are named in the drawing; of more, only those that stand apart."""
LOOKS: dict[Standing | None, Look] = {
    Standing.FAR_ABOVE: Look.GOOD,
    Standing.ABOVE: Look.GOOD,
    Standing.BELOW: Look.BAD,
    Standing.FAR_BELOW: Look.BAD,
}
WITHIN = "as much as chance and what usually differs between them would make"
ANOTHER = "Another"


class Row(NamedTuple):
    """A team or authority: how many, the share of them, and where it stands; no share where it is hidden."""

    name: str
    n: int | None
    share: float | None
    says: str
    own: bool


@dataclass(frozen=True, slots=True)
class Between:
    """What a page shows of units beside one another."""

    funnel: Funnel
    rows: tuple[Row, ...]
    hidden: tuple[str, ...]
    summary: str
    chart: Chart | None


def between(measure: Measure, half: Published, kind: str, names: dict[str, str], own: str | None = None) -> Between:
    """Set the units of a kind beside one another; where ``own`` is given, only that one is named."""
    units = [(place[1], told) for place, told in half.places.items() if place[0] == kind and place[1]]
    told = [(unit, one.n, one.good) for unit, one in units if one.n and one.good is not None]
    shown = sorted(told, key=lambda one: (-one[1], names.get(one[0], one[0])))
    found = funnel([good for _, _, good in shown], [n for _, n, _ in shown], kind=Kind.PROPORTION)
    standings = found.standings
    rows = tuple(
        Row(_name(unit, names, kind, own), n, 100 * good / n, _says(standing), unit == own)
        for (unit, n, good), standing in zip(shown, standings, strict=True)
    )
    left = {unit for unit, _ in units} - {unit for unit, _, _ in shown}
    hidden = tuple(sorted(names.get(unit, unit) for unit in left if own in (None, unit)))
    chart = _chart(measure, found, rows, standings) if len(rows) >= FEWEST and found.target is not None else None
    return Between(found, rows, hidden, _summary(found, rows, kind), chart)


def _name(unit: str, names: dict[str, str], kind: str, own: str | None) -> str:
    return names.get(unit, unit) if own in (None, unit) else f"{ANOTHER} {kind}"


def _says(standing: Standing | None) -> str:
    return standing.value if standing else "no limits"


def _summary(found: Funnel, rows: tuple[Row, ...], kind: str) -> str:
    if not rows:
        return "There are no numbers large enough to show."
    if found.reason:
        return f"They cannot be compared: {found.reason}."
    apart = [row for row in rows if row.says not in (Standing.WITHIN.value, _says(None))]
    kinds = {"team": "teams", "authority": "authorities"}[kind]
    if not apart:
        return f"No {kind} stands apart: the {len(rows)} {kinds} differ {WITHIN}."
    words = "; ".join(f"{row.name}, {row.says}" for row in apart)
    return f"{len(apart)} of {len(rows)} {kinds} stand apart, which asks for a look and is not yet a finding: {words}."


def _chart(measure: Measure, found: Funnel, rows: tuple[Row, ...], standings: tuple[Standing | None, ...]) -> Chart:
    largest = max(row.n or 0 for row in rows)
    x = number_axis("how many were counted", [0, largest], least=0)
    sizes = np.linspace(max(1.0, x.high / STEPS), x.high, STEPS)
    band = found.limits_at(sizes)
    y = number_axis(f"{measure.share}, per cent", [0, 100], least=0, most=100, sign="%")
    lines: tuple[Line, ...] = ()
    for limits, stroke in zip(band, (Stroke.WIDE_LIMIT, Stroke.LIMIT, Stroke.LIMIT, Stroke.WIDE_LIMIT), strict=True):
        points = [(size, None if share != share else 100 * share) for size, share in zip(sizes, limits, strict=True)]
        lines += line(x, y, points, stroke)
    target = 100 * (found.target or 0)
    lines += line(x, y, [(x.low, target), (x.high, target)], Stroke.CENTRE)
    marks = tuple(
        Mark(x.at(row.n or 0), y.at(row.share or 0), *_look(row, standing, len(rows)))
        for row, standing in zip(rows, standings, strict=True)
    )
    words = f"{measure.share}: {len(rows)} shares by size, with limits of 95 and 99.8 per cent."
    labels = (Label(100, y.at(target), f"all together {target:.0f}%"),)
    return Chart(words, x, y, marks, lines, labels)


def _look(row: Row, standing: Standing | None, many: int) -> tuple[Look, str]:
    if row.own:
        return Look.OWN, row.name
    apart = standing not in (None, Standing.WITHIN)
    named = not row.name.startswith(ANOTHER) and (apart or many <= NAMED)
    return LOOKS.get(standing, Look.PLAIN), row.name if named else ""
