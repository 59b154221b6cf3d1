"""Who may be helped under a contract: worked out from plain facts, with a reason for each part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.calc.verdicts import Verdict, best, every
from alongside.core.agencies import places
from alongside.core.base.days import in_words

FUND = "fund"
FUND_NAME = "the adoption and special guardianship support fund"
FUND_ANY_CHILD_TO = 21
FUND_CHILD_WITH_PLAN_TO = 25
FUND_PLAN = "an education, health and care plan"

AREAS_WORTH_NAMING = 3

ARRANGEMENTS = {
    "informal": "an informal arrangement",
    "private_fostering": "private fostering",
    "connected_foster": "kinship foster care",
    "child_arrangements": "a child arrangements order",
    "special_guardianship": "a special guardianship order",
    "adoption": "an adoption order",
    "testamentary_guardian": "a guardian named in a will",
}
FUND_IS_FOR = {
    "special_guardianship": "for special guardians",
    "child_arrangements": "for child arrangements orders after care",
    "adoption": "for adopted children",
}


class Answer(StrEnum):
    """What triage is told about a family and a contract."""

    ELIGIBLE = "eligible"
    WAITING = "eligible_waiting"
    ASK = "ask"
    NOT_ELIGIBLE = "not_eligible"


class Criterion(StrEnum):
    """What a contract asks, in the order in which people ask it."""

    AREA = "area"
    ARRANGEMENT = "arrangement"
    WHO_PAYS = "who pays"
    DATES = "dates"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What is known about a child: ``unknown`` or None where nobody has said."""

    arrangement: str = "unknown"
    stage: str = "none"
    looked_after_before: str = "unknown"
    age: int | None = None


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """What is known about a family; a family friend is kinship too, so only a stranger answers no."""

    authority_code: str | None = None
    family_or_friend: bool | None = None
    children: tuple[ChildFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a contract says about whom it is for; no arrangements means any."""

    areas: frozenset[str]
    payer: str
    starts_on: date
    ends_on: date
    arrangements: frozenset[str] = frozenset()
    looked_after_before_required: bool = False
    places: int | None = None
    fund_arrangements: frozenset[str] = frozenset(FUND_IS_FOR)


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the answer, in words for the referrer."""

    criterion: Criterion
    met: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer and its reasons, one for each criterion."""

    answer: Answer
    reasons: tuple[Reason, ...]


def eligibility(family: FamilyFacts, terms: ContractTerms, on: date, places_used: int) -> Eligibility:
    """Whether a contract could help this family on a day, and why."""
    verdicts = {
        Criterion.AREA: _area(family, terms),
        Criterion.ARRANGEMENT: every((_family_or_friend(family), _arrangement(family, terms))),
        Criterion.WHO_PAYS: _who_pays(family, terms),
        Criterion.DATES: _dates(terms, on),
        Criterion.PLACES: _places(terms, places_used),
    }
    reasons = tuple(Reason(criterion, each.met, each.words) for criterion, each in verdicts.items())
    return Eligibility(_answer(reasons), reasons)


def _answer(reasons: tuple[Reason, ...]) -> Answer:
    asked = {reason.met for reason in reasons if reason.criterion is not Criterion.PLACES}
    if False in asked:
        return Answer.NOT_ELIGIBLE
    if None in asked:
        return Answer.ASK
    has_place = all(reason.met for reason in reasons)
    return Answer.ELIGIBLE if has_place else Answer.WAITING


def _area(family: FamilyFacts, terms: ContractTerms) -> Verdict:
    if not terms.areas:
        return Verdict(False, "This contract names no area yet.")
    if family.authority_code is None:
        return Verdict(None, "We do not know yet which council the family lives in: ask for the postcode.")
    name = _council(family.authority_code)
    if family.authority_code in terms.areas:
        return Verdict(True, f"{name} is in this contract's area.")
    if len(terms.areas) > AREAS_WORTH_NAMING:
        return Verdict(False, f"{name} is not in this contract's area.")
    covered = _listed(sorted(map(_council, terms.areas)), "and")
    return Verdict(False, f"{name} is not in this contract's area, which is {covered}.")


def _family_or_friend(family: FamilyFacts) -> Verdict:
    if family.family_or_friend is None:
        return Verdict(None, "We do not know yet how the carer and the child know each other: ask.")
    if not family.family_or_friend:
        return Verdict(False, "The carer is neither family nor a friend, so this is not kinship care.")
    return Verdict(True, "The carer is family or a friend.")


def _arrangement(family: FamilyFacts, terms: ContractTerms) -> Verdict:
    if not terms.arrangements and not terms.looked_after_before_required:
        return Verdict(True, "This contract is for any kinship arrangement.")
    return _best(_arrangement_of(child, terms) for child in family.children)


def _arrangement_of(child: ChildFacts, terms: ContractTerms) -> Verdict:
    return every((_kind_of(child, terms), _care_before(child, terms)))


def _kind_of(child: ChildFacts, terms: ContractTerms) -> Verdict:
    if not terms.arrangements:
        return Verdict(True, "This contract is for any kinship arrangement.")
    covered = _listed([phrase for kind, phrase in ARRANGEMENTS.items() if kind in terms.arrangements], "or")
    if child.arrangement not in ARRANGEMENTS:
        return Verdict(None, f"This contract is for {covered}. We do not know the arrangement yet: ask.")
    found = ARRANGEMENTS[child.arrangement]
    if child.arrangement not in terms.arrangements:
        return Verdict(False, f"This contract is for {covered}, and the arrangement is {found}.")
    if child.stage == "applied":
        return Verdict(None, f"The contract covers {found}. It is applied for, not made: ask the purchaser.")
    return Verdict(True, f"The arrangement is {found}, which this contract covers.")


def _care_before(child: ChildFacts, terms: ContractTerms) -> Verdict:
    if not terms.looked_after_before_required:
        return Verdict(True)
    asked = "This contract asks that the child was looked after immediately before the order."
    return _looked_after(child, asked)


def _looked_after(child: ChildFacts, asked: str) -> Verdict:
    if child.looked_after_before == "yes":
        return Verdict(True, f"{asked} The child was.")
    if child.looked_after_before == "no":
        return Verdict(False, f"{asked} The child was not.")
    return Verdict(None, f"{asked} We do not know that yet: ask.")


def _who_pays(family: FamilyFacts, terms: ContractTerms) -> Verdict:
    if terms.payer != FUND:
        return Verdict(True, "The purchaser pays for this contract, and that sets no further limit.")
    # The fund pays for a child, so one and the same child must meet the contract's terms and the fund's.
    covered = [child for child in family.children if _arrangement_of(child, terms).met is not False]
    if family.children and not covered:
        return Verdict(False, f"{_fund_terms(terms)} No child here has an arrangement that this contract covers.")
    return every((_fund_reaches(family), _best(_fund_covers(child, terms) for child in covered)))


def _fund_covers(child: ChildFacts, terms: ContractTerms) -> Verdict:
    arrangement, paid = _arrangement_of(child, terms), _fund_pays_for(child, terms)
    return paid if arrangement.met else every((paid, arrangement))


def _fund_reaches(family: FamilyFacts) -> Verdict:
    if family.authority_code is None:
        return Verdict(None, f"{_sentence(FUND_NAME)} is for England. We do not know the council yet: ask.")
    if family.authority_code.startswith("W"):
        name = _council(family.authority_code)
        return Verdict(None, f"{_sentence(FUND_NAME)} is for England, and {name} is in Wales: ask.")
    return Verdict(True)


def _fund_pays_for(child: ChildFacts, terms: ContractTerms) -> Verdict:
    asked = _fund_terms(terms)
    return every((_fund_kind(child, terms), _looked_after(child, asked), _fund_age(child)))


def _fund_kind(child: ChildFacts, terms: ContractTerms) -> Verdict:
    asked = _fund_terms(terms)
    if child.arrangement not in ARRANGEMENTS:
        return Verdict(None, f"{asked} We do not know the arrangement yet: ask.")
    if child.arrangement not in terms.fund_arrangements:
        return Verdict(False, f"{asked} The arrangement is {ARRANGEMENTS[child.arrangement]}.")
    if child.stage in ("applied", "interim"):
        return Verdict(None, f"{asked} The order is not final yet: ask the council.")
    return Verdict(True)


def _fund_age(child: ChildFacts) -> Verdict:
    ages = f"The fund helps to the age of {FUND_ANY_CHILD_TO}, or {FUND_CHILD_WITH_PLAN_TO} with {FUND_PLAN}."
    if child.age is None:
        return Verdict(None, f"{ages} We do not know the child's age yet: ask.")
    if child.age <= FUND_ANY_CHILD_TO:
        return Verdict(True)
    if child.age <= FUND_CHILD_WITH_PLAN_TO:
        return Verdict(None, f"{ages} The young person is {child.age}: ask whether there is a plan.")
    return Verdict(False, f"{ages} The young person is {child.age}.")


def _fund_terms(terms: ContractTerms) -> str:
    groups = [words for kind, words in FUND_IS_FOR.items() if kind in terms.fund_arrangements]
    return (
        f"This contract is paid by {FUND_NAME}, so it is {_listed(groups, 'and')}, "
        "where the child was looked after immediately before the order."
    )


def _dates(terms: ContractTerms, on: date) -> Verdict:
    if on < terms.starts_on:
        return Verdict(False, f"This contract starts on {in_words(terms.starts_on)}.")
    if on > terms.ends_on:
        return Verdict(False, f"This contract ended on {in_words(terms.ends_on)}.")
    return Verdict(True, f"This contract runs until {in_words(terms.ends_on)}.")


def _places(terms: ContractTerms, used: int) -> Verdict:
    if terms.places is None:
        return Verdict(True, "This contract sets no limit on places.")
    if used >= terms.places:
        return Verdict(False, f"All places are taken ({used} of {terms.places}), so the family would wait.")
    return Verdict(True, f"{used} of {terms.places} places are taken.")


def _best(verdicts: Iterable[Verdict]) -> Verdict:
    """The best that one child gives; a question while no child is named."""
    return best(verdicts, Verdict(None, "We do not know yet which children the carer looks after: ask."))


def _council(code: str) -> str:
    return places.authority(code).name if places.authority_of_code(code) else "That council"


def _listed(phrases: list[str], last: str) -> str:
    return f" {last} ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)


def _sentence(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:]
