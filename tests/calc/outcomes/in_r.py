"""A script of R run on figures of ours, where R and its packages are installed; skipped loudly where they are not."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

TOLD = 'told <- function(...) cat(sprintf("%.15g", c(...)), "\\n")\n'


def by_r(folder: Path, script: str, columns: Mapping[str, Sequence[float | str]]) -> list[list[float]]:
    """The lines that the script tells of `data`, a table of these columns; `told(...)` tells one line of numbers."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed (r-base-core): nothing is held against it")
    program, data = folder / "script.R", folder / "data.csv"
    rows = [",".join(map(str, row)) for row in zip(*columns.values(), strict=True)]
    data.write_text("\n".join([",".join(columns), *rows]))
    program.write_text(f"data <- read.csv(commandArgs(TRUE)[1])\n{TOLD}{script}")
    done = subprocess.run(["Rscript", program, data], capture_output=True, text=True, check=False)
    if "there is no package called" in done.stderr:
        pytest.skip(f"R lacks a package: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return [[float(each) for each in line.split()] for line in done.stdout.splitlines()]
