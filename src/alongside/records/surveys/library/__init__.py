"""Surveys of our own that a service may begin with, each a data file."""

import tomllib
from functools import cache
from pathlib import Path

from alongside.calc.surveys.definition import Definition
from alongside.calc.surveys.reading import read


@cache
def library() -> dict[str, Definition]:
    """Give each by its file's name."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return {path.stem: read(tomllib.loads(path.read_text(encoding="utf-8"))) for path in files}
