"""Run the scenarios against the database that DATABASE_URL names: ``kind``, ``folder``, ``only``."""

import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402

call_command("collectstatic", verbosity=0, interactive=False)  # before the program looks what there is

from alongside.core.base.rows import EVERY_AGENCY, open_rows  # noqa: E402
from benchmarks import pages, peers, picturing, reading, writing  # noqa: E402
from benchmarks.cohort.freezing import freezing  # noqa: E402
from benchmarks.cohort.reporting import reporting  # noqa: E402
from benchmarks.results import Result, Scenario, as_json, as_table  # noqa: E402

SCENARIOS: dict[str, Scenario] = {
    "pages": pages.pages,
    "queries": pages.queries,
    "mixed": pages.mixed,
    "deep-pages": pages.deep_pages,
    "picturing": picturing.picturing,
    "stories": picturing.stories,
    "peers": peers.peers,
    "searching": reading.searching,
    "walls": reading.walls,
    "reports": reading.reports,
    "saving": writing.saving,
    "taking-in": writing.taking_in,
    "taking-out": writing.taking_out,
    "cohort-report": reporting,
    "cohort-freezing": freezing,
}


def main(kind: str, folder: str, only: str = "") -> int:
    """Measure, print as it goes, and write a table and JSON."""
    open_rows(EVERY_AGENCY)
    results: list[Result] = []
    for name, scenario in SCENARIOS.items():
        if not only or name in only.split(","):
            print(f"\n{kind}: {name}", flush=True)
            for result in scenario():
                print(result.line, flush=True)
                results.append(result)
    place = Path(folder)
    (place / f"{kind}.md").write_text(as_table(results) + "\n")
    (place / f"{kind}.json").write_text(as_json(results))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
