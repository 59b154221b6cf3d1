"""What was published is tried by sums that are checked here against the same sums by hand."""

import pytest

from alongside.calc.economics.published import a_year, care_years, fitting, least_base
from alongside.insight.economics.published import claims

pytestmark = pytest.mark.anywhere


def test_a_percentage_fits_these_small_groups() -> None:
    assert [str(share) for share in fitting(86, 25)] == ["6/7", "19/22"]
    assert [str(share) for share in fitting(88, 25)] == ["7/8", "15/17", "22/25"]
    assert round(100 * 15 / 17) == 88


def test_the_seeds_sums_come_out_as_by_hand() -> None:
    assert round(a_year(1.2, 5), 4) == 0.0371
    assert round(least_base(19_000, 12)) == 158_333
    assert care_years(1.2, 1_000, 40_000) == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ratio", "20p more than was put in, once"),
        ("ratio", "0.030 where a family costs £1,000"),
        ("plans", "88% is what 7/8, 15/17 or 22/25 round to"),
        ("care", "1,000 × £40,000 = £40 million"),
        ("care", "is £40,179 in 2019 prices, 0.4% from it"),
        ("lifetime", "£20 million / 1,000 = £20,000 a child"),
        ("stopping", "19,000 is 12% of 158,333 children or more; 12% of the 141,000 that the page names is 16,920"),
        ("foster", "£32,576 a child a year"),
    ],
)
def test_each_claim_says_what_follows_from_it(key: str, words: str) -> None:
    assert words in " ".join(next(each for each in claims() if each.key == key).implies)


def test_every_claim_stores_of_how_many_as_of_when_and_how_far_its_design_carries() -> None:
    for each in claims():
        assert all((each.source, each.numerator, each.denominator, each.as_of, each.open))
        assert 0 <= each.level <= 1, "nobody was compared in any of them"
