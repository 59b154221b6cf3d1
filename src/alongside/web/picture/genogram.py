"""The genogram: a family's picture made of standard symbols, and the same in sentences."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup

from alongside.calc.kinship.family import Family
from alongside.calc.kinship.genogram import Genogram, draw
from alongside.records.people.models import Arrangement
from alongside.records.people.picture import FamilyPicture, Somebody
from alongside.records.people.rules import age
from alongside.web import kinship
from alongside.web.picture.svg import drawing, path_of, text

RADIUS = 22
LINE = 18
LONGEST = 17  # letters in a line under a symbol, and
LONGEST_BOLD = 15  # in one of a name, so that no line that runs beside a symbol touches it
FOOTINGS = {
    Arrangement.Kind.INFORMAL: "informal",
    Arrangement.Kind.CHILD_ARRANGEMENTS: "child arrangements",
    Arrangement.Kind.SPECIAL_GUARDIANSHIP: "special guardianship",
    Arrangement.Kind.UNKNOWN: "not known how",
}
MARKS = {"divorced": (-3, 3), "separated": (0,)}


@dataclass(frozen=True)
class Label:
    """The words at one person's symbol: inside it, and in lines under it with their class."""

    inside: str
    lines: list[tuple[str, str]]


def genogram(picture: FamilyPicture, index: set[UUID], today: date) -> tuple[Markup, Genogram]:
    """Draw a family; those of ``index``, the children whom the work is about, have a double edge."""
    family = family_of(picture)
    number = {one.id: place for place, one in enumerate(picture.people)}
    labels = [label_of(one, picture, today) for one in picture.people]
    drawn = draw(family, [LINE * len(label.lines) + 4 for label in labels])
    status = {frozenset((number[one.person], number[one.partner])): one.status for one in picture.couples}
    elements = [*_homes(drawn), *_lines(drawn), *_couples(drawn, status)]
    carers = {number[one.carer] for one in picture.footings} | {number[one] for one in picture.carers if one in number}
    for place, one in enumerate(picture.people):
        elements.append(_person(one, drawn.people[place], labels[place], one.id in index, place in carers))
    words = f"{len(picture.people)} people. Everybody, and what they are to one another, is listed under the picture."
    box = (drawn.left, 0, drawn.width, drawn.height)
    return drawing("genogram", box, "The family", words, elements), drawn


def family_of(picture: FamilyPicture) -> Family:
    """Give a family as the layout takes it: people as numbers."""
    number = {one.id: place for place, one in enumerate(picture.people)}
    homes: dict[UUID, list[int]] = {picture.household: []}
    for one in picture.lodgings:
        homes.setdefault(one.household, []).append(number[one.person])
    born: dict[date, list[int]] = {}
    for place, somebody in enumerate(picture.people):
        if somebody.birth_date and somebody.birth_precision == "exact":
            born.setdefault(somebody.birth_date, []).append(place)
    return Family(
        people=len(picture.people),
        relations=tuple((number[one.person], one.kind, number[one.relative]) for one in picture.ties),
        pairs=tuple((number[one.person], number[one.partner]) for one in picture.couples),
        cares=tuple((number[one.carer], number[one.child]) for one in picture.footings),
        homes=tuple(tuple(home) for home in homes.values() if home),
        twins=tuple(tuple(twins) for twins in born.values() if len(twins) > 1),
        men=frozenset(place for place, one in enumerate(picture.people) if one.gender == "male"),
    )


def label_of(one: Somebody, picture: FamilyPicture, today: date) -> Label:
    """Say what stands at somebody's symbol: their age in it; their name, their years and their footing under it."""
    years = "" if one.has_died else age(one.birth_date, one.birth_precision, today)
    inside = "?" if one.unknown else years.replace("about ", "~").replace(" months", "m").replace(" month", "m")
    lines = [(words, "genogram__name") for words in shortened(one.called, 2, LONGEST_BOLD)]
    if one.has_died:
        lines.append((_lived(one), "genogram__years"))
    elif one.id in picture.elsewhere and picture.elsewhere[one.id][1]:
        lines += [(words, "genogram__years") for words in shortened(picture.elsewhere[one.id][1], 1)]
    standing = [footing for footing in picture.footings if footing.child == one.id]
    for footing in standing:
        kind = Arrangement.Kind(footing.kind)
        lines += [(words, "genogram__footing") for words in shortened(FOOTINGS.get(kind, str(kind.label).lower()), 2)]
        if footing.stage in (Arrangement.Stage.APPLIED, Arrangement.Stage.INTERIM):
            lines.append((kinship.STAGES[Arrangement.Stage(footing.stage)], "genogram__footing"))
        if len(standing) > 1:
            carer = next(each.called for each in picture.people if each.id == footing.carer)
            lines += [(words, "genogram__footing") for words in shortened(f"with {carer}", 1)]
    return Label(inside if len(inside) <= 4 else "", lines)


def _lived(one: Somebody) -> str:
    born = str(one.birth_date.year) if one.birth_date else ""
    died = str(one.died_on.year) if one.died_on else ""
    return f"{born}–{died}" if born and died else f"died {died}" if died else "has died"


def shortened(words: str, lines: int, longest: int = LONGEST) -> list[str]:
    """Break words into lines that fit under a symbol; what does not fit is cut, as the list says it in full."""
    found = [""]
    for word in words.split():
        if found[-1] and len(found[-1]) + len(word) >= longest:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    cut = [line if len(line) <= longest else line[: longest - 1] + "…" for line in found[:lines]]
    if len(found) > lines and not cut[-1].endswith("…"):
        cut[-1] = cut[-1][: longest - 1] + "…"
    return cut


def _homes(drawn: Genogram) -> list[str]:
    """Draw round each home twice, wide and then narrow, so that its pieces have one edge between them."""
    found = []
    for number, home in enumerate(drawn.homes):
        rooms = "".join(
            f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="16"/>' for x, y, wide, high in home.rooms
        )
        ways = "".join(f'<path d="{path_of(way)}"/>' for way in home.ways)
        kind = "here" if number == 0 else "other"
        found.append(f'<g class="home home--{kind} home__edge">{ways}{rooms}</g>')
        found.append(f'<g class="home home--{kind} home__ground">{ways}{rooms}</g>')
    return found


def _lines(drawn: Genogram) -> list[str]:
    found = []
    for line in drawn.lines:
        found.append(f'<path class="genogram__{line.kind}" d="{path_of(line.strokes)}"/>')
        if line.kind == "care":
            x, y = line.strokes[-1][-1]
            found.append(f'<circle class="genogram__arrival" cx="{x}" cy="{y}" r="5"/>')
    return found


def _couples(drawn: Genogram, status: dict[frozenset[int], str]) -> list[str]:
    """Draw couples: a line; broken where they are not married; one stroke across for separated, two for divorced."""
    found = []
    for couple in drawn.couples:
        stands = status.get(frozenset((couple.one, couple.other)), "")
        y = couple.down
        level = [(couple.left, y), (couple.right, y)]
        if couple.over:
            level = [(couple.left, y + couple.over), *level, (couple.right, y + couple.over)]
        kind = stands or "parents"
        found.append(f'<path class="genogram__couple genogram__couple--{kind}" d="{path_of([level])}"/>')
        middle = couple.middle - (12 if stands in MARKS else 0)
        for away in MARKS.get(stands, ()):
            x = middle + away
            found.append(f'<path class="genogram__couple" d="M{x - 5} {y + 9}L{x + 5} {y - 9}"/>')
    return found


def _person(one: Somebody, middle: tuple[int, int], label: Label, index: bool, carer: bool) -> str:
    x, y = middle
    kind = "genogram__person" + (" genogram__person--carer" if carer else "")
    found = [_symbol(one.gender, x, y, RADIUS, kind)]
    if index:
        found.append(_symbol(one.gender, x, y, RADIUS - 5, "genogram__index"))
    if one.has_died:
        cross = [
            [(x - RADIUS, y - RADIUS), (x + RADIUS, y + RADIUS)],
            [(x + RADIUS, y - RADIUS), (x - RADIUS, y + RADIUS)],
        ]
        found.append(f'<path class="genogram__died" d="{path_of(cross)}"/>')
    if label.inside:
        found.append(text(x, y + 5, label.inside, "genogram__age"))
    for number, (words, style) in enumerate(label.lines):
        found.append(text(x, y + RADIUS + 4 + LINE * number + 13, words, style))
    return "".join(found)


def _symbol(gender: str, x: int, y: int, r: int, kind: str) -> str:
    """Give a circle for female, a square for male, a diamond for another gender, a hexagon where none is recorded."""
    if gender == "female":
        return f'<circle class="{kind}" cx="{x}" cy="{y}" r="{r}"/>'
    if gender == "male":
        r -= 2
        return f'<rect class="{kind}" x="{x - r}" y="{y - r}" width="{2 * r}" height="{2 * r}"/>'
    if gender == "other":
        return f'<path class="{kind}" d="M{x} {y - r}L{x + r} {y}L{x} {y + r}L{x - r} {y}Z"/>'
    half, high = r // 2, r * 13 // 15
    return (
        f'<path class="{kind}" d="M{x - half} {y - high}L{x + half} {y - high}L{x + r} {y}'
        f'L{x + half} {y + high}L{x - half} {y + high}L{x - r} {y}Z"/>'
    )
