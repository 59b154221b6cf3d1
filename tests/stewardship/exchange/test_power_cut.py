"""The power fails in the middle of an import: a real process, killed outright, leaves all of it or none."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, connections

from alongside.core.access import system
from alongside.core.audit.queries import check
from alongside.records.referrals.models import Referral, ReferralKey
from alongside.stewardship.exchange.models import Import, ImportRow
from alongside.stewardship.exchange.services.staging import take_up_work
from tests.cast import Cast
from tests.stewardship.exchange.files import hand_in, many

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
FAMILIES = 300

# Does what a worker does, but stops for its killer just before or just after everything is committed.
WORKER = """
import sys, time
import django
django.setup()
from alongside.core.audit import bulk
from alongside.stewardship.exchange.tasks import add_families

def wait(*_):
    print("here", flush=True)
    time.sleep(60)

written, when, pk = bulk.append, *sys.argv[1:]
if when == "before":
    bulk.append = lambda entries: (written(entries), wait())
add_families.call(pk)
wait()
"""


@pytest.fixture
def confirmed(cast: Cast, clock: object) -> Import:
    imported = hand_in(many(FAMILIES), cast.ruth)
    Import.objects.filter(pk=imported.pk).update(status=Import.Status.ADDING)
    return imported


def killed(imported: Import, when: str) -> None:
    """Run the import in a process of its own, and kill it there."""
    connections.close_all()
    given = connection.settings_dict
    address = (
        f"sqlite:///{given['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://{given['USER']}@/{given['NAME']}?host={given['OPTIONS'].get('host') or given['HOST']}"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, when, str(imported.pk)],
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
             "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert worker.stdout is not None
    with worker.stdout:
        assert worker.stdout.readline() == "here\n"
        worker.send_signal(signal.SIGKILL)
    assert worker.wait(timeout=30) == -signal.SIGKILL


def sent() -> int:
    return Referral.objects.filter(import_key__isnull=False).count()


def test_killed_before_the_end_it_leaves_nothing_and_is_taken_up_again(confirmed: Import) -> None:
    killed(confirmed, "before")
    with system():
        confirmed.refresh_from_db()
        assert (sent(), ReferralKey.objects.count()) == (0, 0)
        assert confirmed.status == Import.Status.ADDING
        assert ImportRow.objects.count() == FAMILIES
        assert check().broken_at is None
        take_up_work()
        confirmed.refresh_from_db()
        assert (sent(), confirmed.status) == (FAMILIES, Import.Status.DONE)
        assert check().broken_at is None


def test_killed_after_the_end_everything_is_there_and_stays_so(confirmed: Import) -> None:
    killed(confirmed, "after")
    with system():
        confirmed.refresh_from_db()
        assert (sent(), confirmed.status) == (FAMILIES, Import.Status.DONE)
        assert take_up_work() == 0
        assert sent() == FAMILIES
        assert check().broken_at is None
