"""Wall the reports that were released: the agency that serves and the one that pays see them, and nobody changes them."""

from django.db import migrations

from alongside.core.base.rows import protect
from alongside.core.base.statements import Statements

STAYS = "before update on evaluation_release"


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_releases")]

    operations = [
        protect("evaluation_release", "agency_id", "purchaser_id"),
        Statements(
            postgresql=[f"create trigger release_stays {STAYS} for each row execute function evaluation_refuse()"],
            sqlite=[
                f"create trigger evaluation_release_stays {STAYS} "
                "begin select raise(abort, 'what was promised, frozen or found stays as it is'); end"
            ],
        ),
    ]
