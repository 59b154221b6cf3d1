"""What a service says when it will not do what was asked."""

from typing import Any


class Refused(Exception):
    """A rule of the field forbids this; the sentence is for the person who asked, ``field`` for the form."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Taken(Refused):
    """The id that came with this is another agency's; nothing is said of the row that has it."""

    def __init__(self) -> None:
        super().__init__("This form cannot be sent again. Open its page once more, and send what you wrote")


class Stale(Exception):
    """Somebody else changed the row first; ``current`` is the row as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__("This was changed by somebody else while you were writing.")
        self.current = current
