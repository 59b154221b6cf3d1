"""Measure every method, and write the results as the other benchmarks do: ``folder``, and words to choose by."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # waiting threads would count as work

from benchmarks.methods.contests import contests
from benchmarks.methods.figures import figures
from benchmarks.methods.hiding import hiding
from benchmarks.methods.turns import R, against_the_best, ours
from benchmarks.results import Result, as_json, as_table, at_most


def methods(words: list[str]) -> Iterator[Result]:
    """Each method against the best of what else is on this machine; all if no words are given."""
    given = figures()
    with tempfile.TemporaryDirectory() as folder:
        given.write(Path(folder))
        with R(Path(folder)) as r:
            for contest in contests(given):
                if words and not any(word in contest.what for word in words):
                    continue
                peers = {name: ours(work) for name, work in contest.python.items()}
                if contest.r:
                    peers["R"] = r.runs(contest.r, contest.r_share)
                mine, best, theirs = against_the_best(ours(contest.ours), peers, contest.rounds)
                yield at_most(contest.goal, contest.what, mine, best, theirs)
    if not words or "suppression" in words:
        yield from hiding()


def main(folder: str, *words: str) -> int:
    """Measure, print as it goes, and write a table and JSON."""
    if not R.there():
        print(
            "R is not installed (r-base-core, with survival, boot, lme4, mice and metafor): methods are not measured."
        )
        return 0
    results = []
    for result in methods(list(words)):
        print(result.line, flush=True)
        results.append(result)
    place = Path(folder)
    (place / "methods.md").write_text(as_table(results) + "\n")
    (place / "methods.json").write_text(as_json(results))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
