"""How a family may go from one programme to another, or back to their authority, and what must be said of it."""

from enum import StrEnum
from typing import NamedTuple


class Way(StrEnum):
    """What kind of move it is; it follows from how much support each programme gives."""

    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    HAND_OVER = "hand_over"
    TO_AUTHORITY = "to_authority"


class Agreement(StrEnum):
    """What the carer said to it."""

    AGREED = "agreed"
    DID_NOT_AGREE = "did_not_agree"
    NOT_ASKED = "not_asked"


class Against(NamedTuple):
    """Why a move cannot be made, and which answer that is about."""

    field: str
    words: str


def way(intensity_from: int, intensity_to: int | None) -> Way:
    """Give what kind of move it is from how much support there was and will be; None is back to the authority."""
    if intensity_to is None:
        return Way.TO_AUTHORITY
    if intensity_to == intensity_from:
        return Way.HAND_OVER
    return Way.STEP_UP if intensity_to > intensity_from else Way.STEP_DOWN


def against_moving(going: Way, agreement: Agreement, carer_words: str, reason: str, note: str) -> Against | None:
    """Say what stands against a move: reason, note and the carer's own words always belong to it.

    Only back to the authority may a family go without the carer's agreement, as a duty may ask for it; then too it is
    written down what the carer was told.
    """
    if not reason.strip():
        return Against("reason", "Write down why they move")
    if not note.strip():
        return Against("note", "Write down what the next person must know, so that nobody has to tell it twice")
    if agreement is not Agreement.AGREED and going is not Way.TO_AUTHORITY:
        return Against("agreement", "The carer must agree before they move. Talk with them first")
    if not carer_words.strip():
        return Against("carer_words", "Write down what the carer said, or what you told them")
    return None
