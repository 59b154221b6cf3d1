"""What a contract's records say of groups: which share of its families joined one, and how many groups that were."""

from alongside.calc.economics.distributions import Fixed
from alongside.insight.economics.readings.families import share_of
from alongside.insight.economics.readings.reading import TOO_FEW, Reading, nothing, shown
from alongside.insight.economics.readings.records import Records


def joined(records: Records) -> Reading:
    """Which share of the families who began went to a group."""
    some = sum(place.case in records.grouped for place in records.begun)
    return share_of(
        records, some, len(records.begun) - some, "had somebody who went to a group in that time",
        f"families who began {records.span.words}",
    )  # fmt: skip


def groups(records: Records) -> Reading:
    """How many groups families went to; told only where enough families did."""
    if not shown(len(records.grouped)):
        return nothing(f"{TOO_FEW}: families who went to a group {records.span.words}.")
    found = {group for each in records.grouped.values() for group in each}
    words = f"Families with a place went to {len(found):,} groups {records.span.words}."
    return Reading(Fixed(len(found)), words, records.grade)
