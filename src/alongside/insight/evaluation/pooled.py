"""Published studies put together, told as a page shows them: forest, funnel, tables, and what may be said."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.calc.outcomes.meta.egger import SmallStudies
from alongside.calc.outcomes.meta.pooling import Effect, Pooled, Regressed, Spread, Subgroups
from alongside.insight.evaluation.methods.studies import Pooling, Study
from alongside.insight.evaluation.plots import Line, Plot, Point, estimates, funnel
from alongside.insight.evaluation.results import Table
from alongside.insight.evaluation.runs.asked import p_value
from alongside.insight.reports.telling.figures import NOTHING, decimal

FEW_STUDIES = 5
ENOUGH_FOR_EGGER = 10
NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class Told:
    """Studies put together, ready to be shown. Without a pooled effect there are no plots, and ``words`` say why."""

    method: str
    words: tuple[str, ...]
    forest: Plot | None
    funnel: Plot | None
    tables: tuple[Table, ...]
    limits: tuple[str, ...]


def tell(found: Pooling, measure: str) -> Told:
    """Tell studies put together; ``measure`` says what their effects are, such as "Hedges g"."""
    whole = found.pooled
    if whole.effect is None:
        return Told(found.method, (f"Nothing can be put together: {whole.reason}.",), None, None, (), ())
    counted = [study for study in found.studies if study.weight is not None]
    return Told(
        found.method,
        tuple(_words(whole, whole.effect)),
        _forest(counted, whole.effect, measure),
        funnel([Point(one.study, one.effect, one.variance**0.5) for one in counted], whole.effect.estimate, measure)
        if len(counted) > 2
        else None,
        tuple(_tables(found)),
        tuple(_limits(found)),
    )


def _words(whole: Pooled, effect: Effect) -> Iterator[str]:
    yield f"{whole.k} studies together: {_estimate(effect)}." if whole.k > 1 else f"One study: {_estimate(effect)}."
    if whole.missing:
        yield f"{whole.missing} left out, for want of an effect or a variance."
    if whole.predicted:
        low, high = whole.predicted
        yield f"In a new place the true effect would lie from {decimal(low, 2)} to {decimal(high, 2)}."
    if whole.reason:
        yield f"{whole.reason[:1].upper()}{whole.reason[1:]}."


def _forest(counted: list[Study], effect: Effect, measure: str) -> Plot:
    reaches = [NORMAL * study.variance**0.5 for study in counted]
    lines = [
        Line(study.study, _span(study.effect, low, high), study.effect, low, high, study.weight)
        for study, reach in zip(counted, reaches, strict=True)
        for low, high in ((study.effect - reach, study.effect + reach),)
    ]
    together = Line("Together", _estimate(effect), effect.estimate, effect.low, effect.high, pooled=True)
    return estimates([*lines, together], measure)


def _tables(found: Pooling) -> Iterator[Table]:
    columns = ("Study", "Effect", "Variance", "Counts for")
    yield Table("Each study", columns, tuple(_study(study) for study in found.studies))
    if found.pooled.spread:
        yield _spread(found.pooled.spread)
    if found.groups:
        yield _groups(found.groups)
    if found.regressed:
        yield _regressed(found.regressed)
    if found.small_studies:
        yield _small(found.small_studies)


def _study(study: Study) -> tuple[str, ...]:
    if study.weight is None:
        return (study.study, NOTHING, NOTHING, "left out")
    return (study.study, decimal(study.effect, 3), decimal(study.variance, 4), f"{100 * study.weight:.1f}%")


def _spread(spread: Spread) -> Table:
    tau2 = f"{decimal(spread.tau2, 4)} ({decimal(spread.tau2_low, 4)} to {decimal(spread.tau2_high, 4)})"
    rows = (
        ("Q, whether they differ by more than chance", f"{spread.q:.2f} on {spread.df}, p {p_value(spread.p)}"),
        ("τ², the variance between true effects", tau2),
        ("I², by Q: (Q − df) / Q", f"{100 * spread.i2_q:.1f}%"),
        ("I², by τ²", f"{100 * spread.i2_tau:.1f}%"),
    )
    return Table("How far the studies differ", ("What", "Figure"), rows)


def _groups(groups: Subgroups) -> Table:
    rows = [
        (name, str(one.k), _estimate(one.effect) if one.effect else one.reason) for name, one in groups.groups.items()
    ]
    differ = f"Q {groups.q:.2f} on {groups.df}, p {p_value(groups.p)}" if groups.df else "one group only"
    return Table("By group", ("Group", "Studies", "Effect"), (*rows, ("Whether groups differ", "", differ)))


def _regressed(found: Regressed) -> Table:
    rows = [(name, _estimate(effect), p_value(effect.p)) for name, effect in found.effects.items()]
    together = ("All of them together", f"Q {found.moderators_q:.2f}", p_value(found.moderators_p))
    return Table("What goes with larger effects", ("What", "Effect", "p"), (*rows, together))


def _small(found: SmallStudies) -> Table:
    rows = (
        ("Intercept", _span(found.intercept, found.low, found.high)),
        ("t, p", f"{found.t:.2f} on {found.df}, p {p_value(found.p)}"),
    )
    return Table("Whether small studies say something else (Egger)", ("What", "Figure"), rows)


def _limits(found: Pooling) -> Iterator[str]:
    yield "Pooling makes many studies as sure as they are good: it mends nothing that was wrong in each of them."
    yield "Studies that found nothing are published less often. What is not here cannot be counted."
    if found.pooled.k < FEW_STUDIES:
        yield f"With {found.pooled.k} studies, how far they truly differ can hardly be known."
    if found.small_studies and found.pooled.k < ENOUGH_FOR_EGGER:
        yield f"Egger’s test says next to nothing with fewer than {ENOUGH_FOR_EGGER} studies."
    if found.groups or found.regressed:
        yield "Groups of studies were not drawn by lot: what goes with an effect need not be why it is so."


def _estimate(effect: Effect) -> str:
    return _span(effect.estimate, effect.low, effect.high)


def _span(middle: float, low: float, high: float) -> str:
    return f"{decimal(middle, 2)} ({decimal(low, 2)} to {decimal(high, 2)})"
