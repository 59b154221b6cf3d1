"""The words in which somebody is sent a link, in their language where there is a translation."""

import tomllib
from functools import cache, partial
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings
from django.db import transaction

from alongside.core.base.mail import deliver
from alongside.core.base.texts import deliver_text
from alongside.records.measures.models import CheckInLink, Occasion

LANGUAGES = {"welsh": "cy", "cymraeg": "cy"}
PARTS = ("open", "free", "close")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def address_of(link: CheckInLink) -> str:
    """Give where a link would be sent to; nothing where nobody is written to, or there is no such address."""
    return {CheckInLink.Way.EMAIL: link.person.email, CheckInLink.Way.TEXT: link.person.phone}.get(
        CheckInLink.Way(link.way), ""
    )


def send(link: CheckInLink, opens_at: str, days: int) -> None:
    """Send a link by its way once the transaction is saved; at once, as the queue would keep it in the database."""
    to = address_of(link)
    if not to:
        return
    subject, body, text = letter(link, opens_at, days)
    if link.way == CheckInLink.Way.EMAIL:
        transaction.on_commit(partial(deliver.call, to, subject, body), robust=True)
    else:
        transaction.on_commit(partial(deliver_text.call, to, text), robust=True)


def letter(link: CheckInLink, opens_at: str, days: int) -> tuple[str, str, str]:
    """Give the subject and the body of an e-mail, and a text message."""
    words = _words()[LANGUAGES.get(link.person.language.strip().lower(), "en")]
    first = "later" if link.occasion == Occasion.FOLLOW_UP else "asked"
    said = words["begun" if link.answers else "again" if link.chased else first]
    known = {
        "service": settings.SERVICE_NAME,
        "phone": settings.HELP_PHONE,
        "hours": settings.HELP_HOURS,
        "link": opens_at,
        "days": str(days),
    }
    body = "\n\n".join([said["body"], *(words[part] for part in PARTS), "$service"]) + "\n"
    subject, whole, text = (Template(each).substitute(known) for each in (said["subject"], body, said["text"]))
    return subject, whole, text
