"""The public data sets in this folder, column by column (`data/README.md` names their sources)."""

import csv
from pathlib import Path


def columns(name: str) -> dict[str, list[str]]:
    """The columns of one data set by their names."""
    with (Path(__file__).parent / "data" / f"{name}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] for row in rows] for name in rows[0]}
