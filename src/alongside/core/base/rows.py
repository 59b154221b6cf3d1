"""PostgreSQL row-level security: a second wall behind the gate, which shows no row to a session that names no agency.

SQLite has no such wall; there the gate stands alone. The policy compares a row's agencies with the setting
``app.agencies``: a list of ids parted by commas, or ``*`` for the system itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection

from alongside.core.base.statements import Statements

EVERY_AGENCY = "*"
INERROR = 3  # libpq: the transaction has failed and waits to be rolled back
_scope: ContextVar[str] = ContextVar("scope", default="")


def _tell(scope: str) -> None:
    if connection.vendor != "postgresql":
        return
    broken = connection.connection and connection.connection.info.transaction_status == INERROR
    if not broken:  # a broken transaction takes the setting back by itself
        with connection.cursor() as cursor:
            cursor.execute("select set_config('app.agencies', %s, false)", [scope])


def open_rows(scope: str) -> None:
    """Show this connection the rows of these agencies until told otherwise; an empty text shows none."""
    _scope.set(scope)
    _tell(scope)


@contextmanager
def rows_of(*agencies: UUID | str) -> Iterator[None]:
    """Show the rows of these agencies inside the block, and afterwards what was shown before."""
    before = _scope.get()
    open_rows(",".join(str(agency) for agency in agencies))
    try:
        yield
    finally:
        open_rows(before)


def protect(table: str, *columns: str) -> Statements:
    """Make the migration step that walls a table: a row shows where one of ``columns`` is in the scope."""
    setting = "current_setting('app.agencies', true)"
    # Each part stands in a select of its own, so that it is worked out once a query and not once a row.
    every = f"(select coalesce({setting}, '') = '{EVERY_AGENCY}')"
    listed = (
        f"(select case when coalesce({setting}, '') in ('', '{EVERY_AGENCY}') then '{{}}'::uuid[] "
        f"else string_to_array({setting}, ',')::uuid[] end)::uuid[]"
    )
    test = " or ".join([every] + [f"{column} = any({listed})" for column in columns])
    return Statements(
        postgresql=[
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy agencies on {table} using ({test}) with check ({test})",
        ]
    )
