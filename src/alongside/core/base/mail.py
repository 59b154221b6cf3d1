"""Sending an e-mail once what it speaks of is saved, and by a worker, so that no page waits for a mail server."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from string import Template

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks import task

SUBJECT = "Subject: "


def send_on_commit(letter: Path, *, to: str, secret: bool = False, **words: str) -> None:
    """Send a letter to one address when the transaction is saved, and never when it is not.

    One that holds a secret link goes at once, as the queue would keep the link in the database for all to read there.

    The file's first line is ``Subject: ...``; ``$name`` in it stands for a word given, or for the service's own
    ``$service``, ``$phone``, ``$hours`` and ``$address``. Letters carry links and never what a record says.
    """
    subject, body = written(letter, **words)
    post = deliver.call if secret else deliver.enqueue
    send = partial(post, to, subject, body)
    transaction.on_commit(send, robust=True)


def written(letter: Path, **words: str) -> tuple[str, str]:
    """Give the subject and the body of a letter with its words filled in.

    Raises ``KeyError`` where the letter wants a word that was not given, and ``ValueError`` where it has no subject.
    """
    known = {
        "service": settings.SERVICE_NAME,
        "phone": settings.HELP_PHONE,
        "hours": settings.HELP_HOURS,
        "address": settings.BASE_URL,
    }
    text = Template(letter.read_text(encoding="utf-8")).substitute(known, **words)
    first, _, body = text.partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"The letter {letter.name} does not begin with “{SUBJECT.strip()}”.")
    return first.removeprefix(SUBJECT).strip(), body.strip() + "\n"


def send_papers(to: str, subject: str, body: str, papers: Mapping[str, bytes]) -> None:
    """Send an e-mail with PDFs, now: for a task that reads them from the record, so that no queue holds them."""
    attached = [(name, paper, "application/pdf") for name, paper in papers.items()]
    EmailMessage(subject, body, to=[to], attachments=attached).send()


@task()
def deliver(to: str, subject: str, body: str) -> None:
    """Hand one e-mail to the mail server, or to the outbox folder."""
    EmailMessage(subject, body, to=[to]).send()
