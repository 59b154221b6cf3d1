"""Writing SVG: elements as text, every word escaped, no style but by class."""

from collections.abc import Iterable

from markupsafe import Markup, escape

Point = tuple[int, int]


def path_of(strokes: Iterable[Iterable[Point]]) -> str:
    """Give the data of a path that draws these pieces, each from point to point."""
    return "".join("M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in strokes)


def text(x: int, y: int, words: str, kind: str) -> str:
    """Write words with their middle at a point."""
    return f'<text x="{x}" y="{y}" class="{kind}">{escape(words)}</text>'


def drawing(name: str, box: tuple[int, int, int, int], title: str, description: str, elements: Iterable[str]) -> Markup:
    """Put elements together as one image that says in words what it shows."""
    left, top, width, height = box
    return Markup(  # noqa: S704 (every word in the elements was escaped as it was written)
        f'<svg class="{name}" viewBox="{left} {top} {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-labelledby="{name}-title {name}-words" focusable="false">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-words">{escape(description)}</desc>'
        f"{''.join(elements)}</svg>"
    )
