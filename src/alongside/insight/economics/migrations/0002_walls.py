"""Wall the economic cases, and let no edition change once it is kept, nor once it is given."""

from django.db import migrations

from alongside.core.base.rows import protect
from alongside.core.base.statements import Statements

KEPT = ("economicedition", "economicrelease")
WORDS = "an edition of an economic case stays as it was kept"
POSTGRESQL = [
    f"create function economics_refuse() returns trigger language plpgsql as $$ begin raise exception '{WORDS}'; end $$",
    *(
        f"create trigger {table}_stays before update on economics_{table} for each row "
        "execute function economics_refuse()"
        for table in KEPT
    ),
]
SQLITE = [
    f"create trigger economics_{table}_stays before update on economics_{table} begin select raise(abort, '{WORDS}'); end"
    for table in KEPT
]


class Migration(migrations.Migration):
    dependencies = [("economics", "0001_initial")]

    operations = [
        protect("economics_economiccase", "agency_id"),
        protect("economics_economicedition", "agency_id"),
        protect("economics_economicrelease", "agency_id", "purchaser_id"),
        Statements(postgresql=POSTGRESQL, sqlite=SQLITE),
    ]
