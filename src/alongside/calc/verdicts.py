"""Verdicts of yes, no or not known yet, and how several of them make one (Kleene's three-valued logic).

Knowing more may turn a question into a yes or a no; it never turns a yes or a no back into a question.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes (True), no (False) or not known yet (None), and the sentence that says why."""

    met: bool | None
    words: str = ""


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Yes, with all their words, when all are yes; else the first no, or else the first question.

    >>> every([Verdict(True, "Known."), Verdict(None, "Ask."), Verdict(False, "Too late.")])
    Verdict(met=False, words='Too late.')
    """
    found = tuple(verdicts)
    decided = _first(found, (False, None))
    return decided or Verdict(True, " ".join(verdict.words for verdict in found if verdict.words))


def best(verdicts: Iterable[Verdict], when_none: Verdict) -> Verdict:
    """The best of them, whichever order they come in: yes before a question, a question before no.

    >>> best([Verdict(False, "Too old."), Verdict(None, "Ask.")], when_none=Verdict(None, "Who?"))
    Verdict(met=None, words='Ask.')
    """
    in_order = sorted(verdicts, key=lambda verdict: verdict.words)
    return _first(in_order, (True, None, False)) or when_none


def _first(verdicts: Iterable[Verdict], wanted: tuple[bool | None, ...]) -> Verdict | None:
    found = tuple(verdicts)
    return next((verdict for met in wanted for verdict in found if verdict.met is met), None)
