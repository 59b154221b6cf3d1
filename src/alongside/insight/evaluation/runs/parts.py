"""Whether some families changed more than others: every way of parting them at once, corrected for all of them."""

from alongside.calc.outcomes.comparison.subgroups import Look, Subgroup, Subgroups, subgroups
from alongside.calc.outcomes.design import Design
from alongside.insight.evaluation.results import TOO_FEW, Effect, Result, Table
from alongside.insight.evaluation.rows import EVERYBODY, UNSAID, Rows
from alongside.insight.evaluation.runs.asked import (
    Asked,
    Outcome,
    RunType,
    about_the_question,
    change_of,
    few,
    interval,
    p_value,
    told,
    whole,
)
from alongside.insight.reports.telling.figures import HIDDEN, decimal

PARTED = {
    "arrangement": "Arrangement",
    "programme": "Programme",
    "authority": "Authority",
    "plan_before": "Weightiest plan at the start",
    **EVERYBODY,
}
COLUMNS = ("Group", "Mean change", "95% interval")


def _work(rows: Rows, asked: Asked) -> Result:
    ours = about_the_question(rows)
    found = [(outcome, _looked(ours, outcome)) for outcome in asked.outcomes]
    return told(
        next((one.method for _, one in found if one), "The mean change in each group."),
        Design(before=True),
        effects=tuple(_effect(outcome, look, asked) for outcome, one in found if one for look in one.looks),
        tables=tuple(
            Table(f"{outcome.title}, by {look.name.lower()}", COLUMNS, _groups(ours, outcome, look))
            for outcome, one in found
            if one
            for look in one.looks
        ),
        words=tuple(words for outcome, one in found for words in _words(outcome, one)),
        limits=("Every group that was looked at is here, those that show nothing too.",),
    )


def _looked(rows: Rows, outcome: Outcome) -> Subgroups | None:
    change = change_of(rows, outcome)
    if few(int(whole(change).sum())):
        return None
    return subgroups(change, {words: _known(rows, name) for name, words in PARTED.items() if name in rows.words})


def _known(rows: Rows, name: str) -> list[str | None]:
    """Give each family's group; not having been asked, or not saying, is none."""
    return [text if text and text not in UNSAID else None for text in rows.words[name].texts()]


def groups_to_tell(rows: Rows, outcome: Outcome, look: Look) -> list[Subgroup]:
    """Give those that may be told: where those withheld come to a few, the smallest of the others goes with them."""
    told_of = [group for group in look.groups if group.n is not None]
    rest = int(whole(change_of(rows, outcome)).sum()) - sum(group.n or 0 for group in told_of)
    if rest and few(rest) and told_of:
        told_of.remove(min(told_of, key=lambda group: group.n or 0))
    return told_of


def _groups(rows: Rows, outcome: Outcome, look: Look) -> tuple[tuple[str, ...], ...]:
    told_of = groups_to_tell(rows, outcome, look)
    return tuple(_row(group, group in told_of) for group in look.groups)


def _row(group: Subgroup, shown: bool) -> tuple[str, ...]:
    if not shown:
        return (str(group.name), HIDDEN, HIDDEN)
    return (str(group.name), decimal(group.effect), interval(group.ci_low, group.ci_high))


def _effect(outcome: Outcome, look: Look, asked: Asked) -> Effect:
    """The test of one way of parting families; there is no one figure to it."""
    key, title = f"{outcome.key} / {look.name}", f"{outcome.title}, by {look.name.lower()}"
    return Effect(key, title, asked.both(outcome), "whether groups differ", p=look.p, reason=look.reason)


def _words(outcome: Outcome, found: Subgroups | None) -> list[str]:
    if found is None:
        return [f"{outcome.title}: {TOO_FEW.lower()}"]
    return [
        f"{outcome.title}, by {look.name.lower()}: "
        + (look.reason if look.p is None else f"{_differ(look)} (p, for all looks, {p_value(look.p_corrected)})")
        + "."
        for look in found.looks
    ]


def _differ(look: Look) -> str:
    clear = look.p_corrected is not None and look.p_corrected < 0.05
    return "groups differ" if clear else "no clear difference between groups"


SUBGROUPS = RunType(
    "subgroups",
    "Whether some changed more than others",
    "By arrangement, programme, authority, its deprivation, plan, ethnic group and disability, all at once; a test of "
    "whether groups differ, for all looks.",
    "subgroups",
    _work,
)
