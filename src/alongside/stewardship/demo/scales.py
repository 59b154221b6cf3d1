"""How much is made up: a handful of families, an authority's worth, or the country's."""

from dataclasses import dataclass

from alongside.stewardship.demo.fragments import places

KIRKLEES = "E08000034"
CALDERDALE = "E08000033"
YORK = "E06000014"
NATIONAL_CHILDREN = 141_000  # the children in kinship care in England and Wales whom the founding documents count


@dataclass(frozen=True, slots=True)
class Scale:
    """How many children in which authorities, over how many years, and how many undecided referrals at least."""

    name: str
    children: dict[str, int]
    years: float
    queue: int


def scale(name: str) -> Scale:
    """Give the scale of this name."""
    if name == "small":
        return Scale(name, {KIRKLEES: 150, CALDERDALE: 12}, 1.3, 7)
    if name == "authority":
        return Scale(name, {KIRKLEES: 1_500, CALDERDALE: 12}, 5, 12)
    return Scale(name, _shared_out(NATIONAL_CHILDREN), 5, 2)


def _shared_out(children: int) -> dict[str, int]:
    """Share children out over all authorities by their number of postcodes, to the last one."""
    weights = {code: postcodes for code, (postcodes, _) in places().items()}
    total = sum(weights.values())
    shares = {code: max(2, children * weight // total) for code, weight in weights.items()}
    shares[KIRKLEES] += children - sum(shares.values())
    return shares
