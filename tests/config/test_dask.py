"""Work spread over a Dask scheduler is the same work."""

import logging
import sys
from pathlib import Path

import distributed
import pytest

from alongside.config.commands import spreading
from tests.calc.economics.test_capacity import WRITTEN
from tests.config.calling import call

QUIET = WRITTEN.replace("families = 6.5", "families = 1")


def test_a_scheduler_gives_the_same_bytes_and_one_that_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The scheduler runs in this process, and would tell what it does on whatever was standard error when it was read.
    for name in ("distributed", "distributed.client"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
        monkeypatch.setattr(logging.getLogger(name), "propagate", False)
    (tmp_path / "ours.toml").write_text(QUIET)
    here = call("economics", "capacity", "ours.toml", "--json", at=tmp_path)
    local = {"processes": False, "protocol": "tcp", "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, **local) as cluster:
        there = call("economics", "capacity", "ours.toml", "--json", "--dask", cluster.scheduler_address, at=tmp_path)
        cluster.scale(0)
        nobody = call("economics", "capacity", "ours.toml", "--dask", cluster.scheduler_address, at=tmp_path)
    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout
    assert nobody.stderr == f"The Dask scheduler at {cluster.scheduler_address} has no workers.\n"
    monkeypatch.setattr(spreading, "PATIENCE", 0.2)
    nowhere = call("economics", "capacity", "ours.toml", "--dask", "tcp://127.0.0.1:9", at=tmp_path)
    assert (nowhere.returncode, nowhere.stderr[:37]) == (1, "No Dask scheduler answers at tcp://12")


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(QUIET)
    monkeypatch.setitem(sys.modules, "distributed", None)
    absent = call("economics", "capacity", "ours.toml", "--dask", "tcp://127.0.0.1:9", at=tmp_path)
    assert absent.stderr == "Dask is not installed here. Install it with: pip install distributed.\n"
