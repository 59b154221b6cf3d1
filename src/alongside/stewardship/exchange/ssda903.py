"""Finds in a council's SSDA903 return the children who live with family or friends."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from alongside.stewardship.exchange.problems import Problem
from alongside.stewardship.exchange.ssda903_codes import CODES, Reason
from alongside.stewardship.exchange.ssda903_files import (
    Child,
    Episode,
    PreviousOrder,
    Return,
    read_episodes,
    read_header,
    read_previous,
)
from alongside.stewardship.exchange.tables import Table

WithFamily = Literal["stated", "shown", "not_said"]


@dataclass(frozen=True, slots=True)
class KinshipChild:
    """A child who left care to, or is placed with, family or friends, and how the return shows it.

    `on` is the day the child left care, or came to this relative or friend.
    `with_family` says how sure that is: the code states it, the last placement shows it, or neither does.
    """

    child: str
    on: date
    code: str
    arrangement: str
    looked_after_before: bool | None
    why: str
    with_family: WithFamily
    follows: tuple[str, ...]
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The children found, by date, and every cell of the files that could not be used."""

    children: tuple[KinshipChild, ...]
    problems: tuple[Problem, ...]


def find_kinship_children(headers: Iterable[Table], episodes: Iterable[Table], previous: Iterable[Table] = ()) -> Found:
    """The children of these files, of one year or several in any order, to whom support may be offered.

    Raises `Unreadable` when a file is not what it was given as. A bad row is told as a problem and
    stops nothing else.
    """
    problems: list[Problem] = []
    known: dict[str, Child] = {}
    for table in headers:
        known |= read_header(table, problems)
    returns = [read_episodes(table, problems) for table in episodes]
    orders: dict[str, PreviousOrder] = {}
    for table in previous:
        orders |= read_previous(table, problems)
    latest = max((one.year for one in returns), default=0)
    children = []
    for child, (year, history) in _histories(returns, problems).items():
        if found := _decide(history, problems):
            if known and child not in known:
                last = history[-1]
                problems.append(Problem(last.row, "CHILD", child, "a row for this child in the header file", last.file))
            about = known.get(child, Child(child, None, ""))
            why = " ".join((found.why, *_past(history, orders.get(child)), *_silence(found, year, latest)))
            children.append(replace(found, why=why, birth_date=about.birth_date, sex=about.sex))
    return Found(tuple(sorted(children, key=lambda c: (c.on, c.child))), tuple(problems))


def _histories(returns: Sequence[Return], problems: list[Problem]) -> Mapping[str, tuple[int, list[Episode]]]:
    """For each child, the year of the last return that tells of them and their episodes in order.

    The last return has the last word: an earlier one adds only episodes that had ended before.
    """
    by_child: dict[str, dict[int, list[Episode]]] = defaultdict(lambda: defaultdict(list))
    for one in returns:
        for episode in one.episodes:
            by_child[episode.child][one.year].append(episode)
    histories = {}
    for child, years in by_child.items():
        last = max(years)
        history = _without_repeats(years.pop(last), problems)
        for year in sorted(years, reverse=True):
            starts = {episode.started for episode in history}
            history += [e for e in _without_repeats(years[year], []) if e.ended and e.started not in starts]
        histories[child] = (last, sorted(history, key=lambda episode: episode.order))
    return histories


def _without_repeats(episodes: Sequence[Episode], problems: list[Problem]) -> list[Episode]:
    """One episode for each start; of two that differ the later in the file is used, and that is told."""
    kept: dict[tuple[date, bool], Episode] = {}
    for episode in episodes:
        place = (episode.started, episode.ended == episode.started)
        before = kept.get(place)
        if before and _told(before) != _told(episode):
            expected = f"one episode of this child from that day (row {before.row} has another)"
            problems.append(Problem(episode.row, "DECOM", f"{episode.started:%d/%m/%Y}", expected, episode.file))
        kept[place] = episode
    return list(kept.values())


def _told(episode: Episode) -> tuple[date | None, str, str]:
    return episode.ended, episode.reason, episode.place


def _decide(history: Sequence[Episode], problems: list[Problem]) -> KinshipChild | None:
    """What the latest episode makes of a child: left to an order, placed with family, or neither."""
    last = history[-1]
    if not last.clear:
        return None
    if last.ended is None:
        return _placed(history)
    if last.reason == CODES.continues:
        expected = "another episode of this child from that day, or why the child left care"
        problems.append(Problem(last.row, "REC", last.reason, expected, last.file))
        return None
    order = CODES.orders.get(last.reason)
    return _left(last, last.ended, order, history) if order else None


def _left(last: Episode, on: date, order: Reason, history: Sequence[Episode]) -> KinshipChild | None:
    placement = _lasting(history).place
    with_relative = placement in CODES.family_placements
    if order.carer == "other" or (order.carer == "placement" and not with_relative):
        return None
    why = f"Left care on {_day(on)}: {order.meaning} ({last.reason})."
    with_family: WithFamily = "stated"
    if order.carer != "family":
        with_family = "shown" if with_relative else "not_said"
        why += f" {_whose(placement, with_relative)}"
    return KinshipChild(
        child=last.child,
        on=on,
        code=last.reason,
        arrangement=order.arrangement,
        looked_after_before=True,
        why=why,
        with_family=with_family,
        follows=CODES.follows[order.arrangement],
    )


def _whose(placement: str, with_relative: bool) -> str:
    if with_relative:
        return f"The code does not say with whom; the last placement was with a relative or friend ({placement})."
    if placement == CODES.with_parents:
        place = f"was with a parent or someone else with parental responsibility ({placement})"
    else:
        place = f"was not with a relative or friend ({placement})"
    return (
        f"The code does not say with whom, and the last placement {place}: "
        "check who holds the order before you offer support."
    )


def _placed(history: Sequence[Episode]) -> KinshipChild | None:
    current = _lasting(history)
    if current.place not in CODES.family_placements:
        return None
    since = _with_this_carer_since(history)
    why = (
        f"Looked after, and placed with a relative or friend since {_day(since)}: "
        f"{CODES.family_placements[current.place]} ({current.place}). No order has ended care."
    )
    if current.reason and current.reason != CODES.continues:
        why += f" The return gives a reason for leaving ({current.reason}) but no day: check."
    if current is not history[-1]:
        why += f" Temporarily elsewhere since {_day(history[-1].started)} ({history[-1].place})."
    return KinshipChild(
        child=current.child,
        on=since,
        code=current.place,
        arrangement="connected_foster",
        looked_after_before=None,
        why=why,
        with_family="stated",
        follows=CODES.follows["connected_foster"],
    )


def _lasting(history: Sequence[Episode]) -> Episode:
    """The latest episode, or the one before a temporary move from which the child is to come back."""
    at = len(history) - 1
    while at and history[at].place in CODES.temporary_placements and _joined(history[at - 1], history[at]):
        at -= 1
    return history[at]


def _with_this_carer_since(history: Sequence[Episode]) -> date:
    """The start of the latest unbroken run of placements with the same relative or friend."""
    since = _lasting(history)
    for at in range(len(history) - 1, 0, -1):
        earlier, later = history[at - 1], history[at]
        back = earlier.place in CODES.temporary_placements
        away = later.place in CODES.temporary_placements
        if not _joined(earlier, later) or not (back or away or later.new_because not in CODES.new_carer):
            break
        if earlier.place in CODES.family_placements:
            since = earlier
        elif not back:
            break
    return since.started


def _joined(earlier: Episode, later: Episode) -> bool:
    return earlier.ended == later.started and earlier.reason == CODES.continues


def _past(history: Sequence[Episode], order: PreviousOrder | None) -> Iterable[str]:
    """Sentences on orders to which the child had left care before, and came back from."""
    for episode in history[:-1]:
        if episode.ended and episode.reason in CODES.orders:
            meaning = CODES.orders[episode.reason].meaning
            yield f"Had left care on {_day(episode.ended)} by {meaning} ({episode.reason})."
    if order:
        when = f" ({order.made_on})" if order.made_on else ""
        yield f"Before this time in care had left care once already, by {order.kind}{when}."


def _silence(found: KinshipChild, year: int, latest: int) -> Iterable[str]:
    if found.arrangement == "connected_foster" and year < latest:
        yield f"The return of {latest - 1} to {latest} has no episode of this child: check that the placement goes on."


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
