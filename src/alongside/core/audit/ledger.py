"""The only ways to write a row, each of which leaves an entry in the log, and the way to note what was read.

Services run inside :func:`together`: one transaction whose entries join the chain just before it commits, so that the
lock which orders the chain is held for as short a time as can be.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from alongside.core.audit.bulk import append
from alongside.core.audit.chain import Fact, digest_of
from alongside.core.audit.models import Entry
from alongside.core.base.errors import Stale, Taken
from alongside.core.base.models import Record


class Actor(Protocol):
    """Somebody who acts: a person who signs in, or a link that was followed."""

    id: UUID
    agency_id: UUID


R = TypeVar("R", bound=Record)
Pending = list[tuple[Fact, dict[str, Any] | None]]
_pending: ContextVar[Pending | None] = ContextVar("pending", default=None)
QUIET = frozenset({"created_at", "version"})
# That these changed is logged, never what they are.
SECRET = frozenset({"password", "token_hash", "sealed_seed", "sealed_key"})
HIDDEN = ["hidden", "hidden"]


@contextmanager
def together() -> Iterator[None]:
    """Do all of it or none, and write its entries to the log at the end; blocks may nest."""
    if _pending.get() is not None:
        with transaction.atomic(savepoint=False):
            yield
        return
    entries: Pending = []
    token = _pending.set(entries)
    try:
        with transaction.atomic():
            yield
            append(entries)
    finally:
        _pending.reset(token)


def create(model: type[R], *, by: Actor | None, what: str, **fields: Any) -> R:
    """Write a new row; where its id was written before by the same double click, give that row instead.

    Raises :class:`Taken` where the id is another agency's, whose row nobody here may see.
    """
    with together():
        row = model(**fields)
        row.full_clean(validate_unique=False, validate_constraints=False)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            same = model._default_manager.filter(pk=row.pk).first()
            if same is not None and _held_by(same) == _held_by(row):
                return same
            if same is None and not _is_of_the_id(error, model):
                raise
            raise Taken from error
        _write(by, what, row, _values(row))
    return row


def create_many(model: type[R], rows: Sequence[R], *, by: Actor | None, what: str) -> None:
    """Write many new rows at once, each with its entry."""
    with together():
        model._default_manager.bulk_create(rows, batch_size=1000)
        for row in rows:
            _write(by, what, row, _values(row))


def update(row: R, *, by: Actor | None, what: str, version: int | None = None, **fields: Any) -> R:
    """Change a row that nobody changed since ``version`` (as read, where none is given).

    Raises :class:`Stale`, holding the row as it is now, where somebody did. Writes nothing where nothing changed.
    """
    changes = {
        name: [_plain(getattr(row, name)), _plain(value)]
        for name, value in fields.items()
        if getattr(row, name) != value
    }
    basis = row.version if version is None else version
    with together():
        if not changes and basis == row.version:
            return row
        for name in changes:
            setattr(row, name, fields[name])
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in changes])
        manager = type(row)._default_manager
        new = {name: getattr(row, name) for name in changes}
        if not manager.filter(pk=row.pk, version=basis).update(version=F("version") + 1, **new):
            raise Stale(manager.filter(pk=row.pk).first())
        row.version = basis + 1
        _write(by, what, row, {name: HIDDEN if name in SECRET else change for name, change in changes.items()})
    return row


def remove(row: R, *, by: Actor | None, what: str, version: int) -> None:
    """Take away a row that says what is not so, and that nothing hangs on; the log keeps what it said.

    Raises :class:`Stale`, holding the row as it is now, where somebody changed it since ``version``.
    """
    manager = type(row)._default_manager
    with together():
        gone, _ = manager.filter(pk=row.pk, version=version).delete()
        if not gone:
            raise Stale(manager.filter(pk=row.pk).first())
        said = {name: [value, None] for name, (_, value) in _values(row).items()}
        _write(by, what, row, said)


def note(
    *,
    by: Actor | None,
    what: str,
    about: Model | None = None,
    kind: str = Entry.Kind.READ,
    row: str = "",
    model: str = "",
) -> None:
    """Enter in the log that somebody saw, took away or was refused something."""
    label = about._meta.label if about is not None else model
    with together():
        _add(by, kind, what, label, str(about.pk) if about is not None else row, None)


def _held_by(row: Record) -> Any:
    return getattr(row, "agency_id", None)


def _is_of_the_id(error: IntegrityError, model: type[Record]) -> bool:
    """Whether it is the id of a row that was there before: PostgreSQL says so of rows that it does not show, too."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") == f"{model._meta.db_table}_pkey"


def _write(by: Actor | None, what: str, row: Record, changes: dict[str, Any]) -> None:
    _add(by, Entry.Kind.WRITE, what, row._meta.label, str(row.pk), changes)


def _add(by: Actor | None, kind: str, what: str, model: str, row: str, changes: dict[str, Any] | None) -> None:
    entries = _pending.get()
    assert entries is not None, "the log is written inside together()"  # noqa: S101
    fact = Fact(
        at=timezone.now(),
        kind=str(kind),
        what=what,
        actor=by.id if by else None,
        agency=by.agency_id if by else None,
        model=model,
        row=row,
        changes_digest=digest_of(changes),
    )
    entries.append((fact, changes))


def _values(row: Record) -> dict[str, Any]:
    return {
        field.name: HIDDEN if field.name in SECRET else [None, value]
        for field in row._meta.concrete_fields
        if field.name not in QUIET and (value := _plain(field.value_from_object(row))) not in (None, "", [])
    }


def _plain(value: Any) -> Any:
    """Reduce a value to what JSON can hold, so that its digest is the same when it is read back."""
    if isinstance(value, Model):
        return str(value.pk)
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return DjangoJSONEncoder().default(value)
