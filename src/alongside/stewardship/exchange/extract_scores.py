"""Every score of the outcomes of an extract, one a line: whose, on what, how many weeks after the start.

Time is told in steps of four weeks. How early, how late and how often a family was measured is drawn in until five
families reach it, and an edition that fewer than five answered by is left out, so that none of these tells of a few.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.rows import OCCASIONS, Rows, Scores
from alongside.insight.evaluation.runs import Outcome
from alongside.insight.reports.telling.safety import SMALLEST
from alongside.records.measures.models import Occasion
from alongside.stewardship.exchange.cell_text import safe_cell
from alongside.stewardship.exchange.extract_columns import Category, Column, name_of

STEP = 28
WEEKS_SAY = "Weeks since the start of the place, the first of each four."
EDITION_SAYS = "Scores of one outcome can be compared within an edition only."
SCORE_SAYS = "The score as it was answered; which way is better is said of its outcome."
LEFT_OUT = (
    "Scores by an edition that fewer than five families answered by are left out, and of each family what goes beyond "
    "the number of scores that five families have."
)
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Long:
    """The lines: of which row of the cohort each is, and what stands in it."""

    rows: Places
    columns: tuple[Column, ...]


def every_score(rows: Rows, outcomes: Sequence[Outcome]) -> Long:
    """Give the lines of these outcomes, a family's own in the order of time."""
    kept = {one: _kept(rows.scores[one.key]) for one in outcomes if one.key in rows.scores}
    told = {one: at for one, at in kept.items() if len(at)}
    parts = [(rows.scores[one.key], at) for one, at in told.items()]
    if not parts:
        return Long(np.empty(0, dtype=np.intp), ())
    row = np.concatenate([scores.row[at] for scores, at in parts]).astype(np.intp)
    weeks, note = _weeks(row, np.concatenate([scores.day[at] for scores, at in parts]))
    occasions = np.concatenate([scores.occasion[at] for scores, at in parts]).tolist()
    editions = [np.unique(scores.edition[at], return_inverse=True)[1] + 1.0 for scores, at in parts]
    values = np.concatenate([scores.value[at] for scores, at in parts])
    columns = (
        _outcome(rows, told),
        _number("weeks", WEEKS_SAY, "weeks, in steps of 4", weeks, note),
        _occasion([OCCASIONS[place] for place in occasions], row),
        _number("edition", EDITION_SAYS, "1, 2 ...", np.concatenate(editions)),
        _number("score", SCORE_SAYS, "points", values),
    )
    return Long(row, columns)


def _kept(scores: Scores) -> Places:
    """Say which scores are told: of editions that five families have, of each family as many as five families have."""
    chosen = np.flatnonzero(
        np.isin(scores.edition, [each for each in np.unique(scores.edition) if _families(scores, each) >= SMALLEST])
    )
    row = scores.row[chosen]
    often = np.sort(np.bincount(row))[::-1] if row.size else np.zeros(0)
    if np.count_nonzero(often) < SMALLEST:
        return np.empty(0, dtype=np.intp)
    first = np.flatnonzero(np.diff(row, prepend=-1))
    number = np.arange(row.size) - np.repeat(first, np.diff(np.append(first, row.size)))
    kept: Places = chosen[number < often[SMALLEST - 1]]
    return kept


def _families(scores: Scores, edition: int) -> int:
    return int(np.unique(scores.row[scores.edition == edition]).size)


def _weeks(row: Places, day: NDArray[np.int32]) -> tuple[Floats, str]:
    """Give the weeks, drawn in to what five families reach."""
    step = np.floor(day / STEP) * (STEP / 7)
    size = int(row.max()) + 1
    last, first = np.full(size, -np.inf), np.full(size, np.inf)
    np.maximum.at(last, row, step)
    np.minimum.at(first, row, step)
    low, high = np.sort(first)[SMALLEST - 1], np.sort(last)[-SMALLEST]
    drawn = [f"below {low:g} stands as {low:g}"] if step.min() < low else []
    drawn += [f"above {high:g} stands as {high:g}"] if step.max() > high else []
    return np.clip(step, low, high), f"What is {' and what is '.join(drawn)}." if drawn else ""


def _outcome(rows: Rows, told: Mapping[Outcome, Places]) -> Column:
    texts = [name_of(one.key) for one, at in told.items() for _ in range(len(at))]
    categories = tuple(
        Category(safe_cell(f"{one.title}: {one.unit}"), name_of(one.key), _whose(rows.scores[one.key].row[at]))
        for one, at in told.items()
    )
    meaning = "On which outcome; the codebook says what each is, and which way is better."
    return Column("outcome", meaning, "", "words", texts=texts, note=LEFT_OUT, categories=categories)


def _occasion(texts: list[str], row: Places) -> Column:
    held = np.array(texts)
    families = {each: _whose(row[held == each]) for each in sorted(set(texts))}
    few = {each for each, number in families.items() if number < SMALLEST}
    categories = tuple(
        Category(str(Occasion(each).label), each, families[each]) for each in families if each not in few
    )
    given = ["" if each in few else each for each in texts]
    note = "Missing where fewer than five families were asked on such an occasion." if few else ""
    return Column(
        "occasion", "When in the work it was asked.", "", "words", texts=given, note=note, categories=categories
    )


def _whose(row: NDArray[np.integer]) -> int:
    return int(np.unique(row).size)


def _number(name: str, meaning: str, unit: str, values: Floats, note: str = "") -> Column:
    return Column(name, meaning, unit, "number", numbers=values, note=note)
