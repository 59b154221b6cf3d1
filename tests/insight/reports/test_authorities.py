"""Every contract at once counts as each contract's own report does."""

from datetime import date
from typing import Any

from alongside.core.access import system
from alongside.insight.reports.authorities import lines_of
from alongside.insight.reports.periods import Period
from alongside.insight.reports.queries import read_basis
from alongside.insight.reports.telling.report import count
from alongside.records.cases.models import Contact
from alongside.records.measures.library import instruments
from alongside.records.people.models import Membership
from alongside.records.programmes.models import Contract, Enrolment
from tests.cast import TODAY, Cast
from tests.insight.reports.families import at, family


def test_all_contracts_at_once_count_as_each_one_does(
    twelve: Cast, summer: Period, django_assert_num_queries: Any
) -> None:
    with system():
        other = Contract.objects.create(
            agency=twelve.provider,
            purchaser=twelve.calderdale,
            programme=twelve.reach,
            name="Kinship Reach, Calderdale",
            starts_on=date(2026, 8, 10),
            ends_on=date(2026, 9, 15),
            places=20,
        )
        for number, started_on in ((40, date(2026, 7, 20)), (41, date(2026, 9, 15)), (42, date(2026, 9, 20))):
            case = family(twelve, number, children=2, started_on=started_on)
            Enrolment.objects.filter(case=case).update(contract=other)
            case.referral.decisions.update(contract=other)
            for day in (date(2026, 8, 9), date(2026, 8, 10), date(2026, 9, 15), date(2026, 9, 16)):
                Contact.objects.create(
                    agency=twelve.provider, case=case, at=at(day, 23), channel="text", outcome="spoke", by=twelve.asha
                )
        Membership.objects.filter(person__name="Child 40.1").update(until=date(2026, 8, 9))
        with django_assert_num_queries(5):
            lines = {line.contract.pk: line for line in lines_of(Contract.objects.all(), summer.quarter, TODAY)}
        assert len(lines) == 2
        for contract in (twelve.contract, other):
            period = summer if contract == twelve.contract else _of(other, summer)
            counts = count(read_basis(contract, period), instruments())[0].counts
            line = lines[contract.pk]
            assert line.families == counts["families"]
            assert line.children == counts["children"]
            assert line.contacts == counts["contacts"]
            assert line.places_used == counts["places.end"]
        assert lines[twelve.contract.pk].accepted == 6


def _of(contract: Contract, summer: Period) -> Period:
    return Period(summer.quarter, contract.starts_on, contract.ends_on, contract.ends_on)
