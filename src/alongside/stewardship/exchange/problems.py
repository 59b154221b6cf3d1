"""What can be wrong with a file: the whole of it, or one cell."""

from dataclasses import dataclass

LONGEST_QUOTE = 60
"""How much of a wrong value is shown back, in characters."""


class Unreadable(Exception):
    """The file as a whole cannot be used; the message is a sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be used: where it is, what was found there and what is expected."""

    row: int
    column: str
    found: str
    expected: str
    file: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, row {self.row}" if self.file else f"Row {self.row}"
        return f"{where}, column “{self.column}”: found {quoted(self.found)}, expected {self.expected}."


def quoted(found: str) -> str:
    """The value as shown to a person: quoted, on one line and cut when long."""
    if not found:
        return "nothing"
    line = " ".join(found.split())
    return f"“{line[:LONGEST_QUOTE]}…”" if len(line) > LONGEST_QUOTE else f"“{line}”"
