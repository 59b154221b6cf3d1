"""Resamples are drawn as they should be, and their intervals are those of R's boot."""

import shutil
import subprocess
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calc.outcomes import bootstrap
from alongside.calc.outcomes.bootstrap import Resampled, bca, bootstrap_change
from alongside.calc.outcomes.paired import paired_change


def pairs(n: int, seed: int = 1) -> tuple[list[float], list[float]]:
    rng = np.random.default_rng(seed)
    before = rng.normal(20, 4, n)
    return before.tolist(), (before + rng.gamma(2, 1, n)).tolist()


def test_every_resample_is_as_likely_as_it_should_be() -> None:
    """Of five people all 3,125 resamples are known: error and bias of both figures are theirs."""
    before, after = [3.0, 5.0, 4.0, 6.0, 2.0], [4.0, 5.5, 9.0, 8.0, 3.2]
    change = np.subtract(after, before)
    means = [np.mean(drawn) for drawn in product(change, repeat=5)]
    found = bootstrap_change(before, after, seed=2, resamples=50_000).mean_change
    assert found
    assert found.estimate == pytest.approx(change.mean())
    assert found.error == pytest.approx(np.std(means), rel=0.02)
    assert found.bias == pytest.approx(0, abs=0.02)
    assert found.ci_low >= min(means)


def test_counts_of_few_values_are_drawn_as_people_are() -> None:
    """A thousand people of four changes go the one way; moved by next to nothing, all differ and go the other."""
    rng = np.random.default_rng(5)
    before, change = rng.integers(3, 8, 1000).astype(float), rng.choice([-1.0, 0.0, 1.0, 4.0], 1000)
    few = bootstrap_change(before, before + change, seed=1, resamples=4000)
    apart = bootstrap_change(before, before + change + rng.uniform(0, 1e-7, 1000), seed=1, resamples=4000)
    for one, other in ((few.mean_change, apart.mean_change), (few.d_z, apart.d_z)):
        assert one
        assert other
        assert one == pytest.approx(other, rel=0.06, abs=0.003)


def test_a_large_group_has_the_interval_of_the_t_test() -> None:
    before, after = pairs(4000)
    found, usual = bootstrap_change(before, after, seed=3), paired_change(before, after, higher_is_better=True)
    assert found.mean_change
    assert found.d_z
    assert found.mean_change[3:] == pytest.approx((usual.ci_low, usual.ci_high), abs=0.005)
    assert (found.d_z.estimate, found.mean_change.estimate) == pytest.approx((usual.d_z, usual.mean_change))
    assert found.mean_change.error == pytest.approx((usual.sd_change or 0) / 4000**0.5, rel=0.03)
    assert "10,000 resamples" in found.method


def test_more_people_than_can_be_drawn_are_told_of_the_interval_by_t(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "MOST_DRAWN", 30_000)
    assert bootstrap_change(*pairs(30), seed=1, resamples=1000).mean_change
    found = bootstrap_change(*pairs(31), seed=1, resamples=1000)
    assert found.mean_change is None
    assert found.reason.startswith("31 people are too many to be drawn 1,000 times; the mean")


@settings(max_examples=10)
@given(st.integers(1, 1000), st.integers(1, 50), st.integers(-100, 100))
def test_the_units_of_the_scale_do_not_matter(seed: int, stretch: int, shift: int) -> None:
    before, after = pairs(30, seed)
    one = bootstrap_change(before, after, seed=seed, resamples=1000)
    moved = ([stretch * each + shift for each in row] for row in (before, after))
    other = bootstrap_change(*moved, seed=seed, resamples=1000)
    assert one.d_z == pytest.approx(other.d_z)
    assert [stretch * each for each in one.mean_change or ()] == pytest.approx(list(other.mean_change or ()), abs=1e-9)


def test_the_same_seed_gives_the_same_figures() -> None:
    before, after = pairs(50)
    assert bootstrap_change(before, after, seed=7) == bootstrap_change(before, after, seed=7)
    assert bootstrap_change(before, after, seed=7) != bootstrap_change(before, after, seed=8)


@pytest.mark.parametrize(
    ("before", "after", "reason", "mean"),
    [
        ([], [], "fewer than two people", False),
        ([1, None], [2, 3], "fewer than two people", False),
        ([1, 2, 3], [3, 4, 5], "everybody changed by the same amount", False),
        ([1, 2], [3, 3], "some resamples have people who all changed by the same amount", True),
        ([1, 2, 3, 4], [3, 4, 5, 7], "some resamples have people who all changed by the same amount", True),
    ],
)
def test_no_interval_without_the_grounds_for_one(
    before: list[float | None], after: list[float | None], reason: str, mean: bool
) -> None:
    found = bootstrap_change(before, after, seed=1, resamples=1000)
    assert reason in found.reason
    assert (found.mean_change is not None, found.d_z) == (mean, None)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1,000 resamples"):
        bootstrap_change([1, 2], [2, 4], seed=1, resamples=10)
    with pytest.raises(ValueError, match="after holds an infinite value at place 2"):
        bootstrap_change([1, 2], [2, float("inf")], seed=1)


def test_no_end_where_every_resample_lies_on_one_side() -> None:
    assert bca(0.0, np.linspace(1, 2, 1000), np.arange(5.0), np.ones(5), 0.95) is None


SCRIPT = """
data <- read.csv(commandArgs(TRUE)[1])
left <- data$without[!is.na(data$without)]
influence <- (mean(left) - left) * (length(left) - 1)
for (level in c(0.8, 0.95, 0.999)) {
  cat(sprintf("%.15g", boot:::bca.ci(list(), level, t0 = 0.4, t = data$t, L = influence)[4:5]), "\\n")
}
"""


def test_intervals_as_boot_has_them(tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed (r-base-core, r-cran-boot): BCa intervals are not held against it")
    rng = np.random.default_rng(4)
    replicates, without = rng.gamma(4, 0.11, 2000), rng.gamma(2, 1, 40)
    rows = [f"{t!r},{each!r}" for t, each in zip(replicates.tolist(), [*without.tolist(), *["NA"] * 1960], strict=True)]
    (tmp_path / "data.csv").write_text("\n".join(["t,without", *rows]).replace("'", ""))
    (tmp_path / "boot.R").write_text(SCRIPT)
    command = ["Rscript", tmp_path / "boot.R", tmp_path / "data.csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "there is no package called" in done.stderr:
        pytest.skip("R has no boot (r-cran-boot): BCa intervals are not held against it")
    assert done.returncode == 0, done.stderr
    for level, line in zip((0.8, 0.95, 0.999), done.stdout.splitlines(), strict=True):
        found = bca(0.4, replicates, without, np.ones(40), level)
        assert isinstance(found, Resampled)
        assert found[3:] == pytest.approx([float(each) for each in line.split()], rel=1e-8)
