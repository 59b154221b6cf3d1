"""What is watched: each measure, how it is counted, and what the pages call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

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


def scale_measures() -> Iterator[Measure]:
    """Give one measure for each scale of each questionnaire: how carers' scores changed from start to end."""
    for instrument in instruments():
        for scale in instrument.scales:
            better = "rise" if scale.higher_is_better else "fall"
            yield Measure(
                f"{instrument.key}.{scale.key}",
                f"{scale.title} ({instrument.title})",
                f"Carers who answered every question of “{instrument.title}” at the end in the month, and at the start "
                f"before it: the mean change of their scores. A {better} is for the better. Without a comparison it "
                "cannot say that the service was the cause.",
                "points",
                scale.higher_is_better,
                Kind.MEAN,
            )


def measures() -> tuple[Measure, ...]:
    """Give everything that is watched."""
    return (REFERRALS, OFFERED, REACHED, CONTACTS, COMPLETED, BENEFITS, *scale_measures())


def measure(key: str) -> Measure:
    """Give one; ``KeyError`` if there is none."""
    return {one.key: one for one in measures()}[key]


def over_time() -> list[Measure]:
    """Give those told month by month."""
    return [one for one in measures() if one.month]


def in_shares() -> list[Measure]:
    """Give those told as a share of a half-year."""
    return [one for one in measures() if one.share]
