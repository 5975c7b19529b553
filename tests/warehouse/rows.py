"""Rows for small warehouses: readable, with one line for each thing that a test is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from config.model import WarehouseSettings
from tasks.extract.days import days_of
from tasks.load import database as db

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def at(hours: float) -> datetime:
    return DAY + timedelta(hours=hours)


def article(key: str, **more: Any) -> dict[str, Any]:
    row = {
        "article_id": key, "outlet_id": "dawn", "url": f"https://dawn.example/{key}", "title": f"Title {key}",
        "text": "some text", "lang": "en", "word_count": 2, "verdict": "article", "version": 1, "first_seen_at": at(10),
        "published_at": at(20.5), "date_source": "jsonld", "extractor_version": "1", "identity_key": key,
        "content_sha256": key, "target_id": key, "agency": None, "credit": None, "relevance": None, "topics": None,
        "copy_kind": None, "origin_article_id": None, **more,
    }  # fmt: skip
    return row | days_of(row["published_at"])


def feed(key: str, **more: Any) -> dict[str, Any]:
    row = {
        "feed_id": key, "outlet_id": "dawn", "url": f"https://dawn.example/{key}.xml", "tier": "fast",
        "state": "active", "added_at": DAY, "consecutive_failures": 0, "last_code": None, "last_polled_at": at(1),
        "next_due_at": None, "reason": None,
    }  # fmt: skip
    return row | more


def poll(
    number: int,
    key: str,
    hours: float,
    outcome: str,
    new: int = 0,
    code: str | None = None,
    due: datetime | None = None,
    previous: datetime | None = None,
) -> dict[str, Any]:
    return {
        "poll_id": f"{key}{number}", "run_id": "r", "feed_id": key, "polled_at": at(hours), "outcome": outcome,
        "entries_new": new, "code": code, "due_at": due, "previous_at": previous,
    }  # fmt: skip


@contextmanager
def warehouse(folder: Path) -> Iterator[db.Connection]:
    """An empty warehouse with its views."""
    settings = WarehouseSettings(path=folder / "k.duckdb", work_path=folder / "w.duckdb", archive_dir=folder / "a")
    with db.writer(settings) as con:
        db.migrate(con, DAY)
        yield con
