"""What a worker process does for letters: sending one by e-mail."""

from pathlib import Path
from uuid import UUID

from django_tasks import task

from alongside.core.access import system
from alongside.core.base.mail import send_papers, written
from alongside.records.letters.models import Letter
from alongside.records.letters.queries import enclosed_in, paper_of

COVER = Path(__file__).with_name("letters") / "cover.txt"


@task()
def send_letter_by_email(letter: str) -> None:
    """Send a letter's kept paper, with what is enclosed, to the address that was checked.

    The e-mail itself says nothing of what is in them.
    """
    with system():
        found = Letter.objects.select_related("by").get(pk=UUID(letter))
        subject, body = written(COVER, name=found.to_name, worker=found.by.name)
        papers = {"letter.pdf": paper_of(found)}
        enclosure = enclosed_in(found)
        if enclosure is not None:
            papers["enclosed.pdf"] = bytes(enclosure.content)
        send_papers(found.to_email, subject, body, papers)
