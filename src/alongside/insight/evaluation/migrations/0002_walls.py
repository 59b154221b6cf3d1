"""Wall the evaluation's tables, and let no protocol change once it is fixed, nor rows once they are frozen."""

from django.db import migrations

from alongside.core.base.rows import protect
from alongside.core.base.statements import Statements

TABLES = ("cohort", "protocol", "deviation", "frozencohort", "analysisrun")
KEPT = {"protocol": "old.fixed_at is not null", "frozencohort": "true", "analysisrun": "true", "deviation": "true"}
POSTGRESQL = [
    """
    create function evaluation_refuse() returns trigger language plpgsql as $$
    begin raise exception 'what was promised, frozen or found stays as it is'; end $$
    """,
    *(
        f"create trigger {table}_stays before update on evaluation_{table} for each row when ({when}) "
        "execute function evaluation_refuse()"
        for table, when in KEPT.items()
    ),
]
SQLITE = [
    f"create trigger evaluation_{table}_stays before update on evaluation_{table} when {when} "
    "begin select raise(abort, 'what was promised, frozen or found stays as it is'); end"
    for table, when in KEPT.items()
]


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]

    operations = [
        *(protect(f"evaluation_{table}", "agency_id") for table in TABLES),
        Statements(postgresql=POSTGRESQL, sqlite=SQLITE),
    ]
