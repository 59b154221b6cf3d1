"""The `alongside` command: finds the command that was asked for, runs it, and never shows a traceback."""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

COMMANDS = {
    "serve": "Run the program, with a worker beside it, until stopped.",
    "worker": "Do the work that pages leave for later, such as imports.",
    "migrate": "Bring the database up to date and load the project's own data.",
    "demo": "Fill an empty database with made-up families and tell who can sign in.",
    "remind": "Remind carers of appointments, and ask who is to be followed up or has not answered.",
    "administrator": "Make the first sign-in, and print the link by which its password is set.",
    "audit": "Check that the log is whole, or print its head to keep elsewhere.",
    "evaluate": "Work out an analyst's own figures by the methods of the reports (no database needed).",
    "economics": "Work out what a service costs, saves and is worth, and how sure that is (no database needed).",
    "reproduce": "Work a cohort's results out again from its frozen rows, and write its report.",
    "ssda903": "List the kinship children in a council's SSDA903 return (no database needed).",
}
"""Each command and what it does; `commands/<name>.py` holds it and is loaded only when asked for."""

BAD_USE = 2
FAILED = 1
INTERRUPTED = 130
NOBODY_READS_ON = 141

log = logging.getLogger(__name__)


class Command(Protocol):
    """What the module of a command offers."""

    EXAMPLE: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


class Parser(argparse.ArgumentParser):
    """Tells what is wrong with the arguments in one sentence."""

    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:]
        self.exit(BAD_USE, f"{sentence.rstrip('.')}. See: {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 failed, 2 wrongly called."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (such as head) has gone; without this Python complains once more while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS_ON
    except Exception as error:  # whatever it is, the person at the terminal gets a sentence
        log.debug("The command failed.", exc_info=True)
        print(f"Something went wrong that we did not expect ({type(error).__name__}: {error}).", file=sys.stderr)
        return FAILED
    return code


def _run(given: Sequence[str]) -> int:
    parser = Parser(
        prog="alongside",
        description="Software that runs kinship-care support services.",
        epilog="Each command explains itself, with an example: alongside <command> --help",
    )
    commands = parser.add_subparsers(dest="command", metavar="<command>", required=True)
    chosen = next((word for word in given if word in COMMANDS), None)
    module: Command | None = None
    for name, summary in COMMANDS.items():
        own = commands.add_parser(
            name, help=summary, description=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == chosen:
            module = cast(Command, importlib.import_module(f"alongside.config.commands.{name}"))
            module.add_arguments(own)
            own.epilog = f"example:\n  {module.EXAMPLE}"
    parsed = parser.parse_args(given)
    return module.run(parsed) if module else BAD_USE
