"""Run a command against a PostgreSQL server of its own: ``python -m tests.with_postgresql pytest ...``.

The server is started from the installed binaries in a temporary folder, listens on a socket there and on no port, and
is gone afterwards. The role that the command gets is no superuser, so that row-level security holds for it. Where no
server is installed the command is skipped, loudly, unless REQUIRE_POSTGRESQL is set.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST = 15
# What a server of a minute can do without: safety from power cuts, and the work that pays off in long questions.
HASTY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off", "autovacuum=off")


def binaries() -> Path | None:
    """Find the newest installed server of version 15 or later."""
    folders = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    for name in ("initdb",):
        if found := shutil.which(name):
            folders.append(Path(found).resolve().parent)
    versions = {folder: _version(folder) for folder in folders}
    good = [folder for folder in folders if versions[folder] >= OLDEST]
    return max(good, key=lambda folder: versions[folder]) if good else None


def _version(folder: Path) -> int:
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.split()[2].split(".")[0])


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """Start a server and give the address of an empty database in it.

    Raises FileNotFoundError where no server is installed.
    """
    folder = binaries()
    if folder is None:
        raise FileNotFoundError(f"no PostgreSQL {OLDEST} or later is installed")
    home = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
    as_owner: list[str] = []
    if os.geteuid() == 0:  # the server will not run as root
        shutil.chown(home, "postgres", "postgres")
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]

    def run(*command: str | Path) -> None:
        subprocess.run([*as_owner, *map(str, command)], check=True, cwd=home, stdout=subprocess.DEVNULL)

    data = home / "data"
    options = f"-c listen_addresses= -k {home} " + " ".join(f"-c {setting}" for setting in settings)
    try:
        run(folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        run(folder / "pg_ctl", "-D", data, "-w", "-o", options, "-l", home / "log", "start")
        for command in ("create role alongside login createdb", "create database alongside owner alongside"):
            run(folder / "psql", "-h", home, "-U", "postgres", "-c", command)
        yield f"postgresql://alongside@/alongside?host={home}"
    finally:
        if (data / "postmaster.pid").exists():
            run(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL naming the new server, and give its exit status."""
    if binaries() is None:
        print(f"\n*** SKIPPED on PostgreSQL: no server {OLDEST}+ installed (Debian: apt-get install postgresql) ***\n")
        return 1 if os.environ.get("REQUIRE_POSTGRESQL") else 0
    with server(*HASTY) as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
