"""Counts by name, and which of them add up to which: what suppression needs to know."""

from dataclasses import dataclass, field


@dataclass
class Tally:
    """The counts of a report. A sum says that its parts together are its total, so none may give another away."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    middles: dict[str, float] = field(default_factory=dict)

    def split(self, total: str, parts: dict[str, int]) -> None:
        """Count the parts of a total, each named after it."""
        named = {f"{total}.{part}": number for part, number in parts.items()}
        self.counts |= {total: sum(parts.values()), **named}
        self.sums.append((total, tuple(named)))

    def also(self, total: str, kind: str, parts: dict[str, int]) -> None:
        """Part a total that is counted already in another way."""
        named = {f"{total}.{kind}.{part}": number for part, number in parts.items()}
        if sum(parts.values()) != self.counts[total]:
            raise ValueError(f"the parts of {total} by {kind} do not add up")
        self.counts |= named
        self.sums.append((total, tuple(named)))
