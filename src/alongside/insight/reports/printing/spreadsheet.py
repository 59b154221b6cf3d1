"""The report as a spreadsheet: one sheet of figures, one of how each was counted, and nothing hidden."""

from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from alongside.insight.reports.telling.figures import Figure
from alongside.insight.reports.telling.report import Report
from alongside.insight.reports.telling.writer import Chart, Table

WIDE, NARROW = 46, 16
COLUMNS = ("Figure", "Value", "Counted", "Out of", "In", "Who is counted", "How", "Left out", "What it can say")


def spreadsheet_of(report: Report) -> bytes:
    """Write a report to a workbook. Text stays text: a name that looks like a formula is not one."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": f"{report.heading.contract}, {report.heading.quarter}"})
        strong, large = book.add_format({"bold": True}), book.add_format({"bold": True, "font_size": 14})
        number = book.add_format({"num_format": "#,##0", "align": "right"})
        text = book.add_format({"align": "right"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _write_figures(book.add_worksheet("Report"), report, Looks(strong, large, number, text))
        _write_methods(book.add_worksheet("How we count this"), report, strong, wrapped)
    return file.getvalue()


class Looks:
    """How cells look."""

    def __init__(self, strong: Format, large: Format, number: Format, text: Format) -> None:
        self.strong, self.large, self.number, self.text = strong, large, number, text


def _write_figures(sheet: Worksheet, report: Report, looks: Looks) -> None:
    heading = report.heading
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 7, NARROW)
    sheet.write_string(0, 0, f"{heading.contract}, {heading.quarter}", looks.large)
    sheet.write_string(1, 0, f"{heading.days}. {heading.state}")
    row = 3
    for key, meaning in report.headlines:
        sheet.write_string(row, 0, meaning)
        _write_value(sheet, row, 1, report.figures[key], looks)
        row += 1
    for section in report.sections:
        sheet.write_string(row + 1, 0, section.title, looks.large)
        row += 2
        for words in section.words:
            sheet.write_string(row, 0, words)
            row += 1
        for table in section.tables:
            if table.chart:
                row = _write_chart(sheet, row, table.chart, looks)
            row = _write_table(sheet, row, table, report, looks)
    sheet.write_string(row + 1, 0, report.footnote)


def _write_chart(sheet: Worksheet, row: int, chart: Chart, looks: Looks) -> int:
    """Write what a chart says, scale by scale, and give the row after it."""
    sheet.write_string(row, 0, chart.title, looks.strong)
    sheet.write_string(row + 1, 0, chart.words)
    for offset, mark in enumerate(chart.marks, 2):
        sheet.write_string(row + offset, 0, mark.title)
        sheet.write_string(row + offset, 1, mark.words, looks.text)
    return row + len(chart.marks) + 3


def _write_table(sheet: Worksheet, row: int, table: Table, report: Report, looks: Looks) -> int:
    """Write a table and give the row after it."""
    sheet.write_string(row, 0, table.caption, looks.strong)
    for column, words in enumerate(table.columns):
        sheet.write_string(row + 1, column, words, looks.strong)
    row += 2
    for title, cells in table.rows:
        sheet.write_string(row, 0, title)
        for column, key in enumerate(cells, 1):
            _write_value(sheet, row, column, report.figures[key], looks)
        row += 1
    return row + 1


def _write_value(sheet: Worksheet, row: int, column: int, figure: Figure, looks: Looks) -> None:
    """Write a count as a number that shows the same digits as its text; anything else as its text."""
    if figure.number is not None:
        sheet.write_number(row, column, figure.number, looks.number)
    else:
        sheet.write_string(row, column, figure.text, looks.text)


def _write_methods(sheet: Worksheet, report: Report, strong: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 4, NARROW)
    sheet.set_column(5, 8, WIDE)
    for column, words in enumerate(COLUMNS):
        sheet.write_string(0, column, words, strong)
    for row, figure in enumerate(report.figures.values(), 1):
        left_out = "; ".join(f"{words}: {number}" for words, number in figure.exclusions)
        texts = (figure.title, figure.text, figure.numerator, figure.denominator, figure.unit, figure.cohort)
        for column, words in enumerate((*texts, figure.method, left_out, figure.design)):
            sheet.write_string(row, column, words, wrapped)
