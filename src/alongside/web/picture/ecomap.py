"""The ecomap: a carer in the middle, and around them who and what holds them up or weighs on them."""

from markupsafe import Markup

from alongside.calc.kinship.ecomap import RADIUS, jagged, ring
from alongside.records.people.models import Person, Supporter
from alongside.web.picture.svg import drawing, path_of, text

LINE = 17
LONGEST = 12


def ecomap(carer: Person, supporters: list[Supporter], name: str) -> Markup:
    """Draw the support around one carer; ``name`` tells this drawing from others on the page."""
    drawn = ring(len(supporters))
    elements = []
    for supporter, (start, end) in zip(supporters, drawn.lines, strict=True):
        points = jagged(start, end) if supporter.tie == Supporter.Tie.STRESSFUL else [start, end]
        elements.append(f'<path class="ecomap__tie ecomap__tie--{supporter.tie}" d="{path_of([points])}"/>')
    elements += _circle(*drawn.middle, carer.known_as or carer.name, "ecomap__carer")
    for supporter, place in zip(supporters, drawn.places, strict=True):
        elements += _circle(*place, supporter.name, "ecomap__supporter")
    words = f"{len(supporters)} ties. Each is listed under the picture."
    return drawing(name, (0, 0, drawn.size, drawn.size), "Support around the carer", words, elements)


def _circle(x: int, y: int, words: str, kind: str) -> list[str]:
    lines = broken(words)
    top = y + 5 - (len(lines) - 1) * LINE // 2
    found = [f'<circle class="{kind}" cx="{x}" cy="{y}" r="{RADIUS}"/>']
    return found + [text(x, top + LINE * number, line, "ecomap__words") for number, line in enumerate(lines)]


def broken(words: str) -> list[str]:
    """Break words into at most three lines that fit in a circle."""
    found = [""]
    for word in words.split():
        if found[-1] and len(found[-1]) + len(word) >= LONGEST:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    cut = [line if len(line) <= LONGEST else line[: LONGEST - 1] + "…" for line in found[:3]]
    if len(found) > 3 and not cut[-1].endswith("…"):
        cut[-1] = cut[-1][: LONGEST - 1] + "…"
    return cut
