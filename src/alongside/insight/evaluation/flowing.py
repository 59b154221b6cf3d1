"""The flow of families through a cohort and who they are, from counts that are safe to show."""

from collections.abc import Mapping
from typing import NamedTuple

from alongside.insight.evaluation.flow import BANDS, PARTED
from alongside.insight.evaluation.rows import COMPARISON, EVERYBODY, SUPPORT
from alongside.insight.evaluation.rules import Promised
from alongside.insight.evaluation.runs import Outcome
from alongside.insight.reports.telling.figures import FOOTNOTE, HIDDEN

FAMILIES = "taken.families"
TITLES = {
    "arrangement": "Arrangement of the children at the start",
    "plan_before": "Weightiest plan of any child at the start",
    "programme": "Programme",
    "authority": "Authority",
    **EVERYBODY,
    "end_reason": "Why support ended",
    "carer_age": "Age of the carer at the start",
    "youngest_age": "Age of the youngest child at the start",
    "children": "Children in kinship care in the home",
    "contacts": "Times in touch",
}
STILL = "Support goes on"
PARTS = ("both", "incomplete.lack.only_before", "incomplete.lack.only_after", "incomplete.lack.neither")


class Box(NamedTuple):
    """One place in the flow: how many, what they are, and who was left out before it."""

    number: str
    words: str
    left_out: tuple[tuple[str, str], ...] = ()


class Measured(NamedTuple):
    """Who was measured on one outcome."""

    title: str
    primary: bool
    both: str
    only_before: str
    only_after: str
    neither: str


class Flow(NamedTuple):
    """The boxes from the top down, and the measurements by outcome, primary ones first."""

    boxes: list[Box]
    measured: list[Measured]


def flow_of(shown: Mapping[str, str], promised: Promised, outcomes: Mapping[str, Outcome]) -> Flow:
    """Give the flow of a frozen cohort through what it can be measured on."""
    return Flow(_allocated(shown) if "taken" not in shown else _taken(shown), _measured(shown, promised, outcomes))


def _allocated(shown: Mapping[str, str]) -> list[Box]:
    """Of a trial: how many chance put where. What became of them stands on the trial's own page."""
    return [
        Box(shown[FAMILIES], "families were allocated by chance"),
        Box(shown[f"{FAMILIES}.arm.{SUPPORT}"], "to the first arm"),
        Box(shown[f"{FAMILIES}.arm.{COMPARISON}"], "to the second arm"),
    ]


def _taken(shown: Mapping[str, str]) -> list[Box]:
    left_out = (("Families whom only named people may know of", "restricted"), ("No carer on record", "no_carer"))
    return [
        Box(shown["taken"], "families took up a first place in these contracts and days"),
        Box(
            shown[FAMILIES],
            "families are in the cohort",
            tuple((words, shown[f"taken.{name}"]) for words, name in left_out if shown[f"taken.{name}"] != "0"),
        ),
        Box(
            shown[f"{FAMILIES}.reached.yes"],
            "were reached: a worker and they were in touch at least once",
            (("Never reached", shown[f"{FAMILIES}.reached.no"]),),
        ),
    ]


def _measured(shown: Mapping[str, str], promised: Promised, outcomes: Mapping[str, Outcome]) -> list[Measured]:
    order = [*promised.primary, *promised.secondary]
    counted = [key for key in outcomes if f"{FAMILIES}.{key}.both" in shown]
    counted.sort(key=lambda key: order.index(key) if key in order else len(order))
    return [
        Measured(
            outcomes[key].title,
            key in promised.primary,
            *(shown[f"{FAMILIES}.{key}.{part}"] for part in PARTS),
        )
        for key in counted
    ]


def people_of(shown: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give table 1: who the families are, characteristic by characteristic."""
    found = []
    for name in (*PARTED, *BANDS):
        start = f"{FAMILIES}.{name}."
        rows = [(key.removeprefix(start), text) for key, text in shown.items() if key.startswith(start)]
        if name == "end_reason":
            rows = [(STILL if words == "Not known" else words, text) for words, text in rows]
        found.append((TITLES[name], rows))
    return [(title, rows) for title, rows in found if rows]


def footnote(shown: Mapping[str, str]) -> str:
    """Say what the sign for a withheld count means, where there is one."""
    return FOOTNOTE if HIDDEN in shown.values() else ""
