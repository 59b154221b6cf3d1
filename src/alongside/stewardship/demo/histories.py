"""How a child came to live with family or friends: the arrangements one after another, and the plans beside them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from alongside.stewardship.demo.chance import DAY, Chance, Odds
from alongside.stewardship.demo.fragments import sentences

WEEK = 7 * DAY
YEAR = 365 * DAY


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that a child was on."""

    kind: str
    started_on: date
    ended_on: date | None
    said_by: str


@dataclass(slots=True)
class Spell:
    """One arrangement, from when to when."""

    kind: str
    started_on: date
    ended_on: date | None = None
    stage: str = "none"
    proceedings: str = "none"
    looked_after_before: str = "unknown"
    evidence: str = ""
    precision: str = "exact"
    with_carer: bool = True
    plans: list[Plan] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)


def history(chance: Chance, born: date, known_since: date, today: date) -> list[Spell]:
    """Make up the arrangements of a child whom the service came to know on a day."""
    began = chance.day(max(born, known_since - 6 * YEAR), known_since - WEEK)
    spells = chance.draw(PATHS)(chance, max(born, began), known_since)
    _plans(chance, spells, known_since, today)
    if spells[-1].started_on < today - YEAR and chance.happens(0.03):
        spells[-1].ended_on = chance.day(spells[-1].started_on + YEAR // 2, today)
    return spells


def _order_after_care(chance: Chance, began: date, known_since: date, order: str) -> list[Spell]:
    made = chance.day(began + 20 * WEEK, began + 2 * YEAR)
    care = Spell("connected_foster", began, proceedings="public", looked_after_before="no")
    care.plans.append(Plan("looked_after", began, None, chance.pick(sentences("said_by"))))
    if made >= known_since:
        return [care]
    care.ended_on = made
    care.plans = [Plan("looked_after", began, made, care.plans[0].said_by)]
    evidence = chance.pick(sentences("looked_after_evidence")) if chance.happens(0.7) else ""
    return [care, Spell(order, made, None, "final", "public", "yes", evidence)]


def _order_from_home(chance: Chance, began: date, known_since: date, order: str) -> list[Spell]:
    made = chance.day(began + 12 * WEEK, began + 3 * YEAR)
    informal = Spell("informal", began, looked_after_before="no")
    if made >= known_since:
        stage = "applied" if chance.happens(0.6) else "interim"
        asked = max(began, known_since - chance.between(2, 12) * WEEK)
        informal.ended_on = asked
        return [informal, Spell(order, asked, None, stage, "private", "no")]
    informal.ended_on = made
    known = "no" if chance.happens(0.75) else "unknown"
    return [informal, Spell(order, made, None, "final", "private", known)]


def _guardian_after_care(chance: Chance, began: date, known_since: date) -> list[Spell]:
    return _order_after_care(chance, began, known_since, "special_guardianship")


def _guardian_from_home(chance: Chance, began: date, known_since: date) -> list[Spell]:
    return _order_from_home(chance, began, known_since, "special_guardianship")


def _arranged_after_care(chance: Chance, began: date, known_since: date) -> list[Spell]:
    return _order_after_care(chance, began, known_since, "child_arrangements")


def _arranged_from_home(chance: Chance, began: date, known_since: date) -> list[Spell]:
    return _order_from_home(chance, began, known_since, "child_arrangements")


def _informal(chance: Chance, began: date, known_since: date) -> list[Spell]:
    precision = "exact" if chance.happens(0.6) else "month"
    return [
        Spell("informal", began, looked_after_before="no" if chance.happens(0.8) else "unknown", precision=precision)
    ]


def _fostered(chance: Chance, began: date, known_since: date) -> list[Spell]:
    began = max(began, known_since - chance.between(4, 80) * WEEK)
    plan = Plan("looked_after", began, None, chance.pick(sentences("said_by")))
    return [Spell("connected_foster", began, None, "none", "public", "no", plans=[plan])]


def _strangers_first(chance: Chance, began: date, known_since: date) -> list[Spell]:
    """Cared for by somebody else of the family first, then here by an order."""
    moved = chance.day(began + 8 * WEEK, max(began + 8 * WEEK, known_since - WEEK))
    earlier = Spell("informal", began, min(moved, known_since), looked_after_before="no", with_carer=False)
    return [earlier, Spell("child_arrangements", min(moved, known_since), None, "final", "private", "no")]


def _other(chance: Chance, began: date, known_since: date) -> list[Spell]:
    kind = chance.draw(Odds({"private_fostering": 40, "testamentary_guardian": 20, "adoption": 15, "unknown": 45}))
    return [Spell(kind, began, None, "final" if kind == "adoption" else "none", "unknown")]


Path = Callable[[Chance, date, date], list[Spell]]
PATHS: Odds[Path] = Odds(
    {
        _guardian_after_care: 27,
        _guardian_from_home: 17,
        _arranged_after_care: 6,
        _arranged_from_home: 13,
        _informal: 22,
        _fostered: 8,
        _strangers_first: 2,
        _other: 5,
    }
)


def _plans(chance: Chance, spells: list[Spell], known_since: date, today: date) -> None:
    """Put some children who are not looked after on a plan when the service meets them; most of these plans end."""
    here = spells[-1]
    if here.plans or not chance.happens(0.24):
        return
    kind = "child_protection" if chance.happens(0.25) else "child_in_need"
    started = max(spells[0].started_on, known_since - chance.between(4, 50) * WEEK)
    ended = known_since + chance.between(4, 60) * WEEK
    over = chance.happens(0.8) and ended <= today
    here.plans.append(Plan(kind, started, ended if over else None, chance.pick(sentences("said_by"))))
