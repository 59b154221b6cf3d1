"""Names are compared, filed and found as a careful worker would by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.names import (
    LIKELY,
    Identity,
    Level,
    fold,
    keys,
    likeness,
    rank,
    search_keys,
    words,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORD = st.text(LETTERS, min_size=2, max_size=9)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
DAY = st.none() | st.dates(date(1930, 1, 1), date(2026, 1, 1))
PRECISION = st.sampled_from(["exact", "month", "year", "about", "unknown"])
IDENTITY = st.builds(
    Identity,
    name=NAME | st.text(max_size=12),
    birth_date=DAY,
    postcode=st.sampled_from(["", "HD1 2AB", "hd12ab", "LS2 7AA"]),
    birth_precision=PRECISION,
)
BORN = date(1968, 3, 12)
HOME = "HD1 2AB"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Zoë   O’Brien ", "zoe obrien"),
        ("Anne-Marie", "anne marie"),
        ("Straße", "strasse"),
        ("Đorđe Łukasz Søren", "dorde lukasz soren"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("İpek Işık", "ipek isik"),
        ("Ёлкина", "елкина"),
        ("مُحَمَّد", "محمد"),
        ("علی", "علي"),
        ("שָׂרָה", "שרה"),
        ("ガブリエラ", "ガブリエラ"),
        ("김민준", "김민준"),
        ("சித்ரா", "சித்ரா"),
        ("小林", "小林"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(st.characters(categories=["Lo"]), min_size=1))
def test_no_script_is_lost(name: str) -> None:
    assert words(name)


def test_titles_and_surname_first() -> None:
    assert words("OKAFOR, Mrs. Grace Ada") == words("Grace Ada Okafor")
    assert words("Dr") == ("dr",)


@st.composite
def one_slip(draw: st.DrawFn) -> tuple[str, str]:
    word = draw(st.text(LETTERS, min_size=2, max_size=12))
    at, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from(LETTERS))
    wrong, missing, added = (
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
    )
    changed_over = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return word, draw(st.sampled_from([wrong, missing, added, changed_over]))


@given(one_slip())
def test_one_slip_is_still_found(pair: tuple[str, str]) -> None:
    written, typed = pair
    filed = keys(written, None, "")
    assert all(alternatives & filed for alternatives in search_keys(typed))


@given(NAME, st.data())
def test_keys_do_not_depend_on_order(name: str, data: st.DataObject) -> None:
    other = " ".join(data.draw(st.permutations(name.split())))
    assert keys(name, BORN, HOME) == keys(other, BORN, HOME)


def test_keys_hold_what_is_known_and_no_more() -> None:
    found = keys("Grace", BORN, "hd1 2ab")
    assert {"d:1968-03-12", "d:1968-12-03", "b:1968-03-12gra", "b:1968-12-03gra", "c:HD12AB"} <= found
    assert keys("Grace", date(1968, 1, 1), "", precision="year") == keys("Grace", None, "")
    assert keys("", None, " ") == frozenset()


@given(IDENTITY, IDENTITY)
def test_likeness_is_the_same_both_ways(a: Identity, b: Identity) -> None:
    assert likeness(a, b) == likeness(b, a)


@given(IDENTITY, IDENTITY)
def test_nobody_is_more_like_a_person_than_themselves(a: Identity, b: Identity) -> None:
    assert 0.0 <= likeness(a, b).score <= likeness(a, a).score <= 1.0


@given(NAME, DAY, st.data())
def test_likeness_does_not_depend_on_order(name: str, born: date | None, data: st.DataObject) -> None:
    other = " ".join(data.draw(st.permutations(name.split())))
    assert likeness(Identity(name, born), Identity(other, born)).score == (0.65 if born is None else 0.9)


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        (Identity("Grace Okafor", BORN, HOME), Identity("grace okafor", BORN, "hd12ab"), Level.LIKELY),
        (Identity("Grace Okafor", BORN, HOME), Identity("Okafor Grase", BORN, HOME), Level.LIKELY),
        (Identity("Anne-Marie Bell", BORN), Identity("Annemarie Bell", BORN), Level.LIKELY),
        (Identity("Grace Okafor", BORN, HOME), Identity("Grace Okafor", BORN, "LS2 7AA"), Level.POSSIBLE),
        (Identity("Grace Okafor", BORN, HOME), Identity("G Okafor", BORN, HOME), Level.POSSIBLE),
        (Identity("Grace Okafor", BORN, HOME), Identity("Grace", BORN, HOME), Level.POSSIBLE),
        (Identity("Grace Okafor", BORN, HOME), Identity("Grace Bello", BORN, HOME), Level.POSSIBLE),
        (Identity("Grace Okafor"), Identity("Grace Okafor", BORN, HOME), Level.POSSIBLE),
        (Identity("Suharto", BORN), Identity("Suharto", BORN), Level.LIKELY),
        (Identity("Jaden Okafor", BORN, HOME), Identity("Caden Okafor", BORN, HOME), Level.POSSIBLE),
        (Identity("Ada Okafor", BORN, HOME), Identity("Obinna Okafor", BORN, HOME), Level.UNLIKELY),
        (Identity("Amara Okafor", BORN, HOME), Identity("Amina Okafor", BORN, HOME), Level.UNLIKELY),
        (Identity("Grace Okafor", BORN, HOME), Identity("Ruth Mensah", BORN, HOME), Level.UNLIKELY),
        (Identity("John Bell", BORN, HOME), Identity("John Bell", date(1991, 7, 4), HOME), Level.UNLIKELY),
    ],
)
def test_level(a: Identity, b: Identity, level: Level) -> None:
    assert likeness(a, b).level is level


def test_reasons_are_said_in_plain_words() -> None:
    found = likeness(Identity("Okafor Grace", BORN, HOME), Identity("Grace Okafor", BORN, HOME))
    assert found.score == 1.0
    assert found.reasons == ("same name in another order", "same date of birth", "same postcode")


def test_twins_are_told_apart_and_said_to_be_of_one_family() -> None:
    found = likeness(Identity("Ada Okafor", BORN, HOME), Identity("Obi Okafor", BORN, HOME))
    assert found.score < 0.3
    assert found.reasons[0] == "different first name: may be of one family"


@pytest.mark.parametrize(
    ("precision", "other", "score"),
    [
        ("year", date(1968, 9, 30), 0.75),
        ("month", date(1968, 3, 30), 0.75),
        ("month", date(1968, 9, 30), 0.45),
        ("about", date(1970, 1, 1), 0.75),
        ("about", date(1975, 1, 1), 0.45),
        ("unknown", date(1975, 1, 1), 0.65),
    ],
)
def test_approximate_births_are_held_only_to_what_they_say(precision: str, other: date, score: float) -> None:
    assert likeness(Identity("A Bo", BORN, "", precision), Identity("A Bo", other)).score == score


def test_day_and_month_changed_over() -> None:
    found = likeness(Identity("Grace Okafor", date(1968, 3, 12)), Identity("Grace Okafor", date(1968, 12, 3)))
    assert found.score >= LIKELY
    assert "day and month of birth changed over" in found.reasons


def test_rank_puts_the_whole_name_before_a_beginning_before_a_slip() -> None:
    people = [(1, "Oka Gracey"), (2, "Grace Okafor"), (3, "Gracie Okafor"), (4, "Ruth Mensah")]
    assert [hit.key for hit in rank("grace okafor", people)] == [2, 3]
    assert [hit.key for hit in rank("gra oka", people)] == [1, 2, 3]
    assert [hit.key for hit in rank("okafro", people)] == [2, 3]
    assert rank("", people) == []
    assert len(rank("gra", people, limit=2)) == 2
