"""The newsroom as a warehouse, and what the ready questions answer on it.

``python -m tests.warehouse.questions`` writes the golden answers anew; read the difference.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from config.model import WarehouseSettings
from tasks.enrich.quotestore import store_quotations
from tasks.extract.days import days_of
from tasks.load import database as db
from tasks.load.queries import ReadyQuery, ready_queries, values
from tests.warehouse.newsroom import (
    ARTICLES,
    ENTITIES,
    MENTIONS,
    MORE,
    OUTLETS,
    QUOTES,
    REPRINTS,
    ROLES,
    SHARED,
    VERSIONS,
    Row,
)

GOLDEN = Path(__file__).parent / "golden"
BEGUN = datetime(2021, 1, 1, tzinfo=UTC)


def _table(text: str, width: int) -> list[list[str | None]]:
    rows = [line.split() for line in text.strip().splitlines()]
    assert all(len(row) == width for row in rows)
    return [[None if cell == "-" else cell.replace("_", " ") for cell in row] for row in rows]


def _moment(written: str) -> datetime | None:
    return None if written == "-" else datetime.fromisoformat(written).replace(tzinfo=UTC)


def _articles() -> list[Row]:
    languages = {row[0]: row[3] for row in _table(OUTLETS, 6)}
    seen = datetime(2026, 3, 1, tzinfo=UTC)
    rows = []
    for key, outlet, when, relevance, story, _, copy, title, text in ARTICLES:
        kind, _, origin = copy.partition(" ")
        row = {
            "article_id": key, "outlet_id": outlet, "url": f"https://{outlet}.example/{key}", "title": title,
            "text": text, "lang": languages[outlet], "word_count": len(text.split()), "published_at": _moment(when),
            "first_seen_at": _moment(when) or seen, "verdict": "article", "relevance": relevance, "version": 1,
            "story_id": None if story == "-" else story, "copy_kind": "original" if copy == "-" else kind,
            "origin_article_id": origin or None, "extractor_version": "1", "identity_key": key, "content_sha256": key,
            "target_id": key, "date_source": "jsonld",
            "agency": None, "credit": None, "dateline": None, "authors": None, "evidence": None,
        }  # fmt: skip
        row |= MORE.get(key, {})
        days = days_of(row["published_at"])
        rows.append(row | days | {"enriched_day": days["day_utc"] or row["first_seen_at"].date()})
    return rows


def _stories(articles: list[Row]) -> list[Row]:
    stories: dict[str, list[Row]] = {}
    for row in articles:
        if row["story_id"]:
            stories.setdefault(row["story_id"], []).append(row)
    return [
        {
            "story_id": key, "title": rows[0]["title"], "first_seen_at": min(r["published_at"] for r in rows),
            "last_seen_at": max(r["published_at"] for r in rows), "article_count": len(rows),
            "outlet_count": len({r["outlet_id"] for r in rows}),
        }
        for key, rows in stories.items()
    ]  # fmt: skip


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def fill(con: db.Connection) -> None:
    """Write the whole world into a migrated warehouse."""
    names = ["outlet_id", "name", "country", "lang", "family", "owner_type"]
    db.append(con, "outlets", [dict(zip(names, row, strict=True)) for row in _table(OUTLETS, 6)])
    names = ["entity_id", "kind", "country", "name"]
    db.append(con, "entities", [dict(zip(names, row, strict=True)) for row in _table(ENTITIES, 4)])
    roles = [
        {"role_id": office, "entity_id": who, "start_date": _day(start), "end_date": _day(end)}
        for office, who, start, end in _table(ROLES, 4)
    ]
    db.append(con, "roles", roles)
    articles = _articles()
    db.append(con, "articles", articles)
    db.append(con, "stories", _stories(articles))
    topics = [
        {"article_id": key, "topic_id": topic, "topic_rank": rank + 1}
        for key, *_, topics, _, _, _ in ARTICLES
        for rank, topic in enumerate(topics.split())
    ]
    db.append(con, "article_topics", topics)
    fill_marks(con)
    fill_work(con)


def fill_marks(con: db.Connection) -> None:
    """Copies, mentions and quotations."""
    names = ["article_id", "origin_article_id", "origin_agency", "kind", "containment"]
    rows = [dict(zip(names, row[:5], strict=True)) | {"evidence": json.dumps(row[5])} for row in REPRINTS]
    db.append(con, "reprints", [row | {"similarity": row["containment"]} for row in rows])
    names = ["article_id", "other_id", "kind", "share", "paragraphs"]
    db.append(con, "shared_copy", [dict(zip(names, row, strict=True)) for row in SHARED])
    mentions = [
        {
            "article_id": article, "entity_id": entity, "surface": surface, "mention_count": 1, "role_id": office,
            "flags": [flags] if flags else [], "rule_version": "r1",
            "spans": json.dumps([{"surface": surface, "start": int(start or 0)}]),
        }
        for article, entity, surface, office, flags, start in _table(MENTIONS, 6)
    ]  # fmt: skip
    db.append(con, "mentions", mentions)
    quotes = [
        {
            "article_id": article, "quote_no": number, "speaker": speaker, "speaker_entity_id": entity, "cue": cue,
            "cue_class": cue_class, "kind": kind, "source_kind": source, "anonymity_reason": reason, "text": text,
            "anonymous": source == "anonymous", "quote_key": " ".join(text.lower().split()),
        }
        for number, (article, speaker, entity, cue, cue_class, kind, source, reason, text) in enumerate(QUOTES)
    ]  # fmt: skip
    db.append(con, "quotes", quotes)
    store_quotations(con, {quote["article_id"] for quote in quotes}, set())


def fill_work(con: db.Connection) -> None:
    """Versions, and how feeds were heard: Dawn's was on the days of the talks, Express's never."""
    versions = [
        {
            "article_id": "attack", "version": number, "seen_at": _moment(seen), "title": title, "text": text,
            "page_id": f"p{number}", "words_added": added, "words_removed": added and 1, "title_changed": number > 1,
            "verdict": "article",
        }
        for number, seen, title, text, added in VERSIONS
    ]  # fmt: skip
    db.append(con, "article_versions", versions)
    feeds = [
        {"feed_id": f"{key}-{name}", "outlet_id": key, "url": key, "tier": "fast", "state": "active", "added_at": BEGUN}
        for key, name in [("dawn", "home"), ("tribune", "world"), ("express", "home")]
    ]  # fmt: skip
    db.upsert(con, "feeds", feeds, ["feed_id"])
    targets = [
        {
            "target_id": row[0], "identity_key": row[0], "url": row[0], "host": row[1], "feed_id": f"{row[1]}-home",
            "discovered_at": BEGUN, "state": "done",
        }
        for row in ARTICLES
    ]  # fmt: skip
    db.upsert(con, "frontier", targets, ["target_id"])
    polls = [
        {"poll_id": when, "run_id": "r", "feed_id": "dawn-home", "polled_at": _moment(when), "outcome": outcome}
        for when, outcome in [("2025-11-03T12:00", "new"), ("2025-11-04T12:00", "failed"), ("2025-09-09T12:00", "new")]
    ]
    db.append(con, "polls", polls)


def answer(con: db.Connection, query: ReadyQuery, *given: str) -> str:
    """The result of a ready question as CSV."""
    result = con.execute(query.sql, values(query, given))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column[0] for column in result.description or ()])
    writer.writerows(["" if cell is None else cell for cell in row] for row in result.fetchall())
    return out.getvalue()


def open_world(folder: Path) -> db.Connection:
    """The world in a file of its own below ``folder``, open for reading."""
    settings = WarehouseSettings(path=folder / "k.duckdb", work_path=folder / "w.duckdb", archive_dir=folder / "a")
    with db.writer(settings) as con:
        db.migrate(con, datetime(2026, 3, 3, tzinfo=UTC))
        fill(con)
    return db.reader(settings.work_path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        world = open_world(Path(place))
        GOLDEN.mkdir(exist_ok=True)
        for question in ready_queries():
            (GOLDEN / f"{question.name}.csv").write_text(answer(world, question), encoding="utf-8")
