"""Ours and its peers, one after the other, by the CPU that each takes; R in a process of its own."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time
from types import TracebackType

from benchmarks.timing import Times

Run = Callable[[int], float]
"""Runs a thing so many times, and gives the seconds of CPU that this took."""

ENOUGH = 0.1
"""Seconds that a round should take at least, so that the clocks of all can tell."""
MOST = 2000


def ours(work: Callable[[], object]) -> Run:
    """Run something here."""

    def run(times: int) -> float:
        began = process_time()
        for _ in range(times):
            work()
        return process_time() - began

    return run


class R:
    """R, which has read the same figures and waits to be asked."""

    def __init__(self, folder: Path) -> None:
        command = ["Rscript", "--vanilla", str(Path(__file__).with_name("peers.R")), str(folder)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    @staticmethod
    def there() -> bool:
        """Whether this machine has R."""
        return shutil.which("Rscript") is not None

    def __enter__(self) -> "R":
        self._read("ready")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.communicate()

    def runs(self, name: str, whole: float = 1.0) -> Run:
        """Run what R has by this name; ``whole`` is how much of the work is done by one run, turned over."""

        def run(times: int) -> float:
            assert self.process.stdin
            self.process.stdin.write(f"{name} {times}\n")
            self.process.stdin.flush()
            return float(self._read()) * whole

        return run

    def _read(self, expected: str = "") -> str:
        assert self.process.stdout
        line = self.process.stdout.readline().strip()
        if not line or (expected and line != expected):
            raise RuntimeError(f"R ended: is a package missing? ({line})")
        return line


def against_the_best(ours: Run, peers: Mapping[str, Run], rounds: int) -> tuple[Times, str, Times]:
    """Take ours and the quickest of its peers in turn, so many rounds; give its name and what both took, in ms."""
    first = {name: (peer(1), _enough(peer))[1] for name, peer in peers.items()}
    best = min(first, key=lambda name: first[name][1])
    contest = {"ours": (ours, _enough(ours)[0]), best: (peers[best], first[best][0])}
    taken: dict[str, list[float]] = {name: [] for name in contest}
    for number in range(rounds):
        for name, (run, times) in sorted(contest.items(), reverse=bool(number % 2)):
            taken[name].append(1000 * run(times) / times)
    mine, theirs = (Times(sorted(each)) for each in taken.values())
    return mine, best, theirs


def _enough(run: Run) -> tuple[int, float]:
    """How often to run it in a round, and what one run takes."""
    times = 1
    while (spent := run(times)) < ENOUGH and times < MOST:
        times = min(MOST, times * max(2, int(1.2 * ENOUGH / max(spent, 1e-4))))
    return times, spent / times
