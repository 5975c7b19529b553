"""What the stage looks at, and in which order."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from tasks.dedupe.task import STAGE
from tasks.load import database as db
from tests.tasks.dedupe.lab import START, Warehouse, article, prose, text


def row(name: str, day: int, **more: Any) -> dict[str, Any]:
    return article(name, text(prose(day, 8)), published_at=START + timedelta(days=day), **more)


def pending(warehouse: Warehouse, limit: int = 10, **selection: Any) -> list[str]:
    return [job.source.article_id for job in STAGE.pending(warehouse.run(**selection), limit)]


def test_what_an_older_version_has_seen_comes_back_newest_first_and_a_few_at_a_time(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.add([row("a", 3), row("b", 1), row("c", 2)])
    assert pending(warehouse) == ["b", "c", "a"]
    warehouse.dedupe()
    assert pending(warehouse, stale=9) == []
    with db.writer(warehouse.config.settings.warehouse) as con:
        con.execute("update articles set deduped_version = 'older'")
    assert pending(warehouse) == []
    assert pending(warehouse, stale=2) == ["c", "a"]
    assert STAGE.count(warehouse.run(stale=2)) == 2
    # what has changed is not one of the few, and comes before them
    warehouse.add([row("b", 1, read_at=START + timedelta(days=9)), row("d", 4)])
    assert pending(warehouse) == ["b", "d"]
    assert pending(warehouse, stale=1) == ["b", "d", "a"]
    assert pending(warehouse, 1, stale=1) == ["b"]
    warehouse.dedupe(stale=9)
    assert pending(warehouse, stale=9) == []


def test_what_is_no_article_any_more_is_looked_at_once(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.add([row("a", 1), row("b", 2, verdict="gallery")])
    assert pending(warehouse) == ["a"]
    warehouse.dedupe()
    warehouse.add([row("a", 1, verdict="gallery")])
    assert pending(warehouse) == ["a"]
    warehouse.dedupe()
    assert pending(warehouse) == []
