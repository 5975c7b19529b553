"""The schedule on a real Prefect server: runs by itself, and comes back after a crash of any part."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flows.conftest import SETTINGS
from tests.site.world import build_world

# a schedule of one minute, a server that starts slowly on a busy machine
PATIENCE = 200.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, f"waited {PATIENCE:.0f} s for {what}"
        time.sleep(0.5)


def finished_runs(published: Path) -> int:
    if not published.exists():
        return 0
    con = duckdb.connect(str(published), read_only=True)
    try:
        found = con.execute("select count(*) from runs where state in ('ok', 'partial')").fetchone()
        return int(found[0]) if found else 0
    finally:
        con.close()


def processes(*words: str) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if all(word in line for word in words):
            found.append(int(entry.parent.name))
    return found


@pytest.mark.slow
def test_the_schedule_survives_the_death_of_its_parts(tmp_path: Path) -> None:
    port = free_port()
    config, published = tmp_path / "config", tmp_path / "khabar.duckdb"
    config.mkdir()
    world = build_world(datetime.now(UTC))
    environment = {**os.environ, "KHABAR_PREFECT_PORT": str(port), "PREFECT_HOME": str(tmp_path / "prefect")}
    environment.pop("PREFECT_API_URL", None)
    with world.serve():
        settings: dict[str, Any] = {**SETTINGS, "schedule": {"fast_minutes": 1}}
        world.write_config(config, settings)
        command = [sys.executable, "-m", "flows.cli", "--config", str(config), "serve"]
        with (tmp_path / "log").open("w") as log:
            supervisor = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for("the first run", lambda: finished_runs(published) >= 1)
            second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
            assert second.returncode == 1
            assert "another `khabar serve` runs" in second.stderr
            # both parts at once: the schedule's process and the server
            for pid in [*processes("flows.serve", str(config)), *processes("prefect server start", str(port))]:
                os.kill(pid, signal.SIGKILL)
            before = finished_runs(published)
            wait_for("a run after the crash", lambda: finished_runs(published) > before)
            supervisor.send_signal(signal.SIGTERM)
            assert supervisor.wait(60) == 0
            assert not processes(str(config))
            assert not processes(str(port))
        finally:
            supervisor.kill()
            supervisor.wait()
    con = duckdb.connect(str(published), read_only=True)
    overlaps = con.execute(
        "select count(*) from runs a join runs b on a.run_id < b.run_id "
        "and a.started_at < b.finished_at and b.started_at < a.finished_at"
    ).fetchone()
    assert overlaps == (0,), "two runs never overlap"


@pytest.mark.parametrize(("minutes_old", "replaced"), [(10, False), (300, True)])
def test_a_schedule_that_publishes_nothing_is_replaced(tmp_path: Path, minutes_old: int, replaced: bool) -> None:
    """Whatever Prefect says of free slots and running workers: what counts is the published file."""
    from config.reader import load
    from flows.supervisor import Supervisor

    (tmp_path / "config").mkdir()
    world = build_world(datetime.now(UTC))
    with world.serve():
        world.write_config(tmp_path / "config", SETTINGS)
    published = tmp_path / "khabar.duckdb"
    published.write_bytes(b"")
    old = time.time() - minutes_old * 60
    os.utime(published, (old, old))
    supervisor = Supervisor(load(tmp_path / "config", environ={}))
    schedule = supervisor._runner
    schedule.command = ["sleep", "60"]
    assert schedule.keep_alive()
    schedule.started -= 300 * 60  # it runs for hours already
    try:
        supervisor._check_freshness(time.time)
        assert (schedule.process is None) is replaced
    finally:
        schedule.stop()


def test_every_deployment_cancels_a_second_run_of_its_kind(prefect_server: None) -> None:
    from config.reader import DEFAULT_DIRECTORY, load
    from flows.serve import deployments

    made = deployments(load(DEFAULT_DIRECTORY, environ={}))
    assert [d.name for d in made] == ["fast", "hourly", "daily", "maintain"]
    for deployment in made:
        assert deployment.concurrency_limit == 1
        assert deployment.concurrency_options.collision_strategy.value == "CANCEL_NEW"
        assert ":" not in deployment.entrypoint, "by module, not by file"
    crons = {d.name: d.schedules[0].schedule.cron for d in made}
    assert crons == {"fast": "*/15 * * * *", "hourly": "7 * * * *", "daily": "22 3 * * *", "maintain": "37 4 * * *"}
    assert [d.parameters.get("tier") for d in made] == ["fast", "hourly", "daily", None]
