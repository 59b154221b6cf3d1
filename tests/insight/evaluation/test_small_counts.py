"""A table of counts goes out with nothing in it that tells of a few people."""

import io
import json

import pytest

from alongside.insight.evaluation.methods import METHODS, Options, small_counts
from alongside.insight.evaluation.sheets import Unusable
from alongside.insight.evaluation.telling import as_json, as_lines

TABLE = "order,plan,no plan,Total\nSGO,3,20,23\nCAO,30,40,70\ninformal,50,60,110\nAll,83,120,203\n"


def suppress(text: str, threshold: int = 5) -> list[dict[str, object]]:
    found = METHODS["suppress"].work(io.StringIO(text), Options(threshold=threshold))
    rows: list[dict[str, object]] = json.loads(as_json(found))["rows"]
    return rows


def test_a_small_count_is_hidden_with_what_would_give_it_away() -> None:
    rows = {row["row"]: row for row in suppress(TABLE)}
    assert rows["SGO"] == {"row": "SGO", "plan": None, "no plan": None, "total": 23}
    assert rows["total"] == {"row": "total", "plan": 83, "no plan": 120, "total": 203}
    assert sum(value is None for row in rows.values() for value in row.values()) == 4


def test_totals_are_reckoned_where_there_are_none() -> None:
    bare = "order,plan,no plan\nSGO,3,20\nCAO,30,40\ninformal,50,60\n"
    assert suppress(bare) == suppress(TABLE)


def test_the_threshold_decides_what_is_small() -> None:
    assert not any(value is None for row in suppress(TABLE, threshold=3) for value in row.values())


def test_a_table_too_large_to_hide_anything_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_counts, "MOST_COVERED", 6)
    assert suppress(TABLE)
    with pytest.raises(Unusable, match="8 counts are too many to hide some of; 6 can be"):
        suppress("order,plan,no plan\nSGO,3,20\nCAO,30,40\ninformal,50,60\nfostering,7,8\n")


def test_people_read_that_a_count_is_hidden() -> None:
    told = "\n".join(as_lines(METHODS["suppress"].work(io.StringIO(TABLE), Options())))
    assert "SGO       –     –        23" in told


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (TABLE.replace("23", "24", 1), "Row “SGO”: the total says 24 and its parts come to 23."),
        (TABLE.replace("83,120", "84,119"), "Column “plan”: the total says 84 and its parts come to 83."),
        (TABLE.replace("20", "-1", 1), "Row “SGO”, column “no plan”: found “-1”, expected a count."),
        (TABLE.replace("20", "2.5", 1), "Row “SGO”, column “no plan”: found “2.5”, expected a count."),
        (TABLE.replace("20", "9" * 5_000, 1), f"Row “SGO”, column “no plan”: found “{'9' * 40}”, expected a count."),
    ],
)
def test_what_is_no_table_of_counts_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Unusable) as error:
        suppress(text)
    assert error.value.faults == (sentence,)


def test_counts_are_rounded_instead_where_that_is_asked_for() -> None:
    found = METHODS["suppress"].work(io.StringIO(TABLE), Options(threshold=8, round_to=5))
    rows = {row["row"]: row for row in json.loads(as_json(found))["rows"]}
    assert rows["SGO"] == {"row": "SGO", "plan": 0, "no plan": 20, "total": 20}
    assert rows["total"] == {"row": "total", "plan": 80, "no plan": 120, "total": 200}
