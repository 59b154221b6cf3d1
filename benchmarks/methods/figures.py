"""The figures that every contestant gets, made up once and written for R as CSV."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """Columns by the name of their file and their own."""

    files: dict[str, dict[str, Column]]

    def __getitem__(self, name: str) -> dict[str, Column]:
        return self.files[name]

    def write(self, folder: Path) -> None:
        """Write each file as CSV, a gap as NA."""
        for name, columns in self.files.items():
            rows = zip(*(column.tolist() for column in columns.values()), strict=True)
            lines = [",".join("NA" if cell != cell else f"{cell!r}" for cell in row) for row in rows]
            (folder / f"{name}.csv").write_text("\n".join([",".join(columns), *lines]))


def figures(seed: int = 1) -> Figures:
    """Make them up: scores are whole numbers where they would be."""
    rng = np.random.default_rng(seed)
    before = rng.normal(20, 4, 100_000)
    people = np.repeat(np.arange(2_000.0), 5)
    own = rng.multivariate_normal([20, 0.5], [[9, -0.3], [-0.3, 0.1]], 2_000)[people.astype(int)]
    time = np.tile([0.0, 3, 6, 9, 12], 2_000) + rng.integers(0, 3, 10_000)
    beside = comparing(np.random.default_rng(seed + 1), 100_000)
    early, age = rng.normal(20, 4, 5_000), rng.normal(55, 9, 5_000)
    late = 8 + 0.6 * early + 0.05 * age + rng.normal(0, 3, 5_000)
    variances = rng.gamma(2, 0.02, 500) + 0.005
    size = rng.integers(20, 400, 10_000).astype(float)
    return Figures(
        {
            "pairs": {"before": before, "after": before + rng.normal(0.5, 3, 100_000)},
            "months": {"value": rng.normal(50, 5, 10_000)},
            "units": {
                "numerator": rng.binomial(size.astype(int), rng.beta(30, 20, 10_000)).astype(float),
                "denominator": size,
            },
            "lasting": lasting(rng, 20_000),
            "p_values": {"p": rng.uniform(size=100_000) ** 2},
            "studies": {"effect": rng.normal(0.3, np.sqrt(variances + 0.05)), "variance": variances},
            "scores": {
                "person": people,
                "time": time,
                "value": own[:, 0] + own[:, 1] * time + rng.normal(0, 2, 10_000),
            },
            "beside": beside,
            "gaps": {
                "before": np.where(rng.uniform(size=5_000) < 0.05, np.nan, early),
                "after": np.where(rng.uniform(size=5_000) < 1 / (1 + np.exp(early - 17)), np.nan, late),
                "age": age,
            },
        }
    )


def lasting(rng: np.random.Generator, people: int) -> dict[str, Column]:
    """Placements in whole weeks, a third of them still going on."""
    age, worry = rng.normal(10, 3, people), rng.integers(0, 11, people).astype(float)
    teen, group = (age > 12).astype(float), rng.integers(0, 3, people).astype(float)
    ends = rng.exponential(150 * np.exp(-0.3 * teen - 0.05 * worry))
    until = rng.uniform(20, 250, people)
    duration = np.ceil(np.minimum(ends, until))
    return {
        "duration": duration,
        "event": (ends <= until) * 1.0,
        "group": group,
        "age": age,
        "worry": worry,
        "teen": teen,
    }


def comparing(rng: np.random.Generator, people: int) -> dict[str, Column]:
    """People with and without a service in 500 teams; the older had it oftener."""
    age, before = rng.normal(50, 9, people), rng.normal(20, 4, people)
    team = rng.integers(0, 500, people).astype(float)
    served = (rng.uniform(size=people) < 1 / (1 + np.exp((50 - age) / 15))) * 1.0
    return {
        "before": before,
        "after": before + 0.5 * served + rng.normal(0, 0.5, 500)[team.astype(int)] + rng.normal(0, 3, people),
        "served": served,
        "team": team,
        "age": age,
        "dose": rng.poisson(6, people).astype(float),
        "order": rng.integers(0, 4, people).astype(float),
    }
