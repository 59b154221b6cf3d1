"""For whom the service works: who is offered it, is reached, completes and benefits, from published numbers alone."""

from dataclasses import dataclass
from typing import NamedTuple

from alongside.calc.outcomes.shares import wilson
from alongside.insight.watching.counts import DEPRIVATION, GROUPS, Place
from alongside.insight.watching.measures import Measure, in_shares
from alongside.insight.watching.protecting import ALL
from alongside.insight.watching.queries import Published
from alongside.insight.watching.shown import NOBODY, Told
from alongside.records.people.models import WIDE, Arrangement, Ethnicity

KINDS: dict[str, str] = {
    "ethnicity": "Ethnic group of the carer",
    "disability": "Disability of the carer",
    "arrangement": "Arrangement",
    DEPRIVATION: "Deprivation of the authority",
}
LABELS: dict[str, dict[str, str]] = {
    "ethnicity": {
        **{wide: wide for wide in WIDE},
        Ethnicity.RATHER_NOT: "Would rather not say",
        "": "Not asked, or not known",
    },
    "disability": {
        "yes": "Disabled",
        "no": "Not disabled",
        "rather_not": "Would rather not say",
        "": "Not asked, or not known",
    },
    "arrangement": {**{kind.value: str(kind.label) for kind in Arrangement.Kind}, "": "No arrangement on record"},
    DEPRIVATION: {
        **{str(fifth): f"Fifth {fifth} of 5" for fifth in range(1, 6)},
        "1": "The most deprived fifth",
        "5": "The least deprived fifth",
        "": "No fifth known",
    },
}


class Share(NamedTuple):
    """A share with its interval of 95%, of how many; ``apart`` where that of all lies outside it."""

    of: int
    share: float
    low: float
    high: float
    apart: bool

    @property
    def words(self) -> str:
        """Say it."""
        return f"{self.share:.0f}% ({self.low:.0f} to {self.high:.0f})"


class Line(NamedTuple):
    """A group, and its share of each measure; none where it is hidden, or nobody was counted."""

    group: str
    shares: tuple[Share | None, ...]
    nobody: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One way of parting the families."""

    kind: str
    title: str
    lines: tuple[Line, ...]


def columns() -> list[Measure]:
    """Give the measures that the table has, in the order in which a family meets them."""
    return in_shares()


def for_whom(halves: list[Published]) -> tuple[Line, list[Part]]:
    """Give the line of all, and a table for each way of parting them; ``halves`` is one period's, by measure."""
    every = [one.places.get(ALL, NOBODY) for one in halves]
    whole = Line("All", *_shares(every, every))
    parts = []
    for kind in (*GROUPS, DEPRIVATION):
        lines = [_line(halves, every, (kind, group), words) for group, words in LABELS[kind].items()]
        parts.append(Part(kind, KINDS[kind], tuple(line for line in lines if not all(line.nobody))))
    return whole, parts


def _line(halves: list[Published], every: list[Told], place: Place, words: str) -> Line:
    return Line(words, *_shares([one.places.get(place, NOBODY) for one in halves], every))


def _shares(told: list[Told], every: list[Told]) -> tuple[tuple[Share | None, ...], tuple[bool, ...]]:
    shares = tuple(_share(one, whole) for one, whole in zip(told, every, strict=True))
    return shares, tuple(one.n == 0 for one in told)


def _share(one: Told, whole: Told) -> Share | None:
    if one.share is None or not one.n or one.good is None:
        return None
    low, high = (100 * end for end in wilson(one.good, one.n))
    apart = whole.share is not None and not low <= whole.share <= high
    return Share(one.n, one.share, low, high, apart)
