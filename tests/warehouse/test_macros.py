"""Macros that the ready questions share, by value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config.model import WarehouseSettings
from tasks.load import database as db

# 20:30 in UTC is the next day in Karachi
INSTANT = "timestamptz '2026-06-29 20:30:00+00'"


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Connection]:
    folder: Path = tmp_path_factory.mktemp("macros")
    settings = WarehouseSettings(path=folder / "khabar.duckdb", work_path=folder / "work.duckdb", archive_dir=folder)
    with db.writer(settings) as con:
        db.migrate(con, datetime(2026, 6, 30, tzinfo=UTC))
        yield con


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (f"select day_in({INSTANT}, 'Asia/Karachi')", date(2026, 6, 30)),
        (f"select day_in({INSTANT}, 'America/New_York')", date(2026, 6, 29)),
        ("select day_in(null, 'UTC')", None),
        (f"select in_period({INSTANT}, date '2026-06-30', date '2026-06-30', 'Asia/Karachi')", True),
        (f"select in_period({INSTANT}, date '2026-06-30', null, 'UTC')", False),
        (f"select in_period({INSTANT}, null, date '2026-06-28', 'UTC')", False),
        ("select in_period(null, null, null, 'UTC')", True),
        ("select coalesce(in_period(null, date '2026-06-01', null, 'UTC'), false)", False),
        ("select is_coverage('article', 2, 2)", True),
        ("select is_coverage('brief', null, 1)", True),
        ("select is_coverage('brief', null, 2)", False),
        ("select is_coverage('paywall_stub', 3, 1)", False),
        ("select is_first_print('near', 'other')", False),
        ("select is_first_print('reprint', null)", True),
        ("select is_first_print('excerpt', 'other')", True),
        ("select is_first_print(null, null)", True),
        ("select on_topic('sec.defence_arms', 'sec')", True),
        ("select on_topic('sec.defence_arms', 'sec.defence_arms')", True),
        ("select on_topic('security.x', 'sec')", False),
        ("select share_of(1, 3)", 0.333),
        ("select share_of(1, 0)", None),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Karachi"])
def test_a_macro_gives(con: db.Connection, asked: str, value: object, zone: str) -> None:
    con.execute(f"set timezone = '{zone}'")
    assert db.scalar(con, asked) == value
