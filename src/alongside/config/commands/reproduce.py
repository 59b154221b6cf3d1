"""``alongside reproduce``: work a cohort's results out again from its frozen rows, and write its report."""

import argparse
import sys
from pathlib import Path
from uuid import UUID

from alongside.config.commands.database import set_up

EXAMPLE = "alongside reproduce 0199c0de-5eed-7000-8000-000000000000 --into report"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which cohort, and where to write."""
    parser.add_argument("cohort", type=UUID, help="the number of the cohort, as its report gives it")
    parser.add_argument("--into", type=Path, default=Path(), metavar="FOLDER", help="where to write (here)")


def run(arguments: argparse.Namespace) -> int:
    """Work out, compare and write; give 1 where a result is not what it was."""
    set_up()
    from alongside.core.access import system
    from alongside.insight.evaluation.models import Cohort
    from alongside.insight.evaluation.report.pdf import pdf_of
    from alongside.insight.evaluation.report.word import word_of
    from alongside.insight.evaluation.report.writing import write
    from alongside.insight.evaluation.reproducing import reproduce

    with system():
        frozen = Cohort.objects.select_related("protocol", "frozen", "agency").exclude(frozen_at=None)
        cohort = frozen.filter(pk=arguments.cohort).first()
        if cohort is None:
            print("No frozen cohort has this number.", file=sys.stderr)
            return 1
        try:
            found = reproduce(cohort)
        except ValueError as error:
            print(f"Nothing can be worked out again: {error}.", file=sys.stderr)
            return 1
        document = write(cohort)
    for again in found:
        print(f"{'the same' if again.same else 'NOT THE SAME'}: {again.title} (made by Alongside {again.program})")
    arguments.into.mkdir(parents=True, exist_ok=True)
    for name, content in (("report.pdf", pdf_of(document)), ("report.docx", word_of(document))):
        (arguments.into / name).write_bytes(content)
        print(f"written: {arguments.into / name}")
    return int(not all(again.same for again in found))
