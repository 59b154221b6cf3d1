"""Drawing a family, beside writing the same elements from a list that is ready; and the story of a long case."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID
from xml.etree import ElementTree

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from markupsafe import Markup, escape

from alongside.core.base.rows import EVERY_AGENCY, open_rows
from alongside.records.cases.models import Contact
from alongside.records.people.picture import Couple, FamilyPicture, Footing, Lodging, Somebody, Tie
from alongside.web.picture.genogram import genogram
from benchmarks.pages import grace_of
from benchmarks.results import Result, at_most, count
from benchmarks.timing import CPU, in_turn
from benchmarks.visiting import Visitor, program

TODAY = date(2026, 11, 20)
PEOPLE = 60
Element = tuple[str, list[tuple[str, str]], str, bool]


def family_of_sixty() -> FamilyPicture:
    """Four generations: couples who have three children or four, each of whom but the youngest marries."""
    picture = FamilyPicture(UUID(int=1))
    couples = [(_join(picture, 1930, "male"), _join(picture, 1932, "female"))]
    picture.couples.append(_couple(picture, *couples[0]))
    for generation in range(1, 4):
        next_couples = []
        for parents in couples:
            for number in range(4 if generation == 3 else 3):
                if len(picture.people) >= PEOPLE:
                    break
                child = _join(picture, 1930 + 26 * generation + 2 * number, ("male", "female")[number % 2])
                picture.ties += [Tie(_id(picture), parent, "parent", child) for parent in parents]
                if generation < 3 and len(picture.people) < PEOPLE:
                    partner = _join(picture, 1931 + 26 * generation + 2 * number, ("female", "male")[number % 2])
                    picture.couples.append(_couple(picture, child, partner))
                    next_couples.append((child, partner))
        couples = next_couples
    carer, children = picture.people[2].id, [one.id for one in picture.people[-3:]]
    picture.footings = [Footing(child, carer, "special_guardianship", "final") for child in children]
    lodgers = [(carer, "carer"), *((child, "child") for child in children)]
    picture.lodgings = [Lodging(picture.household, "Home", person, part) for person, part in lodgers]
    picture.people.sort(key=lambda one: one.birth_date or TODAY)
    return picture


def _id(picture: FamilyPicture) -> UUID:
    return UUID(int=1000 + len(picture.people) + len(picture.ties) + len(picture.couples))


def _join(picture: FamilyPicture, born: int, gender: str) -> UUID:
    pk = UUID(int=100 + len(picture.people))
    name, died = f"Person {len(picture.people)} Okafor", born < 1940
    life = (died, date(2015, 1, 1) if died else None, "year")
    picture.people.append(Somebody(pk, name, "", date(born, 3, 12), "exact", gender, False, *life))
    return pk


def _couple(picture: FamilyPicture, one: UUID, other: UUID) -> Couple:
    return Couple(_id(picture), one, other, "married", None, "unknown", None, "unknown")


def ready(svg: str) -> list[Element]:
    """Take a drawing apart into the list of its elements, each with its attributes and its words."""
    found: list[Element] = []

    def walk(element: ElementTree.Element) -> None:
        children = list(element)
        found.append((element.tag, list(element.items()), element.text or "", not children))
        for child in children:
            walk(child)
        if children:
            found.append((element.tag, [], "", True))

    walk(ElementTree.fromstring(svg))
    return found


def written(elements: list[Element]) -> Markup:
    """Write elements from such a list, every word escaped."""
    found = []
    for tag, attributes, words, closed in elements:
        if not attributes and closed and not words:
            found.append(f"</{tag}>")
            continue
        told = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
        found.append(f"<{tag}{told}>{escape(words)}" + (f"</{tag}>" if closed else ""))
    return Markup("".join(found))


def picturing() -> Iterator[Result]:
    """The genogram of sixty people beside its own elements, ready to be written."""
    picture = family_of_sixty()
    index = {one.child for one in picture.footings}
    elements = ready(str(genogram(picture, index, TODAY)[0]))
    runs: dict[str, Callable[[], object]] = {
        "ours": lambda: genogram(picture, index, TODAY),
        "ready": lambda: written(elements),
    }
    cpu = in_turn(runs, rounds=200, clock=CPU, batch=5)
    what = f"a genogram of {PEOPLE} people, laid out and written"
    yield at_most(3, what, cpu["ours"], "its elements written from a ready list", cpu["ready"])


ENTRIES = 2_000
YEARS = 10


def stories() -> Iterator[Result]:
    """The story of a case of ten years and two thousand entries, which are taken back afterwards."""
    asha, with_gate = Visitor("asha@example.org"), program()
    open_rows(EVERY_AGENCY)
    case = grace_of(asha)
    apart = timedelta(days=365 * YEARS / ENTRIES)
    made = Contact.objects.bulk_create(
        Contact(
            agency_id=case.agency_id,
            case=case,
            at=timezone.now() - apart * number,
            channel="phone",
            outcome="spoke",
            minutes=30,
            note="We talked about school, about sleep, and about what would make Saturdays easier. " * 3,
            by=asha.user,
        )
        for number in range(ENTRIES)
    )
    runs = {
        "caseload": asha.asks(with_gate, "/families/", whose="team"),
        "story": asha.asks(with_gate, f"/families/{case.pk}/story/"),
    }
    try:
        cpu = in_turn(runs, rounds=80, clock=CPU)
        with CaptureQueriesContext(connection) as captured:
            runs["story"]()
    finally:
        open_rows(EVERY_AGENCY)
        for one in made:
            one.delete()
    yield at_most(2, f"the story of {ENTRIES:,} entries, CPU", cpu["story"], "our caseload", cpu["caseload"])
    asked = [each for each in captured if not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    yield count(12, "queries of a story", len(asked))
