"""Reading letters."""

from alongside.records.cases.models import Case
from alongside.records.letters.models import Letter, LetterPaper


def letters_of(case: Case) -> list[Letter]:
    """Give the letters of a case, what is still being written first, then the newest first."""
    rows = Letter.objects.filter(case=case).select_related("by").defer("body")
    found = list(rows.exclude(status=Letter.Status.PUT_AWAY).order_by("-sent_at", "-pk"))
    return sorted(found, key=lambda letter: letter.status != Letter.Status.DRAFT)


def paper_of(letter: Letter) -> bytes:
    """Give the very paper that was sent."""
    return bytes(LetterPaper.objects.get(letter=letter).content)
