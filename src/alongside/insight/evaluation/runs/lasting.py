"""How long support lasts, and how long children stay in the home: curves, and what goes with an earlier end."""

import numpy as np

from alongside.calc.outcomes.cox import Cox, cox
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.survival import Survival, kaplan_meier
from alongside.calc.outcomes.values import Floats
from alongside.insight.evaluation.results import TOO_FEW, Effect, Lasting, Result, Table
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs.asked import Asked, RunType, about_the_question, few, interval, p_value, told
from alongside.insight.evaluation.runs.missing import BEGINNING
from alongside.insight.reports.telling.figures import decimal, share

MONTH = 365.25 / 12
MONTHS = (1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60)
CURVE = ("Months since support began", "Share for whom it goes on", "95% interval")
MODEL = ("At the start", "Hazard ratio", "95% interval", "p", "p, same early and late")
COVARIATES = ("carer_age", "children", "youngest_age")
ONLY_WHILE = (
    "A child who left is known of only while the family is supported; afterwards nobody is followed. Going home to "
    "parents counts as leaving too."
)


def _work(ended: Floats, days: Floats, rows: Rows, what: str, caution: str) -> Result:
    if few(int(ended.sum())) or few(int((1 - ended).sum())):
        return told("Kaplan-Meier.", Design(), words=(f"{what}: {TOO_FEW.lower()}",), limits=(caution,))
    months = days / MONTH
    curve = kaplan_meier(months, ended)
    model = cox(months, ended, {BEGINNING[name]: rows.numbers[name] for name in COVARIATES})
    lines = tuple(
        (
            one.name,
            decimal(one.hazard_ratio, 2),
            interval(one.ci_low, one.ci_high, 2),
            p_value(one.p),
            p_value(one.p_proportional),
        )
        for one in model.effects
    )
    shown = _safe_months(curve, ended, months)
    half = (
        f"for half of the families it ended by month {decimal(curve.median)}"
        if curve.median
        else "it goes on for more than half"
    )
    return told(
        f"{curve.method} {model.method}",
        Design(),
        effects=_ratios(what, model),
        tables=(
            Table(what, CURVE, tuple(_row(curve, month) for month in shown)),
            *((Table("What goes with an earlier end", MODEL, lines),) if lines else ()),
        ),
        words=(f"{what}: {half}.", *((f"{model.reason}.",) if model.reason else ())),
        limits=(caution,),
        lasting=Lasting(what, "Months since support began", tuple(map(float, shown)), tuple(_lasts(curve, shown))),
    )


def _ratios(what: str, model: Cox) -> tuple[Effect, ...]:
    return tuple(
        Effect(
            *(f"{what} / {one.name}", one.name, "", "hazard ratio: above 1 it ends sooner"),
            *(one.hazard_ratio, one.ci_low, one.ci_high, one.p),
            none=1.0,
        )
        for one in model.effects
    )


def _safe_months(curve: Survival, ended: Floats, months: Floats) -> list[int]:
    """Months between which it ended for nobody or for enough, and while enough are still followed."""
    found, before = [], 0.0
    for month in MONTHS:
        between = int(((months > before) & (months <= month) & (ended == 1)).sum())
        followed = int(curve.followed_at([float(month)])[0])
        left = int(((months > before) & (months <= month) & (ended == 0)).sum())
        if few(followed) or 0 < between < 5 or 0 < left < 5:
            continue
        found.append(month)
        before = float(month)
    return found


def _lasts(curve: Survival, months: list[int]) -> list[float]:
    """For which share it goes on beyond each month, to a tenth of a per cent."""
    return [round(float(lasting), 3) for lasting in curve.lasting([float(month) for month in months])]


def _row(curve: Survival, month: int) -> tuple[str, ...]:
    at = int(np.searchsorted(curve.time, month, side="right")) - 1
    low, high = (curve.ci_low[at], curve.ci_high[at]) if at >= 0 else (np.nan, np.nan)
    reach = "none" if np.isnan(low + high) else f"{100 * low:.0f}% to {100 * high:.0f}%"
    return (str(month), share(round(1000 * _lasts(curve, [month])[0]), 1000), reach)


def _support(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    ended = (~np.isnan(ours.numbers["ended_on"])).astype(np.float64)
    return _work(
        ended,
        ours.numbers["days"],
        ours,
        "Time to the end of support",
        "That support ended is neither good nor bad by itself.",
    )


def _home(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    days = ours.numbers["days_at_home"]
    return _work(ours.numbers["left_home"], days, ours, "Time until a child left the home", ONLY_WHILE)


SUPPORT_LASTS = RunType(
    "support",
    "Time to the end of support",
    "Kaplan-Meier, where support still goes on for some, and Cox's model of what goes with an earlier end.",
    "survival",
    _support,
    of_outcomes=False,
)
HOME_LASTS = RunType(
    "home",
    "Time until a child left the home",
    "Kaplan-Meier and Cox's model of the first child who no longer lived with the carer, while support lasted.",
    "survival",
    _home,
    of_outcomes=False,
)
