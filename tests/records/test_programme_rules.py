"""Eligibility follows the contract's area, arrangement, payer, dates and places, and says why."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.records.programmes.rules.eligibility import (
    ARRANGEMENTS,
    FUND,
    Answer,
    ChildFacts,
    ContractTerms,
    Criterion,
    Eligibility,
    FamilyFacts,
    eligibility,
)

KIRKLEES, LEEDS, CARDIFF = "E08000034", "E08000035", "W06000015"
TODAY = date(2026, 11, 20)
GUARDIAN = ChildFacts("special_guardianship", "final", "yes", 9)
GRACE = FamilyFacts(KIRKLEES, True, (GUARDIAN,))
ANY_CARER = ContractTerms(frozenset({KIRKLEES}), "purchaser", date(2026, 4, 1), date(2027, 3, 31), places=20)
FROM_THE_FUND = replace(ANY_CARER, payer=FUND)


def ask(family: FamilyFacts, terms: ContractTerms, on: date = TODAY, used: int = 3) -> Eligibility:
    return eligibility(family, terms, on, used)


def words(found: Eligibility, criterion: Criterion) -> str:
    return next(reason.words for reason in found.reasons if reason.criterion is criterion)


def with_child(**facts: object) -> FamilyFacts:
    return replace(GRACE, children=(replace(GUARDIAN, **facts),))  # type: ignore[arg-type]


def test_a_family_that_meets_everything_is_eligible_and_every_part_says_why() -> None:
    found = ask(GRACE, ANY_CARER)
    assert found.answer is Answer.ELIGIBLE
    assert [reason.words for reason in found.reasons] == [
        "Kirklees is in this contract's area.",
        "The carer is family or a friend. This contract is for any kinship arrangement.",
        "The purchaser pays for this contract, and that sets no further limit.",
        "This contract runs until 31 March 2027.",
        "3 of 20 places are taken.",
    ]


def test_a_neighbouring_authority_is_outside() -> None:
    found = ask(replace(GRACE, authority_code=LEEDS), ANY_CARER)
    assert found.answer is Answer.NOT_ELIGIBLE
    assert words(found, Criterion.AREA) == "Leeds is not in this contract's area, which is Kirklees."


def test_a_family_whose_council_nobody_knows_is_asked() -> None:
    found = ask(replace(GRACE, authority_code=None), ANY_CARER)
    assert found.answer is Answer.ASK
    assert "ask for the postcode" in words(found, Criterion.AREA)


def test_a_stranger_is_not_a_kinship_carer_and_a_friend_is() -> None:
    assert ask(replace(GRACE, family_or_friend=False), ANY_CARER).answer is Answer.NOT_ELIGIBLE
    assert ask(replace(GRACE, family_or_friend=None), ANY_CARER).answer is Answer.ASK


@pytest.mark.parametrize(
    ("on", "answer", "said"),
    [
        (date(2026, 3, 31), Answer.NOT_ELIGIBLE, "This contract starts on 1 April 2026."),
        (date(2026, 4, 1), Answer.ELIGIBLE, "This contract runs until 31 March 2027."),
        (date(2027, 3, 31), Answer.ELIGIBLE, "This contract runs until 31 March 2027."),
        (date(2027, 4, 1), Answer.NOT_ELIGIBLE, "This contract ended on 31 March 2027."),
    ],
)
def test_a_contract_runs_from_its_first_day_to_its_last(on: date, answer: Answer, said: str) -> None:
    found = ask(GRACE, ANY_CARER, on=on)
    assert (found.answer, words(found, Criterion.DATES)) == (answer, said)


def test_a_full_contract_means_waiting_only_for_those_it_is_for() -> None:
    found = ask(GRACE, ANY_CARER, used=20)
    assert found.answer is Answer.WAITING
    assert words(found, Criterion.PLACES) == "All places are taken (20 of 20), so the family would wait."
    assert ask(replace(GRACE, authority_code=LEEDS), ANY_CARER, used=20).answer is Answer.NOT_ELIGIBLE
    assert ask(replace(GRACE, authority_code=None), ANY_CARER, used=20).answer is Answer.ASK
    assert ask(GRACE, replace(ANY_CARER, places=None), used=999).answer is Answer.ELIGIBLE


@pytest.mark.parametrize(
    ("child", "answer", "said"),
    [
        ({}, Answer.ELIGIBLE, "The arrangement is a special guardianship order, which this contract covers."),
        ({"arrangement": "informal"}, Answer.NOT_ELIGIBLE, "and the arrangement is an informal arrangement."),
        ({"arrangement": "unknown"}, Answer.ASK, "We do not know the arrangement yet: ask."),
        ({"stage": "applied"}, Answer.ASK, "It is applied for, not made: ask the purchaser."),
    ],
)
def test_a_contract_may_name_its_arrangements(child: dict[str, str], answer: Answer, said: str) -> None:
    terms = replace(ANY_CARER, arrangements=frozenset({"special_guardianship", "child_arrangements"}))
    found = ask(with_child(**child), terms)
    assert found.answer is answer
    assert words(found, Criterion.ARRANGEMENT).endswith(said)


@pytest.mark.parametrize(
    ("before", "answer"), [("yes", Answer.ELIGIBLE), ("no", Answer.NOT_ELIGIBLE), ("unknown", Answer.ASK)]
)
def test_a_contract_may_ask_that_the_child_came_from_care(before: str, answer: Answer) -> None:
    terms = replace(ANY_CARER, looked_after_before_required=True)
    assert ask(with_child(looked_after_before=before), terms).answer is answer


def test_the_fund_asks_what_is_not_known_in_plain_words() -> None:
    found = ask(with_child(looked_after_before="unknown"), FROM_THE_FUND)
    assert found.answer is Answer.ASK
    assert words(found, Criterion.WHO_PAYS) == (
        "This contract is paid by the adoption and special guardianship support fund, so it is for special "
        "guardians, for child arrangements orders after care and for adopted children, where the child was "
        "looked after immediately before the order. We do not know that yet: ask."
    )


@pytest.mark.parametrize(
    ("child", "answer"),
    [
        ({}, Answer.ELIGIBLE),
        ({"arrangement": "child_arrangements"}, Answer.ELIGIBLE),
        ({"arrangement": "informal"}, Answer.NOT_ELIGIBLE),
        ({"arrangement": "connected_foster"}, Answer.NOT_ELIGIBLE),
        ({"looked_after_before": "no"}, Answer.NOT_ELIGIBLE),
        ({"arrangement": "unknown", "looked_after_before": "no"}, Answer.NOT_ELIGIBLE),
        ({"stage": "interim"}, Answer.ASK),
        ({"age": 21}, Answer.ELIGIBLE),
        ({"age": 22}, Answer.ASK),  # to 25 with an education, health and care plan
        ({"age": 26}, Answer.NOT_ELIGIBLE),
        ({"age": None}, Answer.ASK),
    ],
)
def test_the_fund_pays_after_care_to_an_age(child: dict[str, object], answer: Answer) -> None:
    assert ask(with_child(**child), FROM_THE_FUND).answer is answer


def test_a_programme_may_use_the_fund_for_special_guardians_only() -> None:
    guardians_only = replace(FROM_THE_FUND, fund_arrangements=frozenset({"special_guardianship"}))
    assert ask(GRACE, guardians_only).answer is Answer.ELIGIBLE
    found = ask(with_child(arrangement="child_arrangements"), guardians_only)
    assert found.answer is Answer.NOT_ELIGIBLE
    assert "so it is for special guardians, where" in words(found, Criterion.WHO_PAYS)


def test_the_fund_is_english() -> None:
    terms = replace(FROM_THE_FUND, areas=frozenset({CARDIFF}))
    found = ask(replace(GRACE, authority_code=CARDIFF), terms)
    assert found.answer is Answer.ASK
    assert "Cardiff is in Wales" in words(found, Criterion.WHO_PAYS)


def test_one_child_must_meet_both_the_contract_and_the_fund() -> None:
    terms = replace(FROM_THE_FUND, arrangements=frozenset({"child_arrangements"}))
    after_care = replace(GUARDIAN, arrangement="special_guardianship")
    not_from_care = replace(GUARDIAN, arrangement="child_arrangements", looked_after_before="no")
    assert ask(replace(GRACE, children=(after_care, not_from_care)), terms).answer is Answer.NOT_ELIGIBLE


def test_children_who_are_not_named_yet_are_asked_for() -> None:
    found = ask(replace(GRACE, children=()), FROM_THE_FUND)
    assert found.answer is Answer.ASK
    assert "which children" in words(found, Criterion.WHO_PAYS)


children = st.builds(
    ChildFacts,
    st.sampled_from(("unknown", *ARRANGEMENTS)),
    st.sampled_from(("applied", "interim", "final", "none")),
    st.sampled_from(("yes", "no", "unknown")),
    st.none() | st.integers(0, 27),
)
families = st.builds(
    FamilyFacts,
    st.sampled_from((KIRKLEES, LEEDS, CARDIFF, None)),
    st.sampled_from((True, False, None)),
    st.lists(children, max_size=3).map(tuple),
)
kinds = st.frozensets(st.sampled_from(tuple(ARRANGEMENTS)), max_size=3)
contracts = st.builds(
    ContractTerms,
    areas=st.frozensets(st.sampled_from((KIRKLEES, LEEDS, CARDIFF)), min_size=1),
    payer=st.sampled_from(("purchaser", FUND)),
    starts_on=st.just(date(2026, 4, 1)),
    ends_on=st.just(date(2027, 3, 31)),
    arrangements=kinds,
    looked_after_before_required=st.booleans(),
    places=st.none() | st.integers(0, 5),
)


def known_child(child: ChildFacts, data: st.DataObject) -> ChildFacts:
    fuller = data.draw(children)
    return replace(
        child,
        arrangement=fuller.arrangement if child.arrangement == "unknown" else child.arrangement,
        looked_after_before=(
            fuller.looked_after_before if child.looked_after_before == "unknown" else child.looked_after_before
        ),
        age=fuller.age if child.age is None else child.age,
    )


@given(families, contracts, st.data())
def test_more_facts_never_unsettle_a_reason(family: FamilyFacts, terms: ContractTerms, data: st.DataObject) -> None:
    fuller = data.draw(families)
    known = FamilyFacts(
        family.authority_code or fuller.authority_code,
        fuller.family_or_friend if family.family_or_friend is None else family.family_or_friend,
        tuple(known_child(child, data) for child in family.children) or fuller.children,
    )
    before, after = ask(family, terms), ask(known, terms)
    for then, now in zip(before.reasons, after.reasons, strict=True):
        assert then.met is None or now.met is then.met
    assert before.answer is Answer.ASK or after.answer is before.answer


@given(families, contracts)
def test_a_family_outside_the_area_is_never_eligible(family: FamilyFacts, terms: ContractTerms) -> None:
    outside = replace(terms, areas=terms.areas - {family.authority_code})
    assert ask(family, outside).answer not in (Answer.ELIGIBLE, Answer.WAITING)


@given(families, contracts, st.randoms())
def test_the_order_of_the_children_changes_nothing(family: FamilyFacts, terms: ContractTerms, random: object) -> None:
    shuffled = list(family.children)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ask(family, terms) == ask(replace(family, children=tuple(shuffled)), terms)


@given(families, contracts, st.integers(0, 5))
def test_the_answer_is_no_better_than_its_reasons(family: FamilyFacts, terms: ContractTerms, used: int) -> None:
    found = ask(family, terms, used=used)
    met = {reason.criterion: reason.met for reason in found.reasons}
    assert list(met) == list(Criterion)
    assert all(reason.words.endswith(".") for reason in found.reasons)
    assert (found.answer is Answer.ELIGIBLE) == all(met.values())
    assert (found.answer is Answer.NOT_ELIGIBLE) == (False in (met | {Criterion.PLACES: True}).values())
