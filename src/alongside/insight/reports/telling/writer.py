"""Turning counts into figures, and laying figures out in sections, tables and charts."""

from dataclasses import dataclass, field

from alongside.insight.reports.counting.tally import Tally
from alongside.insight.reports.telling.figures import HIDDEN, NOTHING, Design, Figure, how_many_days, share, whole


@dataclass(frozen=True, slots=True)
class About:
    """What figures of one kind have in common: who is counted, how, in what unit, and from which rows."""

    cohort: str
    method: str
    unit: str
    rows: tuple[str, ...]
    design: str = Design.COUNT


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of a chart: places from 0 (worst) to 100 (best), 50 being no change; none where it is withheld."""

    title: str
    words: str
    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Dots and intervals about a line of no change."""

    title: str
    words: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows and columns; a cell is the key of its figure. Its chart, where it has one, stands above."""

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under one heading."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass
class Writer:
    """Makes figures from a tally, withholding what is hidden, and keeps those made by key."""

    tally: Tally
    hidden: frozenset[str]
    smallest: int
    figures: dict[str, Figure] = field(default_factory=dict)

    def say(self, name: str) -> str:
        """Give a count as text, or the sign that it is withheld."""
        return HIDDEN if name in self.hidden else whole(self.tally.counts[name])

    def few(self, name: str) -> bool:
        """Say whether a middle or a mean of so many would give somebody away."""
        return 0 < self.tally.counts[name] < self.smallest

    def count(
        self, name: str, title: str, about: About, *, of: str = "", left_out: tuple[tuple[str, str], ...] = ()
    ) -> str:
        """Make the figure of a count; ``of`` names the total that it is a part of."""
        text = self.say(name)
        number = None if text == HIDDEN else self.tally.counts[name]
        return self.add(name, title, text, about, numerator=text, of=of, left_out=left_out, number=number)

    def count_of(self, name: str, bought: int, title: str, about: About) -> str:
        """Make a figure such as 43 of 60, where the second number is no count of people."""
        text = self.say(name)
        of = whole(bought)
        words = HIDDEN if text == HIDDEN else f"{text} of {of}"
        return self.add(name, title, words, about, numerator=text, denominator=of)

    def share(
        self,
        key: str,
        part: str,
        of: str,
        title: str,
        about: About,
        left_out: tuple[tuple[str, str], ...] = (),
    ) -> str:
        """Make the figure of a share; it is withheld with either of the numbers that it is made of."""
        withheld = part in self.hidden or of in self.hidden
        text = HIDDEN if withheld else share(self.tally.counts[part], self.tally.counts[of])
        return self.add(key, title, text, about, numerator=self.say(part), of=of, left_out=left_out)

    def middle(
        self,
        key: str,
        of: str,
        kind: str,
        title: str,
        about: About,
        left_out: tuple[tuple[str, str], ...] = (),
    ) -> str:
        """Make the figure of a middle number of days."""
        text = HIDDEN if self.few(of) else how_many_days(self.tally.middles.get(key), kind)
        return self.add(key, title, text, about, numerator="the middle one", of=of, left_out=left_out)

    def add(
        self,
        key: str,
        title: str,
        text: str,
        about: About,
        *,
        numerator: str,
        of: str = "",
        denominator: str = "",
        left_out: tuple[tuple[str, str], ...] = (),
        number: int | None = None,
    ) -> str:
        """Keep a figure and give its key. ``left_out`` pairs words with the name of a count."""
        self.figures[key] = Figure(
            key=key,
            title=title,
            text=text,
            unit=about.unit,
            numerator=numerator,
            denominator=self.say(of) if of else denominator or NOTHING,
            cohort=about.cohort,
            exclusions=tuple((words, self.say(name)) for words, name in left_out),
            method=about.method,
            design=about.design,
            rows=about.rows,
            number=number,
        )
        return key
