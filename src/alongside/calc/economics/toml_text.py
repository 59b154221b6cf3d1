"""Opening a TOML text, and telling what is wrong in it by line and key."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

from alongside.calc.data_table import Table, WrongKey


class WrongScenario(ValueError):
    """A file that cannot be worked out: ``line`` (0 where none can be named), ``key`` and ``problem``."""

    def __init__(self, line: int, key: str, problem: str) -> None:
        place = f"Line {line}, " if line else ""
        super().__init__(f"{place}{key}: {problem}" if key else f"{place}{problem}")
        self.line, self.key, self.problem = line, key, problem


@contextmanager
def reading(text: str) -> Iterator[Table]:
    """Give the topmost table of a text; a key that turns out wrong is raised as :class:`WrongScenario` by its line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        words = str(error).split(" (at")[0]
        raise WrongScenario(int(found[1]) if found else 0, "", f"this is no TOML: {words.lower()}") from error
    try:
        yield Table(data, "")
    except WrongKey as error:
        raise WrongScenario(line_of(text, error.key), error.key, error.problem) from error


def line_of(text: str, key: str) -> int:
    """Return the line on which a key stands, or of the table in which it should; 0 where there is neither.

    >>> line_of('a = 1\\n[[costs]]\\nx = 2\\n[[costs]]\\nx = 3', "costs[2].x")
    5
    """
    best, at, here, counted = 0, 0, "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$", line):
            here = header[2].replace('"', "")
            if header[1] == "[[":
                counted[here] = counted.get(here, 0) + 1
                here = f"{here}[{counted[here]}]"
            path = here
        elif setting := re.match(r"\s*([A-Za-z0-9_\"-]+)\s*=", line):
            name = setting[1].strip('"')
            path = f"{here}.{name}" if here else name
        else:
            continue
        if (key == path or key.startswith((f"{path}.", f"{path}["))) and len(path) > at:
            best, at = number, len(path)
    return best
