"""Reading one input of a scenario: what it may be, where that came from, and whether it can be."""

from collections.abc import Mapping

from alongside.calc.data_table import Table, WrongKey
from alongside.calc.economics.beta import Counted, Pert, Share
from alongside.calc.economics.distributions import (
    LEAST,
    Amount,
    Distribution,
    Fixed,
    Normal,
    Skewed,
    Triangular,
    Unfit,
    Uniform,
)
from alongside.calc.economics.model import Product
from alongside.calc.economics.scenario import Input, Kind, Library, Origin, Taken

DRAWN: Mapping[str, tuple[type[Distribution], Mapping[str, str]]] = {
    "share": (Share, {"mean": "expected", "sd": "sd"}),
    "counted": (Counted, {"events": "events", "of": "of"}),
    "amount": (Amount, {"mean": "expected", "sd": "sd"}),
    "pert": (Pert, {"low": "low", "likely": "likely", "high": "high"}),
    "triangular": (Triangular, {"low": "low", "likely": "likely", "high": "high"}),
    "uniform": (Uniform, {"low": "low", "high": "high"}),
    "lognormal": (Skewed, {"low": "low", "high": "high"}),
    "normal": (Normal, {"mean": "expected", "sd": "sd"}),
}
"""For each key by which a file says a distribution, its kind, and which of its fields stands at which key there."""
WAYS = ("value", *DRAWN, "product", "library", "unknown")
HIGHEST_LEVEL = 5
"""Of the Maryland scale of scientific methods."""


def read_input(name: str, table: Table, library: Library) -> Input:
    """Return the input that stands at a key, or raise :class:`WrongKey`."""
    title, origin = table.text("title"), table.one_of("from", Origin)
    kind = table.one_of("kind", Kind)
    ways = [way for way in WAYS if table.has(way)]
    if len(ways) != 1:
        raise WrongKey(table.where, f"needs one of {', '.join(WAYS)}" + (f", and has {len(ways)}" if ways else ""))
    if (ways[0] == "library") is not (origin is Origin.LIBRARY):
        raise WrongKey(table.at("from"), "must be library where a unit cost is taken from it, and nowhere else")
    made: Distribution | Product | None
    taken: Taken | None
    price_year: int | None
    if ways[0] == "library":
        made, taken, source, price_year = _from_library(table, library)
    else:
        made, taken, source = _made(table, ways[0]), None, table.text("source")
        price_year = price_year_of(table, library) if table.has("price_year") else None
    if kind is Kind.POUNDS and price_year is None and not isinstance(made, Product) and made is not None:
        raise WrongKey(table.at("price_year"), "is missing: pounds are pounds of a year")
    grade = _from_1_to(max(library.optimism.grades), table, "grade")
    level = _from_1_to(HIGHEST_LEVEL, table, "level")
    record = table.key("record") if table.has("record") else None
    table.refuse_the_rest()
    _fits(table, ways[0], kind, made)
    return Input(name, title, kind, made, origin, source, grade, price_year, level, record, taken)


def _from_1_to(most: int, table: Table, key: str) -> int | None:
    """Give a whole number from 1, where there is one."""
    if not table.has(key):
        return None
    number = table.take(key, int)
    if not 1 <= number <= most:
        raise WrongKey(table.at(key), f"must be from 1 to {most}, not {number}")
    return number


def _made(table: Table, way: str) -> Distribution | Product | None:
    """What an input may be, said otherwise than by the library."""
    if way == "unknown":
        if table.take("unknown", bool) is not True:
            raise WrongKey(table.at("unknown"), "must be true, or not be there")
        return None
    if way == "value":
        return Fixed(table.number("value"))
    if way == "product":
        names = table.take("product", list)
        if len(names) < 2 or not all(isinstance(name, str) for name in names):
            raise WrongKey(table.at("product"), "must name two inputs or more")
        return Product(tuple(names))
    inner, (kind, fields) = table.table(way), DRAWN[way]
    told = {name: inner.take(key, int) if kind is Counted else inner.number(key) for key, name in fields.items()}
    try:
        made = kind(**told)
    except Unfit as error:
        raise WrongKey(table.at(way), str(error)) from error
    inner.refuse_the_rest()
    return made


def _from_library(table: Table, library: Library) -> tuple[Distribution, Taken, str, int]:
    """A unit cost for a year, as sure as ``spread`` says: its standard deviation as a share of it."""
    cost = library.costs[_known_code(table, library)]
    spread = table.number("spread") if table.has("spread") else 0.0
    if spread and not LEAST <= spread <= 1:
        raise WrongKey(table.at("spread"), "must be a share from 0 to 1, such as 0.2")
    made: Distribution = Amount(cost.a_year, spread * cost.a_year) if spread else Fixed(cost.a_year)
    return made, Taken(cost.code, spread), f"{cost.source}: {cost.code}, {cost.title}", cost.price_year


def _known_code(table: Table, library: Library) -> str:
    code = table.text("library")
    if code not in library.costs:
        raise WrongKey(table.at("library"), f"there is no unit cost {code!r}")
    return code


def _fits(table: Table, way: str, kind: Kind, made: Distribution | Product | None) -> None:
    """Refuse a share beyond 100% and pounds below 0; a number may fall below 0, as a change does."""
    if not isinstance(made, Distribution):
        return
    low, high = made.ends()
    if kind is Kind.SHARE and (low < 0 or high > 1):
        raise WrongKey(
            table.at(way), f"is a share, and must lie from 0 to 1 (0.2 is 20%); it goes from {low:g} to {high:g}"
        )
    if kind is Kind.POUNDS and low < 0:
        raise WrongKey(table.at(way), f"must not go below 0; it goes down to {low:g}")


def price_year_of(table: Table, library: Library) -> int:
    """Return the price year that a table names, if the deflator knows it."""
    year = table.take("price_year", int)
    known = library.deflator.index
    if year not in known:
        raise WrongKey(table.at("price_year"), f"the deflator knows {min(known)} to {max(known)}, not {year}")
    return year
