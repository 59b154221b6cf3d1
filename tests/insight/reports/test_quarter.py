"""A small quarter, worked out by hand, and what must hold of any."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.core.access import system
from alongside.insight.reports.periods import Period, Quarter, period_of, periods_of
from alongside.insight.reports.services import report_of
from alongside.insight.reports.telling.report import Report
from alongside.records.cases.models import Contact
from alongside.records.people.models import Membership
from alongside.records.programmes.models import Contract, Decision, Enrolment
from alongside.records.referrals.models import Referral
from tests.cast import LONDON, Cast
from tests.insight.reports.families import at, family

pytestmark = pytest.mark.usefixtures("clock")


def texts(report: Report, *keys: str) -> list[str]:
    return [report.figures[key].text for key in keys]


def test_a_quarter_worked_out_by_hand(twelve: Cast, summer: Period) -> None:
    report = report_of(twelve.contract, summer)
    assert texts(report, "families", "families.going_on", "families.ended") == ["12", "7", "5"]
    assert texts(report, "carers", "children", "places.end", "places.peak") == ["12", "18", "7 of 60", "12 of 60"]
    assert texts(report, "children.special_guardianship", "children.informal") == ["12", "6"]
    assert texts(report, "children.start.child_in_need", "children.end.none") == ["12", "6"]
    # Six were referred on 2 July, in the quarter; the other six on 25 June, before it. All were decided on 5 July.
    assert texts(report, "referrals", "referrals.accepted", "referrals.source.agency") == ["6", "6", "6"]
    assert texts(report, "decision", "decision.calendar") == ["12", "6.5 calendar days"]
    # Thursday to Monday is 2 working days, Thursday to Monday a week on is 7: the middle of six and six is 4.5.
    assert texts(report, "contact.working", "contact.calendar") == ["4.5 working days", "7.5 calendar days"]
    assert texts(report, "contact.within") == ["50%"]
    assert texts(report, "contacts", "contacts.phone", "contacts.outcome.spoke") == ["12", "12", "12"]


def test_what_changed_is_worked_out_by_hand(twelve: Cast, summer: Period) -> None:
    # Changes −2 (four times) and −3 (three times): mean −17/7, s = 0.5345, t(6) = 2.4469, so 2.429 ± 0.494.
    # The spread is 0.5345 before and 1.0690 after, so d_av = −2.429 / 0.8452.
    report = report_of(twelve.contract, summer)
    keys = [f"five-domains.isolation.{part}" for part in ("before", "after", "change", "interval", "effect")]
    assert texts(report, *keys) == ["6.6", "4.1", "−2.4", "−2.9 to −1.9", "−2.87"]
    both = report.figures["carers.five-domains.isolation.both"]
    assert (both.text, both.denominator) == ("7", "12")
    assert ("No score either time, or two different editions", "5") in both.exclusions
    figure = report.figures["five-domains.isolation.change"]
    assert "level 1 of 5" in figure.design
    assert any("no comparison group" in words for words in report.sections[0].words)


def test_few_missing_answers_are_withheld_and_cannot_be_worked_out(twelve: Cast, summer: Period) -> None:
    with system():
        family(twelve, 20, scores=(5, 4))
        Enrolment.objects.filter(case__household__name="Carer 11").delete()
    # Now 8 of 12 answered, 4 did not: neither those 4, nor 12 less 8, may be read.
    figure = report_of(twelve.contract, summer).figures["carers.five-domains.isolation.both"]
    assert ("No score either time, or two different editions", "c") in figure.exclusions
    assert "c" in (figure.text, figure.denominator)


def test_few_families_show_no_number_at_all(cast: Cast, summer: Period) -> None:
    with system():
        for number in range(3):
            family(cast, number, scores=(7, 4))
    report = report_of(cast.contract, summer)
    shown = {figure.text for figure in report.figures.values()}
    assert shown <= {"c", "0", "none"}
    assert report.footnote
    assert all(
        mark.words in ("c", "none") for table in report.sections[0].tables if table.chart for mark in table.chart.marks
    )


def test_a_child_in_two_homes_is_one_child(twelve: Cast, summer: Period) -> None:
    with system():
        home = twelve.contract.enrolments.get(case__household__name="Carer 1").case.household
        child = Membership.objects.get(household__name="Carer 8", part="child").person
        Membership.objects.create(agency=twelve.provider, household=home, person=child, part="child")
    report = report_of(twelve.contract, summer)
    assert texts(report, "children", "children.informal") == ["18", "6"]


def test_the_quarter_begins_and_ends_at_midnight_in_london(twelve: Cast, summer: Period) -> None:
    with system():
        case = twelve.contract.enrolments.get(case__household__name="Carer 0").case
        # Half past eleven in the evening of 30 September in London is 22:30 in UTC; an hour later it is October.
        for moment in (datetime(2026, 9, 30, 23, 30, tzinfo=LONDON), datetime(2026, 10, 1, 0, 30, tzinfo=LONDON)):
            Contact.objects.create(
                agency=twelve.provider, case=case, at=moment, channel="phone", outcome="spoke", by=twelve.asha
            )
    assert texts(report_of(twelve.contract, summer), "contacts") == ["13"]


def test_the_last_evening_of_march_is_in_march_though_the_clocks_have_changed(twelve: Cast) -> None:
    spring = period_of(date(2026, 1, 1), date(2028, 3, 31), Quarter(2026, 1), date(2026, 11, 20))
    assert spring
    # British Summer Time began on 29 March 2026.
    assert spring.opens_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert spring.until == datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
    assert datetime(2026, 3, 31, 23, 30, tzinfo=LONDON) < spring.until < datetime(2026, 4, 1, 0, 30, tzinfo=LONDON)


def test_what_happens_after_the_quarter_is_not_in_it(twelve: Cast, summer: Period) -> None:
    before = report_of(twelve.contract, summer).figures
    with system():
        Enrolment.objects.filter(ended_on=None).update(ended_on=date(2026, 10, 20))
        Membership.objects.filter(part="child").update(until=date(2026, 11, 1))
        referral = Referral.objects.filter(authority=twelve.kirklees, status="accepted").order_by("received_at").last()
        Decision.objects.create(
            agency=twelve.provider,
            referral=referral,
            contract=twelve.contract,
            outcome="declined",
            words="No",
            decided_at=at(date(2026, 10, 5)),
            by=twelve.morgan,
        )
    assert report_of(twelve.contract, summer).figures == before


def test_a_referral_that_nobody_decided_shows_in_the_contracts_of_its_area(twelve: Cast, summer: Period) -> None:
    with system():
        for area in (twelve.kirklees, twelve.calderdale):
            for _ in range(6):
                Referral.objects.create(
                    agency=twelve.provider,
                    source="self",
                    authority=area,
                    received_at=at(date(2026, 8, 3)),
                    status_at=at(date(2026, 8, 3)),
                )
    report = report_of(twelve.contract, summer)
    assert texts(report, "referrals", "referrals.new", "referrals.source.self") == ["12", "6", "6"]


def test_reviews_are_due_so_many_weeks_after_the_last(twelve: Cast, summer: Period) -> None:
    # All began on 6 July, so 28 September is twelve weeks on; by then five had left, and the other seven had answered.
    report = report_of(twelve.contract, summer)
    assert texts(report, "reviews", "reviews.on_time", "reviews.share") == ["7", "7", "100%"]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "first", "last"),
    [
        (date(2026, 8, 10), date(2028, 3, 31), date(2026, 8, 10), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2026, 9, 4), date(2026, 7, 1), date(2026, 9, 4)),
    ],
)
def test_a_contract_may_run_for_part_of_a_quarter(starts_on: date, ends_on: date, first: date, last: date) -> None:
    found = period_of(starts_on, ends_on, Quarter(2026, 3), date(2026, 11, 20))
    assert found
    assert (found.starts_on, found.ends_on, found.whole, found.over) == (first, last, False, True)


def test_quarters_are_listed_from_the_one_that_runs(cast: Cast) -> None:
    found = periods_of(date(2026, 4, 1), date(2028, 3, 31), date(2026, 11, 20))
    assert [period.quarter.title for period in found] == [
        "October to December 2026",
        "July to September 2026",
        "April to June 2026",
    ]
    assert [period.over for period in found] == [False, True, True]


@pytest.mark.parametrize("slug", ["2026-q5", "2026-q", "26-q1", "0000-q1", "2026-q12", "x", "２０２６-q1", "2026q1"])
def test_an_address_that_names_no_quarter(slug: str) -> None:
    assert Quarter.named(slug) is None


def test_twice_the_families_need_no_more_queries(twelve: Cast, summer: Period) -> None:
    contract = Contract.objects.select_related("programme", "purchaser", "agency").get(pk=twelve.contract.pk)
    with CaptureQueriesContext(connection) as few:
        report_of(contract, summer)
    with system():
        for number in range(30, 42):
            family(twelve, number)
    with CaptureQueriesContext(connection) as many:
        report_of(contract, summer)
    # Nine: one for each kind of row, and for referrals first the contract's areas and its decided ones, so that an
    # index finds them. On PostgreSQL two more open and shut the wall.
    assert len(few) == len(many) == (11 if connection.vendor == "postgresql" else 9)
