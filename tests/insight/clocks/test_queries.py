"""Clocks are found from what is recorded of a family, for those who work with it, in few queries."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.core.agencies.models import Team, User
from alongside.insight.clocks import queries
from alongside.insight.clocks.queries import clocks_due, clocks_of
from alongside.insight.clocks.reading import rules
from alongside.insight.clocks.rules import later
from alongside.records.cases.models import Case
from alongside.records.people.models import Arrangement, Household, Membership, Person, Relationship
from alongside.records.plans.models import Allowance
from tests.cast import TODAY, Cast

SOON = TODAY + timedelta(days=28)


@pytest.fixture(autouse=True)
def _still(clock: time_machine.Traveller) -> None:
    """Stop the clock."""


def titles(user: User, until: date = SOON) -> list[tuple[str, str]]:
    return [(one.child, one.deadline.rule.slug) for one in clocks_due(user, until)]


def amara(cast: Cast, **facts: object) -> Arrangement:
    """Put Amara on another footing."""
    found: Arrangement = Arrangement.objects.get(child=cast.amara)
    for name, value in facts.items():
        setattr(found, name, value)
    found.save()
    return found


def test_a_worker_and_her_manager_are_told_and_others_are_not(cast: Cast) -> None:
    amara(cast, kind="connected_foster", temporarily_approved_on=date(2026, 8, 3), reviewed_on=date(2026, 11, 2))
    told = [("Amara Okafor", "temporary-approval"), ("Amara Okafor", "four-weekly-visit")]
    assert titles(cast.asha) == titles(cast.morgan) == told
    assert clocks_due(cast.asha, SOON)[0].case == cast.case.pk
    colleague = User.objects.create(
        agency=cast.provider, name="Lee", email="lee@example.org", role="family_worker", team=cast.team
    )
    far = User.objects.create(agency=cast.other_provider, name="Fay", email="fay@example.org", role="manager")
    for nobody in (cast.ben, cast.carol, cast.priya, colleague, far):
        assert titles(nobody) == []
    north = Team.objects.create(agency=cast.provider, name="North")
    cast.morgan.team = north
    assert titles(cast.morgan) == []
    cast.morgan.team = None
    assert titles(cast.morgan) == told


def test_what_ended_moved_out_or_closed_has_no_clock(cast: Cast) -> None:
    footing = amara(cast, kind="private_fostering", started_on=date(2026, 11, 2))
    assert titles(cast.asha) == [("Amara Okafor", "private-fostering-notice")]
    home = Membership.objects.get(person=cast.amara)
    for row, change in ((footing, "ended_on"), (home, "until"), (cast.case, "closed_on")):
        setattr(row, change, TODAY)
        row.save()
        assert titles(cast.asha) == []
        setattr(row, change, None)
        row.save()
    assert titles(cast.asha)


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.nation == "england"], ids=lambda rule: rule.slug)
def test_the_database_leaves_out_nothing_that_the_rule_would_tell(cast: Cast, rule: object) -> None:
    """Whatever the start, the list of the day holds exactly what the rule alone says of the family."""
    Relationship.objects.filter(relative=cast.amara).update(kind="friend")
    facts = dict.fromkeys(rule.needs, date(2026, 11, 1))
    base = later(TODAY, rule.count if rule.before else -rule.count, rule.unit)
    for days in (-9, -8, -7, -4, -1, 0, 1, 27, 28, 29, 31, 32, 33):
        start = base + timedelta(days=days)
        row = amara(
            cast,
            kind=rule.kinds[0],
            stage="final",
            looked_after_before="yes",
            **{"started_on": None, **facts, rule.count_from[0]: start},
        )
        running = [one.deadline for one in clocks_of(cast.case, cast.asha).running if one.arrangement == row.pk]
        expected = sorted(
            one.rule.slug
            for one in running
            if one.due <= SOON and not (one.rule.turn and one.due < TODAY - timedelta(days=7))
        )
        assert sorted(slug for _, slug in titles(cast.asha)) == expected
        assert any(one.rule == rule for one in running)


def test_a_familys_clocks_hold_those_of_the_contract_and_what_is_wanting(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(next_contact_due=TODAY - timedelta(days=1))
    Relationship.objects.filter(relative=cast.amara).delete()
    cast.case.refresh_from_db()
    clocks = clocks_of(cast.case, cast.asha)
    assert [(one.child, one.deadline.rule.slug) for one in clocks.running] == [
        ("", "first-contact"),
        ("", "review"),
        ("Tyler Okafor", "three-years"),
    ]
    assert "Kinship Reach, Kirklees" in clocks.running[0].deadline.rule.source
    assert ("Amara Okafor", "what the carer is to the child") in [
        (one.child, one.missing.words) for one in clocks.wanting
    ]
    Case.objects.filter(pk=cast.case.pk).update(closed_on=TODAY)
    cast.case.refresh_from_db()
    assert "review" not in [one.deadline.rule.slug for one in clocks_of(cast.case, cast.asha).running]


def test_an_allowances_review_is_a_clock_of_its_family(cast: Cast) -> None:
    paid = Allowance.objects.create(
        agency=cast.provider,
        case=cast.case,
        child=cast.tyler,
        kind="special_guardianship",
        paid_by="Kirklees",
        review_due=TODAY + timedelta(days=9),
    )
    told = [("Tyler Okafor", "allowance-review")]
    assert titles(cast.asha) == titles(cast.morgan) == told
    assert titles(cast.asha, TODAY + timedelta(days=8)) == titles(cast.ben) == []
    assert "Review: Special guardianship allowance" in [
        one.deadline.rule.title for one in clocks_of(cast.case, cast.asha).running
    ]
    for ended in ({"ended_on": TODAY}, {"review_due": None}):
        Allowance.objects.filter(pk=paid.pk).update(**{"ended_on": None, "review_due": paid.review_due} | ended)
        assert titles(cast.asha) == []


def another(cast: Cast, number: int, **facts: object) -> None:
    """A child who lives with a friend of the family and of whom the council was not told."""
    child = Person.objects.create(agency=cast.provider, name=f"Child {number}", birth_date=facts.pop("born", None))
    carer = Person.objects.create(agency=cast.provider, name=f"Carer {number}")
    home = Household.objects.create(
        agency=cast.provider, name=f"Carer {number}", authority=cast.kirklees, team=cast.team, worker=cast.asha
    )
    Case.objects.create(agency=cast.provider, household=home, team=cast.team, worker=cast.asha, opened_on=TODAY)
    Membership.objects.create(agency=cast.provider, household=home, person=child, part="child")
    Relationship.objects.create(agency=cast.provider, person=carer, relative=child, kind=facts.pop("kin", "friend"))
    Arrangement.objects.create(**{"agency": cast.provider, "child": child, "carer": carer, "kind": "informal"} | facts)


def test_no_more_is_read_than_is_shown_and_that_is_what_waited_longest(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = date(2019, 1, 7)
    another(cast, 0, started_on=long_ago, kin="grandparent")
    another(cast, 1, started_on=long_ago, born=date(2006, 5, 1))
    another(cast, 2, started_on=long_ago, authority_told_on=long_ago)
    another(cast, 3, started_on=long_ago, kind="special_guardianship", stage="final", looked_after_before="yes")
    another(cast, 4, started_on=TODAY - timedelta(days=30))
    another(cast, 5, started_on=date(2026, 8, 3), born=date(2020, 5, 1))
    another(cast, 6, started_on=date(2026, 7, 6))
    assert [child for child, _ in titles(cast.asha)] == ["Child 6", "Child 5", "Child 4"]
    monkeypatch.setattr(queries, "MOST", 2)
    assert [child for child, _ in titles(cast.asha)] == ["Child 6", "Child 5"]


def test_the_queries_do_not_grow_with_the_families(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            clocks_due(cast.asha, SOON)
        return len(asked)

    clocks_due(cast.asha, SOON)
    few = count()
    for number in range(12):
        child = Person.objects.create(agency=cast.provider, name=f"Child {number}")
        home = Household.objects.create(
            agency=cast.provider, name=f"Carer {number}", authority=cast.kirklees, team=cast.team, worker=cast.asha
        )
        Case.objects.create(agency=cast.provider, household=home, team=cast.team, worker=cast.asha, opened_on=TODAY)
        Membership.objects.create(agency=cast.provider, household=home, person=child, part="child")
        Arrangement.objects.create(
            agency=cast.provider, child=child, kind="private_fostering", started_on=date(2026, 11, 2)
        )
    assert len(titles(cast.asha)) == 12
    assert count() == few <= 2
