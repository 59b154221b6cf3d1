"""Counting what was done: contacts, and reviews held by the day they were due."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from alongside.insight.reports.basis import Basis, ContactRow, EnrolmentRow, days
from alongside.insight.reports.counting.tally import Tally
from alongside.records.cases.models import Contact
from alongside.records.measures.models import Occasion

FOREVER = date.max


def count_contacts(basis: Basis, tally: Tally) -> None:
    """Count the contacts of the quarter, by channel and by outcome, while the family had a place."""
    places: dict[str, list[EnrolmentRow]] = defaultdict(list)
    for place in basis.enrolments:
        places[place.case].append(place)
    counted = [row for row in basis.contacts if _in_support(row, places[row.case])]
    channels, outcomes = Counter(row.channel for row in counted), Counter(row.outcome for row in counted)
    tally.split("contacts", {channel: channels[channel] for channel in Contact.Channel.values})
    tally.also("contacts", "outcome", {outcome: outcomes[outcome] for outcome in Contact.Outcome.values})


def _in_support(row: ContactRow, places: list[EnrolmentRow]) -> bool:
    return any(place.started_on <= row.on <= (place.ended_on or row.on) for place in places)


def count_reviews(basis: Basis, tally: Tally) -> None:
    """Count the reviews that fell due in the quarter, and those of them held by then."""
    held: dict[str, set[date]] = defaultdict(set)
    for row in basis.answers:
        if row.occasion in (Occasion.REVIEW, Occasion.END):
            held[row.case].add(days(row.answered_on))
    found = Counter(
        met
        for place in basis.enrolments
        for due, met in reviews_due(place, sorted(held[place.case]), basis.terms.review_weeks)
        if days(basis.starts_on) <= due <= days(basis.counted_to)
    )
    tally.split("reviews", {"on_time": found[True], "late": found[False]})


def reviews_due(place: EnrolmentRow, held: list[date], weeks: int) -> list[tuple[date, bool]]:
    """Give each day on which a review fell due, and whether one was held by then.

    The first is due so many weeks after support began, each next one as long after the last review. A review that is
    never held falls due once. Nothing is due after support has ended.
    """
    every = timedelta(weeks=weeks)
    before, last = days(place.started_on), days(place.ended_on) if place.ended_on else FOREVER
    found = []
    while (due := before + every) <= last:
        in_time = [day for day in held if before < day <= due]
        found.append((due, bool(in_time)))
        after = in_time[-1:] or [day for day in held if day > due][:1]
        if not after:
            break
        before = after[0]
    return found
