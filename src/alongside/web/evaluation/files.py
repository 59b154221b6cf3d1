"""A report as a file to take away."""

from django.http import HttpResponse

from alongside.insight.evaluation.report.document import Document
from alongside.insight.evaluation.report.pdf import pdf_of
from alongside.insight.evaluation.report.word import word_of
from alongside.web.rendering import for_word, paper


def file_of(document: Document, ending: str) -> HttpResponse:
    """Give a report as a PDF ("pdf") or for Word ("docx")."""
    if ending == "pdf":
        return paper(pdf_of(document), "evaluation.pdf")
    return for_word(word_of(document), "evaluation.docx")
