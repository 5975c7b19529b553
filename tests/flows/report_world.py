"""A small warehouse for the report: a silent day, an outage, a reprint, an edit, Urdu, and texts that mean harm.

By UTC day: 28 February an article before any poll; 1 March four articles; 2 March silence; 3 March an outage (three
of four feeds fail); 4 March one article.  One article has no date, one is irrelevant, one is a consent wall.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from config.model import Config, WarehouseSettings
from config.reader import load
from tasks.extract.days import days_of
from tasks.load import database as db
from tests.support import empty_warehouse

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
NOW = MARCH + timedelta(days=3, hours=12)
EVIL = '</script><script>window.harmed=1</script><img src=x onerror="window.harmed=1"> \' & \\u003c'
URDU = "پاکستان اور امریکا میں تجارتی معاہدہ"
OUTLETS = (("dawn", "Dawn"), ("courier", "Courier <b>"), ("subh", "صبح"))
FEEDS = (("dawn-home", "dawn"), ("dawn-world", "dawn"), ("courier-home", "courier"), ("subh-home", "subh"))
KEYS = {
    "outlets": ["outlet_id"], "feeds": ["feed_id"], "polls": ["poll_id"], "runs": ["run_id"],
    "articles": ["article_id"], "stories": ["story_id"], "entities": ["entity_id"],
    "article_versions": ["article_id", "version"],
}  # fmt: skip


def article(key: str, outlet: str, days: float | None, **more: Any) -> dict[str, Any]:
    row = {
        "article_id": key, "outlet_id": outlet, "url": f"https://{outlet}.example/{key}?a=1&b=2",
        "title": f"Title {key}", "text": "some text", "lang": "en", "word_count": 2, "verdict": "article", "version": 1,
        "first_seen_at": MARCH, "published_at": None if days is None else MARCH + timedelta(days=days),
        "extractor_version": "7", "enricher_version": "8", "identity_key": key, "content_sha256": key, "relevance": 2,
        "copy_kind": "original", "origin_article_id": None, "story_id": None,
    }  # fmt: skip
    row |= more
    return row | days_of(row["published_at"])


ARTICLES = [
    article("early", "dawn", -0.5),
    article("lead", "dawn", 0.9, title=EVIL, relevance=3, story_id="visit", version=3, url="javascript:alert(1)"),
    article("copy", "courier", 0.95, title=EVIL, copy_kind="near", origin_article_id="lead", story_id="visit"),
    article("urdu", "subh", 0.4, title=URDU, lang="ur", story_id="trade", version=2),
    article("brief", "courier", 0.5, verdict="brief", relevance=None, copy_kind=None),
    article("wire", "dawn", 3.2, relevance=1),
    article("undated", "dawn", None),
    article("cricket", "dawn", 0.5, relevance=0),
    article("wall", "dawn", 0.5, verdict="consent_wall"),
]


def version(key: str, number: int, title: str, added: int | None = None, removed: int | None = None) -> dict[str, Any]:
    return {
        "article_id": key, "version": number, "seen_at": MARCH + timedelta(hours=24 + number), "title": title,
        "text": "x", "page_id": f"{key}{number}", "words_added": added, "words_removed": removed, "verdict": "article",
        "title_changed": number > 1,
    }  # fmt: skip


def polls() -> list[dict[str, Any]]:
    rows = []
    for day in range(4):
        for number, (feed, _) in enumerate(FEEDS):
            failed = day == 2 and number > 0
            rows.append({
                "poll_id": f"{feed}{day}", "run_id": "r1", "feed_id": feed,
                "polled_at": MARCH + timedelta(days=day, hours=6),
                "outcome": "failed" if failed else "new" if day in (0, 3) else "unchanged",
                "entries_new": 1 if day in (0, 3) else 0, "code": "dns" if failed else None,
            })  # fmt: skip
    return rows


def tables() -> dict[str, Sequence[Mapping[str, Any]]]:
    """Rows by table."""
    return {
        "outlets": [{"outlet_id": key, "name": name, "family": key} for key, name in OUTLETS],
        "feeds": [
            {
                "feed_id": feed, "outlet_id": outlet, "url": f"https://{outlet}.example/{feed}", "tier": "fast",
                "state": "active", "added_at": MARCH, "last_polled_at": NOW,
                "consecutive_failures": 3 if "subh" in feed else 0,
            }
            for feed, outlet in FEEDS
        ],
        "polls": polls(),
        "runs": [{"run_id": "r1", "flow": "ingest", "started_at": MARCH, "finished_at": NOW, "state": "ok"}],
        "articles": ARTICLES,
        "article_versions": [
            version("lead", 1, "First headline"), version("lead", 2, EVIL, 10, 4), version("lead", 3, EVIL, 5, 0),
            version("urdu", 1, URDU), version("urdu", 2, f"{URDU} طے", 2, 1),
        ],
        "reprints": [
            {"article_id": "copy", "origin_article_id": "lead", "origin_agency": None, "kind": "near"},
            {"article_id": "wire", "origin_article_id": None, "origin_agency": "AFP", "kind": "credited"},
        ],
        "stories": [{"story_id": "visit", "title": EVIL}, {"story_id": "trade", "title": URDU}],
        "entities": [
            {"entity_id": "envoy", "kind": "person", "name": "Envoy & <i>Co</i>", "country": "US"},
            {"entity_id": "city", "kind": "place", "name": "Lahore", "country": "PK"},
        ],
        "mentions": [
            {"article_id": key, "entity_id": entity, "in_title": key == "lead"}
            for key in ("lead", "copy") for entity in ("envoy", "city")
        ],
        "article_topics": [
            {"article_id": key, "topic_id": topic, "topic_rank": rank}
            for key, topic, rank in (
                ("lead", "visits", 1), ("lead", "trade", 2), ("copy", "visits", 1), ("urdu", "trade", 1),
            )
        ],
        "quotes": [{"article_id": "lead", "quote_no": 1, "text": "words", "speaker_entity_id": "envoy"}],
    }  # fmt: skip


def warehouse(folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Config:
    """A published file with these rows, and khabar's own configuration on it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "khabar.duckdb"
    shutil.copyfile(empty_warehouse(), path)
    with db.writer(WarehouseSettings(path=path, work_path=path, archive_dir=folder)) as con:
        for table, records in rows.items():
            if table in KEYS:
                db.upsert(con, table, records, KEYS[table])
            else:
                db.append(con, table, records)
    return load(environ={"KHABAR_WAREHOUSE__PATH": str(path)})
