"""What a page of figures is asked for: which measure, which place, which half-year; what is not there is the first."""

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest

from alongside.insight.watching.counts import UNITS, Place
from alongside.insight.watching.measures import Measure
from alongside.insight.watching.periods import half_words
from alongside.insight.watching.protecting import ALL
from alongside.insight.watching.queries import Names, Published

KINDS = {"team": "Teams", "authority": "Authorities", "programme": "Programmes"}


class Choice(NamedTuple):
    """Something that can be chosen."""

    value: str
    words: str
    chosen: bool


def chosen_measure(request: HttpRequest, among: Sequence[Measure]) -> Measure:
    """Give the measure that was asked for."""
    return next((one for one in among if one.key == request.GET.get("measure")), among[0])


def choices(among: Sequence[Measure], chosen: Measure, *, shares: bool = False) -> list[Choice]:
    """List measures to choose from."""
    return [Choice(one.key, one.share if shares else one.title, one is chosen) for one in among]


def chosen_place(request: HttpRequest, names: Names) -> Place:
    """Give the team, authority or programme that was asked for, or everything."""
    kind, _, unit = request.GET.get("of", "").partition(":")
    return (kind, unit) if unit in names.get(kind, {}) else ALL


def places(names: Names, chosen: Place) -> list[tuple[str, list[Choice]]]:
    """List the places to which figures can be narrowed, one at a time, by kind."""
    listed = []
    for kind in UNITS:
        units = sorted(names.get(kind, {}).items(), key=lambda one: one[1])
        listed.append((KINDS[kind], [Choice(f"{kind}:{unit}", name, (kind, unit) == chosen) for unit, name in units]))
    return [(words, units) for words, units in listed if units]


def chosen_half(request: HttpRequest, halves: Sequence[Published]) -> int:
    """Give the number, from the end, of the half-year that was asked for."""
    asked = request.GET.get("half", "")
    starts = [one.starts.first.isoformat() for one in halves]
    return starts.index(asked) if asked in starts else len(starts) - 1


def halves_to_choose(halves: Sequence[Published], chosen: int) -> list[Choice]:
    """List the half-years, latest first."""
    listed = [
        Choice(one.starts.first.isoformat(), half_words(one.starts), number == chosen)
        for number, one in enumerate(halves)
    ]
    return listed[::-1]
