"""Bringing the programmes of the data files into the database."""

from pathlib import Path
from typing import Any

from alongside.core.audit import ledger
from alongside.records.programmes.definition import FOLDER, load_definitions
from alongside.records.programmes.models import Programme


def load_programmes(folder: Path = FOLDER) -> None:
    """Bring every programme's data file into the database, replacing an earlier edition of the same programme."""
    for definition in load_definitions(folder):
        values: dict[str, Any] = {
            "name": definition.name,
            "edition": definition.edition,
            "definition": definition.content(),
        }
        known = Programme.objects.filter(slug=definition.slug).first()
        if known is None:
            ledger.create(Programme, by=None, what="programme loaded", slug=definition.slug, **values)
        else:
            ledger.update(known, by=None, what="programme loaded anew", **values)
