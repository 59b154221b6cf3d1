"""The business case of an economic case: question, answer, who pays and gains, doubt, every input, and its limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import isfinite

from alongside import __version__
from alongside.calc.economics.scenario import Library, Scenario
from alongside.calc.economics.sensitivity import Grid
from alongside.insight.economics.evidence import carrying, level_of, put_in
from alongside.insight.economics.limits import limits_of
from alongside.insight.economics.pictures import pictures_of
from alongside.insight.economics.results import Answer
from alongside.insight.economics.stating import ORIGINS, stated
from alongside.insight.economics.summary import summary_of
from alongside.insight.economics.wording import exact, number, pounds, said
from alongside.insight.evaluation.report.document import Document, Section
from alongside.insight.evaluation.results import Table


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of which case a document is of: its title, who made it, the day, and in words which one it is."""

    title: str
    provider: str
    day: date
    standing: str


def write(edition: Edition, text: str, scenario: Scenario, answer: Answer, library: Library) -> Document:
    """Write the business case of a scenario whose text and answer are given."""
    carries = carrying(scenario)
    gains, *others = pictures_of(scenario, answer)
    sections = (
        Section("What it comes to", words=summary_of(scenario, answer), tables=(_results(scenario, answer),)),
        Section(
            gains.title,
            words=(gains.about,),
            plots=(gains.plot,),
            tables=(gains.table, _budgets(scenario, answer, library)),
        ),
        *(Section(each.title, words=(each.about,), plots=(each.plot,), tables=(each.table,)) for each in others),
        _turns(scenario, answer),
        _knowing(scenario, answer),
        Section("Every number, and where it came from", tables=tuple(_inputs(scenario))),
        Section("What this cannot say", words=limits_of(scenario, answer, library)),
        _made(text, scenario, answer, library),
    )
    return Document(
        title=edition.title,
        question=scenario.question,
        provider=edition.provider,
        as_of=edition.day.isoformat(),
        standing=edition.standing,
        level=level_of(scenario) or 0,
        design=carries.known,
        sections=sections,
    )


def _results(scenario: Scenario, answer: Answer) -> Table:
    whole, unsure = answer.expected, answer.unsure
    ends = f"{pounds(unsure.ratio.low)} to {pounds(unsure.ratio.high)}" if isfinite(unsure.ratio.high) else "not known"
    impact = f"{pounds(unsure.budget_impact.low)} to {pounds(unsure.budget_impact.high)}"
    net = f"{pounds(unsure.net.low)} to {pounds(unsure.net.high)}"
    rows = [
        ("What is spent", exact(whole.cost), ""),
        ("Public value for each £1", exactly_pounds(whole.ratio), ends),
        ("Fiscal return for each £1", exactly_pounds(whole.fiscal_return), ""),
        ("Net present public value", exact(whole.net), net),
        ("Net present budget impact: public bodies are out of pocket by", exact(whole.budget_impact), impact),
        ("Of the fiscal benefit, what can leave a budget", exact(whole.cashable), ""),
        ("Public money has paid back", _paid_back(scenario, whole.payback), ""),
        ("Chance that it covers its cost", f"{unsure.breaks_even.probability:.0%}", ""),
    ]
    for name, cost in whole.each.items():
        rows.append((f"Cost of one {name}", exactly_pounds(cost) if cost is not None else "not known", ""))
    for outcome in scenario.outcomes:
        needed = whole.needed[outcome.key]
        counted = f"counted on: {number(whole.people[outcome.key])}"
        if needed is not None:
            rows.append((f"How many would pay for all of it alone: {outcome.title}", number(needed), counted))
    return Table(
        "What it comes to", ("Figure", "As expected", "95 of 100 draws lie between, or beside it"), tuple(rows)
    )


def exactly_pounds(value: float) -> str:
    """Say an amount to the penny, or that there is none where nothing is spent."""
    return f"£{value:,.2f}" if isfinite(value) else "Nothing is spent"


def _paid_back(scenario: Scenario, year: int | None) -> str:
    return f"by the end of {scenario.first_year + year}" if year is not None else f"not within {scenario.years} years"


def _budgets(scenario: Scenario, answer: Answer, library: Library) -> Table:
    now = library.schedules[scenario.discounting].factors(scenario.years)
    rows = tuple(
        (
            str(scenario.first_year + each.year),
            each.agency,
            *map(exact, (each.cost, each.fiscal, each.fiscal - each.cost)),
            exact((each.fiscal - each.cost) * float(now[each.year])),
            exact(each.economic + each.social),
        )
        for each in answer.flows
    )
    columns = ("Year", "Who", "Spends", "Gains in public money", "Budget is left with", "The same, now", "Other worth")
    return Table("Budgets by agency and year, in pounds of the year, and what each is now", columns, rows)


def _turns(scenario: Scenario, answer: Answer) -> Section:
    """At which value of each input the answer turns, and how it stands over the two on which it hangs most."""
    rows = []
    for each in answer.switching:
        named = scenario.inputs[each.name]
        values = " or ".join(said(named.kind, value) for value in each.values)
        room = f"{each.room:+.0%}" if each.room is not None else ""
        rows.append((named.title, said(named.kind, each.expected), values or "at no value that it can have", room))
    columns = ("Input", "As expected", "The case just pays at", "How far off that is")
    tables = [Table("Where the answer turns", columns, tuple(rows))]
    if answer.both is not None:
        tables.append(_two_way(scenario, answer.both))
    words = ("One input alone is moved, all others as expected, until what is gained just covers what is spent.",)
    return Section("Where the answer turns", words=words, tables=tuple(tables))


def _two_way(scenario: Scenario, grid: Grid) -> Table:
    down, across = scenario.inputs[grid.first_name], scenario.inputs[grid.second_name]
    rows = tuple(
        (said(down.kind, value), *(exact(cell) for cell in row))
        for value, row in zip(grid.first.tolist(), grid.answers.tolist(), strict=True)
    )
    caption = f"What is left, by “{down.title}” (down) and “{across.title}” (across)"
    return Table(caption, (down.title, *(said(across.kind, value) for value in grid.second.tolist())), rows)


def _knowing(scenario: Scenario, answer: Answer) -> Section:
    """What it would be worth to know more before deciding."""
    unsure, titles = answer.unsure, {name: each.title for name, each in scenario.inputs.items()}
    ranked = sorted(unsure.knowing.items(), key=lambda pair: -pair[1])
    first = (
        f"If everything could be known before deciding whether to spend this, that would be worth "
        f"{pounds(unsure.knowing_all)}, which is what deciding now and being wrong costs on average. "
        "More than that should not be paid to find out more."
    )
    tables = [
        Table(
            "What it is worth to know each input",
            ("Input", "Worth knowing (£)"),
            tuple((titles[name], exact(worth)) for name, worth in ranked),
        )
    ]
    studies = [each for each in unsure.asking if each.worth > 0]
    if studies:
        rows = tuple((titles[each.name], str(each.people), exact(each.worth)) for each in studies)
        tables.append(Table("What the next study would be worth, before its cost", ("Measures", "People", "£"), rows))
    else:
        first += " No study of up to 400 people that measures one of the shares would change the decision."
    return Section("What it is worth to measure better", words=(first,), tables=tuple(tables) if ranked else ())


def _inputs(scenario: Scenario) -> Iterator[Table]:
    used = {each.key for each in put_in(scenario)}
    rows = [
        (
            each.title,
            stated(each),
            f"{ORIGINS[each.origin]}. {each.source}",
            f"{each.price_year or ''}",
            f"{each.grade or 'none'}",
            f"{each.level or ''}",
        )
        for each in scenario.inputs.values()
        if each.key in used
    ]
    columns = ("Input", "What it may be", "Where it came from", "Prices of", "Grade", "Level")
    yield Table("What was put in", columns, tuple(rows))
    told = tuple(
        (each.title, stated(each), f"{ORIGINS[each.origin]}. {each.source}")
        for each in scenario.inputs.values()
        if each.key not in used
    )
    if told:
        yield Table("Worked out, or told only for the cost of one", ("Input", "What it is", "From"), told)


def _made(text: str, scenario: Scenario, answer: Answer, library: Library) -> Section:
    """How to come to the same figures again."""
    schedule, unsure = library.schedules[scenario.discounting], answer.unsure
    settled = "have settled" if unsure.settled else "have not settled: more draws would still change them"
    rows = (
        ("Draws", f"{unsure.draws:,}, which {settled}"),
        ("Seed", str(unsure.seed)),
        ("Program", f"Alongside {__version__}"),
        ("Scenario", f"SHA-256 {sha256(text.encode()).hexdigest()}"),
        ("Prices", f"of {scenario.price_year}; {library.deflator.title} ({library.deflator.source})"),
        ("Discounting", f"{schedule.title} ({schedule.source})"),
        ("Allowance for hope", f"{library.optimism.title} ({library.optimism.source}); rule: {scenario.rule}"),
        ("Command", f"alongside economics run scenario.toml --draws {unsure.draws} --seed {unsure.seed}"),
    )
    words = ("Anybody who has the scenario file comes to the same figures with the program, which is free.",)
    return Section("How it was worked out", words=words, tables=(Table("To do it again", ("What", "Which"), rows),))
