"""Reading letters, and where a carer's post goes."""

from alongside.records.cases.models import Case
from alongside.records.letters.models import Enclosure, Letter, LetterPaper
from alongside.records.letters.rules import Addressed
from alongside.records.people.models import Household, Person


def letters_of(case: Case) -> list[Letter]:
    """Give the letters of a case, what is still being written first, then the newest first."""
    rows = Letter.objects.filter(case=case).select_related("by").defer("body")
    found = list(rows.exclude(status=Letter.Status.PUT_AWAY).order_by("-sent_at", "-pk"))
    return sorted(found, key=lambda letter: letter.status != Letter.Status.DRAFT)


def addressed_to(carer: Person, household: Household) -> Addressed:
    """Say where a carer's letters go."""
    lines = (household.address, household.postcode)
    return Addressed(carer.name, "\n".join(line for line in lines if line), carer.email)


def enclosed_in(letter: Letter) -> Enclosure | None:
    """Give what goes with a letter."""
    return Enclosure.objects.filter(letter=letter).first()


def paper_of(letter: Letter) -> bytes:
    """Give the very paper that was sent."""
    return bytes(LetterPaper.objects.get(letter=letter).content)
