"""A migration step of plain SQL for each kind of database, which needs no picture of the models.

Django draws that picture anew for each step that may ask for a model; with a wall for every table that took a third of
the time in which a database is made.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class Statements(Operation):
    """Run these statements on PostgreSQL, or those on SQLite; going back leaves them as they are."""

    reduces_to_sql = True

    def __init__(self, *, postgresql: Sequence[str] = (), sqlite: Sequence[str] = ()) -> None:
        self.statements = {"postgresql": postgresql, "sqlite": sqlite}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Run the statements."""
        for statement in self.statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Leave them: the tables that they are about go."""
