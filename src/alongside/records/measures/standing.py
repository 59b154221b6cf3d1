"""How each questionnaire stands with an agency: free, declared or not, loaded or not."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from alongside.calc.instruments import Enter, Instrument
from alongside.core.agencies.models import User
from alongside.records.measures.library import instruments
from alongside.records.measures.models import Declaration, Pack
from alongside.records.measures.usable import parsed


class State(StrEnum):
    """Whether workers may use a questionnaire, or what is lacking."""

    FREE = "Free for everybody"
    OPEN = "In use"
    UNDECLARED = "Licence not declared"
    OVER = "Licence has run out"
    NO_PACK = "Load a pack first"
    UNREADABLE = "Load its pack again"


@dataclass(frozen=True, slots=True)
class Standing:
    """One questionnaire; ``instrument`` is as the agency uses it, ``None`` where its pack cannot be read any more."""

    key: str
    title: str
    instrument: Instrument | None
    declaration: Declaration | None
    packs: tuple[Pack, ...]
    today: date

    @property
    def state(self) -> State:
        """Say whether it may be used, or what comes first."""
        if self.instrument is None:
            return State.UNREADABLE
        if not self.instrument.needs_licence:
            return State.FREE
        if not self.instrument.scales:
            return State.NO_PACK
        if self.declaration is None:
            return State.UNDECLARED
        return State.OVER if self.declaration.until and self.declaration.until < self.today else State.OPEN


def standings(user: User) -> list[Standing]:
    """Give every questionnaire that comes with the program, then those that the agency loaded itself."""
    declarations = {row.instrument: row for row in Declaration.objects.visible_to(user).filter(ended_on=None)}
    packs: dict[str, list[Pack]] = {}
    for pack in Pack.objects.visible_to(user).select_related("by").order_by("-created_at"):
        packs.setdefault(pack.instrument, []).append(pack)
    shipped = {one.key: one for one in instruments() if one.enter is not Enter.GOALS}
    found = []
    for key in [*shipped, *sorted(packs.keys() - shipped.keys())]:
        ours = tuple(packs.get(key, ()))
        one = _in_use(ours) or shipped.get(key)
        title = one.title if one else ours[0].title
        found.append(Standing(key, title, one, declarations.get(key), ours, timezone.localdate()))
    return found


def standing(user: User, key: str) -> Standing | None:
    """Give how one questionnaire stands; nothing where there is none of that key."""
    return next((one for one in standings(user) if one.key == key), None)


def _in_use(packs: tuple[Pack, ...]) -> Instrument | None:
    return next((found for pack in packs if pack.ended_on is None and (found := parsed(pack.text))), None)
