"""Files in a form: taken in whole, looked into, and refused in words before anything is kept."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from alongside.stewardship.exchange.cell_text import clean
from alongside.stewardship.exchange.file_kinds import MAX_FILE_BYTES
from alongside.stewardship.exchange.problems import Unreadable
from alongside.stewardship.exchange.services.staging import LONGEST_NAME, GivenFile
from alongside.stewardship.exchange.tables import Table, open_table

MOST_FILES = 30
MEGABYTE = 1_000_000

Check = Callable[[Sequence[Table]], Any]


class ManyFiles(forms.FileInput):
    """A box for several files at once."""

    allow_multiple_selected = True


class GivenFilesField(forms.FileField):
    """One file or several; gives :class:`GivenFile` for each, all of which have headings that ``check`` accepts."""

    def __init__(self, *, check: Check, many: bool = False, **options: Any) -> None:
        self.check, self.many = check, many
        accept = {"accept": ".csv,.xlsx"}
        widget = ManyFiles({**accept, "multiple": True}) if many else forms.FileInput(accept)
        super().__init__(widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> list[GivenFile]:
        """Take the files in; every refusal is a sentence for the page."""
        uploads: list[UploadedFile[Any]] = [file for file in (data if isinstance(data, list) else [data]) if file]
        if not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > MOST_FILES:
            raise ValidationError(f"Choose no more than {MOST_FILES} files at once")
        if sum(file.size or 0 for file in uploads) > MAX_FILE_BYTES:
            raise ValidationError(
                f"That is more than {MAX_FILE_BYTES // MEGABYTE} MB. Split it, and give us the parts one by one"
            )
        files = [GivenFile((clean(file.name or "") or "The file")[-LONGEST_NAME:], file.read()) for file in uploads]
        try:
            self.check([open_table(io.BytesIO(file.content), file.name) for file in files])
        except Unreadable as fault:
            raise ValidationError(str(fault)) from None
        return files
