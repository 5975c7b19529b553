"""A news world, ingested twice, and Prefect's test server: once for all tests of the flows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flows.cli import main
from tests.site.world import build_world

Khabar = Callable[..., Result]
SETTINGS: dict[str, Any] = {
    "warehouse": {"path": "../khabar.duckdb", "work_path": "../.work/khabar.duckdb", "archive_dir": "../archive"},
    "http": {"contact": "https://example.org/tests", "pause_seconds": 0.0, "deadline_seconds": 10.0},
}


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A real Prefect server for the session; starting one takes seconds."""
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


@dataclass
class Ingested:
    """What the two runs left: the world, the states that Prefect got, and the folder."""

    world: Any
    states: list[Any]
    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config"

    @property
    def published(self) -> Path:
        return self.folder / "khabar.duckdb"


@pytest.fixture(scope="session")
def ingested(prefect_server: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ingested]:
    """The demo's world after two real flow runs; its site is still served."""
    from flows.ingest import ingest

    flow: Any = ingest
    folder = tmp_path_factory.mktemp("world")
    (folder / "config").mkdir()
    world = build_world(datetime.now(UTC))
    with world.serve() as site:
        world.write_config(folder / "config", SETTINGS)
        states = [flow(config_dir=str(folder / "config"), return_state=True)]
        site.advance()
        states.append(flow(config_dir=str(folder / "config"), all_feeds=True, return_state=True))
        yield Ingested(world, states, folder)


@pytest.fixture
def khabar(ingested: Ingested, monkeypatch: pytest.MonkeyPatch) -> Khabar:
    monkeypatch.setenv("KHABAR_CONFIG", str(ingested.config))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments])

    return run


@pytest.fixture
def own_config(ingested: Ingested, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own in a folder of its own."""
    shutil.copytree(ingested.config, tmp_path / "config")
    monkeypatch.setenv("KHABAR_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"
