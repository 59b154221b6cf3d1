"""The sheet of how far benefits are drawn in, and costs put up, for the grades of the evidence behind them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from alongside.calc.economics.model import Case
from alongside.calc.economics.optimism import Optimism
from alongside.calc.economics.scenario import GRADED, Input, Scenario
from alongside.insight.economics.spreadsheet.cells import Cell, Look, Page, span
from alongside.insight.economics.spreadsheet.given import Inputs


class Table(NamedTuple):
    """The columns of the grades, and of what each adds to a benefit and to a cost."""

    grades: str
    benefit: str
    cost: str


class Grading(NamedTuple):
    """Something that is drawn in: by which column of the table, for the grades of which inputs, and by how much."""

    key: str
    title: str
    column: str
    evidence: Sequence[Input]
    comes_to: float


def write_optimism(
    page: Page, scenario: Scenario, case: Case, optimism: Optimism, rule: Cell, inputs: Inputs
) -> Mapping[str, Cell]:
    """Write the table of grades and every use of it; give what is added to each outcome and each cost."""
    checked = "" if optimism.verified else " Nobody has checked this table against its source."
    page.sentence(f"{optimism.title}. {optimism.source}.{checked}")
    table = _write_table(page, optimism)
    page.section("The grade of each input that is counted, and what it adds")
    page.heads("What is drawn in", "Input", "Grade", "Adds", "1 + what it adds")
    gradings = [*_benefits(scenario, case, table), *_costs(scenario, case, table)]
    columns = [_write_grades(page, each, table, optimism, inputs) for each in gradings]
    page.section("Together, by the rule of the case")
    page.heads("What is drawn in", "Adds")
    found = {}
    for each, (adds, factors) in zip(gradings, columns, strict=True):
        page.words(0, each.title)
        found[each.key] = page.formula(1, _together(adds, factors, rule), each.comes_to, Look.SHARE)
        page.row += 1
    return found


def _write_table(page: Page, optimism: Optimism) -> Table:
    page.heads("Evidence", "Grade", "Added to a benefit (change this)", "Added to a cost (change this)")
    rows = []
    for grade, told in sorted(optimism.grades.items()):
        page.words(0, told.words)
        row = page.fixed(1, grade), page.given(2, told.benefit, Look.SHARE), page.given(3, told.cost, Look.SHARE)
        rows.append(row)
        page.row += 1
    return Table(*(span(column) for column in zip(*rows, strict=True)))


def _benefits(scenario: Scenario, case: Case, table: Table) -> list[Grading]:
    return [
        Grading(f"outcome {each.key}", each.title, table.benefit,
                scenario.evidence(*(getattr(each, name) for name in GRADED)), each.optimism)
        for each in case.outcomes
    ]  # fmt: skip


def _costs(scenario: Scenario, case: Case, table: Table) -> list[Grading]:
    return [
        Grading(f"cost {each.key}", f"Cost: {each.title}", table.cost, scenario.evidence(each.amount), each.optimism)
        for each in case.costs
    ]


def _write_grades(
    page: Page, each: Grading, table: Table, optimism: Optimism, inputs: Inputs
) -> tuple[list[Cell], list[Cell]]:
    adds, factors = [], []
    for known in each.evidence:
        page.words(0, each.title)
        page.words(1, known.title)
        at = inputs.grades[known.key].at
        grade = page.formula(2, f'IF(ISNUMBER({at}),{at},"none")', known.grade or "none")
        told = optimism.grades.get(known.grade or 0)
        added = "" if told is None else (told.benefit if each.column == table.benefit else told.cost)
        found = f'IF(ISNUMBER({grade.at}),INDEX({each.column},MATCH({grade.at},{table.grades},0)),"")'
        adds.append(page.formula(3, found, added, Look.SHARE))
        factor = "" if isinstance(added, str) else 1 + added
        factors.append(page.formula(4, f'IF(ISNUMBER({adds[-1].at}),1+{adds[-1].at},"")', factor))
        page.row += 1
    return adds, factors


def _together(adds: Sequence[Cell], factors: Sequence[Cell], rule: Cell) -> str:
    """The rule of the case over the grades that there are; 0 where there are none."""
    if not adds:
        return "0"
    column = span(adds)
    worst = f"IF(ABS(MIN({column}))>=ABS(MAX({column})),MIN({column}),MAX({column}))"
    mean, product = f"AVERAGE({column})", f"PRODUCT({span(factors)})-1"
    chosen = f'IF({rule.at}="worst",{worst},IF({rule.at}="mean",{mean},{product}))'
    return f"IF(COUNT({column})=0,0,{chosen})"
