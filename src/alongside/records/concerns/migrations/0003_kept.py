"""Let no concern and nothing done about one ever be deleted, nor what was first said be changed."""

from django.db import migrations

from alongside.core.base.statements import Statements

SAID = ("id", "created_at", "agency_id", "about", "words", "danger", "noticed_on", "source", "raised_by_id", "origin")

POSTGRESQL = [
    f"""
    create function concerns_refuse() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and tg_table_name = 'concerns_concern' then
        if row({", ".join("new." + name for name in SAID)}) is not distinct from
           row({", ".join("old." + name for name in SAID)})
           and (old.case_id is null or new.case_id is not distinct from old.case_id) then
          return new;
        end if;
      end if;
      raise exception 'a concern stays as it was said';
    end $$
    """,
    *(
        f"create trigger {table}_stays before update or delete on {table} "
        "for each row execute function concerns_refuse()"
        for table in ("concerns_concern", "concerns_concernstep")
    ),
]
REFUSE = "begin select raise(abort, 'a concern stays as it was said'); end"
SQLITE = {
    "concern_no_delete": f"before delete on concerns_concern {REFUSE}",
    "concern_step_no_delete": f"before delete on concerns_concernstep {REFUSE}",
    "concern_step_no_update": f"before update on concerns_concernstep {REFUSE}",
    "concern_no_update": "before update on concerns_concern when "
    + " or ".join(f'new."{name}" is not old."{name}"' for name in SAID)
    + f" or (old.case_id is not null and new.case_id is not old.case_id) {REFUSE}",
}


class Migration(migrations.Migration):
    dependencies = [("concerns", "0002_walls")]

    operations = [
        Statements(postgresql=POSTGRESQL, sqlite=[f"create trigger {name} {body}" for name, body in SQLITE.items()])
    ]
