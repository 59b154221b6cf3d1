"""Scenarios are read as they are written, and what is wrong with one is told by its line and its key."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calc.economics.beta import Counted
from alongside.calc.economics.model import Product, worth
from alongside.calc.economics.scenario import Unknown
from alongside.calc.economics.scenario_file import WrongScenario, read_scenario
from alongside.calc.economics.unit_costs import WrongCosts, read_costs
from alongside.insight.economics.library import library, templates
from alongside.insight.economics.results import work_out
from tests.calc.economics.cases import WHOLE


def read(text: str = WHOLE) -> object:
    return read_scenario(text, library())


def test_a_scenario_comes_to_what_it_does_by_hand() -> None:
    scenario = read_scenario(WHOLE, library())
    assert scenario.inputs["part"].made == Counted(12, 40)
    case = scenario.case(library())
    found = worth(case, case.means())
    # £700 a week of 2013 in prices of 2019; grade 3 is the worst of its inputs, so a tenth is taken off; the cost is of
    # grade 2, so a twentieth is put on.
    each = 700 * 52 * 81.1085 / 73.4795 * 0.9
    part = 12.5 / 41
    assert float(found.fiscal) == pytest.approx(100 * part**3 * each * (1 + 1 / 1.035))
    assert float(found.cost) == pytest.approx(90_000 * 1.05)


def test_an_amount_that_is_worked_out_keeps_the_price_year_of_its_parts() -> None:
    text = WHOLE.replace('amount = "one_family"', 'amount = "two"').replace(
        "[[outcomes]]",
        '[inputs.two]\ntitle = "Two"\nkind = "pounds"\nproduct = ["one_family", "twice"]\n'
        'from = "judgement"\nsource = "x"\n'
        '[inputs.twice]\ntitle = "Twice"\nkind = "number"\nvalue = 2\nfrom = "judgement"\nsource = "x"\n\n[[outcomes]]',
        1,
    )
    scenario = read_scenario(text.replace("price_year = 2019\nfrom", "price_year = 2013\nfrom"), library())
    assert isinstance(scenario.inputs["two"].made, Product)
    case = scenario.case(library())
    assert float(worth(case, case.means()).cost) == pytest.approx(180_000 * 81.1085 / 73.4795 * 1.05)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "duration = 2",
            "duratoin = 2",
            "duratoin = 2",
            "outcomes[1].duratoin: is not a key that is known here: is “duration”",
        ),
        ('per = "families"', 'per = "familes"', "per =", "costs[1].per: names 'familes', which is not an input"),
        ("events = 12", "events = 52", "counted =", "inputs.part.counted: 52 of 40 is no share"),
        (
            "counted = { events = 12, of = 40 }",
            "value = 30",
            "value = 30",
            "inputs.part.value: is a share, and must lie from 0 to",
        ),
        ("value = 900", "value = -900", "value = -900", "inputs.one_family.value: must not go below 0"),
        (
            "price_year = 2019\nfrom",
            "price_year = 1066\nfrom",
            "price_year = 1066",
            "inputs.one_family.price_year: the deflator",
        ),
        (
            'library = "SS2.0"',
            'library = "SS2.99"',
            "library =",
            "inputs.care_year.library: there is no unit cost 'SS2.99'",
        ),
        ("grade = 3", "grade = 9", "grade = 9", "inputs.part.grade: must be from 1 to 6, not 9"),
        ("years = 5", "years = 0", "years = 0", "years: must be from 1 to 100, not 0"),
        ('rule = "worst"', 'rule = "best"', "rule =", "rule: must be one of worst, mean, product, not 'best'"),
        (
            '"Local authority" = 1.0',
            '"Local authority" = 0.9',
            "agencies =",
            "outcomes[1].agencies: must be shares that add",
        ),
        ("value = 100", "", "[inputs.families]", "inputs.families: needs one of value, share"),
        ("value = 100", "value = 100\nunknown = true", "[inputs.families]", "inputs.families: needs one of"),
        ('key = "small"', 'key = small"', "key = small", "this is no TOML"),
        (
            "first_year = 2026",
            "first_year = 2026\nstarts = [0.5, 0.4]",
            "starts =",
            "starts: must be shares of the families",
        ),
        (
            "price_year = 2019\nfrom",
            "from",
            "[inputs.one_family]",
            "inputs.one_family.price_year: is missing: pounds are",
        ),
        ("[inputs.part]", "[inputs.one]", "[inputs.one]", "inputs.one: is a name that every scenario has already"),
    ],
)
def test_a_fault_is_told_by_its_line_and_key(old: str, new: str, line: str, said: str) -> None:
    assert old in WHOLE
    text = WHOLE.replace(old, new, 1)
    with pytest.raises(WrongScenario, match=re.escape(said)) as refused:
        read(text)
    assert text.splitlines()[refused.value.line - 1].startswith(line)
    assert str(refused.value).startswith(f"Line {refused.value.line}, ")


def test_inputs_in_a_circle_are_named() -> None:
    circle = "".join(
        f'[inputs.{name}]\ntitle = "x"\nkind = "number"\nproduct = ["{other}", "families"]\n'
        'from = "judgement"\nsource = "x"\n'
        for name, other in (("a", "b"), ("b", "a"))
    )
    with pytest.raises(WrongScenario, match=r"in a circle: (a → b → a|b → a → b)"):
        read(WHOLE.replace("[[outcomes]]", circle + "\n[[outcomes]]", 1))


@given(st.text(max_size=60), st.integers(0, len(WHOLE)))
def test_whatever_is_typed_into_it_is_read_or_refused_in_a_sentence(typed: str, place: int) -> None:
    with suppress(WrongScenario):
        read(WHOLE[:place] + typed + WHOLE[place:])


@pytest.mark.parametrize("name", templates())
def test_a_template_names_each_input_that_is_to_be_filled_in(name: str) -> None:
    text = templates()[name]
    scenario = read_scenario(text, library())
    assert scenario.key == name
    unknown = [each for each in scenario.inputs.values() if each.made is None]
    assert len(unknown) == text.count("\nunknown = true")
    assert {each.key for each in unknown} - {each.key for each in scenario.blank} <= {"touches", "better_off"}
    with pytest.raises(Unknown, match=re.escape(scenario.blank[0].title)) as refused:
        scenario.case(library())
    assert all(f"({each.key})" in str(refused.value) for each in scenario.blank)


def test_the_library_holds_its_own_rules_and_the_figures_as_published() -> None:
    costs = library().costs
    assert {code: costs[code].pounds for code in ("SS1.0", "SS2.0", "SS3.0", "SS4.1", "SS18.10")} == {
        "SS1.0": 51_080, "SS2.0": 700, "SS3.0": 2_995, "SS4.1": 25_000, "SS18.10": 30,
    }  # fmt: skip
    assert [costs[f"SS1.{level}"].pounds for level in (1, 2, 3, 4)] == [29_580, 27_850, 196_024, 317_127]
    assert costs["SS2.0"].a_year == 36_400
    assert len(costs) > 70


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "A,Home,7375,hour,2013,C,fiscal,,S,",
            "Line 2: £7,375.00 for one hour lies outside £8 to £250: is a decimal point",
        ),
        (
            "A,x,900,each,2013,C,fiscal,B D,S,\nB,x,760,each,2013,C,fiscal,,S,\nD,x,14,each,2013,C,fiscal,,S,",
            "A is £900.00, and its parts add up to £774.00.",
        ),
        ("A,Home,90,week,1812,Council,fiscal,,S,", "Line 2: no deflator is known for the price year 1812."),
        ("A,Home,£90,week,2013,Council,fiscal,,S,", "Line 2: “pounds” must be a number, not “£90”."),
        ("A,Home,90,fortnight,2013,Council,fiscal,,S,", "Line 2: the unit “fortnight” is not one of hour"),
        ("A,Home,90,week,2013,Council,fiscal,B,S,", "A has a part “B” that is not in the file."),
        ("A,,90,week,2013,Council,fiscal,,S,", "Line 2: “title” is empty."),
    ],
)
def test_a_cost_that_cannot_be_is_refused(line: str, said: str) -> None:
    head = "code,title,pounds,unit,price_year,agency,value,parts,source,note"
    with pytest.raises(WrongCosts, match=re.escape(said)):
        read_costs([each + "\n" for each in f"{head}\n{line}".split("\n")], [2013])


def test_what_only_tells_for_how_many_it_is_may_stay_unknown() -> None:
    more = WHOLE.replace('each = { family = "families" }', 'each = { family = "families", contact = "contacts" }')
    more += (
        '[inputs.touches]\ntitle = "Times in touch"\nkind = "number"\nunknown = true\nfrom = "record"\nsource = "Log"\n'
        '[inputs.contacts]\ntitle = "Contacts"\nkind = "number"\nproduct = ["families", "touches"]\n'
        'from = "judgement"\nsource = "Both"\n'
    )
    answer = work_out(read_scenario(more, library()), library(), draws=100, seed=1)
    assert answer.expected.each == {"family": 945.0, "contact": None}
    known = read_scenario(more.replace("unknown = true", "value = 9"), library())
    assert work_out(known, library(), draws=100, seed=1).expected.each == {"family": 945.0, "contact": 105.0}
    assert [swing.name for swing in answer.tornado] == ["part"]


@pytest.mark.parametrize("what", ["outcomes", "costs"])
def test_two_of_one_name_are_refused_as_one_would_hide_the_other(what: str) -> None:
    start = WHOLE.index(f"[[{what}]]")
    again = WHOLE[start:].split("\n\n")[0]
    with pytest.raises(WrongScenario, match=f"{what}: has '[a-z]+' twice"):
        read_scenario(f"{WHOLE}\n{again}\n", library())
