"""A cohort's authorities put together: each is its own study, and one with few families gives nobody away."""

import numpy as np
import pytest

from alongside.calc.outcomes.meta.pooling import pool
from alongside.insight.evaluation.across import EXPLORED, across_authorities
from alongside.insight.evaluation.methods import Options
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs import RUNS
from alongside.insight.evaluation.sheets import Unusable
from tests.insight.evaluation.rows_by_chance import OUTCOMES, asked, drawn


def parted(rows: Rows, sizes: tuple[int, ...]) -> Rows:
    """The same families, so many of them in each authority, and each of these in a fifth of its own."""
    for name in ("authority", "deprivation"):
        rows.words[name].codes[:] = np.repeat(range(len(sizes)), sizes)
    return rows


def test_each_authority_is_a_study_by_its_own_families() -> None:
    rows = parted(drawn(90, seen_again=1.0), (30, 25, 35))
    outcome = asked(rows, OUTCOMES[0]).outcomes[0]
    found, limits = across_authorities(rows, outcome, Options())
    before, after = rows.before_and_after(outcome.key)
    groups = np.split(after - before, [30, 55])
    effects, variances = [one.mean() for one in groups], [one.var(ddof=1) / one.size for one in groups]
    assert [study.effect for study in found.studies] == pytest.approx(effects)
    assert [study.variance for study in found.studies] == pytest.approx(variances)
    whole = pool(effects, variances).effect
    assert whole
    assert found.pooled.effect
    assert found.pooled.effect.estimate == pytest.approx(whole.estimate)
    assert limits == (EXPLORED,)


def test_an_authority_of_a_few_is_withheld_with_one_that_covers_it_as_subgroups_do() -> None:
    rows = parted(drawn(90, seen_again=1.0), (4, 36, 50))
    question = asked(rows, OUTCOMES[0])
    found, limits = across_authorities(rows, question.outcomes[0], Options())
    assert [study.study for study in found.studies] == ["c"]
    assert limits[0] == "2 of 3 authorities are withheld: few families there were measured both times."
    tables = RUNS["subgroups"].work(rows, question).tables
    shown = next(table for table in tables if table.caption.endswith("by authority"))
    assert [row[0] for row in shown.rows if row[1] != "c"] == ["c"]
    with pytest.raises(Unusable):
        across_authorities(parted(drawn(12, seen_again=1.0), (6, 6, 0)), question.outcomes[0], Options())
