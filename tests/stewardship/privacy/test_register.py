"""The privacy register: what it must say, and how it complains."""

import pytest

from alongside.stewardship.privacy.register import RegisterError, _held, register


def test_what_gives_somebody_away_is_held_as_special() -> None:
    held = register()
    assert "address" in held["people.Household"].special
    assert "words" in held["people.SafetyNote"].special
    assert {"answers", "scores"} <= held["measures.AnswerSet"].special


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"ground": "x", "kept": "x"}, "about is missing"),
        ({"about": "x", "ground": "x", "kept": "x", "secret": ["name"]}, "secret means nothing here"),
        ({"about": "x", "ground": "x", "kept": "x", "plain": ["a"], "special": ["a"]}, "two groups"),
        ({"about": "x", "ground": "x", "kept": "x", "plain": "a"}, "must be a list"),
    ],
)
def test_a_mistake_names_the_model_and_what_is_wrong(table: dict[str, object], problem: str) -> None:
    with pytest.raises(RegisterError, match=f"people.Person.*{problem}"):
        _held("people.Person", table)
