"""Tables, shares and means with every number hidden that would tell about a few people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, repeat

from alongside.calc.protection import Sum, Why, protect

__all__ = [
    "Axis",
    "Cell",
    "Release",
    "SafeMean",
    "SafeShare",
    "SafeTable",
    "Table",
    "Why",
    "suppress",
    "suppress_linked",
    "suppress_mean",
    "suppress_share",
]

Place = frozenset[tuple[str, str]]
"""Where a count belongs: the label on each axis; a total lacks the axes that it adds over."""

EVERYBODY: Place = frozenset()
NOW = "now"


@dataclass(frozen=True, slots=True)
class Axis:
    """What a table is broken down by, and the labels in their order."""

    name: str
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        for label in self.labels:
            if self.labels.count(label) > 1:
                raise ValueError(f"{self.name} has the label {label} twice")


UNDIVIDED = Axis("", ("",))


@dataclass(frozen=True, slots=True)
class Table:
    """True counts by row and column, each person counted once; totals follow from them.

    A breakdown has one column. A label that the page leaves out (the "no" of "yes or no") belongs
    in the table all the same, since a reader can work it out.
    """

    rows: Axis
    columns: Axis
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if len(self.counts) != len(self.rows.labels):
            raise ValueError(f"{self.rows.name} has {len(self.rows.labels)} labels for {len(self.counts)} rows")
        for label, row in zip(self.rows.labels, self.counts, strict=True):
            if len(row) != len(self.columns.labels):
                raise ValueError(f"row {label} has {len(row)} counts for {len(self.columns.labels)} columns")

    @classmethod
    def breakdown(cls, name: str, counts: Mapping[str, int]) -> "Table":
        """Return the table of one column that ``counts`` makes, label by label."""
        return cls(Axis(name, tuple(counts)), UNDIVIDED, tuple((count,) for count in counts.values()))

    def place(self, row: str | None = None, column: str | None = None) -> Place:
        """Return where a cell (or a total, for what is left out) stands."""
        marks = [(self.rows.name, row)] if self.rows.name and row is not None else []
        if self.columns.name and column is not None:
            marks.append((self.columns.name, column))
        return frozenset(marks)

    def values(self) -> Iterator[tuple[Place, int]]:
        """Yield every cell and total with its true count."""
        for row, counts in zip(self.rows.labels, self.counts, strict=True):
            for column, count in zip(self.columns.labels, counts, strict=True):
                yield self.place(row, column), count
            yield self.place(row), sum(counts)
        for number, column in enumerate(self.columns.labels):
            yield self.place(None, column), sum(row[number] for row in self.counts)
        yield EVERYBODY, sum(map(sum, self.counts))

    def sums(self) -> Iterator[Sum[Place]]:
        """Yield every sum that a reader of the table can see."""
        rows, columns = self.rows.labels, self.columns.labels
        yield Sum(EVERYBODY, tuple(self.place(row) for row in rows))
        if self.columns.name:
            yield Sum(EVERYBODY, tuple(self.place(None, column) for column in columns))
            inner = [tuple(self.place(row, column) for column in columns) for row in rows]
            yield from (Sum(self.place(row), parts) for row, parts in zip(rows, inner, strict=True))
            upright = zip(*inner, strict=True) if inner else repeat(())
            yield from (Sum(self.place(None, column), parts) for column, parts in zip(columns, upright, strict=False))


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as it may be shown: its value, or why there is none.

    Show the same mark for either reason: a reader who knew which numbers were small would know more.
    """

    value: int | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class SafeTable:
    """A table as it may be shown."""

    rows: Axis
    columns: Axis
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Release:
    """Tables that came out together: the true ones and those shown, in the same order."""

    tables: tuple[Table, ...]
    shown: tuple[SafeTable, ...]


def suppress(table: Table, *, threshold: int = 5, zeros_shown: bool = True) -> SafeTable:
    """Return one table as it may be shown; see :func:`suppress_linked`.

    >>> shown = suppress(Table.breakdown("order", {"SGO": 40, "CAO": 12, "none": 2}))
    >>> [cell.value for cell in shown.row_totals], shown.total.value
    ([40, None, None], 54)
    """
    return suppress_linked([table], threshold=threshold, zeros_shown=zeros_shown).shown[0]


def suppress_linked(
    tables: Sequence[Table],
    *,
    threshold: int = 5,
    zeros_shown: bool = True,
    earlier: Sequence[Release] = (),
) -> Release:
    """Return tables of the same people as they may be shown together.

    Counts of 1 to ``threshold`` - 1 are hidden, and others so that these cannot be worked out from
    any of the tables (see :func:`~alongside.calc.protection.protect`). Tables that share an axis
    share its totals. ``earlier`` are releases of the same tables counted up from the same first
    day: what was shown stays known, and a small rise since then is hidden like a small count.

    >>> first = suppress_linked([Table.breakdown("order", {"SGO": 20, "CAO": 30})])
    >>> now = suppress_linked([Table.breakdown("order", {"SGO": 22, "CAO": 40})], earlier=[first])
    >>> [cell.value for cell in now.shown[0].row_totals], now.shown[0].total.value
    ([None, None], 62)
    """
    known = _Known()
    for number, release in enumerate(earlier, 1):
        known.gather(release.tables, f"release {number}")
        known.released |= {(f"release {number}", place) for place in _readable(release)}
    known.gather(tables, NOW)
    for before, after in combinations(dict.fromkeys(when for when, _ in known.values), 2):
        known.link(before, after)
    found = protect(
        known.values,
        known.sums,
        threshold=threshold,
        zeros_shown=zeros_shown,
        released=known.released,
        unprinted={key for key in known.values if key[0] != NOW} - known.released,
    )
    hidden = {place: why for (when, place), why in found.hidden.items() if when == NOW}
    return Release(tuple(tables), tuple(_safe(table, hidden) for table in tables))


class _Known:
    """Every number of every release, the sums that tie them together, and what has been read already."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, Place], int] = {}
        self.sums: list[Sum[tuple[str, Place]]] = []
        self.released: set[tuple[str, Place]] = set()

    def gather(self, tables: Sequence[Table], when: str) -> None:
        """Add the numbers and sums of tables that come out together."""
        for table in tables:
            for place, value in table.values():
                first = self.values.setdefault((when, place), value)
                if first != value:
                    words = ", ".join(sorted(f"{name} {label}" for name, label in place)) or "the total"
                    raise ValueError(f"{words} is {first} in one table and {value} in another")
            for each in table.sums():
                self.sums.append(Sum((when, each.total), tuple((when, part) for part in each.parts)))

    def link(self, before: str, after: str) -> None:
        """Add the change of every number between two releases, which a reader of both can work out."""
        places = [place for when, place in self.values if when == after and (before, place) in self.values]
        for place in places:
            lower, upper = sorted(((before, place), (after, place)), key=self.values.__getitem__)
            change = (f"from {before} to {after}", place)
            self.values[change] = self.values[upper] - self.values[lower]
            self.sums.append(Sum(upper, (lower, change)))


def _readable(release: Release) -> Iterator[Place]:
    """Where the numbers stand that a reader of ``release`` has seen."""
    for table, shown in zip(release.tables, release.shown, strict=True):
        marked = [(EVERYBODY, shown.total)]
        for row, cells, total in zip(table.rows.labels, shown.cells, shown.row_totals, strict=True):
            marked.append((table.place(row), total))
            marked += zip((table.place(row, column) for column in table.columns.labels), cells, strict=True)
        columns = (table.place(None, column) for column in table.columns.labels)
        marked += zip(columns, shown.column_totals, strict=True)
        yield from (place for place, cell in marked if cell.value is not None)


def _safe(table: Table, hidden: Mapping[Place, Why]) -> SafeTable:
    whys = ((hidden.get(place), value) for place, value in table.values())
    shown = (Cell(None if why else value, why) for why, value in whys)
    width = len(table.columns.labels)
    cells, totals = [], []
    for _ in table.rows.labels:
        cells.append(tuple(islice(shown, width)))
        totals.append(next(shown))
    return SafeTable(
        table.rows, table.columns, tuple(cells), tuple(totals), tuple(islice(shown, width)), total=next(shown)
    )


@dataclass(frozen=True, slots=True)
class SafeShare:
    """Some of so many, as it may be shown; the percentage only with both numbers."""

    numerator: Cell
    denominator: Cell
    percentage: float | None


def suppress_share(numerator: int, denominator: int, *, threshold: int = 5, zeros_shown: bool = True) -> SafeShare:
    """Return ``numerator`` of ``denominator`` as it may be shown, guarding also those who are not among them.

    >>> suppress_share(12, 40).percentage, suppress_share(38, 40).numerator.value
    (30.0, None)
    """
    if numerator > denominator:
        raise ValueError(f"{numerator} of {denominator}: more than there are")
    table = Table.breakdown("among them", {"yes": numerator, "no": denominator - numerator})
    shown = suppress(table, threshold=threshold, zeros_shown=zeros_shown)
    part, whole = shown.row_totals[0], shown.total
    known = part.value is not None and whole.value
    return SafeShare(part, whole, 100 * numerator / denominator if known else None)


@dataclass(frozen=True, slots=True)
class SafeMean:
    """A mean as it may be shown, and of how many people."""

    value: float | None
    contributors: Cell


def suppress_mean(value: float | None, contributors: int, *, threshold: int = 5) -> SafeMean:
    """Return a mean of at least ``threshold`` people, or nothing of fewer.

    >>> suppress_mean(6.5, 12).value, suppress_mean(6.5, 4)
    (6.5, SafeMean(value=None, contributors=Cell(value=None, why=<Why.TOO_FEW: 'too few'>)))
    """
    if 0 < contributors < threshold:
        return SafeMean(None, Cell(None, Why.TOO_FEW))
    return SafeMean(value if contributors else None, Cell(contributors))
