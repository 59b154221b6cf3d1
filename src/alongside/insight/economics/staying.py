"""What support comes to over childhoods: child-years in each home, disruptions, money, and how surely that is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from alongside.calc.economics.scenario import Library
from alongside.calc.economics.simulation import Pool, Settled, Spread, breaking_even, spread
from alongside.calc.economics.staying import CARE, KINSHIP, PARENTS
from alongside.calc.economics.staying_file import LIFETIME, Question
from alongside.calc.economics.stays import Ever, Model, Stays, follow, model, simulate_stays
from alongside.calc.outcomes.values import Floats

STEPS = 60
DISRUPTIONS = "moves from a kinship carer into care"
BEFORE = {
    1: "Nobody was compared when the effect was found: if the change was due to the support, ",
    2: "The effect is from a weak comparison: if the change was due to the support, ",
}
"""What goes before a sentence on what support changes, by the level of the design that found it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure for all the children until they grow up, without support and with it, and what it changes.

    ``low`` and ``high`` are the ends between which 95% of the draws lie.
    """

    what: str
    without: float
    without_low: float
    without_high: float
    with_support: float
    with_low: float
    with_high: float
    change: float
    change_low: float
    change_high: float


@dataclass(frozen=True, slots=True)
class Pays:
    """Whether support pays for itself, in pounds of now. ``saved`` leaves out what it costs, ``net`` does not.

    ``needed`` is the effect at which it just does, all else as expected; none where no effect would do. ``lifetime`` is
    what fewer who grow up in care are worth over their lives; it is in no other figure.
    """

    saved: Spread
    support: Spread
    net: Spread
    chance: Settled
    needed: float | None
    lifetime: Spread | None
    lifetime_level: int | None


@dataclass(frozen=True, slots=True)
class Used:
    """A rate that was used, a year, with who says so."""

    move: str
    order: str
    ages: str
    a_year: float
    grade: int | None
    checked: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a question on staying comes to."""

    key: str
    title: str
    says: str
    children: int
    price_year: int
    discounting: str
    draws: int
    seed: int
    level: int | None
    rows: tuple[Row, ...]
    pays: Pays
    rates: tuple[Used, ...]


def work_out(question: Question, library: Library, *, draws: int, seed: int, pool: Pool | None = None) -> Answer:
    """Return what support comes to; raise ``Blank`` while something is not filled in."""
    made = model(question, library)
    found = simulate_stays(made, draws=draws, seed=seed, pool=pool)
    ever = follow(made, draws=draws, seed=seed, pool=pool)
    pays = _pays(made, found)
    rows = tuple(_rows(found, ever))
    level = question.inputs["effect"].level
    return Answer(
        key=question.key,
        title=question.title,
        says=_says(question, {row.what: row for row in rows}, pays, level),
        children=question.children,
        price_year=question.price_year,
        discounting=question.discounting,
        draws=draws,
        seed=seed,
        level=level,
        rows=rows,
        pays=pays,
        rates=_used(made),
    )


def _rows(found: Stays, ever: Ever | None) -> Iterator[Row]:
    without, helped = found.without, found.with_support
    yield _row("years with a kinship carer", without.lived[:, KINSHIP], helped.lived[:, KINSHIP])
    yield _row("of these, with support", np.zeros_like(without.helped), helped.helped)
    yield _row("years in care", without.lived[:, CARE], helped.lived[:, CARE])
    yield _row("years with parents", without.lived[:, PARENTS], helped.lived[:, PARENTS])
    yield _row(DISRUPTIONS, without.disrupted, helped.disrupted)
    if ever:
        yield _row("children ever in care, by chance too", ever.without, ever.with_support)
    yield _row("children in care when they grow up", without.in_care, helped.in_care)
    yield _row("cost of all homes, pounds of now", without.cost, helped.cost)


def _row(what: str, without: Floats, helped: Floats) -> Row:
    told = [spread(each) for each in (without, helped, helped - without)]
    return Row(what, *(number for each in told for number in (each.mean, each.low, each.high)))


def _pays(made: Model, found: Stays) -> Pays:
    support = made.question.children * found.drawn["support"]
    saved = found.without.cost - found.with_support.cost
    later = made.question.inputs.get(LIFETIME)
    fewer = found.without.in_care_now - found.with_support.in_care_now
    return Pays(
        saved=spread(saved),
        support=spread(support),
        net=spread(saved - support),
        chance=breaking_even(saved - support),
        needed=_needed(made),
        lifetime=spread(fewer * found.drawn[LIFETIME]) if later else None,
        lifetime_level=later.level if later else None,
    )


def _needed(made: Model) -> float | None:
    """The effect at which support pays for itself with everything else as expected, by halving the room from 0 to 1."""
    drawn = made.expected()
    alone = made.arm(drawn, effect=np.ones(1)).cost[0]
    support = made.question.children * drawn["support"][0]

    def pays(effect: float) -> bool:
        return bool(alone - made.arm(drawn, effect=np.array([effect])).cost[0] >= support)

    if not pays(0.0):
        return None
    low, high = 0.0, 1.0
    if pays(high):
        return 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if pays(middle) else (low, middle)
    return low


def _says(question: Question, rows: Mapping[str, Row], pays: Pays, level: int | None) -> str:
    """What support changes, in words that go no further than the design that found its effect."""
    before = BEFORE.get(level or 0, "")
    fewer, years = -rows[DISRUPTIONS].change, -rows["years in care"].change
    told = (
        f"{before}{question.children:,} children would make {_count(fewer)} fewer moves into care until they are grown "
        f"up, and spend {_count(years)} fewer years there. Support pays for itself in {pays.chance.probability:.0%} of "
        "the draws."
    )
    none = f"{before}support would not make fewer children leave their carer for care."
    return told if fewer > 0 else f"{none[:1].upper()}{none[1:]}"


def _count(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 10 else f"{number:.1f}"


def _used(made: Model) -> tuple[Used, ...]:
    expected = made.expected()
    return tuple(
        Used(
            move=rate.move,
            order=rate.order or "all",
            ages=f"{rate.ages[0]} to {rate.ages[1] - 1}",
            a_year=float(-np.expm1(-expected[rate.said.key][0])),
            grade=rate.said.grade,
            checked=rate.checked.isoformat() if rate.checked else "",
            source=rate.said.source,
            note=rate.note,
        )
        for rate in made.question.used()
    )
