"""LibreOffice without its windows, which works workbooks out anew."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""What a setting of LibreOffice has to be for it to trust no figure that a workbook brings along."""


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Workbook]:
    """Work all the books out anew in one go, and give what their cells hold then."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("*** SKIPPED: no LibreOffice here; workbooks were not worked out by another program ***")
    settings, done = folder / "profile" / "user", folder / "done"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        [program, f"-env:UserInstallation={settings.parent.as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(done), *(str(folder / f"{name}.xlsx") for name in books)],
        check=True, capture_output=True, timeout=120, env=os.environ | {"HOME": str(folder)},
    )  # fmt: skip
    return {name: openpyxl.load_workbook(done / f"{name}.xlsx", data_only=True) for name in books}


def saved(book: Workbook) -> bytes:
    """Give a workbook's bytes; what its formulas came to before is not in them."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()
