"""A postcode leads to the one authority with children's services there, or to a plain reason why not."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.agencies import places
from alongside.core.agencies.places import (
    Whereabouts,
    authorities,
    authority_of_postcode,
    deprivation_fifths,
    place_of_postcode,
    tidy_postcode,
)


def test_every_authority_with_childrens_services_is_there_once() -> None:
    everyone = places.authorities()
    assert Counter(one.nation for one in everyone) == {"england": 153, "wales": 22}
    assert len({one.code for one in everyone}) == len({one.name for one in everyone}) == 175
    assert Counter(one.kind for one in everyone if one.nation == "england") == {
        "county": 21,
        "unitary": 63,
        "metropolitan": 36,
        "london": 33,
    }
    assert {one.kind for one in everyone if one.nation == "wales"} == {"unitary"}
    assert len({one.region for one in everyone}) == 10
    assert {"Isles of Scilly", "Cumberland", "West Northamptonshire"} <= {one.name for one in everyone}


@pytest.fixture(scope="module")
def directory_codes() -> set[str]:
    letters = (places._directory(letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {code for letter in letters for code in letter.codes if code}


def test_every_code_of_the_postcode_directory_leads_to_one_authority(directory_codes: set[str]) -> None:
    ours = {code for code in directory_codes if code[0] in "EW"}
    assert len(ours) == 318
    reached = {places.authority_of_code(code) for code in ours}
    assert None not in reached
    assert reached == {one.code for one in places.authorities()}


def test_a_code_is_either_an_authority_or_leads_to_one() -> None:
    own = {one.code for one in places.authorities()}
    led = {row["ons_code"]: row["authority_code"] for row in places._rows("districts.csv")}
    assert not own & led.keys()
    assert set(led.values()) <= own


@pytest.mark.parametrize(
    ("postcode", "name"),
    [
        ("HD1 2TT", "Kirklees"),
        ("LA1 1PJ", "Lancashire"),  # Lancaster, a district
        ("S1 2HH", "Sheffield"),  # a code of April 2025
        ("S70 2DR", "Barnsley"),
        ("CA3 8QG", "Cumberland"),
        ("LA9 4DQ", "Westmorland and Furness"),
        ("NN1 1ED", "West Northamptonshire"),
        ("TR21 0LW", "Isles of Scilly"),
        ("CF10 4UW", "Cardiff"),
        ("EC2V 7HH", "City of London"),
        ("AL1 3JE", "Hertfordshire"),  # St Albans
        ("W1A 1AA", "Westminster"),
    ],
)
def test_a_postcode_leads_to_the_authority_that_runs_childrens_services(postcode: str, name: str) -> None:
    place = place_of_postcode(postcode)
    assert place.authority is not None
    assert (place.whereabouts, place.authority.name) == (Whereabouts.IN_AN_AUTHORITY, name)
    assert place.words == f"{postcode} is in {name}."
    assert authority_of_postcode(postcode.lower().replace(" ", "")) == place.authority.code


def test_a_former_code_leads_to_its_successor() -> None:
    assert places.authority("E08000019").name == "Sheffield"
    assert places.authority("E07000188").name == "Somerset"
    assert places.authority_of_code("E10000006") is None  # Cumbria became two authorities


@pytest.mark.parametrize(
    ("postcode", "whereabouts", "words"),
    [
        ("EH1 1YZ", Whereabouts.OUTSIDE, "EH1 1YZ is in Scotland, outside England and Wales."),
        ("BT1 5GS", Whereabouts.OUTSIDE, "BT1 5GS is in Northern Ireland, outside England and Wales."),
        ("JE1 0BD", Whereabouts.OUTSIDE, "JE1 0BD is in the Channel Islands, outside England and Wales."),
        (
            "ZZ99 3VZ",
            Whereabouts.NO_FIXED_ADDRESS,
            "ZZ99 3VZ stands for no fixed address, or one that is not known. Choose the council.",
        ),
        (
            "QQ1 1AA",
            Whereabouts.NOT_KNOWN,
            "We cannot tell which council QQ1 1AA is in. Check the postcode, or choose the council.",
        ),
    ],
)
def test_a_postcode_without_an_authority_says_why(postcode: str, whereabouts: Whereabouts, words: str) -> None:
    place = place_of_postcode(postcode)
    assert (place.whereabouts, place.words, place.authority) == (whereabouts, words, None)
    assert authority_of_postcode(postcode) is None


def test_an_ended_postcode_without_a_map_reference_is_not_known() -> None:
    assert place_of_postcode("YO1 0AA").whereabouts is Whereabouts.NOT_KNOWN


@pytest.mark.parametrize("typed", ["hd1 2ab", " HD12AB ", "hd1-2ab", "ＨＤ１２ab", "h d 1 2 a b", "HD1\u00a02AB"])
def test_a_postcode_is_tidied_however_it_is_typed(typed: str) -> None:
    assert tidy_postcode(typed) == "HD1 2AB"


@pytest.mark.parametrize("typed", ["HD1", "2AB HD1", "HD1 2A", "HD1 2AB HD1 2AB", "above the shop", "١٢٣"])
def test_half_a_postcode_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"is not a whole postcode\. Enter all of it, such as HD1 2AB\.$"):
        tidy_postcode(typed)


@pytest.mark.parametrize("typed", ["", "   ", "--"])
def test_no_postcode_is_asked_for(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^Enter a postcode, such as HD1 2AB\.$"):
        tidy_postcode(typed)


@given(st.text() | st.from_regex(places.WHOLE_POSTCODE, fullmatch=True))
def test_tidying_gives_a_postcode_that_stays_as_it_is_or_a_sentence(typed: str) -> None:
    try:
        tidy = tidy_postcode(typed)
    except ValueError as refused:
        sentence = str(refused)
        tidy = None
    assert tidy_postcode(tidy) == tidy if tidy else sentence.endswith("such as HD1 2AB.")


def test_authorities_stand_in_fifths_of_their_own_nation() -> None:
    fifths = deprivation_fifths()
    without = {one.name for one in authorities() if one.code not in fifths}
    assert without == {"Bournemouth, Christchurch and Poole", "Dorset", "Somerset", "Suffolk"}
    for nation in ("england", "wales"):
        sizes = Counter(fifths[one.code] for one in authorities() if one.nation == nation and one.code in fifths)
        assert set(sizes) == {1, 2, 3, 4, 5}
        assert max(sizes.values()) - min(sizes.values()) <= 1
    assert (fifths["E06000002"], fifths["E08000034"]) == (1, 3)
