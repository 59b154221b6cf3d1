"""What is shown at once of a case while its inputs are moved: three figures, sentences, and who pays and gains."""

from math import isfinite
from typing import NamedTuple

from alongside.calc.economics.agencies import Standing
from alongside.calc.economics.scenario import Scenario
from alongside.insight.economics.editions import AT_ONCE, SEED
from alongside.insight.economics.evidence import carrying
from alongside.insight.economics.library import library
from alongside.insight.economics.results import Glance, glance
from alongside.insight.economics.summary import sentences
from alongside.insight.economics.wording import exact, pounds
from alongside.web.economics.boxes import boxes_of
from alongside.web.economics.sheet import Sheet


class Answered(NamedTuple):
    """What is wrong and what is still blank, each with its field, or else what the case comes to."""

    wrong: list[tuple[str, str]]
    blank: list[tuple[str, str]]
    figures: list[tuple[str, str]]
    words: tuple[str, ...]
    agencies: list[tuple[str, ...]]
    nothing: str = ""


def answered(sheet: Sheet) -> Answered:
    """Work out what stands on a sheet."""
    inputs = sheet.base.inputs
    wrong = [(at, f"{inputs[at.partition('.')[0]].title}. {words}") for at, words in sheet.wrong.items()]
    blank = [(f"{each.key}.{boxes_of(inputs[each.key])[0].field}", each.title) for each in sheet.scenario.blank]
    if wrong or blank:
        return Answered(wrong, blank, [], (), [])
    return come_to(sheet.scenario)


def come_to(scenario: Scenario) -> Answered:
    """Work out a scenario that has no blanks."""
    try:
        found = glance(scenario, library(), draws=AT_ONCE, seed=SEED)
    except ValueError as error:
        return Answered([], [], [], (), [], nothing=str(error))
    rows = [_row(each) for each in found.agencies]
    return Answered([], [], figures(scenario, found), sentences(scenario, found), rows)


def figures(scenario: Scenario, found: Glance) -> list[tuple[str, str]]:
    """Return the large figures, each with its plain meaning."""
    holds, whole, ratio = carrying(scenario).holds, found.expected, found.ratio
    first = holds[:1].lower() + holds[1:]
    if not whole.cost:
        return [(pounds(whole.net), f"may be gained, {first}; nothing is spent")]
    between = ""
    if isfinite(ratio.low) and isfinite(ratio.high) and ratio.low < ratio.high:
        between = f". Between {pounds(ratio.low)} and {pounds(ratio.high)}"
    budget = (pounds(abs(whole.budget_impact)), "of public money does not come back")
    if whole.budget_impact <= 0:
        budget = (budget[0], f"better off are public bodies together, {first}")
    return [
        (pounds(whole.ratio), f"for each £1, {first}{between}"),
        (chance_of(found), "chance that what is gained covers what is spent"),
        budget,
    ]


def chance_of(found: Glance) -> str:
    """Say how likely it is that what is gained covers what is spent; never that it is certain."""
    chance = found.breaks_even.probability
    return f"{chance:.0%}" if 0.005 <= chance <= 0.995 else "over 99%" if chance > 0.5 else "under 1%"


def _row(each: Standing) -> tuple[str, ...]:
    return (each.agency, exact(each.cost), exact(each.fiscal), exact(each.economic + each.social), exact(each.net))
