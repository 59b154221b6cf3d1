"""Pooling agrees with R's metafor to six digits, where R and metafor are installed."""

import numpy as np
import pytest

from alongside.calc.outcomes.meta.egger import egger
from alongside.calc.outcomes.meta.fitting import Between
from alongside.calc.outcomes.meta.pooling import How, pool, regress
from tests.calc.outcomes.in_r import by_r

SCRIPT = """
suppressPackageStartupMessages(library(metafor))
for (set in unique(data$set)) {
  own <- data[data$set == set, ]
  for (method in c("EE", "DL", "PM", "REML")) for (test in c("z", "knha")) {
    if (method == "EE" && test == "knha") next
    finely <- list(REML = list(threshold = 1e-12, maxiter = 1000), PM = list(tol = 1e-12, maxiter = 1000))
    control <- if (is.null(finely[[method]])) list() else finely[[method]]
    found <- rma(yi, vi, data = own, method = method, test = test, control = control)
    told(found$beta, found$se, found$ci.lb, found$ci.ub, found$pval, found$tau2, found$QE, found$QEp, found$I2 / 100)
    if (method == "EE") next
    found <- rma(yi, vi, mods = ~ m, data = own, method = method, test = test, control = control)
    told(found$beta, found$se, found$pval, found$tau2, found$QE, found$QMp)
  }
  limits <- confint(rma(yi, vi, data = own, method = "DL"), control = list(tol = 1e-12, tau2.max = 1e4))$random[1, 2:3]
  small <- regtest(rma(yi, vi, data = own), model = "lm")
  told(limits, small$zval, small$pval)
}
"""


def studies(seed: int, k: int, tau: float) -> tuple[list[float], list[float], list[float]]:
    rng = np.random.default_rng(seed)
    variances = rng.gamma(2, 0.02, k) + 0.005
    moderator = rng.integers(0, 5, k).astype(float)
    effects = rng.normal(0.3 + 0.1 * moderator, np.sqrt(variances + tau**2))
    return effects.tolist(), variances.tolist(), moderator.tolist()


SETS = [studies(1, 5, 0.2), studies(2, 12, 0.5), studies(3, 60, 0.3), studies(4, 25, 1.5), studies(5, 8, 0.0)]


def ours(effects: list[float], variances: list[float], moderator: list[float]) -> list[list[float]]:
    rows = []
    for between in Between:
        for knapp in (False, True):
            if between is Between.EE and knapp:
                continue
            found = pool(effects, variances, How(between, knapp))
            one, spread = found.effect, found.spread
            assert one
            assert spread
            # metafor prints the share by Q for equal effects, and by the variance between studies otherwise.
            share = spread.i2_q if between is Between.EE else spread.i2_tau
            rows.append([one.estimate, one.se, one.low, one.high, one.p, spread.tau2, spread.q, spread.p, share])
            if between is Between.EE:
                continue
            more = regress(effects, variances, {"m": moderator}, How(between, knapp))
            each = more.effects.values()
            told = [*(one.estimate for one in each), *(one.se for one in each), *(one.p for one in each)]
            rows.append([*told, more.spread.tau2, more.spread.q, more.moderators_p])
    whole = pool(effects, variances, How(Between.DL)).spread
    small = egger(effects, variances)
    assert whole
    return [*rows, [whole.tau2_low, whole.tau2_high, small.t, small.p]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[list[float]]:
    rows = [(number, *row) for number, one in enumerate(SETS) for row in zip(*one, strict=True)]
    columns = dict(zip(("set", "yi", "vi", "m"), zip(*rows, strict=True), strict=True))
    return by_r(tmp_path_factory.mktemp("r"), SCRIPT, columns)


def test_every_estimator_as_metafor(told: list[list[float]]) -> None:
    found = [row for one in SETS for row in ours(*one)]
    assert len(found) == len(told)
    for mine, theirs in zip(found, told, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-6, rel=1e-6)
