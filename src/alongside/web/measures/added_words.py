"""The added value of a child's SDQ in plain words, with its margin and what it cannot say."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from alongside.calc.outcomes.added_value import MONTHS, AddedValue, added_value
from alongside.records.measures.queries import Line, Point
from alongside.web.measures.change_words import points

SDQ = "sdq"
DAYS_A_MONTH = 30.44
NEEDED = "It needs total difficulties, emotional difficulties and impact from one form, and total difficulties later."
LIMITS = (
    "Of one child it says little: it is made for the mean of many children.",
    "The formula was made with children at high risk, most of whom had a disorder, and whose carers were worried "
    "already. For others it promises too much.",
    "It is for the form that carers fill in, not for those of teachers or of young people.",
    "It stands for children elsewhere. It cannot say that our help made the difference.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one child."""

    child: str
    sentences: tuple[str, ...]
    limits: tuple[str, ...] = LIMITS


def added_words(lines: list[Line]) -> list[Told]:
    """Say for each child, and each carer who filled in the form, how the later score compares with the foreseen."""
    found = []
    for _, group in groupby((line for line in lines if line.instrument.key == SDQ), key=_whose):
        scales = {line.scale.key: line for line in group}
        told = _told(scales)
        if told:
            found.append(told)
    return found


def _whose(line: Line) -> tuple[UUID, UUID | None]:
    return line.person, line.child


def _told(scales: dict[str, Line]) -> Told | None:
    total = scales.get("total")
    if total is None or total.now is None:
        return None
    rows = [scales[key].points if key in scales else [] for key in ("total", "impact", "emotional")]
    firsts = zip(*rows, strict=False)
    before = next((each for each in firsts if all(point.value is not None for point in each)), None)
    after = next(point for point in reversed(total.points) if point.value is not None)
    if before is None or before[0].on >= after.on:
        return Told(total.who, (f"We cannot work it out. {NEEDED}",))
    first_total, first_impact, first_emotional = ([point.value] for point in before)
    found = added_value(first_total, first_impact, first_emotional, [after.value])
    return Told(total.who, (*_compared(found, after), *_apart(before[0], after)))


def _compared(found: AddedValue, after: Point) -> tuple[str, ...]:
    assert found.mean is not None and found.low is not None and found.high is not None and after.value is not None  # noqa: S101, PT018
    foreseen, now = f"{found.foreseen[0]:.1f}", f"{after.value:g}"
    way = "fewer" if found.mean > 0 else "more"
    chance = "This is more than chance." if found.low > 0 or found.high < 0 else "This could be chance."
    return (
        f"Without help, children with the same first scores have total difficulties of {foreseen} about six months "
        f"later. Now they are {now}: {points(abs(found.mean))} {way}.",
        f"For one child the margin is 10 points either way, so the added value lies between {_signed(found.low)} and "
        f"{_signed(found.high)} points. {chance}",
    )


def _apart(before: Point, after: Point) -> tuple[str, ...]:
    months = (after.on - before.on).days / DAYS_A_MONTH
    if MONTHS[0] <= months <= MONTHS[1]:
        return ()
    said = "less than a month" if months < 1 else f"about {round(months)} month{'s' if round(months) > 1 else ''}"
    return (f"The two forms are {said} apart. The formula is for about six months: take the figure as a rough guide.",)


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.1f}"
