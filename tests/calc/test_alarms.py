"""The bands of PHQ-9 as its source states them, and the alarm of its ninth question."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from alongside.calc.instrument_file import WrongKey, parse_instrument
from alongside.calc.scoring import DECLINED, Answer, alarms_in, risks_in, score

FILE = Path(__file__).resolve().parents[2] / "src/alongside/records/measures/instruments/phq-9.toml"
DATA: dict[str, Any] = tomllib.loads(FILE.read_text())
PHQ9 = parse_instrument(DATA)
KEYS = [item.key for item in PHQ9.items]


def total(value: int) -> float | None:
    spread = [min(3, max(0, value - 3 * place)) for place in range(9)]
    return score(PHQ9, dict(zip(KEYS, spread, strict=True)))["low_mood"].value


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "moderately severe"),
        (19, "moderately severe"),
        (20, "severe"),
        (27, "severe"),
    ],
)
def test_the_bands_of_kroenke_and_others_2001(value: int, band: str) -> None:
    assert total(value) == value
    assert PHQ9.scale("low_mood").band(value) == band


@pytest.mark.parametrize(("value", "risks"), [(0, 0), (19, 0), (20, 1), (27, 1)])
def test_only_a_total_in_a_band_of_risk_is_to_be_told(value: int, risks: int) -> None:
    assert len(risks_in(PHQ9, {"low_mood": total(value)})) == risks
    assert risks_in(PHQ9, {"low_mood": None}) == []


@pytest.mark.parametrize(
    ("value", "band", "risks"),
    [(4, "minimal", 0), (5, "mild", 0), (10, "moderate", 0), (14, "moderate", 0), (15, "severe", 1)],
)
def test_the_bands_of_gad_7(value: int, band: str, risks: int) -> None:
    gad7 = parse_instrument(tomllib.loads(FILE.with_name("gad-7.toml").read_text()))
    answers = {item.key: min(3, max(0, value - 3 * place)) for place, item in enumerate(gad7.items)}
    scores = {key: found.value for key, found in score(gad7, answers).items()}
    assert scores == {"worry": value}
    assert gad7.scale("worry").band(value) == band
    assert len(risks_in(gad7, scores)) == risks


def test_nine_questions_from_0_to_3_and_no_score_where_one_is_missing() -> None:
    scale = PHQ9.scale("low_mood")
    assert (len(KEYS), scale.minimum, scale.maximum) == (9, 0, 27)
    assert score(PHQ9, dict.fromkeys(KEYS[1:], 0))["low_mood"].value is None


@pytest.mark.parametrize(("answer", "alarms"), [(0, 0), (1, 1), (3, 1), (DECLINED, 0), (None, 0)])
def test_the_ninth_question_alarms_at_anything_but_not_at_all(answer: Answer, alarms: int) -> None:
    assert len(alarms_in(PHQ9, {KEYS[8]: answer})) == alarms
    assert alarms_in(PHQ9, dict.fromkeys(KEYS[:8], 3)) == []


@pytest.mark.parametrize(
    ("key", "value"), [("item", "nothing"), ("at_least", 4), ("at_least", -1), ("words", ""), ("more", 1)]
)
def test_a_spoilt_alarm_is_refused(key: str, value: object) -> None:
    spoilt = copy.deepcopy(DATA)
    spoilt["alarms"][0][key] = value
    with pytest.raises(WrongKey, match="alarms"):
        parse_instrument(spoilt)


def test_bands_out_of_order_are_refused() -> None:
    spoilt = copy.deepcopy(DATA)
    spoilt["scales"][0]["bands"].reverse()
    with pytest.raises(WrongKey, match="bands"):
        parse_instrument(spoilt)
