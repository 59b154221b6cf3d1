"""Let rows only ever be added to the log; the one change allowed is to empty an entry's changes."""

from django.db import migrations

from alongside.core.base.statements import Statements

KEPT = ("id", "at", "kind", "what", "actor", "agency", "model", "row", "changes_digest", "hash")

POSTGRESQL = [
    f"""
    create function audit_refuse() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and new.changes is null
         and row({", ".join("new." + name for name in KEPT)}) is not distinct from
             row({", ".join("old." + name for name in KEPT)}) then
        return new;
      end if;
      raise exception 'the log is only added to';
    end $$
    """,
    """
    create trigger audit_append_only before update or delete on audit_entry
    for each row execute function audit_refuse()
    """,
]
SQLITE = [
    "create trigger audit_no_delete before delete on audit_entry "
    "begin select raise(abort, 'the log is only added to'); end",
    "create trigger audit_no_update before update on audit_entry when new.changes is not null or "
    + " or ".join(f'new."{name}" is not old."{name}"' for name in KEPT)
    + " begin select raise(abort, 'the log is only added to'); end",
]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [Statements(postgresql=POSTGRESQL, sqlite=SQLITE)]
