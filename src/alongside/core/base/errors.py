"""What a service says when it will not do what was asked."""

from typing import Any


class Refused(Exception):
    """A rule of the field forbids this; the sentence is for the person who asked, ``field`` for the form."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Stale(Exception):
    """Somebody else changed the row first; ``current`` is the row as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__("This was changed by somebody else while you were writing.")
        self.current = current
