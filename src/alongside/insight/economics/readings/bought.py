"""What an agency that pays may read of its own contract: the price, and what quarterly reports gave it."""

from collections.abc import Callable, Mapping
from datetime import date

from alongside.calc.economics.distributions import Fixed
from alongside.calc.economics.scenario import Library
from alongside.insight.economics.readings.costs import price_for_each
from alongside.insight.economics.readings.reading import Reading, grade_on, nothing
from alongside.insight.economics.readings.spans import Span
from alongside.insight.reports.models import FrozenReport
from alongside.records.programmes.models import Contract

NOT_YOURS = (
    "The records of families belong to the agency that serves them, so this cannot be read here. Ask them to give you "
    "an edition of their own case."
)
ACCEPTED = "referrals.accepted"
MONTHS_A_QUARTER = 3


def readings_of(contract: Contract, span: Span, library: Library, today: date) -> Mapping[str, Callable[[], Reading]]:
    """Give what the agency that pays may read, by key."""
    grade = grade_on(span.last, today)

    def families() -> Reading:
        number, quarters = _accepted(contract, span)
        if number is None:
            return nothing(NOT_FROZEN)
        words = f"{number:,} referrals were accepted {span.words}, by {quarters} frozen quarterly reports"
        return Reading(Fixed(round(number / span.years)), f"{words}, in {span.years:g} years.", grade)

    def price() -> Reading:
        number, quarters = _accepted(contract, span)
        if not number:
            return nothing(NOT_FROZEN)
        who = f"{number:,} families whose referrals were accepted, by {quarters} frozen quarterly reports"
        return price_for_each(contract, span, number, who, library, grade)

    return {"families": families, "cost_from_price": price}


NOT_FROZEN = (
    "Not every quarter of these days has a frozen report with the number of accepted referrals in it. Ask for the "
    "reports, or choose another year."
)


def _accepted(contract: Contract, span: Span) -> tuple[int | None, int]:
    """How many referrals were accepted by the frozen reports of all these days, and how many reports there are."""
    rows = FrozenReport.objects.filter(contract=contract, starts_on__gte=span.first, ends_on__lte=span.last)
    reports = sorted(rows, key=lambda one: one.starts_on)
    days = sum((one.ends_on - one.starts_on).days + 1 for one in reports)
    found = [one.report.figures[ACCEPTED].number if ACCEPTED in one.report.figures else None for one in reports]
    if days != span.days or None in found:
        return None, len(reports)
    return sum(number for number in found if number is not None), len(reports)
