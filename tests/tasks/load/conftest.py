"""A warehouse in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.model import WarehouseSettings
from tasks.load import database as db

NOW = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> WarehouseSettings:
    return WarehouseSettings(
        path=tmp_path / "khabar.duckdb",
        work_path=tmp_path / ".work" / "khabar.duckdb",
        archive_dir=tmp_path / "archive",
    )


@pytest.fixture
def con(settings: WarehouseSettings) -> Iterator[db.Connection]:
    with db.writer(settings) as connection:
        db.migrate(connection, NOW)
        yield connection
