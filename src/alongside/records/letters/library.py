"""The templates of letters, read once and strictly from their data files."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.records.letters.rules import LetterError, fields_in

FOLDER = Path(__file__).parent / "templates"
TO = ("carer", "authority", "other")


@dataclass(frozen=True, slots=True)
class Template:
    """A letter before its facts: whom it is to, when it is written, and what it says. A paragraph is a line.

    One that ``encloses`` something is begun where that is, not from the list of letters.
    """

    key: str
    edition: str
    title: str
    when: str
    to: str
    subject: str
    body: str
    encloses: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that it names; raises :class:`LetterError` for one that there is not."""
        return fields_in(f"{self.subject}\n{self.body}")


def begun_from_nothing() -> dict[str, Template]:
    """Give the templates of letters that go alone, by their keys."""
    return {key: template for key, template in templates().items() if not template.encloses}


@cache
def templates() -> dict[str, Template]:
    """Give every template by its key, in the order of their files."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {template.key: template for template in found}


def _read(path: Path) -> Template:
    try:
        template = Template(**tomllib.loads(path.read_text(encoding="utf-8")))
        if template.to not in TO:
            raise LetterError(f"It is to {', '.join(TO)}, not to {template.to!r}")
        if "worker" not in template.fields:
            raise LetterError("It names no {worker}, so nobody signs it")
    except (TypeError, LetterError) as wrong:
        raise LetterError(f"{path.name}: {wrong}") from wrong
    return template
