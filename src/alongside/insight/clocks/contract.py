"""The clocks that a contract sets for a family: the first contact and the review, whose days the case keeps."""

from datetime import date

from alongside.insight.clocks.rules import Deadline, Rule, Unit, last_working_day, state_on
from alongside.records.cases.models import Case
from alongside.records.programmes.models import Enrolment

FIRST_CONTACT = "Be in touch for the first time: the family was told that it would hear by then."
REVIEW = "Look together at what has changed, and ask the questions again."


def contract_deadlines(case: Case, today: date) -> list[Deadline]:
    """Give the first contact that has not happened yet and the next review, in one query."""
    if case.closed_on:
        return []
    places = Enrolment.objects.filter(case=case, ended_on=None).select_related("contract").order_by("started_on", "pk")
    contracts = [place.contract for place in places]
    names = " and ".join(contract.name for contract in contracts)
    source = f"The contract: {names}" if names else "Set when the family was taken on"
    found = []
    if case.last_contact_on is None and case.next_contact_due:
        days = min((contract.first_contact_days for contract in contracts), default=0)
        words = f"{days} working days from the referral" if days else "agreed when the family was taken on"
        found.append(
            _deadline("first-contact", "First contact", FIRST_CONTACT, case.next_contact_due, source, words, today)
        )
    if case.review_due:
        weeks = min((contract.review_weeks for contract in contracts), default=0)
        words = f"at least every {weeks} weeks" if weeks else "agreed with the family"
        found.append(_deadline("review", "Review", REVIEW, case.review_due, source, words, today))
    return found


def _deadline(slug: str, title: str, does: str, due: date, source: str, words: str, today: date) -> Deadline:
    rule = Rule(slug, title, does, (), (), 0, Unit.DAYS, source, verified=True, notice_days=21)
    act_by = last_working_day(due)
    return Deadline(rule, due, act_by, state_on(today, due, act_by, rule), words)
