"""The same pages over a nation's records and over an authority's, in two processes that take turns."""

import os
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.results import Result, at_most
from benchmarks.timing import Times

PAGES = ("caseload", "a family's page", "saving a contact")
ROUNDS = 60


def peers() -> Iterator[Result]:
    """Ask both in turn; the address of the smaller database is in BENCHMARK_BESIDE."""
    beside = os.environ.get("BENCHMARK_BESIDE", "")
    if not beside:
        return
    places = {"million": os.environ["DATABASE_URL"], "ten thousand": beside}
    command = [sys.executable, "-m", "benchmarks.peer"]
    workers = {
        name: subprocess.Popen(
            command, env={**os.environ, "DATABASE_URL": place}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for name, place in places.items()
    }
    taken: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for name, worker in workers.items():
            assert worker.stdin
            assert worker.stdout
            worker.stdin.write("go\n")
            worker.stdin.flush()
            for page, spent in zip(PAGES, worker.stdout.readline().split(), strict=True):
                taken.setdefault((page, name), []).append(float(spent))
    for worker in workers.values():
        worker.communicate()
    for page in PAGES:
        ours, theirs = (Times(sorted(taken[page, name])) for name in places)
        yield at_most(1.2, f"{page} among a million contacts", ours, "the same among ten thousand", theirs)
