"""How many answered what, and in which area: each question as parts of the carers who sent the survey."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from alongside.calc.surveys.answering import Answer
from alongside.insight.surveys.counting import Asked
from alongside.records.surveys.queries import Counted

FEWEST = 10
"""The fewest answers for a round or an area to have results of its own, and the fewest texts to be shown together."""
ELSEWHERE = ""
"""The code under which areas with few answers stand together with those who did not tell theirs."""
Area = str
Part = tuple[str, ...]
"""A part of those who sent the survey: ("n",) for all of them, ("said" | "unsaid", question), and of each answer ("is"
| "not", question, answer). Those who did not answer are ("rather" | "silent", question): who would rather not say, and
the others. Where not everybody is asked, ("asked", condition) are those who were; of the silent ("skipped", question)
were asked and ("past", question) were not.
"""
N: Part = ("n",)
K = TypeVar("K", bound=Hashable)


def tally(rows: Iterable[Counted], asked: list[Asked]) -> dict[Area, Counter[Part]]:
    """Count the carers of each area by what they answered; areas with few stand together."""
    held = list(rows)
    homes = homes_of(held)
    return count_in(homes, held, asked, sorted(set(homes)))


def homes_of(rows: list[Counted]) -> list[Area]:
    """Give where each is counted: never so that fewer than ``FEWEST`` stand anywhere, if others can join."""
    home = _areas(Counter(row.authority for row in rows))
    return [home[row.authority] for row in rows]


def count_in(places: list[K], rows: list[Counted], asked: list[Asked], order: list[K]) -> dict[K, Counter[Part]]:
    """Count the carers who stand in each place by what they answered."""
    found: dict[K, Counter[Part]] = {place: Counter() for place in order}
    conditions = {each.asked: each for one in asked if one.condition for each in one.condition.chain()}
    for place, row in zip(places, rows, strict=True):
        reached = {part for part, condition in conditions.items() if condition.holds(row.answers)}
        found[place].update([N, *reached, *_parts(row.answers, asked, reached)])
    return found


def _areas(numbers: Mapping[str, int]) -> dict[str, Area]:
    """Where each area's answers are counted."""
    home = {code: code if number >= FEWEST else ELSEWHERE for code, number in numbers.items()}
    together = sum(number for code, number in numbers.items() if home[code] == ELSEWHERE)
    if 0 < together < FEWEST and (own := [code for code in home if home[code] != ELSEWHERE]):
        home[min(own, key=lambda code: (numbers[code], code))] = ELSEWHERE
    return home


def _parts(answers: Mapping[str, Answer], asked: list[Asked], reached: set[Part]) -> Iterator[Part]:
    for one in asked:
        key = one.question.key
        given, rather = one.given(answers)
        if given:
            yield ("said", key)
            yield from (("is" if choice.key in given else "not", key, choice.key) for choice in one.answers)
            continue
        yield ("unsaid", key)
        yield ("rather" if rather else "silent", key)
        if one.condition and not rather:
            yield ("skipped" if one.condition.asked in reached else "past", key)
