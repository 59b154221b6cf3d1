"""Recognising, in what is told of a family, somebody of whom few may know, so that it goes to those few alone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from alongside.calc.names import LIKELY, Identity, keys, likeness, plain_postcode
from alongside.records.people.models import Membership, Restriction

# Where the postcode is the same as well, the same name is enough: whoever shares both is of that home.
LIKELY_AT_HOME = 0.75


class Guarded(NamedTuple):
    """Somebody who lives or lived in a home behind a restriction, and nowhere else that others may know of."""

    household: UUID
    who: Identity


Guards = Mapping[str, list[Guarded]]
"""Those who stand behind restrictions, under the keys of their birthdays and postcodes."""


def guarded(agency: UUID, household: UUID | None = None) -> Guards:
    """Give everybody of an agency, or of one of its households, of whom only those named may know, in one query."""
    standing = Restriction.objects.filter(agency=agency, ended_on=None)
    hidden = standing.values("household")
    elsewhere = Membership.objects.filter(person=OuterRef("person")).exclude(household__in=hidden)
    homes = standing.filter(household=household).values("household") if household else hidden
    # Not whether there is a restriction for each membership: SQLite would then read every membership there is.
    rows = Membership.objects.filter(~Exists(elsewhere), household__in=homes)
    found: dict[str, list[Guarded]] = {}
    for home, postcode, born, precision, *names in rows.values_list(
        "household", "household__postcode", "person__birth_date", "person__birth_precision", "person__name",
        "person__known_as",
    ):  # fmt: skip
        for name in filter(None, names):
            one = Guarded(home, Identity(name, born, postcode, precision))
            for key in telling_keys(one.who):
                found.setdefault(key, []).append(one)
    return found


def telling_keys(who: Identity) -> frozenset[str]:
    """Give the keys of which two who are plainly the same share one: a birthday with a name, or a postcode."""
    filed = keys(who.name, who.birth_date, who.postcode, precision=who.birth_precision)
    return frozenset(key for key in filed if key.startswith(("b:", "c:")))


def home_of(told: Iterable[Identity], guards: Guards) -> UUID | None:
    """Give the restricted household of which these people plainly are, if any of them is of one.

    A likeness that somebody would have to judge is not enough: another family's referral would be lost to those who
    are to decide on it.
    """
    scores: dict[UUID, float] = {}
    for one in told:
        for key in telling_keys(one) if guards and one.name else ():
            for known in guards.get(key, ()):
                if (score := _plainly(one, known.who)) is not None:
                    scores[known.household] = max(score, scores.get(known.household, 0))
    return max(scores, key=lambda home: scores[home], default=None)


def _plainly(told: Identity, known: Identity) -> float | None:
    """Give the score of two who are plainly the same person; families move, so another postcode counts for nothing."""
    same_home = plain_postcode(told.postcode) == plain_postcode(known.postcode) != ""
    score = likeness(told, known if same_home else replace(known, postcode="")).score
    return score if score >= (LIKELY_AT_HOME if same_home else LIKELY) else None
