"""Who pays and who gains: a case's costs and gains by agency, in pounds of now."""

from typing import NamedTuple

from alongside.calc.economics.model import Case, Drawn, Value, paid_now, people, worth_of_one


class Standing(NamedTuple):
    """What an agency spends and what it gains, by each kind of value."""

    agency: str
    cost: float
    fiscal: float
    economic: float
    social: float

    @property
    def gained(self) -> float:
        """All that it gains."""
        return self.fiscal + self.economic + self.social

    @property
    def net(self) -> float:
        """What it gains beyond what it spends."""
        return self.gained - self.cost


def standings(case: Case, drawn: Drawn) -> list[Standing]:
    """Return every agency with one number an input, those who spend most first; together they are the whole case."""
    table: dict[str, dict[str, float]] = {}
    for cost in case.costs:
        row = table.setdefault(cost.agency, {})
        row["cost"] = row.get("cost", 0.0) + float(paid_now(case, cost, drawn))
    for outcome in case.outcomes:
        present = float(people(outcome, drawn) * worth_of_one(case, outcome, drawn))
        for agency, part in outcome.agencies.items():
            row = table.setdefault(agency, {})
            row[outcome.value.value] = row.get(outcome.value.value, 0.0) + present * part
    found = [Standing(agency, *(row.get(kind, 0.0) for kind in ("cost", *Value))) for agency, row in table.items()]
    return sorted(found, key=lambda each: (-each.cost, -each.net, each.agency))
