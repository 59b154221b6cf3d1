"""Prices of one year in those of another, by a dated table of the deflator."""

from collections.abc import Mapping
from dataclasses import dataclass


class UnknownYear(ValueError):
    """A price year that the deflator does not hold."""

    def __init__(self, year: int, known: Mapping[int, float]) -> None:
        super().__init__(f"prices of {year} cannot be changed: the deflator knows {min(known)} to {max(known)}")


@dataclass(frozen=True, slots=True)
class Deflator:
    """How dear the same things were in each year: a number a year, of which only ratios are used."""

    title: str
    source: str
    index: Mapping[int, float]

    def factor(self, year: int, to: int) -> float:
        """Return what £1 in prices of ``year`` is in prices of another; raise :class:`UnknownYear`.

        >>> Deflator("", "", {2013: 73.48, 2019: 81.11}).factor(2013, to=2019)
        1.1038377789874796
        """
        for asked in (year, to):
            if asked not in self.index:
                raise UnknownYear(asked, self.index)
        return self.index[to] / self.index[year]
