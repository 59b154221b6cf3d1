"""The boxes in which an input is shown and changed, and what is typed into them, read back in plain words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

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
from alongside.calc.economics.scenario import Input, Kind, Origin, Taken
from alongside.insight.economics.wording import said

EXPECTED, LOW, HIGH = "As expected", "Could be as low as", "Could be as high as"
ABOUT = "Give or take"
ENDS = (("low", LOW), ("high", HIGH))
OF: Mapping[type[Distribution], tuple[tuple[str, str], ...]] = {
    Fixed: (("value", EXPECTED), *ENDS),
    Share: (("expected", EXPECTED), ("sd", ABOUT)),
    Amount: (("expected", EXPECTED), ("sd", ABOUT)),
    Normal: (("expected", EXPECTED), ("sd", ABOUT)),
    Counted: (("events", "How many"), ("of", "Out of")),
    Pert: (("likely", EXPECTED), *ENDS),
    Triangular: (("likely", EXPECTED), *ENDS),
    Uniform: ENDS,
    Skewed: ENDS,
}
"""For each way of being unsure, the fields that are asked for and what they are called."""
OF_LIBRARY = (("value", EXPECTED), ("spread", ABOUT))
HUNDRED = Decimal(100)
MOST = Decimal(10) ** 12


class Wrong(ValueError):
    """What cannot be, in a sentence; ``box`` is the field at which it is told."""

    def __init__(self, box: str, sentence: str) -> None:
        super().__init__(sentence)
        self.box, self.sentence = box, sentence


class Box(NamedTuple):
    """A box to type into; ``unit`` stands before or after it."""

    field: str
    label: str
    words: str
    unit: str = ""


def boxes_of(each: Input) -> tuple[Box, ...]:
    """Return the boxes of an input with what stands in them."""
    if each.taken is not None:
        values = {"value": each.made.mean if isinstance(each.made, Distribution) else None, "spread": each.taken.spread}
        return tuple(
            Box(name, label, _typed(each, name, values[name]), _unit(each, name)) for name, label in OF_LIBRARY
        )
    made = each.made if isinstance(each.made, Distribution) else None
    return tuple(
        Box(name, label, _typed(each, name, getattr(made, name, None)), _unit(each, name))
        for name, label in OF[type(made) if made else Fixed]
    )


def _unit(each: Input, name: str) -> str:
    if name == "spread" or (each.kind is Kind.SHARE and name not in ("events", "of")):
        return "%"
    return "£" if each.kind is Kind.POUNDS else ""


def _typed(each: Input, name: str, value: float | None) -> str:
    """A number as one would type it."""
    if value is None or (name == "spread" and not value):
        return ""
    plain = Decimal(repr(float(value))) * (HUNDRED if _unit(each, name) == "%" else 1)
    words = f"{plain.normalize():f}" if plain else "0"
    return f"{float(words):,.2f}".removesuffix(".00") if _unit(each, name) == "£" else words


def changed(each: Input, typed: Mapping[str, str], *, at_least_one: bool) -> Input:
    """Return an input with what was typed in place of what it was; raise :class:`Wrong`.

    It keeps its way of being unsure; one number becomes three once its ends are said. Nothing typed leaves it blank.
    """
    boxes = boxes_of(each)
    numbers = {box.field: _number(box, typed.get(box.field, "")) for box in boxes}
    told = {name: value for name, value in numbers.items() if value is not None}
    if not told:
        return replace(each, made=None, taken=None, origin=_by_hand(each)) if each.made else each
    if each.taken is not None:
        return _of_library(each, each.taken, told)
    way = type(each.made) if isinstance(each.made, Distribution) else Fixed
    for box in boxes:
        if box.field not in told and not (
            way is Fixed and box.field in ("low", "high") and not {"low", "high"} & {*told}
        ):
            raise Wrong(box.field, f"{box.label}: fill this in as well, or clear all of it")
        if box.field in told and box.field != "sd":
            _within(each, box, told[box.field])
    if at_least_one:
        _somebody(told)
    return replace(each, made=_made(each, way, told))


def _somebody(told: Mapping[str, float]) -> None:
    """Refuse a case of nobody, or of fewer than nobody."""
    first = next(iter(told))
    if told[first] < 1:
        raise Wrong(first, "With fewer than 1 nobody is reached, so there is no case")
    for name, value in told.items():
        if value < 0:
            raise Wrong(name, "There cannot be fewer than 0")


def _by_hand(each: Input) -> Origin:
    return Origin.JUDGEMENT if each.origin is Origin.LIBRARY else each.origin


def _number(box: Box, words: str) -> float | None:
    """Read a number as people write it: with commas, a pound sign or a per cent sign."""
    plain = words.strip().replace(",", "").removeprefix("£").removesuffix("%").strip().replace("−", "-")
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Wrong(box.field, f"{box.label}: enter a number, such as {'25' if box.unit else '120'}") from None
    if not value.is_finite() or abs(value) > MOST:
        raise Wrong(box.field, f"{box.label}: enter a number below a million million")
    return float(value / HUNDRED if box.unit == "%" else value)


def _within(each: Input, box: Box, value: float) -> None:
    if each.kind is Kind.SHARE and box.unit == "%" and not 0 <= value <= 1:
        raise Wrong(box.field, f"{box.label}: enter a percentage from 0 to 100, not {said(Kind.SHARE, value)}")
    if each.kind is Kind.POUNDS and value < 0:
        raise Wrong(box.field, f"{box.label}: enter £0 or more, not {said(Kind.POUNDS, value)}")


def _of_library(each: Input, taken: Taken, told: Mapping[str, float]) -> Input:
    """A unit cost as unsure as is said; another amount in its place is a judgement, and says in place of what."""
    spread, listed = told.get("spread", 0.0), each.made.mean if isinstance(each.made, Distribution) else 0.0
    if spread and not LEAST <= spread <= 1:
        raise Wrong("spread", f"{ABOUT}: enter a percentage from 0 to 100")
    if "value" not in told:
        raise Wrong("value", f"{EXPECTED}: fill this in as well, or clear all of it")
    value = told["value"]
    _within(each, Box("value", EXPECTED, ""), value)
    if spread and not value:
        raise Wrong("value", f"{EXPECTED}: enter more than £0, or clear what is give or take")
    made: Distribution = Amount(value, spread * value) if spread else Fixed(value)
    if round(value, 2) == round(listed, 2):
        exact: Distribution = Amount(listed, spread * listed) if spread else Fixed(listed)
        return replace(each, made=exact, taken=Taken(taken.code, spread))
    return replace(each, made=made, taken=None, origin=Origin.JUDGEMENT, source=f"In place of {each.source}")


def _made(each: Input, way: type[Distribution], told: Mapping[str, float]) -> Distribution:
    if way is Fixed and "low" in told:
        way, told = Pert, {"low": told["low"], "likely": told["value"], "high": told["high"]}
    makers: Mapping[type[Distribution], Callable[[], None]] = {
        Counted: lambda: _counted(told),
        Share: lambda: _share(told),
        Amount: lambda: _amount(told),
    }
    if way in makers:
        makers[way]()
    elif "sd" in told and told["sd"] <= 0:
        raise Wrong("sd", f"{ABOUT}: enter more than 0")
    if "low" in told:
        _rising(each, told)
    numbers: Mapping[str, Any] = {k: int(v) for k, v in told.items()} if way is Counted else told
    try:
        return way(**numbers)
    except Unfit as error:
        raise Wrong(next(iter(told)), f"{str(error)[:1].upper()}{str(error)[1:]}") from error


def _counted(told: Mapping[str, float]) -> None:
    for name, label in OF[Counted]:
        if told[name] != int(told[name]) or told[name] < 0:
            raise Wrong(name, f"{label}: enter a whole number of 0 or more")
    if not told["of"]:
        raise Wrong("of", "Out of: nobody was counted, so there is no share")
    if told["events"] > told["of"]:
        raise Wrong("events", f"How many: {told['events']:,.0f} out of {told['of']:,.0f} cannot be")


def _share(told: Mapping[str, float]) -> None:
    mean, sd = told["expected"], told["sd"]
    if not 0 < mean < 1:
        raise Wrong("expected", f"{EXPECTED}: enter more than 0% and less than 100%")
    if not 0 < sd < (mean * (1 - mean)) ** 0.5:
        most = said(Kind.SHARE, (mean * (1 - mean)) ** 0.5)
        raise Wrong("sd", f"{ABOUT}: with {said(Kind.SHARE, mean)} expected, enter more than 0% and less than {most}")


def _amount(told: Mapping[str, float]) -> None:
    for name, label in OF[Amount]:
        if told[name] <= 0:
            raise Wrong(name, f"{label}: enter more than 0")


def _rising(each: Input, told: Mapping[str, float]) -> None:
    """Refuse ends that do not rise, and what is expected beyond them."""
    low, high = told["low"], told["high"]
    if low >= high:
        raise Wrong("low", f"{LOW}: it must lie below {said(each.kind, high)}, the high end")
    if not low <= (likely := told.get("likely", low)) <= high:
        field, end, words = ("low", low, "not lie above") if likely < low else ("high", high, "not lie below")
        label = LOW if field == "low" else HIGH
        raise Wrong(field, f"{label}: {said(each.kind, end)} must {words} {said(each.kind, likely)}, what is expected")
