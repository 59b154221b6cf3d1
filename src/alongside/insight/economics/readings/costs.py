"""What one family costs, from the price of the contract and from the time that workers recorded."""

from datetime import date

from alongside.calc.economics.distributions import Fixed
from alongside.calc.economics.scenario import Library
from alongside.insight.economics.readings.reading import ROUNDED, TOO_FEW, Reading, nothing, shown
from alongside.insight.economics.readings.records import Records
from alongside.insight.economics.readings.spans import Span
from alongside.records.programmes.models import Contract

WORKER = "SS18.10"
"""The unit cost of an hour of a family support worker."""


def from_price(records: Records) -> Reading:
    """What the contract costs for each family who began: its price, day by day."""
    families = shown(len(records.begun))
    if not families:
        return nothing(f"{TOO_FEW}: families who began {records.span.words}, among whom the price would be shared.")
    who = f"{families:,} families who began then ({ROUNDED})"
    return price_for_each(records.contract, records.span, families, who, records.library, records.grade)


def price_for_each(contract: Contract, span: Span, families: int, who: str, library: Library, grade: int) -> Reading:
    """Share the part of a contract's price that falls to some days among the families who began in them."""
    if contract.price_pence is None:
        return nothing("The contract has no price in its record.")
    term = Span(contract.starts_on, contract.ends_on).days
    paid = contract.price_pence / 100 * span.days / term
    year = price_year(span.last, library)
    words = (
        f"£{paid:,.0f} of the contract's price of £{contract.price_pence / 100:,.0f}, for {span.days:,} of its "
        f"{term:,} days, {span.words}, shared among {who}. Prices of {year} are taken: say so if the price is of "
        "another year."
    )
    return Reading(Fixed(round(paid / families, 2)), words, grade, price_year=year)


def from_time(records: Records) -> Reading:
    """What the time that workers recorded costs for each family who began; never more than was recorded."""
    families, spent = shown(len(records.begun)), records.spent
    hours, timed = shown(round(spent.minutes / 60)), shown(spent.timed)
    if not (families and hours and timed):
        return nothing(f"{TOO_FEW}: hours recorded with families who had a place {records.span.words}.")
    worker = records.library.costs[WORKER]
    words = (
        f"{hours:,} hours with families and on the way to them {records.span.words}, from {timed:,} of "
        f"{shown(spent.times):,} times in touch of which the minutes are known, at £{worker.pounds:g} an hour "
        f"({worker.code}, {worker.title}, {worker.price_year} prices), for {families:,} families who began then; "
        f"counts {ROUNDED}. What overhead that hour holds is what its source counted; nothing is added for writing "
        "up, supervision, rooms, or time that nobody recorded, so this is the least that it cost."
    )
    return Reading(
        Fixed(round(hours * worker.pounds / families, 2)), words, records.grade, price_year=worker.price_year
    )


def price_year(day: date, library: Library) -> int:
    """Give the year whose prices a sum of this day is in, or the last one that the deflator knows."""
    return min(day.year, max(library.deflator.index))
