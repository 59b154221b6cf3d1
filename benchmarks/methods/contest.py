"""One method against what else does the same work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Work = Callable[[], object]


@dataclass(frozen=True)
class Contest:
    """One method: ours, what R has by a name, and what Python has."""

    what: str
    ours: Work
    r: str
    python: Mapping[str, Work] = field(default_factory=dict)
    r_share: float = 1.0
    """How many times what R does would be the whole."""
    goal: float = 1.1
    rounds: int = 9
