"""The words in which a carer is told of an appointment, in their language where there is a translation."""

import tomllib
from functools import cache, partial
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alongside.core.base.mail import deliver
from alongside.core.base.texts import deliver_text
from alongside.records.appointments.models import Appointment

LANGUAGES = {"welsh": "cy", "cymraeg": "cy"}


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def tell(appointment: Appointment, occasion: str) -> bool:
    """Tell the carer by the way that was chosen, once the transaction is saved; say whether there is anybody."""
    person = appointment.person
    to = "" if person is None else person.email if appointment.tell == Appointment.Tell.EMAIL else person.phone
    if not to or appointment.tell == Appointment.Tell.NOBODY or person is None:
        return False
    subject, body, text = letter(appointment, occasion, person.language)
    if appointment.tell == Appointment.Tell.EMAIL:
        # A link by which anybody could join goes at once: the queue would keep it in the database.
        post = deliver.call if appointment.link else deliver.enqueue
        transaction.on_commit(partial(post, to, subject, body), robust=True)
    else:
        transaction.on_commit(partial(deliver_text.enqueue, to, text), robust=True)
    return True


def letter(appointment: Appointment, occasion: str, language: str) -> tuple[str, str, str]:
    """Give the subject and the body of an e-mail, and a text message."""
    words = _words()[LANGUAGES.get(language.strip().lower(), "en")]
    local = timezone.localtime(appointment.at)
    known = {
        "service": settings.SERVICE_NAME,
        "phone": settings.HELP_PHONE,
        "hours": settings.HELP_HOURS,
        "worker": appointment.worker.name.split()[0],
        "channel": words["channels"][appointment.channel],
        "link": appointment.link,
        "place": appointment.place,
        "weekday": words["weekdays"][local.weekday()],
        "day": str(local.day),
        "month": words["months"][local.month - 1],
        "time": f"{local:%H:%M}",
    }
    known["moment"] = Template(words["moment"]).substitute(known)
    said = words[occasion]
    lines = [said["body"]]
    if occasion in ("invitation", "moved", "reminder"):
        lines += [words["join"]] * bool(appointment.link) + [words["place"]] * bool(appointment.place)
    body = "\n\n".join([*lines, words["close"], "$service"]) + "\n"
    subject, whole, text = (Template(each).substitute(known) for each in (said["subject"], body, said["text"]))
    return subject[:1].upper() + subject[1:], whole, text
