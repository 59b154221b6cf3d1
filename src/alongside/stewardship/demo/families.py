"""One made-up family: who they are, how the children came to live there, and what is known of plans and safety."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from alongside.calc.names import keys
from alongside.stewardship.demo.agencies import Area
from alongside.stewardship.demo.chance import DAY, Chance, Odds, text, years_before
from alongside.stewardship.demo.clocking import days_of
from alongside.stewardship.demo.fragments import Origin, address, origins, phone, say
from alongside.stewardship.demo.histories import Spell, history
from alongside.stewardship.demo.tables import (
    ARRANGEMENT,
    CARER,
    HOUSEHOLD,
    MEMBERSHIP,
    PERSON,
    PLAN,
    RELATIONSHIP,
    SAFETY_NOTE,
    SEARCH_KEY,
    Rows,
    Worker,
)

HOW_MANY = Odds({1: 70.0, 2: 21.0, 3: 7.0, 4: 2.0})
KIN = Odds(
    {"grandparent": 57.0, "aunt_uncle": 21.0, "sibling": 7.0, "great_grandparent": 2.0}
    | {"other_family": 6.0, "friend": 5.0, "cousin": 2.0}
)
AGES = {"grandparent": (47, 72), "great_grandparent": (66, 80), "sibling": (19, 30), "aunt_uncle": (27, 52)}
GROWN_UP = 18
ASKED = Odds({"": 78.0, "no": 18.0, "rather_not": 4.0})
DISABLED = Odds({"no": 52.0, "yes": 27.0, "": 18.0, "rather_not": 3.0})


@dataclass(slots=True)
class Child:
    """A child, and the arrangements they have lived under."""

    id: str
    name: str
    first: str
    born: date
    precision: str
    spells: list[Spell]
    gender: str = ""


@dataclass(slots=True)
class Family:
    """A household that a case is about."""

    household: str
    carer: str
    name: str
    first: str
    born: date
    precision: str
    phone: str
    email: str
    postcode: str
    kin: str
    language: str
    no_fixed_address: bool
    worker: Worker
    children: list[Child] = field(default_factory=list)
    gender: str = ""
    ethnicity: str = ""
    disability: str = ""

    @property
    def child(self) -> str:
        """What the eldest child is called."""
        return self.children[0].first


def make_family(chance: Chance, area: Area, rows: Rows, known_since: date, at_most: int, today: date) -> Family:
    """Make up a family that the service came to know on a day, with no more than so many children."""
    origin = chance.draw(origins())
    kin = chance.draw(KIN)
    low, high = AGES.get(kin, (28, 65))
    born = _birthday(chance, known_since, chance.between(low, high))
    first, surname = chance.pick(origin.older), chance.pick(origin.family)
    street, postcode = address(chance, area.code)
    nowhere = chance.happens(0.006)
    family = Family(
        household=chance.new_id(known_since),
        carer=chance.new_id(known_since),
        name=f"{first} {surname}".strip(),
        first=first,
        born=born,
        precision="exact" if chance.happens(0.96) else "unknown",
        phone=phone(chance) if chance.happens(0.93) else "",
        email=f"{chance.between(1000, 999999)}@example.org" if chance.happens(0.55) else "",
        postcode="" if nowhere else postcode,
        kin=kin,
        language=origin.language if origin.language and chance.happens(0.3) else "",
        no_fixed_address=nowhere,
        worker=chance.pick(area.workers),
    )
    family.ethnicity, family.disability = said_of_themselves(family.carer, origin.ethnicity)
    family.children = _children(chance, origin, surname, known_since, at_most, today)
    write_family(chance, area, rows, family, "" if nowhere else street, known_since, today)
    _second_grown_up(chance, origin, rows, family, known_since)
    return family


def said_of_themselves(carer: str, ethnicity: str) -> tuple[str, str]:
    """Say what a carer answered on ethnic group and disability, who may not have been asked, or rather not say."""
    chance = Chance(f"everybody/{carer}")
    asked = chance.draw(ASKED)
    return ("" if asked == "no" else asked or ethnicity), chance.draw(DISABLED)


def _birthday(chance: Chance, on: date, age: int) -> date:
    return years_before(on, age) - chance.between(0, 364) * DAY


def _children(chance: Chance, origin: Origin, carers: str, known_since: date, at_most: int, today: date) -> list[Child]:
    surname = carers if chance.happens(0.6) else chance.pick(chance.draw(origins()).family)
    count = min(chance.draw(HOW_MANY), at_most)
    twins = count > 1 and chance.happens(0.05)
    children: list[Child] = []
    spells: list[Spell] = []
    for number in range(count):
        born = _birthday(chance, known_since, chance.between(0, 16))
        born = children[0].born if number == 1 and twins else born
        if not (spells and chance.happens(0.7) and spells[0].started_on > born):
            spells = history(chance, born, known_since, today)
        roll = chance.random()
        precision = "exact" if roll < 0.95 else "month" if roll < 0.97 else "year" if roll < 0.98 else "about"
        first = chance.pick(origin.younger)
        name = f"{first} {surname}".strip()
        children.append(Child(chance.new_id(known_since), name, first, born, precision, [*spells]))
    return sorted(children, key=lambda child: (child.born, child.id))


def write_family(
    chance: Chance,
    area: Area,
    rows: Rows,
    family: Family,
    street: str,
    known_since: date,
    today: date,
    warn: float = 0.12,
) -> None:
    """Write the household with its carer and children."""
    at = f"{known_since} 09:00:00"
    rows.owned(
        HOUSEHOLD,
        family.household,
        at,
        family.name,
        street,
        family.postcode,
        family.no_fixed_address,
        area.agency,
        area.team,
        family.worker.id,
    )
    born = None if family.precision == "unknown" else str(family.born)
    interpreter = bool(family.language) and chance.happens(0.4)
    details = (born, family.precision, family.phone, family.email, family.language, interpreter, family.gender)
    rows.owned(CARER, family.carer, at, family.name, "", *details, family.ethnicity, family.disability)
    since = min((child.spells[0].started_on for child in family.children), default=known_since)
    _belongs(chance, rows, family, family.carer, "carer", since, None)
    _file(rows, family.carer, keys(family.name, family.born, family.postcode, precision=family.precision))
    for child in family.children:
        _write_child(chance, area, rows, family, child, at, today)
    if chance.happens(warn):
        checked = chance.day(known_since, today)
        words = say(chance, "safety", family.first, family.child)
        rows.owned(SAFETY_NOTE, chance.new_id(known_since), at, family.household, words, "", "", "", str(checked), None)


def _write_child(chance: Chance, area: Area, rows: Rows, family: Family, child: Child, at: str, today: date) -> None:
    rows.owned(PERSON, child.id, at, child.name, "", str(child.born), child.precision, "", "", "", False, child.gender)
    _file(rows, child.id, keys(child.name, child.born, family.postcode, precision=child.precision))
    here = [spell for spell in child.spells if spell.with_carer]
    grown_up = years_before(child.born, -GROWN_UP)
    last = here[-1].ended_on or (grown_up if grown_up < today else None)
    _belongs(chance, rows, family, child.id, "child", here[0].started_on, last)
    rows.owned(RELATIONSHIP, chance.new_id(here[0].started_on), at, family.carer, child.id, family.kin)
    for spell in child.spells:
        write_spell(chance, area, rows, family, child, spell, at, today)


def write_spell(
    chance: Chance, area: Area, rows: Rows, family: Family, child: Child, spell: Spell, at: str, today: date
) -> None:
    """Write one arrangement of a child, and the plans that went with it."""
    rows.owned(
        ARRANGEMENT,
        chance.new_id(spell.started_on),
        at,
        child.id,
        family.carer if spell.with_carer else None,
        spell.kind,
        spell.stage,
        spell.proceedings,
        spell.looked_after_before,
        spell.evidence,
        area.agency,
        str(spell.started_on),
        spell.precision,
        text(spell.ended_on),
        *days_of(spell, family.kin, child.id, today),
    )
    for plan in spell.plans:
        ended = text(plan.ended_on)
        plan_row = chance.new_id(plan.started_on)
        rows.owned(PLAN, plan_row, at, child.id, plan.kind, str(plan.started_on), ended, plan.said_by)


def _belongs(
    chance: Chance, rows: Rows, family: Family, person: str, part: str, since: date, until: date | None
) -> None:
    row = chance.new_id(since)
    rows.owned(MEMBERSHIP, row, f"{since} 09:00:00", family.household, person, part, str(since), text(until))


def _file(rows: Rows, person: str, under: Iterable[str]) -> None:
    for key in sorted(under):
        rows.plain(SEARCH_KEY, rows.agency, person, key)


def _second_grown_up(chance: Chance, origin: Origin, rows: Rows, family: Family, known_since: date) -> None:
    if not chance.happens(0.3):
        return
    person, at = chance.new_id(known_since), f"{known_since} 09:00:00"
    name = f"{chance.pick(origin.older)}{family.name.removeprefix(family.first)}"
    born = _birthday(chance, known_since, chance.between(30, 70))
    rows.owned(PERSON, person, at, name, "", str(born), "exact", "", "", "", False, "")
    _file(rows, person, keys(name, born, family.postcode))
    _belongs(chance, rows, family, person, "carer" if chance.happens(0.7) else "other", known_since, None)
    rows.owned(RELATIONSHIP, chance.new_id(known_since), at, person, family.carer, "partner")
