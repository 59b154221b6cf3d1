"""What a cohort and its protocol are, as plain facts: who is counted, when they are measured, what is promised."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from alongside.core.base.errors import Refused

BEFORE_START = 31
"""Questions asked at the door often come shortly before the place; older answers are those of an earlier time."""
LONGEST = 10 * 52


class Stage(StrEnum):
    """How far a cohort has come. The order cannot be changed: nobody sees the data before the protocol is fixed."""

    DRAFT = "draft"
    FIXED = "fixed"
    FROZEN = "frozen"


class Standing(StrEnum):
    """What a result may claim: only what was promised before the data were opened can confirm anything."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    PLANNED = "planned"
    EXPLORATORY = "exploratory"


@dataclass(frozen=True, slots=True)
class Windows:
    """When an answer counts: before, until so many days into support; after, from so many weeks to so many."""

    before_days: int = 42
    after_from_weeks: int = 8
    after_until_weeks: int = 78

    def check(self) -> None:
        """Refuse windows that are none, or in which the later scores could be the earlier ones."""
        if not 0 <= self.before_days <= 7 * LONGEST:
            raise Refused("Give a number of days from 0 on", field="before_days")
        if self.after_from_weeks * 7 <= self.before_days:
            raise Refused(
                "The later answers must begin after the last day of the earlier ones", field="after_from_weeks"
            )
        if not self.after_from_weeks <= self.after_until_weeks <= LONGEST:
            raise Refused(f"Give a number of weeks from the first of them to {LONGEST}", field="after_until_weeks")


@dataclass(frozen=True, slots=True)
class Tried:
    """The trial that a cohort is about, as it stood when it opened: its id, its arms, and what measures it.

    Families are asked again ``asked_after`` weeks; ``turn_after`` is when the turn of the second arm comes, where it
    waits; ``level`` is what was allocated, where that were not families.
    """

    trial: str
    arms: tuple[str, str]
    instrument: str
    asked_after: int
    turn_after: int | None = None
    level: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Tried":
        """Read back what JSON kept of it."""
        return cls(**{**data, "arms": tuple(data["arms"])})


@dataclass(frozen=True, slots=True)
class Definition:
    """Who is counted: families whose first place under these contracts began between two days.

    ``comparison`` are contracts whose families are set beside them; a family that had both belongs to the first. Of a
    trial (``tried``) instead everybody is counted whom chance allocated, from that day on.
    """

    contracts: tuple[str, ...]
    starts_from: date
    starts_until: date
    comparison: tuple[str, ...] = ()
    windows: Windows = Windows()
    tried: Tried | None = None

    def check(self, today: date) -> None:
        """Refuse a definition that nobody could belong to, or that could still change by itself."""
        if not self.contracts:
            raise Refused("Choose a contract", field="contracts")
        if set(self.contracts) & set(self.comparison):
            raise Refused("A contract cannot be compared with itself", field="comparison")
        if self.starts_until < self.starts_from:
            raise Refused("The last day must not be before the first", field="starts_until")
        if self.starts_until > today:
            raise Refused("Choose a day that has come: who starts later cannot be counted yet", field="starts_until")
        self.windows.check()

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {
            "contracts": list(self.contracts),
            "comparison": list(self.comparison),
            "starts_from": self.starts_from.isoformat(),
            "starts_until": self.starts_until.isoformat(),
            "before_days": self.windows.before_days,
            "after_from_weeks": self.windows.after_from_weeks,
            "after_until_weeks": self.windows.after_until_weeks,
            **({"tried": asdict(self.tried)} if self.tried else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Definition":
        """Read back what :meth:`to_json` gave."""
        return cls(
            contracts=tuple(data["contracts"]),
            comparison=tuple(data["comparison"]),
            starts_from=date.fromisoformat(data["starts_from"]),
            starts_until=date.fromisoformat(data["starts_until"]),
            windows=Windows(data["before_days"], data["after_from_weeks"], data["after_until_weeks"]),
            tried=Tried.from_json(data["tried"]) if "tried" in data else None,
        )


@dataclass(frozen=True, slots=True)
class Promised:
    """What a protocol promises: outcomes by key ("five-domains.isolation"), the method that judges them, and others.

    ``others`` are further methods that will be run whatever the first one finds. ``series`` is a monthly figure that
    should leave its line on the day ``since``.
    """

    primary: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    method: str = "paired"
    others: tuple[str, ...] = ()
    words: str = ""
    series: str = ""
    since: date | None = None

    def check(self) -> None:
        """Refuse a protocol that promises nothing, or one thing twice."""
        if not self.primary:
            raise Refused("Choose at least one primary outcome", field="primary")
        if set(self.primary) & set(self.secondary):
            raise Refused("An outcome is primary or secondary, not both", field="secondary")
        if self.series and self.since is None:
            raise Refused("Say on which day the monthly figure should change", field="since")
        if self.since is not None and not self.series:
            raise Refused("Choose the monthly figure that should change on that day", field="series")

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        lists = {name: list(getattr(self, name)) for name in ("primary", "secondary", "others")}
        since = self.since.isoformat() if self.since else None
        return {**lists, "method": self.method, "words": self.words, "series": self.series, "since": since}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Promised":
        """Read back what :meth:`to_json` gave."""
        lists = {name: tuple(data[name]) for name in ("primary", "secondary", "others")}
        since = date.fromisoformat(data["since"]) if data.get("since") else None
        return cls(**lists, method=data["method"], words=data["words"], series=data.get("series", ""), since=since)

    def standing_of(self, method: str, outcomes: tuple[str, ...]) -> Standing:
        """Say what the results of a method on these outcomes may claim."""
        named = set(outcomes)
        if method == self.method and named and named == set(self.primary):
            return Standing.PRIMARY
        if method == self.method and named and named == set(self.secondary):
            return Standing.SECONDARY
        within = named <= set(self.primary) | set(self.secondary)
        return Standing.PLANNED if method in self.others and within else Standing.EXPLORATORY
