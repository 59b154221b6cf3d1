"""Writing down that somebody of a family joined a group, and that they left it."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from alongside.core.agencies.models import User
from alongside.core.audit import ledger
from alongside.core.base.days import in_words, not_before, not_yet_to_come
from alongside.core.base.errors import Refused
from alongside.records.cases.models import Case
from alongside.records.people.models import Membership, Person
from alongside.records.programmes.models import Group, GroupMember


def join_group(
    *,
    case: Case,
    person: Person,
    group: Group | None,
    name: str,
    place: str,
    times: str,
    joined_on: date,
    by: User,
    submission: UUID,
) -> GroupMember:
    """Write down that somebody joined a group: one that is known, or else the one that is named, which then is.

    They may have gone before the family's case was opened.
    """
    not_yet_to_come(joined_on, "joined_on")
    with ledger.together():
        # The person is held until the end, so that of two who write this at once the second sees the first.
        Person.objects.select_for_update().get(pk=person.pk)
        standing: GroupMember | None = GroupMember.objects.filter(pk=submission, case=case).first()
        if standing:
            return standing
        if not Membership.objects.filter(household=case.household_id, person=person, until=None).exists():
            raise Refused("Choose somebody of this family", field="person")
        if group:
            _not_there_already(group, person, joined_on)
        return ledger.create(
            GroupMember,
            by=by,
            what="group joined",
            id=submission,
            agency_id=case.agency_id,
            group=group or _named(case, name, place, times, by),
            case=case,
            person=person,
            joined_on=joined_on,
        )


def leave_group(*, member: GroupMember, version: int, left_on: date, why: str, by: User) -> GroupMember:
    """Write down when and why somebody left a group, or put that right."""
    not_yet_to_come(left_on, "left_on")
    joined = f"They joined on {in_words(member.joined_on)}; they cannot have left before that"
    not_before(left_on, member.joined_on, "left_on", joined)
    others = GroupMember.objects.filter(group=member.group_id, person=member.person_id).exclude(pk=member.pk)
    since = others.filter(Q(left_on=None) | Q(left_on__gt=member.joined_on), joined_on__gte=member.joined_on)
    later = since.order_by("joined_on").first()
    if later and left_on > later.joined_on:
        raise Refused(f"They joined again on {in_words(later.joined_on)}, and had left before that", field="left_on")
    if (member.left_on, member.why) == (left_on, why):
        return member
    return ledger.update(member, by=by, what="group left", version=version, left_on=left_on, why=why)


def _named(case: Case, name: str, place: str, times: str, by: User) -> Group:
    if Group.objects.filter(agency=case.agency_id, name__iexact=name).exists():
        raise Refused("There is a group of this name. Choose it from the list", field="name")
    return ledger.create(
        Group, by=by, what="group named", agency_id=case.agency_id, name=name, place=place, times=times
    )


def _not_there_already(group: Group, person: Person, joined_on: date) -> None:
    last = GroupMember.objects.filter(group=group, person=person).order_by("joined_on", "id").last()
    if last is None:
        return
    if last.left_on is None:
        raise Refused(f"They go there already, since {in_words(last.joined_on)}", field="group")
    left = f"They left on {in_words(last.left_on)}; they cannot have joined again before that"
    not_before(joined_on, last.left_on, "joined_on", left)
