"""An analyst's file is read as it is, or refused in a sentence by its row."""

import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.evaluation import sheets
from alongside.insight.evaluation.methods import METHODS, Options
from alongside.insight.evaluation.sheets import MOST_TOLD, Unusable, read_columns, read_table, refuse_twice


def columns(text: str, *numbers: str, words: tuple[str, ...] = ()) -> dict[str, list[float]]:
    found = read_columns(io.StringIO(text), numbers, words)
    return {name: column.tolist() for name, column in found.numbers.items()}


def refused(text: str, *numbers: str) -> tuple[str, ...]:
    with pytest.raises(Unusable) as error:
        read_columns(io.StringIO(text), numbers)
    return error.value.faults


def test_columns_in_any_order_with_others_beside_them() -> None:
    text = '\ufeffName, After ,BEFORE\n"Okafor, Grace",5,3\n\nB,6e0, 4 \n'
    assert columns(text, "before", "after") == {"before": [3, 4], "after": [5, 6]}


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "NaN", ".", "-", "null"])
def test_what_stands_for_nothing_is_missing(cell: str) -> None:
    assert math.isnan(columns(f"x,y\n{cell},1\n", "x")["x"][0])


def test_every_fault_is_told_by_its_row() -> None:
    assert refused("before,after\n1,2\nabc,3\n4,inf\n5\n", "before", "after") == (
        "Row 3, column “before”: found “abc”, expected a number.",
        "Row 4, column “after”: found “inf”, which is infinite.",
        "Row 5: 1 cells under 2 headings.",
    )


def test_of_many_faults_the_first_are_told_and_the_rest_counted() -> None:
    told = refused("x\n" + "y\n" * 3_000, "x")
    assert len(told) == MOST_TOLD + 1
    assert told[-1] == "And 2,980 more like these."


def test_a_long_cell_is_cut() -> None:
    assert len(refused("x\n" + "y" * 5_000 + "\n", "x")[0]) < 120


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing in it."),
        ("before\n1\n", "There is no column headed “after”. The headings are “before”."),
        ("before,after,after\n1,2,3\n", "There are 2 columns headed “after”. Rename or remove all but one."),
        ("before,after\n", "There are headings and no rows."),
    ],
)
def test_a_file_that_cannot_be_used_at_all(text: str, sentence: str) -> None:
    assert refused(text, "before", "after") == (sentence,)


def test_a_quote_that_never_ends_and_bytes_that_are_no_text() -> None:
    assert "is no row of a CSV file" in refused('x\n"' + "y\n" * 100_000, "x")[0]
    broken = io.TextIOWrapper(io.BytesIO(b"x\n1\n\xff\xfe\n"), encoding="utf-8")
    with pytest.raises(Unusable, match="no text in UTF-8"):
        read_columns(broken, ["x"])


def test_nobody_stands_twice() -> None:
    found = read_columns(io.StringIO("person,x\nA,1\n,2\n,3\nA,4\n"), ["x"], optional=["person"])
    with pytest.raises(Unusable, match="Row 5: the person “A” stands in row 2 already"):
        refuse_twice(found, "person")


@pytest.mark.parametrize(
    ("method", "head", "row"),
    [
        ("xmr", "period,value", "{0},{1}"),
        ("its", "period,value", "{0},{1}"),
        ("funnel", "unit,numerator,denominator", "{0},{1},9"),
        ("meta", "study,effect,variance", "{0},{1},0.5"),
        ("rci", "person,before,after", "{0},{0},{1}"),
        ("rake", "person,order", "{0},SGO"),
        ("survival", "duration,event", "{0},1"),
    ],
)
def test_an_answer_has_no_more_rows_than_can_be_told(
    method: str, head: str, row: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ANSWERED", 20)
    options = Options(start="15", reliability=0.8, total=("order:SGO=50",))
    rows = [row.format(number, number % 4) + "\n" for number in range(1, 22)]
    assert METHODS[method].work([head + "\n", *rows[:20]], options)
    with pytest.raises(Unusable, match="would have more than 20 rows, the most"):
        METHODS[method].work([head + "\n", *rows], options)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=30))
def test_every_number_comes_in_as_it_was_written(values: list[float]) -> None:
    assert columns("x\n" + "\n".join(map(repr, values)), "x")["x"] == values


def test_a_table_is_read_row_by_row_and_a_name_stands_once() -> None:
    headings, rows = read_table(io.StringIO("order,plan,no plan\nSGO,3,20\nCAO,30,40\n"))
    assert headings == ["plan", "no plan"]
    assert rows == {"SGO": ["3", "20"], "CAO": ["30", "40"]}
    with pytest.raises(Unusable, match="Row 3: there is a row called “SGO” already"):
        read_table(io.StringIO("order,plan\nSGO,3\nSGO,4\n"))
    with pytest.raises(Unusable, match="has to name the columns"):
        read_table(io.StringIO("order\nSGO\n"))
