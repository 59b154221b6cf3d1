"""The command as somebody calls it, in this process: a new one takes longer than most of what it is asked."""

import io
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from alongside.config.cli import main


class Done(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def call(*arguments: str, given: str = "", at: Path | None = None) -> Done:
    """Call the command in a folder, with what is given on standard input."""
    told, faults = io.StringIO(), io.StringIO()
    typed = io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8", newline="")
    with patch.object(sys, "stdin", typed), redirect_stdout(told), redirect_stderr(faults), chdir(at or Path.cwd()):
        try:
            code = main(arguments)
        except SystemExit as left:  # wrongly called
            code = int(left.code or 0)
    return Done(code, told.getvalue(), faults.getvalue())
