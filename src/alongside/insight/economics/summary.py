"""What a case says in plain English: sentences that follow its numbers, and never claim more than its evidence."""

from collections.abc import Iterator
from math import isfinite

from alongside.calc.economics.model import Outcome
from alongside.calc.economics.scenario import Kind, Scenario
from alongside.insight.economics.evidence import carrying, judged, put_in
from alongside.insight.economics.results import Answer, Glance, glance_of
from alongside.insight.economics.wording import listed, number, pounds, said

NEARLY = 0.995
FEW_NAMED = 3


def summary_of(scenario: Scenario, answer: Answer) -> tuple[str, ...]:
    """Return what the whole answer says."""
    return sentences(scenario, glance_of(answer))


def sentences(scenario: Scenario, found: Glance) -> tuple[str, ...]:
    """Return what is spent, what may come back and to whom, how surely, what pays for it, and what it hangs on."""
    parts = (_spent, _back, _for_each_pound, _chance, _public_money, _pays_with, _hangs, _rests)
    return tuple(sentence for part in parts for sentence in part(scenario, found))


def _spent(scenario: Scenario, found: Glance) -> Iterator[str]:
    whole = found.expected
    if not whole.cost:
        yield "Nothing is spent in this case, so there is nothing to set its gain against."
        return
    each = [f"{pounds(cost)} for each {name}" for name, cost in whole.each.items() if cost is not None]
    for_one = f": {listed(each)}" if each else ""
    yield f"{pounds(whole.cost)} is spent, in prices of {scenario.price_year}{for_one}."
    pay = [each.agency for each in found.agencies if each.cost]
    yield f"{listed(pay)} pay{'s' if len(pay) == 1 else ''} it. What it brings is counted for {_years(scenario.years)}."


def _back(scenario: Scenario, found: Glance) -> Iterator[str]:
    carries, whole = carrying(scenario), found.expected
    gained = whole.fiscal + whole.economic + whole.social
    yield carries.known
    if gained <= 0:
        yield "With these inputs nothing comes back."
        return
    kinds = (
        (whole.fiscal, "in money that public bodies need not spend"),
        (whole.economic, "in what people earn or make"),
        (whole.social, "in what better lives are worth, which is paid to nobody"),
    )
    won = [(value, words) for value, words in kinds if value > 0]
    lost = [f"{pounds(-value)} {words}" for value, words in kinds if value < 0]
    told = listed([f"{pounds(value)} {words}" for value, words in won])
    parts = f", all of it {won[0][1]}" if len(won) == 1 and not lost else f": {told}"
    yield f"{carries.holds}, {pounds(gained)} {carries.comes}{parts}."
    if lost:
        yield f"What is lost is taken off that already: {listed(lost)}."
    who = sorted(((each.gained, each.agency) for each in found.agencies if each.gained > 0), reverse=True)
    gains = [f"{pounds(value)} to {agency}" for value, agency in who]
    yield f"All of it would go to {who[0][1]}." if len(who) == 1 else f"It would go like this: {listed(gains)}."


def _for_each_pound(scenario: Scenario, found: Glance) -> Iterator[str]:
    whole, ratio = found.expected, found.ratio
    if not whole.cost:
        return
    comes = f"If so, {pounds(whole.ratio)} comes back for each £1"
    if not (isfinite(ratio.low) and isfinite(ratio.high)):
        yield f"{comes}."
    elif ratio.low == ratio.high:
        yield f"{comes}. No input says how unsure it is, so no doubt is shown, though there is some."
    else:
        between = f"With the doubt that is put in, it lies between {pounds(ratio.low)} and {pounds(ratio.high)}"
        crosses = ratio.low < 1 <= ratio.high
        side = "more" if ratio.low >= 1 else "less"
        yield f"{comes}."
        yield f"{between}: it could be less than is spent, or more." if crosses else f"{between}: {side} than is spent."


def _chance(scenario: Scenario, found: Glance) -> Iterator[str]:
    chance = found.breaks_even.probability
    if not found.expected.cost or found.ratio.low == found.ratio.high:
        return
    counted = ", better lives counted as money," if found.expected.social > 0 else ""
    often = f"{chance:.0%}" if 1 - NEARLY < chance < NEARLY else "more than 99%" if chance >= NEARLY else "less than 1%"
    yield f"If so, the chance that what is gained{counted} covers what is spent is {often}."
    if not found.breaks_even.enough:
        off = 100 * 1.96 * found.breaks_even.error
        yield f"This figure has not settled: by the luck of the draws it may be {number(off)} in 100 off."


def _public_money(scenario: Scenario, found: Glance) -> Iterator[str]:
    whole = found.expected
    if not whole.cost:
        return
    if whole.budget_impact > 0:
        yield f"Counting public money alone, {pounds(whole.budget_impact)} of what is spent does not come back."
    else:
        yield f"If so, public bodies together would be {pounds(-whole.budget_impact)} better off."
    if whole.fiscal > 0 and whole.cashable < whole.fiscal:
        money = "of the public money that may come back could leave a budget"
        if whole.cashable > 0:
            yield f"Only {pounds(whole.cashable)} {money}. The rest frees time and places."
        else:
            yield f"None {money}: it frees time and places."


def _pays_with(scenario: Scenario, found: Glance) -> Iterator[str]:
    """For how many the outcome that is worth most would have to come about, where it is counted in people."""
    whole = found.expected
    worths = {
        outcome.key: whole.people[outcome.key] * whole.cost / needed
        for outcome in scenario.outcomes
        if (needed := whole.needed[outcome.key]) and _in_people(scenario, outcome)
    }
    if not worths or not whole.cost:
        return
    most = next(each for each in scenario.outcomes if each.key == max(worths, key=lambda key: worths[key]))
    pays = number(whole.needed[most.key] or 0)
    lasting = f", each for {_years(most.duration)}," if most.drop_off == "none" else ""
    here = number(whole.people[most.key])
    yield f"“{most.title}”: {pays} of them because of the service{lasting} would pay for all of it alone."
    yield f"This case counts on {here}."


def _in_people(scenario: Scenario, outcome: Outcome) -> bool:
    impact = scenario.inputs.get(outcome.impact)
    return impact is None or impact.kind is Kind.SHARE


def _years(duration: float) -> str:
    return "1 year" if duration == 1 else f"{number(duration)} years"


def _hangs(scenario: Scenario, found: Glance) -> Iterator[str]:
    hinge = found.hinge
    if hinge is None:
        return
    named = scenario.inputs[hinge.name]
    yield f"It hangs most on “{named.title}”."
    nearest = min(hinge.values, key=lambda value: abs(value - hinge.expected), default=None)
    if nearest is None:
        side = "more than pays" if hinge.pays_at_expected else "does not pay"
        yield f"With all else as expected, it {side} whatever that is."
    else:
        just, now = said(named.kind, nearest), said(named.kind, hinge.expected)
        yield f"With all else as expected, it would just pay at {just}. This case says {now}."


def _rests(scenario: Scenario, found: Glance) -> Iterator[str]:
    by_judgement = judged(scenario)
    if not by_judgement:
        return
    count, whole = len(by_judgement), len(put_in(scenario))
    named = listed([f"“{each.title}”" for each in by_judgement[:FEW_NAMED]])
    such = "" if count <= FEW_NAMED else ", among others"
    yield f"{count} of the {whole} inputs {'is a judgement' if count == 1 else 'are judgements'}: {named}{such}."
