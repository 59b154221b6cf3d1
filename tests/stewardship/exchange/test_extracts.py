"""An extract's files: what is in them, what is not, and that no two projects can be joined."""

import csv
import io
import zipfile
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from alongside.core.agencies.models import User
from alongside.core.agencies.permissions import Role
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Refused
from alongside.insight.evaluation.models import Cohort
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.rows import Scores, Words, unpack
from alongside.insight.evaluation.runs import outcomes_in
from alongside.records.cases.models import Case
from alongside.records.measures.library import instruments
from alongside.records.people.models import Household, Person
from alongside.stewardship.exchange.extract_columns import MERGED, choices, columns_of, rare_together
from alongside.stewardship.exchange.extract_scores import every_score
from alongside.stewardship.exchange.models import Extract
from alongside.stewardship.exchange.services.extracting import (
    approve_extract,
    ask_for_extract,
    refuse_extract,
    take_extract,
)
from tests.cast import Cast
from tests.insight.evaluation.cohorts import ISOLATION, defined, evaluator, frozen
from tests.insight.evaluation.rows_by_chance import drawn

pytestmark = pytest.mark.usefixtures("clock")


def asked(cast: Cast, cohort: Cohort, **more: Any) -> Extract:
    """An extract of everything that may be asked for."""
    names = [name for name, _ in choices(unpack(cohort.frozen.content), outcomes_of(cohort))]
    facts: dict[str, Any] = {"project": "Thesis", "purpose": "To see what helps.", "columns": names}
    return ask_for_extract(cohort=cohort, by=evaluator(cast), **facts | more)


def approved(cast: Cast, cohort: Cohort, days: int = 30, **more: Any) -> Extract:
    """The same approved by Omar."""
    until = timezone.localdate() + timedelta(days=days)
    return approve_extract(extract=asked(cast, cohort, **more), version=1, expires_on=until, by=cast.omar)


def files(cast: Cast, extract: Extract) -> dict[str, bytes]:
    """What is taken."""
    with zipfile.ZipFile(io.BytesIO(take_extract(extract=extract, by=evaluator(cast)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_two_projects_of_one_cohort_cannot_be_joined(cast: Cast) -> None:
    cohort = frozen(cast)
    one, other = (lines(files(cast, approved(cast, cohort))["data.csv"]) for _ in range(2))
    assert len(one) == len(other) == 12
    families = [{row["family"] for row in rows} for rows in (one, other)]
    assert not families[0] & families[1]
    for rows in (one, other):
        assert [row["family"] for row in rows] == sorted(row["family"] for row in rows)


def test_the_same_extract_is_the_same_bytes_each_time(cast: Cast) -> None:
    extract = approved(cast, frozen(cast))
    assert files(cast, extract) == files(cast, extract)


def test_both_files_of_rows_say_the_same(cast: Cast) -> None:
    held = files(cast, approved(cast, frozen(cast)))
    table = parquet.read_table(io.BytesIO(held["data.parquet"])).to_pylist()
    told = lines(held["data.csv"])
    assert len(told) == len(table) == 12
    for text, row in zip(told, table, strict=True):
        assert text.keys() == row.keys()
        for name, value in row.items():
            assert value == (float(text[name]) if isinstance(value, float) else text[name] or None)
    scores = {(row["five_domains_isolation_before"], row["five_domains_isolation_after"]) for row in told}
    assert scores == {("8", "7"), ("8", "6"), ("8", "5")}


def test_no_name_no_id_no_day_and_no_pseudonym_of_the_cohort_is_in_any_file(cast: Cast) -> None:
    cohort = frozen(cast)
    held = files(cast, approved(cast, cohort))
    everything = b"\n".join(held.values()).decode(errors="replace")
    inside = [str(pk) for model in (Case, Household, Person) for pk in model.objects.values_list("pk", flat=True)]
    inside += [pk.replace("-", "") for pk in inside]
    inside += [name for name in Person.objects.values_list("name", flat=True) if name]
    inside += unpack(cohort.frozen.content).keys
    assert len(inside) > 60
    assert [each for each in inside if each in everything] == []
    assert "2026-07" not in held["data.csv"].decode()
    assert "started_on" not in everything


def test_the_dictionary_names_every_column_and_says_what_was_withheld(cast: Cast) -> None:
    held = files(cast, approved(cast, frozen(cast)))
    said = lines(held["dictionary.csv"])
    assert {row["column"] for row in said if row["file"] == "scores"} == set(lines(held["scores.csv"])[0])
    told = {row["column"]: row for row in said if row["file"] == "data"}
    data = lines(held["data.csv"])[0]
    assert set(data) == {name for name, row in told.items() if row["type"] != "withheld"}
    assert all(row["meaning"] for row in told.values())
    assert "better" in told["five_domains_isolation_before"]["unit"]
    words = {row["column"] for row in lines(held["codebook.csv"]) if row["file"] == "data"}
    assert words == {name for name, row in told.items() if row["type"] == "words"} - {"family"}


def test_the_readme_says_what_for_who_approved_until_when_and_of_which_rows(cast: Cast) -> None:
    cohort = frozen(cast)
    readme = files(cast, approved(cast, cohort))["readme.txt"].decode()
    for words in ("To see what helps.", f"Approved by: {cast.omar.name}", "Last day: 2026-12-20", "do not join"):
        assert words in readme
    assert cohort.frozen.fingerprint in readme


def test_it_is_taken_only_while_approved_until_its_last_day_by_who_asked_and_each_time_logged(cast: Cast) -> None:
    cohort = frozen(cast)
    with pytest.raises(Refused, match="not been approved"):
        take_extract(extract=asked(cast, cohort), by=evaluator(cast))
    extract = approved(cast, cohort, days=0)
    assert files(cast, extract)
    assert Entry.objects.filter(kind=Entry.Kind.EXPORT, row=str(extract.pk)).count() == 1
    with pytest.raises(Refused, match="Only the person who asked"):
        take_extract(extract=extract, by=cast.omar)
    extract.expires_on = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="last day has passed"):
        take_extract(extract=extract, by=evaluator(cast))
    refused = refuse_extract(extract=asked(cast, cohort), version=1, reason="Too much.", by=cast.omar)
    with pytest.raises(Refused, match="not been approved"):
        take_extract(extract=refused, by=evaluator(cast))


def test_nobody_answers_what_they_asked_for_nor_twice_nor_without_a_day_or_a_reason(cast: Cast) -> None:
    mina = evaluator(cast)
    extract = asked(cast, frozen(cast))
    User.objects.filter(pk=mina.pk).update(role=Role.PRIVACY_LEAD)
    today = timezone.localdate()
    with pytest.raises(Refused, match="somebody else"):
        approve_extract(extract=extract, version=1, expires_on=today, by=User.objects.get(pk=mina.pk))
    for day in (None, today - timedelta(days=1), today + timedelta(days=367)):
        with pytest.raises(Refused, match="last day"):
            approve_extract(extract=extract, version=1, expires_on=day, by=cast.omar)
    with pytest.raises(Refused, match="why"):
        refuse_extract(extract=extract, version=1, reason=" ", by=cast.omar)
    approve_extract(extract=extract, version=1, expires_on=today, by=cast.omar)
    with pytest.raises(Refused, match="already"):
        refuse_extract(extract=extract, version=2, reason="No.", by=cast.omar)


def test_the_key_is_kept_unreadable_and_stays_out_of_the_log(cast: Cast) -> None:
    extract = approved(cast, frozen(cast))
    entry = Entry.objects.get(what="extract approved")
    assert extract.sealed_key
    assert extract.sealed_key not in str(entry.changes)
    assert entry.changes["sealed_key"] == ["hidden", "hidden"]


def test_who_takes_it_is_told_when_the_key_of_the_installation_was_replaced(cast: Cast, settings: Any) -> None:
    extract = approved(cast, frozen(cast))
    settings.SECRET_KEY = "another"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Refused, match="SECRET_KEY_FALLBACKS"):
        take_extract(extract=extract, by=evaluator(cast))


def test_what_cannot_be_asked_for_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="Freeze the cohort first"):
        ask_for_extract(cohort=defined(cast), project="A", purpose="B", columns=["weeks"], by=evaluator(cast))
    cohort = frozen(cast)
    with pytest.raises(Refused, match="Choose the outcomes"):
        asked(cast, cohort, columns=["weeks", "every_score"])
    for columns in ([], ["started_on"], ["days", "weeks"]):
        with pytest.raises(Refused, match="from the list"):
            asked(cast, cohort, columns=columns)


def test_a_cohort_of_a_few_families_gives_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="fewer than 5"):
        ask_for_extract(cohort=frozen(cast, 4), project="A", purpose="B", columns=["weeks"], by=evaluator(cast))


def test_every_score_is_told_in_order_of_time_and_no_time_or_number_of_them_tells_of_a_few(cast: Cast) -> None:
    held = files(cast, approved(cast, frozen(cast)))
    told = lines(held["scores.csv"])
    assert [(row["weeks"], row["occasion"], row["score"]) for row in told[:2]] in [
        [("0", "start", "8"), ("8", "review", score)] for score in ("5", "6", "7")
    ]
    assert len(told) == 24
    assert {row["family"] for row in told} == {row["family"] for row in lines(held["data.csv"])}
    assert {row["outcome"] for row in told} == {"five_domains_isolation"}
    assert [str(row["family"]) for row in parquet.read_table(io.BytesIO(held["scores.parquet"])).to_pylist()] == [
        row["family"] for row in told
    ]
    rows, known = drawn(60), outcomes_in(instruments())
    scores = rows.scores[ISOLATION]
    odd = Scores(
        np.append(scores.row, [59] * 3).astype(np.int32),
        np.append(scores.day, [900, 901, 902]).astype(np.int32),
        np.append(scores.occasion, [3] * 3).astype(np.int16),
        np.append(scores.edition, [0, 0, 1]).astype(np.int16),
        np.append(scores.value, [1.0, 2.0, 3.0]),
    )
    rows.scores[ISOLATION] = odd  # type: ignore[index]
    long = every_score(rows, [known[ISOLATION]])
    column = {one.name: one for one in long.columns}
    assert np.bincount(long.rows).max() == 3, "she alone answered oftener"
    weeks, editions = column["weeks"].numbers, column["edition"].numbers
    assert weeks is not None
    assert editions is not None
    assert weeks.max() == 28
    assert set(editions.tolist()) == {1.0}
    assert every_score(drawn(4), [known[ISOLATION]]).columns == ()


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 20), max_size=8))
def test_no_word_of_a_few_families_stands_alone(counts: dict[str, int]) -> None:
    together = rare_together(counts)
    assert all(number >= 5 for word, number in counts.items() if word not in together)
    if together and len(together) < len(counts):
        assert sum(counts[word] for word in together) >= 5
        assert min(counts[word] for word in together) < 5, "nothing is merged that need not be"


def test_rare_words_are_merged_and_the_ends_of_numbers_drawn_in() -> None:
    rows = drawn(60)
    rows.numbers["carer_age"][0] = 99
    rows.numbers["left_home"][:] = [1, 1, *[0] * 58]
    rows.words["arrangement"].codes[:] = [0] * 50 + [1] * 8 + [2] * 2
    rows.words["authority"].codes[:] = [0] * 30 + [-1] * 30
    names = ["carer_age", "left_home", "arrangement", "authority", "five-domains.isolation"]
    found = {column.name: column for column in columns_of(rows, names, outcomes_in(instruments()))}
    ages = found["carer_age"].numbers
    assert ages is not None
    assert np.sum(ages == ages.max()) >= 5
    assert np.sum(ages == ages.min()) >= 5
    assert "stands as" in found["carer_age"].note
    assert found["left_home"].kind == "withheld", "two of sixty left: nobody may learn which, nor that none did"
    assert found["arrangement"].texts == ["a"] * 50 + [MERGED] * 10
    counts = {each.words: each.families for each in found["arrangement"].categories}
    assert counts == {"a": 50, "b": None, "c": None, MERGED: 10}
    assert found["authority"].texts == ["a"] * 30 + [""] * 30
    before, _ = rows.before_and_after("five-domains.isolation")
    np.testing.assert_array_equal(found["five_domains_isolation_before"].numbers, before)


def test_days_are_told_as_weeks_since_the_start() -> None:
    rows = drawn(40)
    found = {column.name: column for column in columns_of(rows, ["ended_week", "weeks"], {})}
    ended = found["ended_week"].numbers
    assert ended is not None
    np.testing.assert_array_equal(np.isnan(ended), np.isnan(rows.numbers["ended_on"]))
    assert np.nanmax(ended) < 60


def test_a_word_that_a_spreadsheet_would_work_out_is_made_harmless() -> None:
    rows = drawn(40)
    rows.words["programme"] = Words.of(["=1+1"] * 20 + ["@sum"] * 20)
    (column,) = columns_of(rows, ["programme"], {})
    assert set(column.texts or []) == {"'=1+1", "'@sum"}
