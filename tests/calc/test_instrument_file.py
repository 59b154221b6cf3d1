"""What an agency may load or enter: an invented questionnaire in every shape, and each way a file can be wrong."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alongside
from alongside.calc.instrument_file import WrongKey, parse_instrument
from alongside.calc.instruments import Enter, MayLoad
from alongside.calc.refused import refused_by_name
from alongside.calc.scoring import DECLINED, AnswerError, score

FOLDER = Path(alongside.__file__).parent / "records/measures/instruments"
LIBRARY = {path.stem: parse_instrument(tomllib.loads(path.read_text())) for path in FOLDER.glob("*.toml")}
PACK = tomllib.loads(FOLDER.with_name("example-pack.toml").read_text())


def spoilt(*path: Any, value: Any) -> dict[str, Any]:
    data = copy.deepcopy(PACK)
    table: Any = data
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] = value
    return data


def test_a_table_of_conversion_gives_the_score_that_stands_for_a_total() -> None:
    found = parse_instrument(PACK)
    scale = found.scale("calm")
    assert (scale.minimum, scale.maximum, scale.whole) == (2.0, 6.5, False)
    assert score(found, {"house": 2, "nights": 1})["calm"].value == 3.25
    assert score(found, {"house": 2, "nights": DECLINED})["calm"].value is None


def test_a_question_turned_round_is_shown_as_its_form_has_it() -> None:
    nights = parse_instrument(PACK).item("nights")
    assert [option.value for option in nights.options] == [3, 2, 1]
    assert (nights.minimum, nights.maximum) == (1, 3)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (spoilt("key", value="Calm Days"), "key: must be at most 40 small letters"),
        (spoilt("enter", value="phone"), "enter: must be one of answers, scores, goals"),
        (spoilt("subject", value="dog"), "subject: must be one of carer, child"),
        (spoilt("needs_licence", value="yes"), "needs_licence: must be true or false"),
        (spoilt("edition", value="x" * 81), "edition: must be at most 80 letters"),
        (spoilt("about", value="x" * 2001), "about: must be at most 2000 letters"),
        (spoilt("items", 0, "options", 1, "value", value=3), r"items\[1\].options: must be two values or more"),
        (spoilt("items", value=PACK["items"] * 101), "items: must be at most 200, not 202"),
        (spoilt("items", 0, "range", value=[0, 10]), r"items\[1\].range: is not a key"),
        (spoilt("scales", 0, "norm", value=""), r"scales\[1\].norm: must not be empty"),
        (spoilt("scales", 0, "reliability", value=1.2), r"scales\[1\].reliability: must lie between 0 and 1"),
        (spoilt("scales", 0, "sd", value=float("nan")), r"scales\[1\].sd: must be a number"),
        (spoilt("scales", 0, "sd", value=-1), r"scales\[1\].sd: must be more than 0"),
        (spoilt("scales", 0, "sd", value=True), r"scales\[1\].sd: must be a number"),
        (spoilt("scales", 0, "bands", value=[{"from": 9, "words": "off"}]), "bands: must begin within the scale"),
        (spoilt("scales", 0, "bands", 0, "risk", value="no"), r"bands\[1\].risk: must be true or false"),
        (spoilt("scales", 0, "missing_allowed", value=1), "conversion: needs the method sum, and missing_allowed 0"),
        (spoilt("scales", 0, "conversion", 0, value=[1, 2.0]), "conversion: must name every total from 2 to 6 once"),
        (spoilt("scales", 0, "conversion", 0, value=[2]), "conversion: must be pairs"),
        (spoilt("scales", 0, "conversion", 0, value=[2, "2"]), "conversion: must be a number"),
        (spoilt("scales", 0, "conversion", 1, value=[3, 2.0]), "conversion: must give a higher score for a higher"),
        (spoilt("scales", 0, "method", value="entered"), "method: must be sum, mean or item"),
        (spoilt("scales", 0, "range", value=[0, 4]), r"scales\[1\].range: is not a key"),
    ],
)  # fmt: skip
def test_a_wrong_pack_is_refused_by_the_key_at_fault(data: dict[str, Any], message: str) -> None:
    with pytest.raises(WrongKey, match=message):
        parse_instrument(data)


@pytest.mark.parametrize("ends", [[], [4], [9, 9], [9, 0], ["0", 9], [0, float("inf")]])
def test_an_entered_score_has_a_range(ends: list[Any]) -> None:
    data = tomllib.loads((FOLDER / "sdq.toml").read_text())
    data["scales"][1]["range"] = ends
    with pytest.raises(WrongKey, match=r"scales\[2\].range: must be"):
        parse_instrument(data)


def test_a_question_with_a_billion_answers_is_refused_before_they_are_made() -> None:
    data = spoilt("items", 0, value={"key": "house", "question": "?", "why": "!", "low": "a", "high": "b"})
    data["items"][0]["range"] = [0, 10**9]
    with pytest.raises(WrongKey, match="at most 100 apart"):
        parse_instrument(data)


SDQ = LIBRARY["sdq"]


def test_entered_scores_are_kept_as_they_are() -> None:
    found = score(SDQ, {"total": 17, "impact": DECLINED, "prosocial": None})
    assert {key: each.value for key, each in found.items() if each.value is not None} == {"total": 17}
    assert found["total"].method == "entered"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"total": 41}, "total: must be from 0 to 40, not 41"),
        ({"total": -1}, "total: must be from 0 to 40"),
        ({"total": float("nan")}, "total: must be from 0 to 40"),
        ({"total": "12"}, "total: must be from 0 to 40"),
        ({"total": True}, "total: must be from 0 to 40"),
        ({"mood": 1}, "mood: is not a score of"),
        (
            {"total": 17, "emotional": 4, "conduct": 4, "hyperactivity": 4, "peers": 4},
            "total: is 17, but its parts add up to 16",
        ),
    ],
)
def test_an_entered_score_that_cannot_be_is_refused_by_its_scale(answers: dict[str, Any], message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        score(SDQ, answers)


@settings(max_examples=50)
@given(st.lists(st.integers(0, 10), min_size=4, max_size=4), st.integers(-3, 3))
def test_a_total_is_the_sum_of_its_parts_or_refused(parts: list[int], off: int) -> None:
    answers = dict(zip(("emotional", "conduct", "hyperactivity", "peers"), parts, strict=True))
    total = min(40, max(0, sum(parts) + off))
    if total == sum(parts):
        assert score(SDQ, {**answers, "total": total})["total"].value == total
    else:
        with pytest.raises(AnswerError, match="total"):
            score(SDQ, {**answers, "total": total})


def test_what_may_not_be_passed_on_is_not_here() -> None:
    licensed = {key for key, one in LIBRARY.items() if one.needs_licence}
    assert licensed == {"sdq", "swemwbs", "wemwbs", "bpses", "core-10", "psi-4-sf", "family-needs-scale"}
    for key in licensed:
        assert LIBRARY[key].enter is Enter.SCORES
        assert not LIBRARY[key].items
        assert not any(scale.conversion for scale in LIBRARY[key].scales)
    assert LIBRARY["sdq"].may_load is MayLoad.NONE
    assert LIBRARY["psi-4-sf"].may_load is MayLoad.RANGES


STARS = ("Outcomes Star", "OUTCOMES STAR™ (family)", "Outcome-Star", "Family Star Plus", "My Star", "The Carers Star")


@pytest.mark.parametrize("title", [*STARS, "Well-being Star®"])
def test_the_star_is_refused_by_name(title: str) -> None:
    assert "owner has approved" in refused_by_name(title)


@pytest.mark.parametrize("title", ["A star chart for bedtimes", "Starting out", "My star reader", "Outcomes", ""])
def test_other_stars_are_nobodys(title: str) -> None:
    assert refused_by_name(title) == ""
