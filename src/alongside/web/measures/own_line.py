"""A carer's own line over time, as she may see it herself: words first, then a picture. Never another's."""

from datetime import date
from typing import NamedTuple

from alongside.calc.plotting import TOP, Drawing, plot
from alongside.records.measures.models import CheckInLink
from alongside.records.measures.queries import Line, lines
from alongside.records.people.knowing import must_be_read_first
from alongside.web.dates import day

Points = list[tuple[str, int]]


class OwnLine(NamedTuple):
    """One thing that she was asked, over time. The points are kept as plain values, as a session keeps them."""

    title: str
    words: str
    points: Points

    @property
    def drawing(self) -> Drawing | None:
        """The picture, of a line from 0 to 10 with two points or more."""
        return plot([(date.fromisoformat(on), value) for on, value in self.points]) if len(self.points) > 1 else None


def own_lines(link: CheckInLink) -> list[OwnLine]:
    """Give what a link's own carer said over time to the questions of this link.

    Nothing where somebody has to read something before calling: who holds her phone may not be she. Nor of what tells
    whether she is safe.
    """
    if must_be_read_first(link.case.household_id):
        return []
    hers = [
        line
        for line in lines(link.case)
        if line.person == link.person_id and line.instrument.key in link.instruments and not line.instrument.warns
    ]
    return [_own(line) for line in hers if line.then is not None]


def _own(line: Line) -> OwnLine:
    said = [(point.on, point.value) for point in line.points if point.value is not None]
    places = [f"{value:g} on {day(on)}" for on, value in said]
    whole = " and ".join([", ".join(places[:-1]), places[-1]]) if len(places) > 1 else places[0]
    low, high = line.scale.minimum, line.scale.maximum
    means = "better" if line.scale.higher_is_better else "harder"
    words = [f"You said {whole}, from {low:g} to {high:g}, where more is {means}."]
    if line.way:
        words.insert(0, f"{line.way.capitalize()} {'as' if line.way == 'the same' else 'than'} the first time.")
    drawn = (low, high) == (0, TOP)
    points = [(on.isoformat(), int(value)) for on, value in said] if drawn else []
    return OwnLine(line.scale.title, " ".join(words), points)
