"""How the figures of a case are said: pounds as pounds, shares as per cent, nothing more exact than it is known."""

from alongside.calc.economics.scenario import Kind

MILLION = 1_000_000
FIGURES = 3
"""Digits that carry meaning in a figure that is said in a sentence."""


def pounds(value: float) -> str:
    """Say an amount to three figures, small ones to the pound and those below £10 to the penny.

    >>> [pounds(each) for each in (1.2, 847.3, 12_345, -1_234_567, 0)]
    ['£1.20', '£847', '£12,300', '−£1.23 million', '£0']
    """
    size = abs(value)
    if not round(size, 2):
        return "£0"
    if size >= MILLION:
        words = f"£{number(size / MILLION)} million"
    elif size < 10:
        words = f"£{size:.2f}"
    else:
        words = f"£{round(size, min(FIGURES - len(str(int(size))), 0)):,.0f}"
    return f"−{words}" if value < 0 else words


def exact(value: float) -> str:
    """Say an amount to the pound, for a table.

    >>> exact(-1234.5), exact(0.2)
    ('−£1,234', '£0')
    """
    return f"−£{-value:,.0f}" if round(value) < 0 else f"£{abs(value):,.0f}"


def number(value: float) -> str:
    """Say a number to three figures.

    >>> [number(each) for each in (400.0, 1234.5, 2.345, -0.5)]
    ['400', '1,234', '2.35', '−0.5']
    """
    words = f"{abs(value):,.0f}" if abs(value) >= 100 else f"{abs(value):.3g}"
    return f"−{words}" if value < 0 and words != "0" else words


def percent(share: float) -> str:
    """Say a share as per cent.

    >>> percent(0.2), percent(0.0375)
    ('20%', '3.75%')
    """
    return f"{number(100 * share)}%"


def said(kind: Kind, value: float) -> str:
    """Say a value of an input in what it is counted in."""
    return {Kind.SHARE: percent, Kind.POUNDS: pounds, Kind.NUMBER: number}[kind](value)


def listed(words: list[str]) -> str:
    """Say several things in a row.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
