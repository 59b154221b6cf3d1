"""What a family was offered beside the sessions: what was written down of it, and the groups they were asked to."""

from typing import Any

from django.db.models import CharField, DateTimeField, F, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from alongside.records.appointments.models import Appointment
from alongside.records.appointments.queries import ASKED_ON, Group, groups_in
from alongside.records.cases.models import Case
from alongside.records.programmes.models import Support

COLUMNS = ("pk", "day", "at_", "code", "said", "reply_")


def offered_to(case: Case) -> tuple[list[Support], list[Group]]:
    """Give what was offered to a family and each group with who came, the latest first, in one query."""
    rows = list(_supports(case).union(_groups(case), all=True))
    supports = [
        Support(pk=pk, case=case, on=on, kind=kind, words=words, reply=reply)
        for pk, on, at, kind, words, reply in rows
        if at is None
    ]
    supports.sort(key=lambda one: (one.on, one.pk), reverse=True)
    return supports, groups_in((pk, at, status, on, who, came) for pk, on, at, status, who, came in rows if at)


def _supports(case: Case) -> Any:
    named = {"day": F("on"), "code": F("kind"), "said": Cast("words", TextField()), "reply_": F("reply")}
    nothing = Cast(Value(None), DateTimeField())
    return Support.objects.filter(case=case).order_by().annotate(at_=nothing, **named).values_list(*COLUMNS)


def _groups(case: Case) -> Any:
    name = Coalesce(NullIf("attendances__person__known_as", Value("")), "attendances__person__name")
    named = {"at_": F("at"), "code": F("status"), "said": Cast(name, TextField())}
    came = Cast("attendances__came", CharField())
    rows = Appointment.objects.filter(case=case, channel=Appointment.Channel.GROUP)
    return rows.annotate(day=ASKED_ON, reply_=came, **named).values_list(*COLUMNS)
