"""Prefect's own database may be locked; what a run brings must not depend on it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.flows.conftest import SETTINGS
from tests.site.world import build_world

# Longer than Prefect waits for a statement (10 s), so that it has to try again.
LOCKED_SECONDS = 14.0


def lock(database: Path, process: subprocess.Popen[str]) -> sqlite3.Connection:
    """An exclusive lock on Prefect's database, taken as soon as it knows of a run that is under way."""
    while process.poll() is None:
        time.sleep(0.05)
        if not database.exists():
            continue
        con = sqlite3.connect(database, timeout=30)
        try:
            if con.execute("select count(*) from flow_run where state_name = 'Running'").fetchone()[0]:
                con.execute("begin exclusive")
                return con
        except sqlite3.OperationalError:
            pass  # its tables are still being made
        con.close()
    raise AssertionError("the run ended before Prefect's database could be locked")


@pytest.mark.slow
def test_a_locked_database_of_prefect_delays_a_run_and_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    world = build_world(datetime.now(UTC))
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path / "prefect")}
    for name in ("PREFECT_API_URL", "PREFECT_API_DATABASE_CONNECTION_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"):
        environment.pop(name, None)
    with world.serve():
        world.write_config(tmp_path / "config", SETTINGS)
        command = [sys.executable, "-m", "flows.cli", "--config", str(tmp_path / "config"), "ingest"]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as run:
            with closing(lock(tmp_path / "prefect" / "prefect.db", run)):
                time.sleep(LOCKED_SECONDS)
                assert run.poll() is None, "the run did not wait"
            said, _ = run.communicate(timeout=120)
    assert run.returncode == 0, said
    with closing(duckdb.connect(str(tmp_path / "khabar.duckdb"), read_only=True)) as con:
        runs = con.execute("select state, count(*) from runs group by state").fetchall()
        articles = con.execute("select count(*) from coverage").fetchone()
    assert runs in ([("ok", 1)], [("partial", 1)]), said
    assert articles is not None
    assert articles[0] > 40, said
