"""Let nothing that chance decided be changed or taken back, nor the seed and the plan of a trial that was opened."""

from django.db import migrations

from alongside.core.base.statements import Statements

KEPT = (
    *("id", "agency_id", "programme_id", "design", "level", "method", "first_arm", "second_arm", "factors", "criteria"),
    *("instrument", "waiting_weeks", "follow_up_weeks", "opened_at", "sealed_seed", "seed_fingerprint"),
)
DRAWN = ("trials_allocation", "trials_cluster")
WORDS = "what chance decided stays as it was"


def row(of: str) -> str:
    return "row(" + ", ".join(f"{of}.{name}::text" for name in KEPT) + ")"


POSTGRESQL = [
    f"""
    create function trials_refuse() returns trigger language plpgsql as $$
    begin
      if tg_table_name = 'trials_trial' then
        if old.opened_at is null and tg_op = 'DELETE' then
          return old;
        end if;
        if tg_op = 'UPDATE' and (old.opened_at is null or
           ({row("new")} is not distinct from {row("old")}
            and (old.closed_at is null or new.closed_at is not distinct from old.closed_at))) then
          return new;
        end if;
      end if;
      raise exception '{WORDS}';
    end $$
    """,
    *(
        f"create trigger {table}_stays before update or delete on {table} for each row execute function trials_refuse()"
        for table in (*DRAWN, "trials_trial")
    ),
]
REFUSE = f"begin select raise(abort, '{WORDS}'); end"
SQLITE = {
    **{f"{table}_no_{verb}": f"before {verb} on {table} {REFUSE}" for table in DRAWN for verb in ("update", "delete")},
    "trials_trial_no_delete": f"before delete on trials_trial when old.opened_at is not null {REFUSE}",
    "trials_trial_no_update": "before update on trials_trial when old.opened_at is not null and ("
    + " or ".join(f"new.{name} is not old.{name}" for name in KEPT)
    + f" or (old.closed_at is not null and new.closed_at is not old.closed_at)) {REFUSE}",
}


class Migration(migrations.Migration):
    dependencies = [("trials", "0002_walls")]

    operations = [
        Statements(postgresql=POSTGRESQL, sqlite=[f"create trigger {name} {body}" for name, body in SQLITE.items()])
    ]
