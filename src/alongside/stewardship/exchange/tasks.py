"""Work on files that pages leave for later. Each may be started twice: it looks first whether there is still work."""

from uuid import UUID

from django_tasks import task

from alongside.core.access import system
from alongside.stewardship.exchange.services.adding import add
from alongside.stewardship.exchange.services.reading import read


@task()
def read_files(imported: str) -> None:
    """Read the files of an import, so that its referrer sees what is in them."""
    with system():
        read(UUID(imported))


@task()
def add_families(imported: str) -> None:
    """Refer the families of an import that was confirmed."""
    with system():
        add(UUID(imported))
