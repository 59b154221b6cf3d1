"""A council's spreadsheet of families: what is understood, what is refused, and who is the same family."""

import csv
import io
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from alongside.stewardship.exchange.cell_text import key
from alongside.stewardship.exchange.families import Family, family_key, read_families, unused_headings
from alongside.stewardship.exchange.family_columns import COLUMNS, MEANT, OFFERED
from alongside.stewardship.exchange.family_template import template_csv, template_xlsx
from alongside.stewardship.exchange.problems import Problem, Unreadable
from alongside.stewardship.exchange.tables import open_table
from tests.stewardship.exchange.workbooks import workbook

TODAY = date(2026, 11, 22)
HEADINGS = [column.heading for column in COLUMNS]

GRACE = {
    "Your reference": "K-1",
    "Carer name": "Grace Okafor",
    "Carer date of birth": "14/03/1968",
    "Carer phone": "07700 900123",
    "Carer email": "grace@example.org",
    "Carer postcode": "hd1 2ab",
    "Relationship to child": "Nan",
    "Child name": "Tyler Okafor",
    "Child date of birth": "05/11/2016",
    "Arrangement": "SGO",
    "Arrangement since": "June 2021",
    "Looked after immediately before the order": "Y",
    "Plan": "CIN",
    "Consent to share": "yes",
    "How consent was given": "By telephone",
    "What would help": "Someone to talk to",
    "Safe contact": "Ring before 3 pm",
}


def row(**changes: str) -> dict[str, str]:
    """Grace's row, with the columns named by their first words changed."""
    changed = dict(GRACE)
    for name, value in changes.items():
        words = name.replace("_", " ")
        heading = next(h for h in HEADINGS if h.casefold().startswith(words))
        changed[heading] = value
    return changed


def sheet(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(data: bytes) -> tuple[tuple[Family, ...], tuple[Problem, ...]]:
    return read_families(open_table(io.BytesIO(data), "families"), TODAY)


def only(*rows: dict[str, str]) -> Family:
    families, problems = read(sheet(*rows))
    assert problems == ()
    (family,) = families
    return family


def where(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in problems]


def test_everything_told_of_a_family_is_read() -> None:
    family = only(row())
    assert (family.reference, family.carer_name, family.carer_birth.on) == ("K-1", "Grace Okafor", date(1968, 3, 14))
    assert (family.carer_phone, family.carer_email, family.postcode) == ("07700 900123", "grace@example.org", "HD1 2AB")
    assert (family.consent, family.consent_words) == ("given", "By telephone")
    assert (family.words, family.safety_words) == ("Someone to talk to", "Ring before 3 pm")
    (child,) = family.children
    assert (child.name, child.birth.on, child.birth.precision) == ("Tyler Okafor", date(2016, 11, 5), "exact")
    assert (child.arrangement, child.arrangement_since.precision) == ("special_guardianship", "month")
    assert (child.looked_after_before, child.plan, family.relationship) == ("yes", "child_in_need", "grandparent")


def test_a_name_alone_is_enough() -> None:
    families, problems = read(b"Carer\n\xe5\xad\xab\xe6\x82\x9f\xe7\xa9\xba\n")
    assert problems == ()
    (family,) = families
    assert (family.carer_name, family.children, family.consent) == ("孫悟空", (), "not_asked")
    assert (family.carer_birth.on, family.relationship) == (None, "unknown")


@pytest.mark.parametrize("word", ["SGO", "special  guardianship-order", "Special Guardian", "sgo."])
def test_tolerant_words_for_special_guardianship(word: str) -> None:
    assert only(row(arrangement=word)) == only(row())


@pytest.mark.parametrize(
    ("word", "kind"),
    [("kinship foster", "connected_foster"), ("RO", "child_arrangements"),
     ("CAO", "child_arrangements"), ("Reg 24", "connected_foster"), ("private fostering", "private_fostering"),
     ("no order", "informal"), ("adopted", "adoption"), ("named in will", "testamentary_guardian"), ("", "unknown")],
)  # fmt: skip
def test_arrangements_by_the_names_that_people_use(word: str, kind: str) -> None:
    assert only(row(arrangement=word)).children[0].arrangement == kind


def test_no_word_means_two_things_and_every_offer_is_understood() -> None:
    text = files("alongside.stewardship.exchange").joinpath("data/family-words.toml").read_text(encoding="utf-8")
    for topic, answers in tomllib.loads(text).items():
        known = [key(word) for words in answers.values() for word in words]
        assert sorted(known) == sorted(set(known)), topic
        offers = OFFERED[topic]
        assert [MEANT[topic][key(offer)] for offer in offers] == list(answers)
        assert len(",".join(offers)) <= 255, "Excel allows no longer list"
        assert not any("," in offer for offer in offers)


@pytest.mark.parametrize("written", ["No fixed address", "NFA", "homeless", "no fixed abode"])
def test_no_fixed_address(written: str) -> None:
    family = only(row(carer_postcode=written))
    assert (family.postcode, family.no_fixed_address) == ("", True)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("7700900123", "07700900123"), ("447700900123", "+447700900123"), ("+44 7700 900123", "+44 7700 900123"),
     ("(01632) 960001", "(01632) 960001"), ("none", ""), ("n/a", "")],
)  # fmt: skip
def test_telephone_numbers_even_when_a_spreadsheet_dropped_the_nought(written: str, kept: str) -> None:
    assert only(row(carer_phone=written)).carer_phone == kept


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"carer_date": "32/01/1968"}, "Carer date of birth"),
        ({"carer_date": "1850-01-01"}, "Carer date of birth"),
        ({"child_date": "23/11/2026"}, "Child date of birth"),
        ({"arrangement_since": "soon"}, "Arrangement since"),
        ({"carer_phone": "7.7E+11"}, "Carer phone"),
        ({"carer_phone": "ring the school"}, "Carer phone"),
        ({"carer_phone": "07700 900123 / 07700 900456"}, "Carer phone"),
        ({"carer_email": "grace at example"}, "Carer email"),
        ({"carer_postcode": "Huddersfield"}, "Carer postcode"),
        ({"relationship": "boss"}, "Relationship to child"),
        ({"arrangement": "sort of"}, "Arrangement"),
        ({"looked_after": "maybe"}, "Looked after immediately before the order"),
        ({"plan": "plan B"}, "Plan"),
        ({"consent": "perhaps"}, "Consent to share"),
        ({"carer_name": ""}, "Carer name"),
        ({"carer_name": "G" * 201}, "Carer name"),
        ({"carer_name": "=1+1"}, "Carer name"),
    ],
)
def test_a_bad_cell_is_told_and_stops_no_other_family(changes: dict[str, str], column: str) -> None:
    families, problems = read(sheet(row(**changes), row(your_reference="K-2", carer_name="Ada")))
    assert [family.carer_name for family in families] == ["Ada"]
    assert set(where(problems)) == {(2, column)}
    assert all(problem.expected for problem in problems)


def test_all_that_is_wrong_in_a_row_is_told_at_once_in_the_order_of_the_columns() -> None:
    _, problems = read(sheet(row(plan="x", carer_phone="x", arrangement="x")))
    assert where(problems) == [(2, "Carer phone"), (2, "Arrangement"), (2, "Plan")]


def test_a_family_is_taken_whole_or_kept_back_whole() -> None:
    families, problems = read(sheet(row(), row(child_name="Amara", child_date="soon"), row(your_reference="K-2")))
    assert [family.reference for family in families] == ["K-2"]
    assert where(problems) == [(2, "Carer name"), (3, "Child date of birth")]
    assert "row 3" in problems[0].expected


def test_rows_with_one_reference_are_a_family_and_need_the_carer_only_once() -> None:
    second = dict.fromkeys(HEADINGS, "") | {"Your reference": " k-1", "Child name": "Amara", "Plan": "CP"}
    family = only(row(), second)
    assert [child.name for child in family.children] == ["Tyler Okafor", "Amara"]
    assert (family.carer_phone, family.rows) == ("07700 900123", (2, 3))


def test_without_references_the_carer_with_phone_or_postcode_makes_the_family() -> None:
    by_phone = row(your_reference="", child_name="Amara", carer_postcode="", carer_phone="+44 7700 900123")
    by_postcode = row(your_reference="", child_name="Bo", carer_phone="", carer_name=" GRACE  okafor")
    family = only(by_phone, row(your_reference=""), by_postcode)
    assert [child.name for child in family.children] == ["Amara", "Tyler Okafor", "Bo"]


def test_two_carers_of_one_name_are_never_made_one_family() -> None:
    bare = {"your_reference": "", "carer_phone": "", "carer_postcode": ""}
    families, _ = read(sheet(row(**bare), row(**bare, child_name="Amara")))
    assert len(families) == 2
    families, _ = read(sheet(row(), row(your_reference="K-2")))
    assert len(families) == 2


def test_rows_of_one_family_that_contradict_each_other_are_told() -> None:
    families, problems = read(sheet(row(), row(carer_name="Somebody Else", consent="no")))
    assert families == ()
    assert (3, "Carer name") in where(problems)
    assert (3, "Consent to share") in where(problems)


def test_one_reference_for_everybody_is_noticed() -> None:
    families, problems = read(sheet(*(row(child_name=f"Child {n}") for n in range(40))))
    assert families == ()
    assert "reference" in problems[0].expected


def test_twins_and_children_of_one_name_and_birthday_and_in_two_households() -> None:
    twins = only(row(child_name="Bo"), row(child_name="Jo"))
    assert [child.birth for child in twins.children] == [twins.children[0].birth] * 2
    families, problems = read(sheet(row(), row(your_reference="K-2", carer_name="Ada", carer_phone="07700 900456")))
    assert [family.children[0].name for family in families] == ["Tyler Okafor", "Tyler Okafor"]
    assert problems == ()


def test_a_repeated_row_is_told_and_counts_once() -> None:
    families, problems = read(sheet(row(), row()))
    assert len(families[0].children) == 1
    assert where(problems) == [(3, "Child name")]


@pytest.mark.parametrize("written", ["2019", "about 2019", "March 2019", "", "unknown", "aged 7"])
def test_birth_dates_that_are_hardly_known_are_no_fault(written: str) -> None:
    assert only(row(child_date=written)).children[0].birth.precision != "exact"


def test_the_same_family_has_the_same_key_whatever_its_spelling_order_or_kind_of_file() -> None:
    other = row(child_name="Amara", child_date="aged 7")
    whose = family_key(only(row(), other))
    shuffled = row(child_name=" AMARA ", child_date="Aged  7", carer_name="grace okafor", carer_phone="+447700900123")
    assert family_key(only(shuffled, row(carer_postcode="HD12AB"))) == whose
    cells: list[list[Any]] = [HEADINGS, *([one[h] for h in HEADINGS] for one in (row(), other))]
    cells[1][HEADINGS.index("Child date of birth")] = date(2016, 11, 5)
    ((same,), _) = read(workbook(cells))
    assert family_key(same) == whose
    assert len(whose) == 64


def test_a_key_tells_families_apart_but_not_what_is_said_of_them() -> None:
    whose = family_key(only(row()))
    said = row(plan="CP", consent="no", what_would="More", safe_contact="", arrangement="CAO")
    assert family_key(only(said)) == whose
    for changes in (
        {"carer_name": "Ada"},
        {"child_name": "Amara"},
        {"child_date": "2016"},
        {"your_reference": "K-2"},
        {"carer_postcode": "HD1 2AC"},
    ):
        assert family_key(only(row(**changes))) != whose


def test_a_file_without_the_carer_is_refused_and_unread_columns_are_named() -> None:
    with pytest.raises(Unreadable, match="Carer name"):
        read(b"Child name\nTyler\n")
    table = open_table(io.BytesIO(b"Carer,Favourite colour,DOB\nGrace,blue,2016\n"), "f.csv")
    assert unused_headings(table) == ("Favourite colour",)


@pytest.mark.parametrize("template", [template_csv, template_xlsx])
def test_a_template_given_back_as_it_is_adds_nobody(template: Any) -> None:
    data = template()
    table = open_table(io.BytesIO(data), "template")
    assert list(table.headings) == HEADINGS
    assert read_families(table, TODAY) == ((), ())
    assert template() == data


def test_the_examples_of_the_template_would_be_read_without_a_fault() -> None:
    families, problems = read(template_csv().replace(b"EXAMPLE", b"Family"))
    assert problems == ()
    assert [len(family.children) for family in families] == [2]


def test_the_workbook_to_fill_in_offers_only_answers_that_are_understood() -> None:
    book = load_workbook(io.BytesIO(template_xlsx()))
    assert [(s.title, s.sheet_state) for s in book] == [("Families", "visible"), ("How to fill this in", "visible")]
    offered = [rule.formula1.strip('"').split(",") for rule in book["Families"].data_validations.dataValidation]
    assert sorted(offered) == sorted(map(list, OFFERED.values()))
    assert {cell.data_type for line in book["Families"].iter_rows() for cell in line} <= {"s", "n"}


@given(st.lists(st.text(max_size=12), min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_whatever_stands_in_a_row_it_is_a_family_or_a_problem(cells: list[str]) -> None:
    try:
        families, problems = read(sheet(dict(zip(HEADINGS, cells, strict=True))))
    except Unreadable:
        return
    assert len(families) <= 1
    assert not (families and problems)
    assert all(family.carer_name for family in families)
