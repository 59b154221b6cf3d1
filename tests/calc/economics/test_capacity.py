"""Waits as queueing theory has them, and moving as anybody who runs a service would expect."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from alongside.calc.economics.capacity import WEEKS, Endless, Programme, Service, course, erlang
from alongside.calc.economics.capacity_file import Blank, read_capacity
from alongside.calc.economics.toml_text import WrongScenario
from alongside.calc.economics.waits import Looked, Waits, fewest, waits

PLAIN = Service((1.5,), workers=2, places=9, programmes=(Programme(1, 1, 10),))
SHORT = Looked(runs=8, years=8, warm_up=1)
WRITTEN = """key = "ours"
title = "Ours"
families = 6.5
workers = 2
places = 9
aim = 4
absent = 0.1
spell = 3
spread = 1
[[programmes]]
key = "one"
title = "One"
share = 0.75
weight = 1
weeks = 10
leaving = 0
[[programmes]]
key = "two"
title = "Two"
share = 0.25
weight = 2
weeks = 6
leaving = 0.5
"""


def of(service: Service, looked: Looked = SHORT) -> Waits:
    (found,) = waits(service, [service.workers], aim=4, seed=3, looked=looked)
    return found


def mean(service: Service, looked: Looked = SHORT) -> float:
    found = of(service, looked).mean
    assert found is not None
    return found


def test_erlang_as_printed() -> None:
    # Two servers at half load wait a third of a service: C(2, 1) = 1/3, and 1/3/(2 - 1).
    assert erlang(1, 1, 2) == pytest.approx(1 / 3)
    # Gross, Shortle, Thompson and Harris (2008), the eye clinic: 6 an hour, 20 minutes each, three doctors: Lq = 8/9.
    assert 6 * erlang(6, 1 / 3, 3) == pytest.approx(8 / 9)
    # The usual table of Erlang C: eight erlangs on ten lines wait with a chance of 0.409.
    assert erlang(8, 1, 10) * (10 - 8) == pytest.approx(0.409, abs=5e-4)
    with pytest.raises(Endless, match="10 places are asked for and there are 10"):
        erlang(1, 10, 10)


def test_the_simulation_agrees_with_theory() -> None:
    found = of(PLAIN, Looked(runs=30, years=15, warm_up=2))
    assert found.mean is not None
    assert found.error is not None
    assert found.busy == pytest.approx(PLAIN.load, abs=0.03)
    assert found.mean == pytest.approx(erlang(1.5, 10, 18), abs=1.5 * found.error)
    # Pollaczek and Khinchine: one server whose every service lasts as long waits half as long as by chance.
    single = Service((0.7,), workers=1, places=1, programmes=(Programme(1, 1, 1),), spread=0)
    assert mean(single, Looked(20, 15, 1)) == pytest.approx(0.7 / (2 * (1 - 0.7)), rel=0.06)


def test_no_more_can_be_filled_than_absence_leaves() -> None:
    swamped = replace(PLAIN, arrivals=(4.0,), absent=0.3, spell=8)
    assert swamped.load > 1
    found = [course(swamped, start=WEEKS, end=16 * WEEKS, seed=1, run=run).filled for run in range(6)]
    assert sum(found) / (6 * 15 * WEEKS * 18) == pytest.approx(swamped.usable, abs=0.02)


def test_one_more_worker_shortens_the_wait_and_absence_and_seasons_lengthen_it() -> None:
    now = mean(PLAIN)
    assert mean(replace(PLAIN, workers=3)) < now
    assert mean(replace(PLAIN, absent=0.15)) > now
    assert mean(replace(PLAIN, arrivals=(2.5,) * 6 + (0.5,) * 6)) > now
    assert mean(replace(PLAIN, programmes=(Programme(1, 1, 10, leaving=0.5),))) < now


def test_a_wait_without_end_is_said_and_not_reckoned() -> None:
    swamped = replace(PLAIN, arrivals=(1.8,))
    few, more = waits(swamped, [2, 3], aim=4, seed=1, looked=SHORT)
    assert (few.endless, few.mean, fewest(swamped)) == (True, None, 3)
    assert more.mean is not None
    with ThreadPoolExecutor(2) as pool:
        assert waits(swamped, [2, 3], aim=4, seed=1, looked=SHORT, pool=pool) == [few, more]


def test_a_service_as_it_is_written_down() -> None:
    found = read_capacity(WRITTEN)
    assert found.service.arrivals == (1.5,)
    assert found.service.programmes[1] == Programme(0.25, 2, 6, 0.5)
    months = read_capacity(WRITTEN.replace("families = 6.5", f"families = {[0] * 11 + [13]}"))
    assert months.service.arrivals == (0,) * 11 + (3,)
    with pytest.raises(Blank, match=re.escape("taken as 0: workers, programmes[2].weeks")):
        read_capacity(WRITTEN.replace("workers = 2", 'workers = "unknown"').replace("weeks = 6", 'weeks = "unknown"'))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("families = 6.5", "families = [1, 2]", "Line 3, families: must be one number, or twelve"),
        ("families = 6.5", f"families = {[0] * 12}", "Line 3, families: must be above 0 in one month"),
        ("families = 6.5", "families = 0", "give the families that come"),
        ("workers = 2", "workers = 0", "Line 4, workers: must lie from 1 to 500, not be 0"),
        ("workers = 2", "workers = 2.5", "Line 4, workers: must be a whole number"),
        ("absent = 0.1", "absnet = 0.1", "Line 7, absnet: is not a key that is known here: is “absent” meant?"),
        ("share = 0.25", "share = 0.5", "Line 13, programmes[1].share: must add up to 1"),
        ("weight = 2", "weight = 12", "Line 21, programmes[2].weight: must fit on a caseload of 9"),
    ],
)
def test_a_service_that_cannot_be_is_refused_by_its_line(old: str, new: str, said: str) -> None:
    with pytest.raises((WrongScenario, ValueError), match=re.escape(said)):
        read_capacity(WRITTEN.replace(old, new))
