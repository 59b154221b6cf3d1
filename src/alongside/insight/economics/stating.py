"""How an input is stated: what it may be, to the last figure that was put in, and where it came from."""

from alongside.calc.economics.beta import Counted, Pert, Share
from alongside.calc.economics.distributions import Amount, Distribution, Normal, Skewed, Triangular, Uniform
from alongside.calc.economics.model import Product
from alongside.calc.economics.scenario import Input, Kind, Origin

BLANK, WORKED_OUT = "Not filled in", "Worked out from others"
ORIGINS = {
    Origin.RECORD: "Your own records",
    Origin.LIBRARY: "The library of unit costs",
    Origin.PUBLISHED: "Published",
    Origin.JUDGEMENT: "A judgement",
}


def stated(each: Input) -> str:
    """Say what an input may be, in a line.

    >>> from alongside.calc.economics.distributions import Triangular
    >>> stated(Input("a", "", Kind.SHARE, Triangular(0.2, 0.4, 0.7), Origin.JUDGEMENT, ""))
    '40%, from 20% to 70%'
    """
    made = each.made
    if not isinstance(made, Distribution):
        return WORKED_OUT if isinstance(made, Product) else BLANK
    centre = exactly(each.kind, made.mean)
    if isinstance(made, Counted):
        return f"{made.events:,} of {made.of:,}, which is {exactly(each.kind, made.events / made.of)}"
    if isinstance(made, Uniform | Skewed):
        return f"From {exactly(each.kind, made.low)} to {exactly(each.kind, made.high)}"
    if isinstance(made, Pert | Triangular):
        ends = f"from {exactly(each.kind, made.low)} to {exactly(each.kind, made.high)}"
        return f"{exactly(each.kind, made.likely)}, {ends}"
    if each.taken and each.taken.spread:
        return f"{centre}, give or take {exactly(Kind.SHARE, each.taken.spread)}"
    if isinstance(made, Share | Amount | Normal):
        return f"{centre}, give or take {exactly(each.kind, made.sd)}"
    return centre


def exactly(kind: Kind, value: float) -> str:
    """Say a value as it was put in: pounds to the penny, shares as per cent.

    >>> exactly(Kind.POUNDS, 51_080), exactly(Kind.POUNDS, 64.5), exactly(Kind.SHARE, 0.125), exactly(Kind.NUMBER, 1e6)
    ('£51,080', '£64.50', '12.5%', '1,000,000')
    """
    if kind is Kind.POUNDS:
        return f"£{value:,.2f}".removesuffix(".00")
    return f"{100 * value:,.6g}%" if kind is Kind.SHARE else f"{value:,.10g}"
