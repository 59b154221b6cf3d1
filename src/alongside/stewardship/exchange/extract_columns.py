"""Which columns of a frozen cohort an extract may hold, what each says, and what is done so that none tells of a few.

Of a day only the week of support is given. A word that fewer than five families have is put together with others; the
largest and smallest of the numbers that somebody could know of a family are drawn in until five families reach them.
Scores are given as they were answered. A column of which too little is left is withheld whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.rows import NUMBERS, WORDS, Rows, Words
from alongside.insight.evaluation.runs import Outcome
from alongside.insight.reports.telling.safety import SMALLEST
from alongside.stewardship.exchange.cell_text import safe_cell

FAMILY = "family"
EVERY_SCORE = "every_score"
EVERY_SCORE_SAYS = (
    "Every score on the outcomes chosen here, in a file of its own: when, in steps of four weeks, on what and how much"
)
MERGED = "(merged)"
WITHHELD = f"Withheld: fewer than {SMALLEST} families differ in it, so it would tell of them."
# Of days, only how many whole weeks after the start of the place they fall; the start itself stays here.
WEEKS: dict[str, tuple[str, str]] = {
    "ended_week": ("ended_on", "The week of support in which the place ended, from 0; missing while it goes on."),
    "weeks": ("days", "Whole weeks from the start of the place to its end, or to freezing while it goes on."),
    "weeks_at_home": ("days_at_home", "Whole weeks from the start until a child left, or as many as were seen."),
}
KEPT_HERE = {"started_on", *(source for source, _ in WEEKS.values())}
UNITS = {"contacts": "times", "fidelity": "share, 0 to 1", "carer_age": "years", "youngest_age": "years"}
BINARY = "1 is yes, 0 is no"


@dataclass(frozen=True, slots=True)
class Category:
    """A word of a column: as what it stands in the extract, and how many families have it, where that may be said."""

    words: str
    stands_as: str
    families: int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is given: numbers (NaN is missing) or texts (empty is missing); neither where it is withheld."""

    name: str
    meaning: str
    unit: str
    kind: str
    numbers: Floats | None = None
    texts: list[str] | None = None
    note: str = ""
    categories: tuple[Category, ...] = field(default=())

    @property
    def missing(self) -> int:
        """How many families it is missing for."""
        if self.numbers is not None:
            return int(np.isnan(self.numbers).sum())
        return (self.texts or []).count("")


def meanings(outcomes: Mapping[str, Outcome]) -> dict[str, str]:
    """Give what every column that may be asked for says, by name."""
    known = {key: f"{one.title}: before and after" for key, one in outcomes.items()}
    weeks = {name: meaning for name, (_, meaning) in WEEKS.items()}
    return {**known, EVERY_SCORE: EVERY_SCORE_SAYS, **NUMBERS, **WORDS, **weeks}


def choices(rows: Rows, outcomes: Mapping[str, Outcome]) -> list[tuple[str, str]]:
    """Give what may be asked for, each with what it says; of an outcome both scores come together."""
    known = meanings(outcomes)
    numbers = [name for name in NUMBERS if name in rows.numbers and name not in KEPT_HERE]
    names = [
        *rows.scores,
        *([EVERY_SCORE] if rows.scores else []),
        *WEEKS,
        *numbers,
        *(name for name in WORDS if name in rows.words),
    ]
    return [(name, known[name]) for name in names if name in known]


def columns_of(rows: Rows, chosen: list[str], outcomes: Mapping[str, Outcome]) -> list[Column]:
    """Give the chosen columns, made safe, in the order of :func:`choices`."""
    found: list[Column] = []
    for name, meaning in choices(rows, outcomes):
        if name not in chosen or name == EVERY_SCORE:
            continue
        if name in rows.scores:
            found += _scores(rows, outcomes[name])
        elif name in rows.words:
            found.append(_words(name, meaning, rows.words[name]))
        elif name in WEEKS:
            found.append(_number(name, meaning, "whole weeks", _weeks(rows, WEEKS[name][0])))
        else:
            unit = UNITS.get(name, BINARY if name == "left_home" else "children")
            found.append(_number(name, meaning, unit, rows.numbers[name]))
    return found


def _weeks(rows: Rows, source: str) -> Floats:
    held = rows.numbers[source]
    return np.floor((held - rows.numbers["started_on"] if source == "ended_on" else held) / 7)


def name_of(outcome: str) -> str:
    """Give the name by which programs of statistics can read an outcome.

    >>> name_of("five-domains.isolation")
    'five_domains_isolation'
    """
    return outcome.replace(".", "_").replace("-", "_")


def _scores(rows: Rows, known: Outcome) -> list[Column]:
    name, windows = name_of(known.key), rows.windows
    when = (
        f"the last at the start, until day {windows.before_days}",
        f"the last at review or end, from week {windows.after_from_weeks} to {windows.after_until_weeks}",
    )
    return [
        _score(f"{name}_{side}", f"{known.title}, {side}: {words}.", known.unit, values)
        for side, words, values in zip(("before", "after"), when, rows.before_and_after(known.key), strict=True)
    ]


def _score(name: str, meaning: str, unit: str, values: Floats) -> Column:
    if np.count_nonzero(~np.isnan(values)) < SMALLEST:
        return Column(name, meaning, unit, "withheld", note=WITHHELD)
    return Column(name, meaning, unit, "number", numbers=values)


def _number(name: str, meaning: str, unit: str, values: Floats) -> Column:
    """Draw its ends in: nobody stands out as the oldest carer, or as the home with the most children."""
    there = np.sort(values[~np.isnan(values)])
    if len(there) < SMALLEST or (there[SMALLEST - 1] >= there[-SMALLEST] and there[0] != there[-1]):
        return Column(name, meaning, unit, "withheld", note=WITHHELD)
    low, high = float(there[SMALLEST - 1]), float(there[-SMALLEST])
    drawn = [f"below {low:g} stands as {low:g}"] if there[0] < low else []
    drawn += [f"above {high:g} stands as {high:g}"] if there[-1] > high else []
    note = f"What is {' and what is '.join(drawn)}." if drawn else ""
    return Column(name, meaning, unit, "number", numbers=np.clip(values, low, high), note=note)


def _words(name: str, meaning: str, words: Words) -> Column:
    """Put rare words together until no group, and no gap, is of fewer than five families."""
    texts = words.texts()
    counts = {label: number for label, number in words.counts().items() if number}
    counts |= {"": texts.count("")} if "" in texts else {}
    together = rare_together(counts)
    if together and len(together) == len(counts):
        return Column(name, meaning, "", "withheld", note=WITHHELD)
    stands = {label: MERGED if label in together else safe_cell(label) for label in counts}
    categories = [
        Category(safe_cell(label) or "(missing)", stands[label], None if label in together else number)
        for label, number in counts.items()
    ]
    if together:
        categories.append(Category(MERGED, MERGED, sum(counts[label] for label in together)))
    note = f"{MERGED} are words that few families have, put together." if together else ""
    given = [stands[text] for text in texts]
    return Column(name, meaning, "", "words", texts=given, note=note, categories=tuple(categories))


def rare_together(counts: dict[str, int]) -> frozenset[str]:
    """Say which words go together, so that what is left apart and what goes together are each five or more, or none.

    >>> sorted(rare_together({"a": 9, "b": 6, "c": 2}))
    ['b', 'c']
    """
    order = sorted(counts, key=lambda label: (counts[label], label))
    together: list[str] = []
    for label in order:
        if counts[label] >= SMALLEST and (not together or sum(counts[each] for each in together) >= SMALLEST):
            break
        together.append(label)
    return frozenset(together)
