"""The report for Word: headings, tables and pictures that a screen reader knows as what they are."""

import io
import zipfile
from datetime import UTC, date, datetime, time

from docx import Document as Opened
from docx.document import Document as Paper
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from alongside.insight.evaluation.plots import Plot
from alongside.insight.evaluation.report.document import Document, Section
from alongside.insight.evaluation.results import Table

PLOT_WIDTH = Mm(110)
MANY_COLUMNS = 6
GREEN = RGBColor(0x1D, 0x5C, 0x57)
MOMENT = (1980, 1, 1, 0, 0, 0)
"""Every part of the file is of this moment, so that the same report makes the same file."""


def word_of(document: Document) -> bytes:
    """Give a report as a Word document, as of its day."""
    paper: Paper = Opened()
    _begin(paper, document)
    for section in document.sections:
        _add(paper, section)
    kept = io.BytesIO()
    paper.save(kept)
    return _of_one_moment(kept)


def _begin(paper: Paper, document: Document) -> None:
    day = date.fromisoformat(document.as_of)
    about = paper.core_properties
    about.title, about.author, about.language = document.title, document.provider, "en-GB"
    about.comments = ""
    about.created = about.modified = datetime.combine(day, time(12), UTC)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for level in range(1, 5):
        style = paper.styles[f"Heading {level}"]
        style.font.name, style.font.color.rgb = "Arial", GREEN
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    paper.add_heading(document.title, level=1)
    paper.add_paragraph(f"{document.provider}. {document.standing}")
    paper.add_paragraph(document.question).runs[0].font.size = Pt(14)
    said = paper.add_paragraph()
    said.add_run(f"{document.carries}. ").bold = True
    said.add_run(document.design)


def _add(paper: Paper, section: Section) -> None:
    paper.add_heading(section.title, level=section.depth)
    for words in section.words:
        paper.add_paragraph(words)
    for plot in section.plots:
        _draw(paper, plot)
    for table in section.tables:
        _lay(paper, table, section.depth)
    for note in section.notes:
        paper.add_paragraph(note).runs[0].font.size = Pt(9)


def _draw(paper: Paper, plot: Plot) -> None:
    drawn = paper.add_picture(io.BytesIO(plot.png), width=PLOT_WIDTH)
    said = drawn._inline.docPr
    said.set("descr", f"{plot.words} The numbers are in the table below.")
    said.set("title", "Plot")


def _lay(paper: Paper, table: Table, depth: int) -> None:
    paper.add_heading(table.caption, level=depth + 1)
    laid = paper.add_table(rows=0, cols=len(table.columns), style="Light List")
    size = Pt(8) if len(table.columns) > MANY_COLUMNS else Pt(10)
    for row in (table.columns, *table.rows):
        for cell, words in zip(laid.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(words).font.size = size
    # The first row heads every page on which the table goes on, and is read out as what it is.
    laid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    paper.add_paragraph()


def _of_one_moment(made: io.BytesIO) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in given.namelist():
            part = zipfile.ZipInfo(name, MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(part, given.read(name))
    return kept.getvalue()
