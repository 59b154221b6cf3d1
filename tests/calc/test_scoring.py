"""Scores are right by hand, gaps follow each scale's rule, and a bad answer is named."""

import copy
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alongside
from alongside.calc.instrument_file import WrongKey, parse_instrument
from alongside.calc.instruments import Enter, Instrument
from alongside.calc.scoring import DECLINED, AnswerError, check_answer, score

FOLDER = Path(alongside.__file__).parent / "records/measures/instruments"
FILES = sorted(FOLDER.glob("*.toml"))


def load(key: str) -> Instrument:
    return parse_instrument(tomllib.loads((FOLDER / f"{key}.toml").read_text()))


ASKED = [path for path in FILES if load(path.stem).enter is Enter.ANSWERS]


def made(method: str, missing_allowed: int, items: int = 4) -> Instrument:
    names = [f"q{number}" for number in range(1, items + 1)]
    return parse_instrument(
        dict.fromkeys(("key", "title", "edition", "about", "who_answers", "licence", "source"), "x")
        | {
            "checked": date(2026, 1, 1),
            "subject": "carer",
            "enter": "answers",
            "needs_licence": False,
            "items": [
                {"key": name, "question": "?", "why": "!", "range": [0, 4], "low": "no", "high": "yes"}
                for name in names
            ],
            "scales": [
                {
                    "key": "all",
                    "title": "All",
                    "items": names,
                    "method": method,
                    "direction": "higher_is_better",
                    "missing_allowed": missing_allowed,
                    "norm": "none",
                }
            ],
        }
    )


VECTORS: dict[str, tuple[dict[str, int | str], dict[str, float | None]]] = {
    "five-domains": (
        {"isolation": 8, "money": 10, "child": 0, "relationships": 3, "confidence": DECLINED},
        {"isolation": 8, "money": 10, "child": 0, "relationships": 3, "confidence": None},
    ),
    "gad-7": (
        {"nervous": 3, "cannot_stop": 2, "too_much": 2, "relaxing": 1, "restless": 0, "annoyed": 3, "afraid": 1},
        {"worry": 12},
    ),
    "ons4": (
        {"satisfied": 7, "worthwhile": 9, "happy": 0, "anxious": 10},
        {"satisfied": 7, "worthwhile": 9, "happy": 0, "anxious": 10},
    ),
    "phq-9": (
        {"interest": 1, "down": 2, "sleep": 3, "tired": 3, "appetite": 0, "failure": 2, "concentrating": 1}
        | {"moving": 0, "better_off_dead": 1},
        {"low_mood": 13},
    ),
    "ucla-3": ({"companionship": 3, "left_out": 2, "isolated": 1, "lonely": 4}, {"loneliness": 6, "lonely": 4}),
}


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.stem)
def test_every_instrument_scores_its_vector(path: Path) -> None:
    answers, values = VECTORS[path.stem]
    instrument = load(path.stem)
    assert instrument.key == path.stem
    assert set(answers) == {item.key for item in instrument.items}
    assert {key: found.value for key, found in score(instrument, answers).items()} == values


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_instrument_says_why_it_may_be_used(path: Path) -> None:
    instrument = load(path.stem)
    assert instrument.key == path.stem
    assert all((instrument.licence, instrument.source, instrument.edition, instrument.who_answers))
    assert all(scale.exactness.norm and scale.missing_rule for scale in instrument.scales)
    assert all(item.why for item in instrument.items)
    assert all(item.options[0].words and item.options[-1].words for item in instrument.items)


def test_directions_and_ranges() -> None:
    better = {scale.key: scale.higher_is_better for scale in load("five-domains").scales}
    assert better == {
        "isolation": False, "money": False, "child": False, "relationships": True, "confidence": True
    }  # fmt: skip
    assert [scale.higher_is_better for scale in load("ons4").scales] == [True, True, True, False]
    loneliness = load("ucla-3").scale("loneliness")
    assert (loneliness.minimum, loneliness.maximum, loneliness.higher_is_better) == (3, 9, False)


@pytest.mark.parametrize(
    ("method", "allowed", "answers", "value", "missing", "words"),
    [
        ("sum", 0, {"q1": 1, "q2": 2, "q3": 3, "q4": 4}, 10, 0, "sum of 4 items"),
        ("sum", 1, {"q1": 1, "q2": 2, "q3": 3}, 8, 1, "sum of 4 items, 1 missing, prorated"),
        ("sum", 1, {"q1": 1, "q2": 2}, None, 2, "no score: 2 missing, at most 1 allowed"),
        (
            "sum",
            0,
            {"q1": 1, "q2": 2, "q3": 3, "q4": None},
            None,
            1,
            "no score: 1 missing, at most 0 allowed",
        ),
        ("mean", 2, {"q1": 1, "q2": 4, "q3": DECLINED}, 2.5, 2, "mean of 4 items, 2 missing, left out"),
    ],
)
def test_missing_items(
    method: str, allowed: int, answers: dict[str, Any], value: float | None, missing: int, words: str
) -> None:
    found = score(made(method, allowed), answers)["all"]
    assert (found.value, found.missing, found.method) == (value, missing, words)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=4), st.sampled_from(["sum", "mean"]))
def test_a_score_stays_within_its_scale(given_answers: list[int], method: str) -> None:
    instrument = made(method, 2)
    answers = {f"q{number}": value for number, value in enumerate(given_answers, 1)}
    scale, value = instrument.scale("all"), score(instrument, answers)["all"].value
    assert value is not None
    assert scale.minimum <= value <= scale.maximum


@pytest.mark.parametrize("answer", [11, -1, 3.0, "3", True, float("nan")])
def test_an_answer_out_of_range_is_refused_by_item(answer: Any) -> None:
    with pytest.raises(AnswerError, match="happy: must be from 0 to 10") as refused:
        score(load("ons4"), {"happy": answer})
    assert refused.value.item == "happy"


def test_an_answer_to_a_question_not_asked_is_refused() -> None:
    with pytest.raises(AnswerError, match="sad: is not asked in Personal wellbeing"):
        score(load("ons4"), {"sad": 3})
    check_answer(load("ons4").item("happy"), 10)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("licence",), ..., "licence: is missing"),
        (("licence",), 7, "licence: must be text, not 7"),
        (("licence",), " ", "licence: must not be empty"),
        (("licnce",), "x", "licnce: is not a key that is known here"),
        (("checked",), "2026", "checked: must be a date"),
        (("items",), [], "items: must be one table or more"),
        (("items", 1, "why"), ..., r"items\[2\].why: is missing"),
        (("items", 1, "key"), "companionship", "items: has 'companionship' twice"),
        (("items", 0, "options", 1, "value"), 1, r"items\[1\].options: must be two values or more"),
        (("items", 0, "options", 1, "value"), True, r"options\[2\].value: must be a whole number"),
        (("scales", 0, "items"), ["lost"], r"scales\[1\].items: names 'lost', which is not an item"),
        (("scales", 0, "items"), [], r"scales\[1\].items: must name one or more"),
        (("scales", 0, "method"), "median", r"scales\[1\].method: must be one of sum, mean, item, entered"),
        (("scales", 0, "method"), "item", r"scales\[1\].items: must be one item"),
        (("scales", 0, "direction"), "up", r"scales\[1\].direction: must be one of higher_is_better"),
        (("scales", 0, "missing_allowed"), 3, r"scales\[1\].missing_allowed: must be from 0 to 2"),
    ],
)
def test_a_bad_data_file_is_refused_by_key(path: tuple[Any, ...], value: Any, message: str) -> None:
    data = copy.deepcopy(tomllib.loads((FOLDER / "ucla-3.toml").read_text()))
    table: Any = data
    for step in path[:-1]:
        table = table[step]
    if value is ...:
        del table[path[-1]]
    else:
        table[path[-1]] = value
    with pytest.raises(WrongKey, match=message):
        parse_instrument(data)


@pytest.mark.parametrize("ends", [[0], [10, 0], [0, "10"], [0, 1.5]])
def test_a_range_is_two_whole_numbers(ends: list[Any]) -> None:
    data = tomllib.loads((FOLDER / "ons4.toml").read_text())
    data["items"][0]["range"] = ends
    with pytest.raises(WrongKey, match=r"items\[1\].range: must be two whole numbers"):
        parse_instrument(data)
