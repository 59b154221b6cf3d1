"""An extract as one zip: the rows as CSV and Parquet, what each column and word means, and what may not be done.

The same extract gives the same bytes each time, so that two who took it can see that they work on the same.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from alongside.core.base.sealing import unseal
from alongside.insight.evaluation.outcomes import outcomes_of
from alongside.insight.evaluation.rows import Rows
from alongside.insight.reports.telling.safety import SMALLEST
from alongside.stewardship.exchange.cell_text import csv_line
from alongside.stewardship.exchange.extract_columns import EVERY_SCORE, FAMILY, Column, columns_of
from alongside.stewardship.exchange.extract_scores import every_score
from alongside.stewardship.exchange.models import Extract

SEALED_FOR = "extract"
KEY_MEANING = "The family, by a pseudonym of this project alone; rows stand in its order, so their order tells nothing."
FEW = f"fewer than {SMALLEST}"
RULES = (
    "These rows hold no name, but they are still about people (pseudonymised personal data, UK GDPR article 4(5)).",
    "Use them for this purpose only, and by those who were named for it.",
    "Do not try to find out who a family is, and do not join these rows to others, nor to another extract.",
    f"Publish no number that tells of fewer than {SMALLEST} families, and none from which one could be worked out.",
    "Do not pass them on. Delete them, with every copy, when the last day has passed.",
)


def pseudonyms(keys: tuple[str, ...], key: str) -> list[str]:
    """Give each row's pseudonym in one project, which cannot be traced back without the key that stays here."""
    secret = bytes.fromhex(key)
    return [hmac.new(secret, one.encode(), sha256).hexdigest()[:20] for one in keys]


def zip_of(extract: Extract, rows: Rows, fingerprint: str) -> bytes:
    """Give the files. The extract must be approved and come with its people, its agency and its cohort."""
    outcomes = outcomes_of(extract.cohort)
    names = pseudonyms(rows.keys, unseal(SEALED_FOR, extract.sealed_key))
    held = {"data": (names, columns_of(rows, extract.columns, outcomes))}
    if EVERY_SCORE in extract.columns:
        long = every_score(rows, [one for key, one in outcomes.items() if key in extract.columns])
        held["scores"] = ([names[row] for row in long.rows.tolist()], list(long.columns))
    files: dict[str, bytes] = {}
    for name, (families, columns) in held.items():
        files[f"{name}.csv"], files[f"{name}.parquet"] = _table(columns, families)
    digests = {name: sha256(content).hexdigest() for name, content in files.items() if name.endswith(".csv")}
    told = {name: columns for name, (_, columns) in held.items()}
    files |= {
        "dictionary.csv": _dictionary(told).encode(),
        "codebook.csv": _codebook(told).encode(),
        "readme.txt": _readme(extract, len(rows), fingerprint, digests).encode(),
    }
    taken = BytesIO()
    with ZipFile(taken, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, compress_type=ZIP_DEFLATED)
    return taken.getvalue()


def _table(columns: list[Column], names: list[str]) -> tuple[bytes, bytes]:
    """Write one table twice, so that the two say the same; lines of one family stay in their order."""
    import pyarrow as pa  # noqa: PLC0415  a fifth of a second to import, and one page of the program needs it
    from pyarrow import csv, parquet  # noqa: PLC0415

    order = np.argsort(np.array(names), kind="stable")
    held = {FAMILY: pa.array([names[place] for place in order], type=pa.string())}
    for column in columns:
        if column.numbers is not None:
            held[column.name] = pa.array(column.numbers[order], from_pandas=True)
        elif column.texts is not None:
            held[column.name] = pa.array([column.texts[place] or None for place in order], type=pa.string())
    table, text, binary = pa.table(held), BytesIO(), BytesIO()
    csv.write_csv(table, text)
    parquet.write_table(table, binary)
    return text.getvalue(), binary.getvalue()


def _count(number: int | None) -> str:
    return FEW if number is None or 0 < number < SMALLEST else str(number)


def _dictionary(files: Mapping[str, list[Column]]) -> str:
    lines = [("file", "column", "meaning", "unit", "type", "missing", "note")]
    for name, columns in files.items():
        lines.append((name, FAMILY, KEY_MEANING, "", "words", "0", ""))
        for one in columns:
            missing = "" if one.kind == "withheld" else _count(one.missing)
            lines.append((name, one.name, one.meaning, one.unit, one.kind, missing, one.note))
    return "".join(map(csv_line, lines))


def _codebook(files: Mapping[str, list[Column]]) -> str:
    lines = [("file", "column", "category", "words", "families")]
    for name, columns in files.items():
        for one in columns:
            lines += [(name, one.name, each.stands_as, each.words, _count(each.families)) for each in one.categories]
    return "".join(map(csv_line, lines))


def _readme(extract: Extract, families: int, fingerprint: str, digests: Mapping[str, str]) -> str:
    assert extract.answered_by and extract.answered_at and extract.expires_on  # noqa: S101, PT018
    return "\n".join(
        (
            extract.project,
            "",
            f"Purpose: {extract.purpose}",
            f"Cohort: {extract.cohort.title}. {extract.cohort.question}",
            f"Given by: {extract.agency.name}",
            f"Asked for by: {extract.asked_by.name}, {extract.asked_at:%Y-%m-%d}",
            f"Approved by: {extract.answered_by.name}, {extract.answered_at:%Y-%m-%d}",
            f"Last day: {extract.expires_on:%Y-%m-%d}",
            f"Families: {families}, one a row of data.csv",
            *(["Scores: one a row of scores.csv, several of a family"] if "scores.csv" in digests else []),
            f"Fingerprint of the frozen rows: {fingerprint}",
            *(f"SHA-256 of {name}: {digest}" for name, digest in digests.items()),
            "",
            *RULES,
            "",
            "Missing is an empty cell in the CSV files, and null in the Parquet files.",
            "Columns that are withheld stand in dictionary.csv alone.",
            "",
        )
    )
