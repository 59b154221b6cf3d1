"""The mixed model agrees with R's lme4, where R and lme4 are installed."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from alongside.calc.outcomes.mixed import mixed

SCRIPT = """
suppressPackageStartupMessages(library(lme4))
data <- read.csv(commandArgs(TRUE)[1])
finely <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-11), calc.derivs = FALSE)
for (set in unique(data$set)) for (formula in c(score ~ time + (time | person), score ~ time + (1 | person))) {
  found <- suppressMessages(lmer(formula, data[data$set == set, ], control = finely))
  spread <- as.data.frame(VarCorr(found))$sdcor
  told <- c(REMLcrit(found), fixef(found), sqrt(diag(as.matrix(vcov(found)))), spread)
  cat(sprintf("%.15g", told), "\\n")
}
"""
Rows = list[tuple[int, float, float]]


def followed(seed: int, people: int, spread: float, *, apart: bool) -> Rows:
    """People measured up to seven times, at set times or at their own."""
    rng = np.random.default_rng(seed)
    own = rng.multivariate_normal([20, 0.5], np.array([[9, -0.6], [-0.6, 0.25]]) * spread, people)
    rows: Rows = []
    for one in range(people):
        times = np.arange(rng.integers(2, 8)) * 3.0
        for time in np.sort(rng.uniform(0, 24, times.size)) if apart else times:
            rows.append((one, float(time), float(own[one] @ [1, time] + rng.normal(0, 2))))
    return rows


SETS = [followed(1, 30, 1, apart=False), followed(2, 200, 1, apart=True), followed(3, 400, 4, apart=False)]


@pytest.fixture(scope="module")
def by_r(tmp_path_factory: pytest.TempPathFactory) -> list[list[float]]:
    folder = tmp_path_factory.mktemp("r")
    script, data = folder / "lme4.R", folder / "scores.csv"
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed (r-base-core, r-cran-lme4): the mixed model is not held against lme4")
    script.write_text(SCRIPT)
    lines = [f"{number},{one},{time!r},{score!r}" for number, rows in enumerate(SETS) for one, time, score in rows]
    data.write_text("\n".join(["set,person,time,score", *lines]))
    return [[float(each) for each in line.split()] for line in _run(script, data).splitlines()]


def _run(script: Path, data: Path) -> str:
    done = subprocess.run(["Rscript", script, data], capture_output=True, text=True, check=False)
    if "there is no package called" in done.stderr:
        pytest.skip("R has no lme4 (r-cran-lme4): the mixed model is not held against it")
    assert done.returncode == 0, done.stderr
    return done.stdout


def ours(rows: Rows, *, slopes: bool) -> list[float]:
    found = mixed(*(list(column) for column in zip(*rows, strict=True)), higher_is_better=True, slopes=slopes)
    assert found.intercept
    assert found.slope
    assert not found.singular
    spread = [found.sd_intercept, found.sd_slope, found.correlation, found.sd_rest]
    both = found.intercept, found.slope
    told = [found.criterion, *(each.estimate for each in both), *(each.error for each in both), *spread]
    return [each for each in told if each is not None]


def test_every_figure_as_lme4(by_r: list[list[float]]) -> None:
    found = [ours(rows, slopes=slopes) for rows in SETS for slopes in (True, False)]
    assert len(found) == len(by_r)
    for mine, theirs in zip(found, by_r, strict=True):
        assert mine[0] <= theirs[0] + 1e-6  # the least deviance is the best
        assert mine == pytest.approx(theirs, abs=1e-6, rel=1e-6)
