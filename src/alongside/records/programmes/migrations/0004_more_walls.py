"""Wall the tables that hold an agency's rows."""

from django.db import migrations

from alongside.core.base.rows import protect


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_work_as_it_is")]

    operations = [
        protect("programmes_pause", "agency_id"),
        protect("programmes_extension", "agency_id"),
        protect("programmes_move", "agency_id"),
        protect("programmes_support", "agency_id"),
        protect("programmes_counting", "agency_id"),
        protect("programmes_fundagreement", "agency_id"),
        protect("programmes_therapysession", "agency_id"),
        protect("programmes_authoritynote", "agency_id", "provider_id"),
    ]
