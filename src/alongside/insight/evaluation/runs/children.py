"""What became of the children: the plans they were on, and the SDQ's added value."""

from alongside.calc.outcomes.added_value import added_value
from alongside.calc.outcomes.design import Design
from alongside.calc.outcomes.values import WrongRow
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import Rows
from alongside.insight.evaluation.runs.asked import Asked, RunType, about_the_question, few, interval, told, whole
from alongside.insight.reports.telling.figures import HIDDEN, decimal, share

PLANS = {
    "child_protection": "Child protection plan",
    "child_in_need": "Child in need plan",
    "looked_after": "Looked after",
}
PLAN_COLUMNS = ("Children on", "At the start", "When support ended, or at freezing", "Fewer by")
PLANS_END = "Plans end anyway, so fewer of them are no effect by themselves."
SDQ = ("sdq.total", "sdq.impact", "sdq.emotional")
NO_SDQ = "Too few children have the SDQ’s total, impact and emotional scores before and its total after."
SIX_MONTHS = "It holds for children at high risk, by the parent form, about six months apart."


def _plans(rows: Rows, asked: Asked) -> Result:
    lines = tuple(
        (
            words,
            *_counts(name, asked),
            _fewer(name, asked),
        )
        for name, words in PLANS.items()
    )
    method = "Children who lived in the home at the start, counted on the plans that they were on then and later."
    return told(method, Design(before=True), tables=(Table("Plans", PLAN_COLUMNS, lines),), limits=(PLANS_END,))


def _counts(name: str, asked: Asked) -> list[str]:
    return [asked.shown.get(f"children.{name}_{when}.yes", HIDDEN) for when in ("before", "after")]


def _fewer(name: str, asked: Asked) -> str:
    texts = _counts(name, asked)
    if HIDDEN in texts:
        return HIDDEN
    before, after = (int(text.replace(",", "")) for text in texts)
    return share(before - after, before) if before >= after else f"none: more by {after - before}"


def _added(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    total, later = ours.before_and_after(SDQ[0])
    impact, emotional = (ours.before_and_after(key)[0] for key in SDQ[1:])
    design = Design(before=True, comparison=False)
    if few(int(whole(total, impact, emotional, later).sum())):
        return told("The SDQ’s added value.", design, words=(NO_SDQ,), limits=(SIX_MONTHS,))
    try:
        found = added_value(total, impact, emotional, later)
    except WrongRow as wrong:
        return told("The SDQ’s added value.", design, words=(f"{wrong.sentence}.",), limits=(SIX_MONTHS,))
    measure = "points of total difficulties, above 0 is better than foreseen"
    figures = (found.mean, found.low, found.high)
    effect = Effect("sdq.added", "Added value of the SDQ", HIDDEN, measure, *figures, way=1)
    line = ("Added value", decimal(found.mean), interval(found.low, found.high), decimal(found.effect, 2))
    columns = ("", "Mean, points", "95% interval", "Effect size")
    words = (
        (f"Children fared {decimal(found.mean)} points better than foreseen without help.",)
        if found.mean
        else (TOO_FEW,)
    )
    return told(
        found.method,
        design,
        effects=(effect,),
        tables=(Table("SDQ", columns, (line,)),),
        words=words,
        limits=(SIX_MONTHS,),
    )


CHILDRENS_PLANS = RunType(
    "plans",
    "Plans of the children, before and after",
    "How many of the same children were on a child protection or child in need plan, or looked after.",
    "evaluation",
    _plans,
    of_outcomes=False,
)
ADDED_VALUE = RunType(
    "added_value",
    "Added value of the SDQ",
    "How much better children fared than children like them would have without help.",
    "added-value",
    _added,
    of_outcomes=False,
)
