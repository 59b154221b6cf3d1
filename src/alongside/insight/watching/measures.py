"""What is watched: each measure, how it is counted, and what the pages call it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from alongside.calc.instruments import Instrument, Scale, Subject
from alongside.records.measures.library import instruments


class Kind(StrEnum):
    """What a month's number is."""

    COUNT = "count"
    TOTAL = "total"
    """The sum of what was counted: conversations of so many families."""
    MEAN = "mean"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Measure:
    """Something watched. ``month`` is how a month's number is made, where the months are published.

    ``share`` names the share told of a half-year between teams and authorities and for whom, where there is one.
    """

    key: str
    title: str
    about: str
    unit: str
    higher_is_better: bool | None
    month: Kind | None = None
    share: str = ""
    share_about: str = ""
    heading: str = ""
    between: tuple[str, ...] = ()
    instrument: str = ""

    @property
    def split(self) -> bool:
        """Whether a month tells how many fared well."""
        return self.month is Kind.SHARE


BOTH = ("team", "authority")
REFERRALS = Measure(
    "referrals",
    "Referrals received",
    "Referrals that came in during the month, by carers themselves and by agencies. The programme is the one of the "
    "latest decision, or the one that was asked for; the team is that of the family, where it was taken on.",
    "referrals",
    None,
    Kind.COUNT,
)
OFFERED = Measure(
    "offered",
    "Offered support",
    "",
    "",
    True,
    None,
    "Offered support, of those decided on",
    "Referrals on which a decision was made: accepted, signposted or not taken on. A place on the waiting list is not "
    "a decision yet. What a carer said of themselves is as their family’s record has it, or the referral where they "
    "were not taken on.",
    "Offered",
    ("authority",),
)
REACHED = Measure(
    "reached",
    "Days to the first call",
    "Families first spoken with in the month, after a referral: the mean of the days from the day that the referral "
    "came in. A call that was not answered does not count.",
    "days",
    False,
    Kind.MEAN,
    "First spoken with in time, of those reached",
    "Families first spoken with, of whom those reached within the working days that their contract promises. A "
    "family not yet reached is in neither number.",
    "Reached in time",
    BOTH,
)
CONTACTS = Measure(
    "contacts",
    "Conversations",
    "Contacts in the month in which somebody of the service spoke with the family, by any channel.",
    "conversations",
    None,
    Kind.TOTAL,
)
COMPLETED = Measure(
    "completed",
    "Closed as planned",
    "Cases closed in the month, of which those closed as the family got where they wanted to, or as the agreed time "
    "came to an end.",
    "per cent",
    True,
    Kind.SHARE,
    "Closed as planned, of those closed",
    "Cases closed, of which those closed as the family got where they wanted to, or as the agreed time came to an end.",
    "Completes",
    BOTH,
)


DEFAULT_SET = "five-domains"
BENEFITS = Measure(
    "benefits",
    "Better at the end",
    "",
    "",
    True,
    None,
    "Better in more areas than worse, of those who answered twice",
    "Carers who answered every question of the five-area set at the end, and at the start before it, of whom those "
    "whose scores moved for the better in more of the areas than for the worse. Some do so by chance, and without a "
    "comparison it cannot say that the service was the cause.",
    "Benefits",
    BOTH,
    DEFAULT_SET,
)
_OF_WORK = (REFERRALS, OFFERED, REACHED, CONTACTS, COMPLETED, BENEFITS)


def scale_key(instrument: Instrument, scale: Scale) -> str:
    """Name what is watched of a scale. Where an agency's pack gives it another range or direction than the library's,
    that is part of the name: months that mean something else never stand in one line.
    """
    key = f"{instrument.key}.{scale.key}"
    meaning = (scale.minimum, scale.maximum, scale.higher_is_better)
    if _shipped().get(key) == meaning:
        return key
    return f"{key}.{scale.minimum:g}~{scale.maximum:g}.{'rise' if scale.higher_is_better else 'fall'}"


@cache
def _shipped() -> Mapping[str, tuple[float, float, bool]]:
    return {
        f"{one.key}.{scale.key}": (scale.minimum, scale.maximum, scale.higher_is_better)
        for one in instruments()
        for scale in one.scales
    }


def scale_measures(held: Iterable[Instrument]) -> Iterator[Measure]:
    """Give one measure for each scale of each questionnaire held: how scores changed from start to end."""
    for instrument in held:
        child = instrument.subject is Subject.CHILD
        answered = (
            f"Children of whom every question of “{instrument.title}” was answered"
            if child
            else f"Carers who answered every question of “{instrument.title}”"
        )
        for scale in instrument.scales:
            better = "rise" if scale.higher_is_better else "fall"
            yield Measure(
                scale_key(instrument, scale),
                f"{scale.title} ({instrument.title})",
                f"{answered} at the end in the month, and at the start before it: the mean change of their scores. A "
                f"{better} is for the better. Without a comparison it cannot say that the service was the cause.",
                "points",
                scale.higher_is_better,
                Kind.MEAN,
            )


def over_time(held: Iterable[Instrument]) -> list[Measure]:
    """Give those told month by month, of an agency that holds scores of these questionnaires."""
    return [*(one for one in _OF_WORK if one.month), *scale_measures(held)]


def in_shares() -> list[Measure]:
    """Give those told as a share of a half-year."""
    return [one for one in _OF_WORK if one.share]
