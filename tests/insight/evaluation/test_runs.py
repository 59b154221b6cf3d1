"""Every method of the table: it answers, it says its level, and it tells nothing of a few."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from alongside.calc.outcomes.paired import paired_change
from alongside.insight.evaluation.report.writing import plots_of
from alongside.insight.evaluation.results import Result
from alongside.insight.evaluation.rows import EVERYBODY, SUPPORT, Rows, Words, pack, unpack
from alongside.insight.evaluation.runs import RUNS
from alongside.insight.evaluation.series import Series
from tests.insight.evaluation.rows_by_chance import OUTCOMES, asked, drawn

PAGES = Path(__file__).resolve().parents[3] / "docs" / "methods"
MANY, BESIDE = drawn(120), drawn(160, beside=0.4)
NEEDS_MORE = {"added_value", "interrupted"}  # nobody here has an SDQ, nor a protocol that names a monthly figure


@pytest.mark.parametrize("key", RUNS)
def test_a_method_answers_as_json_keeps_it_and_says_how_far_it_carries(key: str) -> None:
    kind = RUNS[key]
    for rows in (MANY, BESIDE):
        result = kind.work(rows, asked(rows))
        assert Result.from_json(json.loads(json.dumps(result.to_json(), allow_nan=False))) == result
        assert result.design.startswith(f"Level {result.level} of 5 on the Maryland scale.")
        assert all(
            re.search(r"nan|inf\b|None", cell) is None for table in result.tables for row in table.rows for cell in row
        )
    assert (PAGES / f"{kind.page}.md").exists()
    if key not in NEEDS_MORE:
        assert result.effects or result.tables


@pytest.mark.parametrize("key", [key for key, kind in RUNS.items() if key != "plans"])
def test_of_a_few_families_nothing_is_told(key: str) -> None:
    for rows in (drawn(4), drawn(8, beside=0.5, seen_again=0.5)):
        result = RUNS[key].work(rows, asked(rows))
        assert all(effect.value is None and effect.low is None and effect.p is None for effect in result.effects)
        figures = [cell for table in result.tables for row in table.rows for cell in row[1:]]
        assert set(figures) <= {"c", "not known", "none"}, figures


def test_a_result_says_what_its_method_says_of_the_same_rows() -> None:
    rows = BESIDE.only(BESIDE.words["arm"].have(SUPPORT))
    for key in OUTCOMES:
        before, after = rows.before_and_after(key)
        change = paired_change(before, after, higher_is_better=False)
        effect = RUNS["paired"].work(BESIDE, asked(BESIDE, key)).effects[0]
        assert (effect.value, effect.low, effect.high, effect.p) == (
            change.mean_change, change.ci_low, change.ci_high, change.p_t,
        )  # fmt: skip
        assert effect.n == str(change.n)
    result = RUNS["paired"].work(rows, asked(rows))
    own, phq = result.tables[1].rows
    assert own[2:4] == ("none", "none")
    assert "nobody has published its reliability or its mean" in own[4]
    before, after = rows.before_and_after("phq-9.low_mood")
    both = ~np.isnan(before + after)
    by_itself = (1 - 0.89) * (2.91 - before[both].mean())
    assert [float(cell.replace("−", "-")) for cell in phq[1:4]] == [
        round(float(number), 1)
        for number in ((after - before)[both].mean(), by_itself, (after - before)[both].mean() - by_itself)
    ]
    assert sum("yardstick" in each for each in result.limits) == 1


def test_a_comparison_raises_the_level_and_finds_the_change_that_is_there() -> None:
    result = RUNS["differences"].work(BESIDE, asked(BESIDE))
    assert result.level == 2
    assert all(effect.high is not None and effect.high < 0 and effect.better == "better" for effect in result.effects)
    assert "nobody to compare with" in RUNS["differences"].work(MANY, asked(MANY)).words[0]


def test_both_sides_are_made_alike_by_who_the_carers_are_unless_that_would_tell_of_a_few() -> None:
    rows = drawn(160, beside=0.4, seen_again=1.0)
    rows.words["disability"] = Words.of(["Disabled"] * 60 + ["Not disabled"] * 100)
    rows.words["ethnicity"] = Words.of(["White"] * 150 + ["Another group"] * 10)
    (table,) = RUNS["weighted"].work(rows, asked(rows, OUTCOMES[0])).tables
    columns = [row[0] for row in table.rows]
    assert [each for each in columns if each.startswith(("Ethnic", "Disab"))] == ["Disability of the carer: Disabled"]
    looks = [table.caption for table in RUNS["subgroups"].work(rows, asked(rows, OUTCOMES[0])).tables]
    assert any(each.endswith("by ethnic group of the carer") for each in looks)
    older = Rows(
        rows.keys,
        rows.numbers,
        {name: words for name, words in rows.words.items() if name not in EVERYBODY},
        rows.scores,
        rows.windows,
    )
    for key in ("weighted", "subgroups"):
        assert RUNS[key].work(older, asked(rows, OUTCOMES[0])).effects, "rows frozen before there were these columns"


def test_where_the_number_is_hidden_so_is_what_it_could_be_worked_out_from() -> None:
    rows = drawn(60, seen_again=0.97)
    question = asked(rows, OUTCOMES[0])
    assert question.both(question.outcomes[0]) == "c"
    row = RUNS["paired"].work(rows, question).tables[0].rows[0]
    assert (row[1], row[6], row[8]) == ("c", "c", "c")
    assert row[4] != "c"
    assert RUNS["missing"].work(rows, question).effects[0].value is None


def test_groups_that_are_withheld_do_not_come_to_a_few() -> None:
    rows = drawn(90, seen_again=1.0)
    words = rows.words["arrangement"]
    words.codes[:] = np.where(np.arange(90) < 3, 0, np.where(np.arange(90) < 40, 1, 2))
    result = RUNS["subgroups"].work(rows, asked(rows, OUTCOMES[0]))
    shown = next(table for table in result.tables if table.caption.endswith("by arrangement"))
    assert [row[1] == "c" for row in shown.rows] == [True, True, False]


def test_a_curve_is_told_only_where_enough_happened() -> None:
    rows = drawn(80)
    result = RUNS["support"].work(rows, asked(rows))
    months = rows.numbers["days"] / (365.25 / 12)
    ended = ~np.isnan(rows.numbers["ended_on"])
    edges = [0.0, *(float(row[0]) for row in result.tables[0].rows)]
    assert len(edges) > 3
    for low, high in pairwise(edges):
        within = (months > low) & (months <= high)
        assert int((within & ended).sum()) not in range(1, 5)
        assert int((within & ~ended).sum()) not in range(1, 5)


def test_a_monthly_figure_leaves_its_line_by_what_was_put_into_it_and_no_month_tells_of_a_few() -> None:
    months = np.arange(40)
    of = np.where(months == 7, 0, 50).astype(np.int32)
    held = np.round((20 + 0.25 * months + np.where(months >= 24, 10, 0) + months % 2) * of / 50).astype(np.int32)
    held[3], of[3] = 4, 50
    rows = replace(drawn(40), series={"accepted": Series(2023 * 12 + 6, of, held)})
    question = replace(asked(rows), series="accepted", since=date(2025, 7, 1))
    result = RUNS["interrupted"].work(rows, question)
    average, step, turn = result.effects
    assert average.better == "better"
    assert step.value == pytest.approx(20, abs=4)
    assert turn.value == pytest.approx(0, abs=0.5)
    assert (result.level, average.n) == (2, "23 + 16 months")
    assert result.course is not None
    assert (result.course.months[0], result.course.months[24]) == ("2023-07", "2025-07")
    assert [result.course.shown[at] for at in (3, 7)] == [None, None], "four, and nobody to count"
    assert unpack(pack(rows)[0]).series["accepted"].held.tolist() == held.tolist()
    (plot, *_) = plots_of(result)
    assert "had the earlier line gone on" in plot.words
    few = replace(rows, series={"accepted": Series(2023 * 12 + 6, of[:40] * 0, held * 0)})
    assert RUNS["interrupted"].work(few, question).effects[0].value is None
    late = replace(question, since=date(2030, 1, 1))
    assert "not enough months" in RUNS["interrupted"].work(rows, late).words[0]
