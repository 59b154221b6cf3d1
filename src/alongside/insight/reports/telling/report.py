"""One contract's quarter, whole: counted, made safe, put into words, and read back from what was frozen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from alongside.calc.instruments import Instrument
from alongside.core.base.days import in_words
from alongside.insight.reports.basis import Basis
from alongside.insight.reports.counting.families import (
    count_first_contacts,
    count_people,
    count_places,
    count_referrals,
)
from alongside.insight.reports.counting.outcomes import ScaleChange, count_outcomes
from alongside.insight.reports.counting.tally import Tally
from alongside.insight.reports.counting.work import count_contacts, count_reviews
from alongside.insight.reports.telling.figures import FOOTNOTE, Figure
from alongside.insight.reports.telling.outcomes import write_outcomes
from alongside.insight.reports.telling.people import write_places, write_plans, write_supported
from alongside.insight.reports.telling.safety import SMALLEST, withheld
from alongside.insight.reports.telling.work import write_contacts, write_referrals, write_reviews, write_waits
from alongside.insight.reports.telling.writer import Chart, Mark, Section, Table, Writer

HEADLINES = (
    ("carers", "carers supported"),
    ("children", "children"),
    ("contact.working", "referral to first call, middle family"),
    ("places.end", "places used on the last day"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the report is of. Dates are ISO text."""

    contract: str
    programme: str
    purchaser: str
    provider: str
    quarter: str
    starts_on: str
    ends_on: str
    counted_to: str
    counted_on: str
    frozen: bool = False

    @property
    def days(self) -> str:
        """The days that are counted."""
        return f"{_day(self.starts_on)} to {_day(self.counted_to)}"

    @property
    def state(self) -> str:
        """Whether these figures will stay, in a sentence."""
        if self.frozen:
            return f"Frozen on {_day(self.counted_on)}."
        if self.counted_to < self.ends_on:
            return f"So far: the quarter is still running. Counted on {_day(self.counted_on)}, and may change."
        return f"Not frozen yet. Counted on {_day(self.counted_on)}, and may change."


def _day(text: str) -> str:
    return in_words(date.fromisoformat(text))


@dataclass(frozen=True, slots=True)
class Report:
    """Every word of a contract's quarter; page, PDF, spreadsheet and print all show this."""

    heading: Heading
    headlines: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    figures: dict[str, Figure]

    @property
    def footnote(self) -> str:
        """What the sign for a withheld figure means, where there is one."""
        return FOOTNOTE if any(figure.hidden for figure in self.figures.values()) else ""


def count(basis: Basis, instruments: Sequence[Instrument]) -> tuple[Tally, list[ScaleChange]]:
    """Count everything that the report says."""
    tally = Tally()
    count_people(basis, tally)
    count_places(basis, tally)
    count_referrals(basis, tally)
    count_first_contacts(basis, tally)
    count_contacts(basis, tally)
    count_reviews(basis, tally)
    return tally, count_outcomes(basis, instruments, tally)


def write_report(
    heading: Heading, basis: Basis, instruments: Sequence[Instrument], apart: Sequence[str] = ()
) -> Report:
    """Count a quarter, withhold what would give somebody away, and put the rest into words; ``apart`` are the titles of
    questionnaires of which scores were left out, as their scales meant something else.
    """
    tally, changes = count(basis, instruments)
    writer = Writer(tally, withheld(tally), SMALLEST)
    sections = (
        write_outcomes(writer, changes, apart),
        write_supported(writer),
        write_plans(writer),
        write_referrals(writer),
        write_waits(writer, basis.terms.first_contact_days),
        write_contacts(writer),
        Section(
            "promises", "Places and reviews", tables=(write_places(writer, basis.terms.places), write_reviews(writer))
        ),
    )
    return Report(heading, HEADLINES, sections, writer.figures)


def to_json(report: Report) -> dict[str, Any]:
    """Give a report as JSON can hold it."""
    return asdict(report)


def from_json(data: dict[str, Any]) -> Report:
    """Read back what :func:`to_json` gave, digit for digit."""
    return Report(
        heading=Heading(**data["heading"]),
        headlines=_pairs(data["headlines"]),
        sections=tuple(_section(section) for section in data["sections"]),
        figures={key: _figure(figure) for key, figure in data["figures"].items()},
    )


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in rows)


def _figure(data: dict[str, Any]) -> Figure:
    return Figure(**{**data, "exclusions": _pairs(data["exclusions"]), "rows": tuple(data["rows"])})


def _section(data: dict[str, Any]) -> Section:
    return Section(
        key=data["key"],
        title=data["title"],
        words=tuple(data["words"]),
        tables=tuple(_table(table) for table in data["tables"]),
    )


def _table(data: dict[str, Any]) -> Table:
    return Table(
        key=data["key"],
        caption=data["caption"],
        columns=tuple(data["columns"]),
        rows=tuple((title, tuple(cells)) for title, cells in data["rows"]),
        chart=_chart(data["chart"]) if data["chart"] else None,
    )


def _chart(data: dict[str, Any]) -> Chart:
    return Chart(data["title"], data["words"], tuple(Mark(**mark) for mark in data["marks"]))
