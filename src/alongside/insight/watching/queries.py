"""Reading what has been published; nothing here looks at a family's record."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db.models.fields.json import KeyTransform

from alongside.core.access import on_behalf_of
from alongside.core.agencies.models import Agency, User
from alongside.core.agencies.queries import the_provider
from alongside.insight.watching.counts import Place
from alongside.insight.watching.measures import Measure
from alongside.insight.watching.models import WatchedPeriod
from alongside.insight.watching.periods import FURTHEST_BACK, Month
from alongside.insight.watching.shown import Told, told

Span = WatchedPeriod.Span
Names = dict[str, dict[str, str]]


class Published(NamedTuple):
    """What may be read of one measure in one period, by place; nothing where it was not counted then."""

    starts: Month
    places: dict[Place, Told]


@contextmanager
def whose_figures(user: User) -> Iterator[Agency]:
    """Give the agency whose figures somebody may read, with its rows open: their own where it serves families (those
    are open already), else this service's.
    """
    if user.agency.kind == Agency.Kind.PROVIDER:
        yield user.agency
    else:
        provider = the_provider()
        with on_behalf_of(provider):
            yield provider


def published(agency: Agency, span: str, measures: Iterable[Measure]) -> tuple[list[list[Published]], Names]:
    """Give what was published of some measures in every period of a kind, oldest first, and what units are called.

    Its rows must be open.
    """
    keys = [KeyTransform(one.key, "shown") for one in measures]
    newest = WatchedPeriod.objects.filter(agency=agency, span=span).order_by("-starts_on")[:FURTHEST_BACK]
    rows: list[tuple[Any, ...]] = list(newest.values_list("starts_on", "names", *keys))
    names: Names = {}
    for _, called, *_ in reversed(rows):
        for kind, units in called.items():
            names.setdefault(kind, {}).update(units)
    found = [
        [Published(Month.of(starts), told(each[number] or [])) for starts, _, *each in reversed(rows)]
        for number, _ in enumerate(keys)
    ]
    return found, names
