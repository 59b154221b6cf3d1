"""Which children a council's SSDA903 return shows to live with family or friends, and why."""

import io
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.ssda903 import Found, KinshipChild, find_kinship_children
from alongside.stewardship.exchange.ssda903_codes import CODES
from alongside.stewardship.exchange.tables import Table, open_table

HEADINGS = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"


def table(text: str, name: str = "file.csv") -> Table:
    return open_table(io.BytesIO(text.encode()), name)


def episode(child: str, started: str, place: str, ended: str = "", reason: str = "", because: str = "S") -> str:
    return f"{child},{started},{because},C2,N1,{place},PR1,{ended},{reason},,,,"


def year(*rows: str) -> Table:
    return table("\n".join((HEADINGS, *rows)), "episodes.csv")


def header(*rows: str) -> Table:
    return table("\n".join(("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", *rows)), "header.csv")


def find(*years: Table, headers: Sequence[Table] = (), previous: Sequence[Table] = ()) -> Found:
    return find_kinship_children(headers, years, previous)


def only(*years: Table, previous: Sequence[Table] = ()) -> KinshipChild:
    found = find(*years, previous=previous)
    assert found.problems == ()
    (child,) = found.children
    return child


@pytest.mark.parametrize("code", ["E45", "E47"])
def test_special_guardianship_to_a_relative_or_friend_is_listed_with_the_day_care_ended(code: str) -> None:
    child = only(year(episode("A1", "01/02/2019", "U4", "16/05/2020", code)))
    assert (child.child, child.on, child.code) == ("A1", date(2020, 5, 16), code)
    assert (child.arrangement, child.looked_after_before) == ("special_guardianship", True)
    assert child.with_family == "stated"
    assert f"({code})" in child.why
    assert any("support fund" in sentence for sentence in child.follows)


@pytest.mark.parametrize("code", sorted(CODES.known_reasons - {"E41", "E43", "E44", "E45", "E47", "X1"}))
def test_no_other_reason_for_leaving_care_is_listed_even_from_a_relative(code: str) -> None:
    assert find(year(episode("A1", "01/02/2019", "U1", "16/05/2020", code))).children == ()


def test_an_order_that_does_not_say_with_whom_is_judged_by_the_last_placement() -> None:
    shown = only(year(episode("A1", "01/02/2019", "U3", "16/05/2020", "E41")))
    assert (shown.arrangement, shown.with_family) == ("child_arrangements", "shown")
    not_said = only(year(episode("A1", "01/02/2019", "U4", "16/05/2020", "E41")))
    assert (not_said.with_family, not_said.looked_after_before) == ("not_said", True)
    assert "check who holds the order" in not_said.why
    parents = only(year(episode("A1", "01/02/2019", "P1", "16/05/2020", "E41")))
    assert "with a parent" in parents.why


def test_older_codes_for_special_guardianship_lean_on_the_last_placement() -> None:
    def listed(place: str, code: str) -> list[str]:
        found = find(year(episode("A1", "01/02/2014", place, "16/05/2016", code)))
        return [child.with_family for child in found.children]

    assert listed("Q1", "E43") == ["shown"]
    assert listed("U4", "E43") == []
    assert listed("U4", "E44") == ["not_said"]


@pytest.mark.parametrize("place", ["U1", "U2", "U3"])
def test_an_open_placement_with_a_relative_is_listed_from_its_start(place: str) -> None:
    child = only(year(episode("A1", "01/02/2019", place)))
    assert (child.on, child.code, child.arrangement) == (date(2019, 2, 1), place, "connected_foster")
    assert child.looked_after_before is None


@pytest.mark.parametrize("place", sorted(CODES.known_placements - set(CODES.family_placements)))
def test_no_other_open_placement_is_listed(place: str) -> None:
    assert find(year(episode("A1", "01/02/2019", place))).children == ()


def test_a_change_of_legal_status_or_kind_of_placement_does_not_restart_the_placement() -> None:
    child = only(
        year(
            episode("A1", "01/02/2019", "U4", "01/03/2019", "X1"),
            episode("A1", "01/03/2019", "U3", "01/06/2019", "X1", "P"),
            episode("A1", "01/06/2019", "U3", "01/09/2019", "X1", "L"),
            episode("A1", "01/09/2019", "U1", because="T"),
        )
    )
    assert (child.on, child.code) == (date(2019, 3, 1), "U1")


def test_a_move_from_one_relative_to_another_restarts_the_placement() -> None:
    child = only(
        year(episode("A1", "01/02/2019", "U3", "01/06/2019", "X1"), episode("A1", "01/06/2019", "U3", because="P"))
    )
    assert child.on == date(2019, 6, 1)


def test_a_temporary_stay_elsewhere_does_not_end_a_placement_with_a_relative() -> None:
    rows = (
        episode("A1", "01/02/2019", "U1", "01/06/2019", "X1"),
        episode("A1", "01/06/2019", "T1", "20/06/2019", "X1", "P"),
        episode("A1", "20/06/2019", "U1", because="P"),
    )
    assert only(year(*rows)).on == date(2019, 2, 1)
    away = only(year(rows[0], episode("A1", "01/06/2019", "T1", because="P")))
    assert (away.on, away.code) == (date(2019, 2, 1), "U1")
    assert "Temporarily elsewhere since 1 June 2019" in away.why


def test_a_change_of_episode_is_not_leaving_care() -> None:
    rows = (episode("A1", "01/02/2019", "U1", "01/06/2019", "X1"), episode("A1", "01/06/2019", "K2", because="P"))
    assert find(year(*rows)).children == ()


def test_an_episode_that_goes_on_somewhere_untold_is_a_problem_and_no_child() -> None:
    found = find(year(episode("A1", "01/02/2019", "U1", "01/06/2019", "X1")))
    assert found.children == ()
    assert [(p.row, p.column, p.found) for p in found.problems] == [(2, "REC", "X1")]


def test_a_reason_for_leaving_without_a_day_does_not_end_care_but_is_told() -> None:
    found = find(year(episode("A1", "01/02/2019", "U4", "", "E45"), episode("B2", "01/02/2019", "U1", "", "E45")))
    assert [(child.child, child.code) for child in found.children] == [("B2", "U1")]
    assert "E45" in found.children[0].why
    assert [(p.row, p.column, p.found) for p in found.problems] == [(2, "DEC", ""), (3, "DEC", "")]


def test_a_later_return_closes_what_an_earlier_one_left_open_in_whatever_order_they_are_given() -> None:
    def first() -> Table:
        return year(
            episode("A1", "01/02/2019", "U1"),
            episode("B2", "01/02/2019", "U1"),
            episode("C3", "01/01/2019", "U4", "10/01/2020", "E3"),
        )

    def second() -> Table:
        return year(
            episode("A1", "01/02/2019", "U1", "16/05/2020", "E45"),
            episode("B2", "01/02/2019", "U1", "20/05/2020", "X1"),
            episode("B2", "20/05/2020", "K2", because="P"),
        )

    for found in (find(first(), second()), find(second(), first())):
        assert [(child.child, child.code) for child in found.children] == [("A1", "E45")]
        assert found.problems == ()


def test_an_open_episode_whose_start_a_later_return_corrects_does_not_linger() -> None:
    first = year(episode("A1", "01/02/2020", "U1"), episode("Z9", "01/01/2019", "U4", "10/01/2020", "E3"))
    second = year(episode("A1", "03/02/2020", "U4", "01/09/2020", "E4A"))
    assert find(first, second).children == ()


def test_a_placement_that_the_latest_return_does_not_mention_is_listed_with_a_warning() -> None:
    first = year(episode("A1", "01/02/2020", "U1"), episode("Z9", "01/01/2019", "U4", "10/01/2020", "E3"))
    second = year(episode("B2", "03/02/2019", "U4", "01/09/2020", "E4A"))
    assert "has no episode of this child" in only(first, second).why


def test_a_child_who_came_back_into_care_is_judged_by_where_they_are_now() -> None:
    left = episode("A1", "01/02/2018", "U1", "01/02/2019", "E45")
    assert find(year(left, episode("A1", "01/12/2019", "K2"))).children == ()
    back = only(year(left, episode("A1", "01/12/2019", "U3")))
    assert (back.code, back.on) == ("U3", date(2019, 12, 1))
    assert "Had left care on 1 February 2019" in back.why


def test_previous_permanence_is_told_but_lists_nobody() -> None:
    def previous(code: str, on: str) -> Table:
        return table(f"CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nA1,01/01/2012,{code},,{on}")

    assert find(year(episode("A1", "01/12/2019", "K2")), previous=[previous("P2", "01/03/2016")]).children == ()
    back = only(year(episode("A1", "01/12/2019", "U3")), previous=[previous("P2", "zz/03/2016")])
    assert "by a special guardianship order (03/2016)" in back.why
    undated = only(year(episode("A1", "01/12/2019", "U3")), previous=[previous("P3", "zz/zz/zzzz")])
    assert undated.why.endswith("by a child arrangements order or residence order.")
    never = only(year(episode("A1", "01/12/2019", "U3")), previous=[previous("Z1", "")])
    assert "once already" not in never.why


def test_the_header_gives_birth_date_and_sex_and_may_be_without_episodes() -> None:
    found = find(
        year(episode("A1", "01/02/2019", "U1")), headers=[header("A1,2,05/03/2011,,,,", "B2,1,01/01/2015,,,,")]
    )
    (child,) = found.children
    assert (child.birth_date, child.sex) == (date(2011, 3, 5), "female")


def test_a_listed_child_without_a_header_row_is_told() -> None:
    found = find(year(episode("A1", "01/02/2019", "U1")), headers=[header("B2,1,01/01/2015,,,,")])
    assert [child.child for child in found.children] == ["A1"]
    assert [(p.file, p.row, p.column) for p in found.problems] == [("episodes.csv", 2, "CHILD")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",01/02/2019,S,C2,N1,U1,PR1,,,,,,", "CHILD"),
        ("A1,2019,S,C2,N1,U1,PR1,,,,,,", "DECOM"),
        ("A1,,S,C2,N1,U1,PR1,,,,,,", "DECOM"),
        ("A1,01/02/2019,S,C2,N1,U1,PR1,31/02/2020,E45,,,,", "DEC"),
        ("A1,01/02/2019,S,C2,N1,U1,PR1,31/01/2019,E45,,,,", "DEC"),
        ("A1,01/02/2019,S,C2,N1,U1,PR1,31/01/2020,,,,,", "REC"),
        ("A1,01/02/2019,S,C2,N1,,PR1,,,,,,", "PLACE"),
        ("A1,01/02/2019,S,C2,N1,U9,PR1,,,,,,", "PLACE"),
        ("A1,01/02/2019,S,C2,N1,U1,PR1,31/01/2020,E99,,,,", "REC"),
        ("A1,01/02/2019,S,C2,N1,U1,PR1,31/01/2020,=E45,,,,", "REC"),
        ("A1,01/02/2019,S,C2,N1,U1,PR1,31/01/2020,E45,,,,,,extra", "column 15"),
    ],
)
def test_a_bad_row_is_told_and_stops_nothing_else(row: str, column: str) -> None:
    found = find(year(row, episode("B2", "01/02/2019", "U1")))
    assert [child.child for child in found.children] == ["B2"]
    assert [(p.row, p.column) for p in found.problems] == [(2, column)]
    assert all(p.expected and p.file == "episodes.csv" for p in found.problems)


def test_a_repeated_row_counts_once_and_two_versions_of_an_episode_are_told() -> None:
    row = episode("A1", "01/02/2019", "U1", "16/05/2020", "E45")
    assert find(year(row, row)).problems == ()
    differing = find(year(episode("A1", "01/02/2019", "U4"), row))
    assert [child.code for child in differing.children] == ["E45"]
    assert [(p.row, p.column) for p in differing.problems] == [(3, "DECOM")]


def test_columns_in_another_order_and_case_and_iso_dates_are_read() -> None:
    child = only(table("rec; dec ;Place;DECOM;child\nE47;2020-05-16;U1;2019-02-01;A1\n"))
    assert (child.child, child.on) == ("A1", date(2020, 5, 16))


@pytest.mark.parametrize(
    ("given_as", "other"),
    [("header", "episodes"), ("header", "previous"), ("episodes", "header"), ("episodes", "previous")],
)
def test_files_mixed_up_are_told_by_name(given_as: str, other: str) -> None:
    files = {
        "header": "CHILD,SEX,DOB\nA1,1,01/01/2015",
        "episodes": f"{HEADINGS}\n{episode('A1', '01/02/2019', 'U1')}",
        "previous": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nA1,01/01/2015,P2,,",
    }
    wrong = table(files[other], "mine.csv")
    with pytest.raises(Unreadable, match=rf"mine\.csv was given as the {given_as} file, .* the {other}"):
        find(*([wrong] if given_as == "episodes" else []), headers=[wrong] if given_as == "header" else [])


def test_a_file_of_which_no_row_can_be_read_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"No row of episodes\.csv can be read\. .*DECOM"):
        find(year("A1,nonsense,S,C2,N1,U1,PR1,,,,,,"))


def test_a_file_with_headings_only_lists_nobody() -> None:
    assert find(year()) == Found((), ())


STEPS = st.lists(
    st.tuples(
        st.integers(1, 400),
        st.sampled_from(["U1", "U3", "U4", "K2", "P1", "T1"]),
        st.sampled_from(["X1", "X1", "X1", "E45", "E46", "E41", "E4A"]),
        st.sampled_from(["P", "L", "T", "B"]),
    ),
    min_size=1,
    max_size=8,
)


@given(STEPS, st.booleans(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(steps: list[tuple[int, str, str, str]], still: bool, chance) -> None:  # type: ignore[no-untyped-def]
    day, rows = date(2015, 1, 1), []
    for length, place, reason, because in steps:
        end = day + timedelta(days=length)
        rows.append(episode("A1", f"{day:%d/%m/%Y}", place, f"{end:%d/%m/%Y}", reason, because))
        day = end
    if still:
        rows.append(episode("A1", f"{day:%d/%m/%Y}", "U2"))
    shuffled = rows[:]
    chance.shuffle(shuffled)
    children = find(year(*rows)).children
    assert children == find(year(*shuffled)).children
    assert len(children) <= 1
    for child in children:
        assert child.looked_after_before is (True if child.code in CODES.orders else None)
        assert f"({child.code})" in child.why
