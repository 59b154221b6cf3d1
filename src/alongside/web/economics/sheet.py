"""The sheet of a case: every input in its group with where it came from, and all that was typed read back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from alongside.calc.economics.model import Product
from alongside.calc.economics.scenario import Input, Kind, Library, Origin, Scenario
from alongside.insight.economics.library import library
from alongside.insight.economics.stating import ORIGINS
from alongside.insight.economics.wording import listed
from alongside.web.economics.boxes import Box, Wrong, boxes_of, changed
from alongside.web.economics.sliders import Slide, slide_of

GROUPS = (
    ("Who is reached", ("population", "affected", "engaged", "retained")),
    ("What changes", ("impact", "deadweight", "attribution", "displacement", "drop_off")),
    ("What that is worth", ("unit_value",)),
)
COSTS, OTHERS = "What it costs", "Only to tell the cost of each; these may stay blank"
LEVELS = (
    ("", "No study: a judgement"),
    ("1", "Level 1: the same families before and after, or none compared"),
    ("2", "Level 2: beside other families, not shown to be alike"),
    ("3", "Level 3: beside families shown to be alike"),
    ("4", "Level 4: by chance or as good, with some doubt left"),
    ("5", "Level 5: by chance, with little doubt left"),
)
LONGEST_SOURCE = 500
TYPED = "Typed in, and nobody said where it came from"
NO_SOURCE = "Say where it came from"


class Row(NamedTuple):
    """One input as it is shown: with its boxes, what is wrong by field, and what it is worked out from if it is."""

    input: Input
    boxes: tuple[Box, ...]
    told: Mapping[str, str]
    wrong: Mapping[str, str]
    slide: Slide | None
    is_impact: bool
    counts: bool
    parts: str

    @property
    def origin(self) -> str:
        """Where it came from, in words."""
        return ORIGINS[self.input.origin]


@dataclass
class Sheet:
    """What was typed over a scenario: ``scenario`` with all of it that can be, and what is ``wrong``, by field."""

    base: Scenario
    typed: Mapping[str, str]
    scenario: Scenario = field(init=False)
    wrong: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        inputs = {name: self._read(each) for name, each in self.base.inputs.items()}
        same = all(inputs[name] is each for name, each in self.base.inputs.items())
        self.scenario = self.base if same else replace(self.base, inputs=inputs)

    def _read(self, each: Input) -> Input:
        stood = standing(each)
        told = {name: self.typed.get(f"{each.key}.{name}", words) for name, words in stood.items()}
        if told == stood:
            return each
        at_least_one = each.key in {outcome.population for outcome in self.base.outcomes}
        try:
            found = changed(each, told, at_least_one=at_least_one) if _numbers(each, told, stood) else each
            return _sourced(each, found, told, stood, library())
        except Wrong as wrong:
            self.wrong[f"{each.key}.{wrong.box}"] = wrong.sentence
            return each

    def groups(self) -> list[tuple[str, list[Row]]]:
        """Return the rows by group, leaving out groups without any; what is still blank keeps its place."""
        impacts = {outcome.impact for outcome in self.base.outcomes}
        counted, found = self.base.counted, dict[str, list[Row]]()
        for name, title in _places(self.base):
            found.setdefault(title, []).append(self._row(self.base.inputs[name], impacts, name in counted))
        order = [*(title for title, _ in GROUPS), COSTS, OTHERS]
        return [(title, found[title]) for title in order if title in found]

    def _row(self, each: Input, impacts: set[str], counts: bool) -> Row:
        told = {name: self.typed.get(f"{each.key}.{name}", words) for name, words in standing(each).items()}
        boxes = tuple(box._replace(words=told[box.field]) for box in boxes_of(each)) if told else ()
        wrong = {name: self.wrong[at] for name in told if (at := f"{each.key}.{name}") in self.wrong}
        parts = ""
        if isinstance(each.made, Product):
            parts = listed([f"“{self.base.inputs[part].title}”" for part in each.made.of])
        return Row(each, boxes, told, wrong, slide_of(each), each.key in impacts, counts, parts)


def choices() -> dict[str, Any]:
    """Return what may be chosen of where an input came from, and how good that is."""
    return {"origins": ORIGINS, "levels": LEVELS, "grades": library().optimism.grades}


@lru_cache(maxsize=2048)
def standing(each: Input) -> Mapping[str, str]:
    """Return what stands in every box of an input, by field; nothing for one that is worked out from others."""
    if isinstance(each.made, Product):
        return {}
    told = {box.field: box.words for box in boxes_of(each)}
    told |= {"origin": each.origin.value, "source": each.source, "grade": _or_none(each.grade)}
    if each.level is not None or each.kind is not Kind.POUNDS:
        told["level"] = _or_none(each.level)
    if each.kind is Kind.POUNDS and each.taken is None:
        told["price_year"] = _or_none(each.price_year)
    return told


def _or_none(number: int | None) -> str:
    return "" if number is None else str(number)


def _numbers(each: Input, told: Mapping[str, str], stood: Mapping[str, str]) -> bool:
    """Whether a number of it was changed, not only where it came from."""
    return any(told[box.field] != stood[box.field] for box in boxes_of(each))


def _sourced(each: Input, found: Input, told: Mapping[str, str], stood: Mapping[str, str], known: Library) -> Input:
    """Say where an input came from as it was typed; a number moved without a word on that is a judgement."""
    if found.taken is None and told["origin"] == Origin.LIBRARY and found.origin is not Origin.LIBRARY:
        told = {**told, "origin": found.origin.value, "source": found.source}
    elif found is not each and found.taken is None and _unsaid(each, told, stood):
        told = {**told, **_as_judged(each, told, stood, known)}
    source = told["source"].strip()
    if not source:
        raise Wrong("source", NO_SOURCE)
    if len(source) > LONGEST_SOURCE:
        raise Wrong("source", f"Use {LONGEST_SOURCE} letters or fewer")
    if found.taken is None and told["origin"] == Origin.LIBRARY:
        raise Wrong("origin", "Only a unit cost of the library comes from there")
    return replace(
        found,
        origin=Origin(_choice("origin", told["origin"], {each.value for each in Origin})),
        source=source,
        grade=_whole("grade", told["grade"], known.optimism.grades),
        level=_whole("level", told.get("level", ""), range(1, 6)),
        price_year=_price_year(found, told, known),
    )


def _as_judged(each: Input, told: Mapping[str, str], stood: Mapping[str, str], known: Library) -> dict[str, str]:
    """Where a number comes from of which nobody said it: without a level, and graded so where nothing stood before.

    One that is moved keeps the grade of what it stands in for, as an answer that leapt at a touch would tell nothing.
    """
    said = {"origin": Origin.JUDGEMENT.value, "level": ""}
    if each.made is not None:
        return said | {"source": f"In place of: {each.source}"[:LONGEST_SOURCE]}
    graded = stood["grade"] and told["grade"] == stood["grade"]
    return said | {"source": TYPED} | ({"grade": str(max(known.optimism.grades))} if graded else {})


def _unsaid(each: Input, told: Mapping[str, str], stood: Mapping[str, str]) -> bool:
    """Whether it was not said anew where a number came from, which was no judgement until now."""
    return each.origin is not Origin.JUDGEMENT and all(told[name] == stood[name] for name in ("origin", "source"))


def _choice(name: str, words: str, known: set[str]) -> str:
    if words not in known:
        raise Wrong(name, "Choose one of the answers")
    return words


def _whole(name: str, words: str, known: Iterable[int]) -> int | None:
    """Give one of the numbers that may be chosen; none where none was."""
    return int(_choice(name, words, {str(each) for each in known})) if words else None


def _price_year(found: Input, told: Mapping[str, str], known: Library) -> int | None:
    if found.kind is not Kind.POUNDS:
        return found.price_year
    words, years = told.get("price_year", _or_none(found.price_year)).strip(), known.deflator.index
    if not words and found.made is None:
        return None
    if words not in {str(year) for year in years}:
        raise Wrong("price_year", f"Enter the year of the prices, from {min(years)} to {max(years)}")
    return int(words)


def _places(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Give every input with the group in which it stands: the first that uses it, or what is worked out from it."""
    named: dict[str, str] = {}

    def stand(name: str, title: str) -> None:
        if name in scenario.inputs and name not in named:
            named[name] = title
            made = scenario.inputs[name].made
            for part in made.of if isinstance(made, Product) else ():
                stand(part, title)

    for title, fields in GROUPS:
        for outcome in scenario.outcomes:
            for each in fields:
                stand(getattr(outcome, each), title)
    for cost in scenario.costs:
        stand(cost.amount, COSTS)
        stand(cost.per, COSTS)
    for name in scenario.inputs:
        yield name, named.get(name, OTHERS)
