"""What a batch of enriched articles writes: marks, relevance and the state that makes them done."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from config.subject import Subject
from tasks.batch import Run
from tasks.enrich.model import Article, Enriched, Topic
from tasks.enrich.quotestore import forget_quotations, store_quotations
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.records import Failure

_CLEAR = {
    "mentions": "enrich/clear_mentions",
    "article_topics": "enrich/clear_article_topics",
    "quotes": "enrich/clear_quotes",
}


def sync_subject(con: db.Connection, subject: Subject) -> bool:
    """Bring ``entities`` and ``roles`` up to the tables in config/; False where they were already."""
    if db.scalar(con, db.statement("enrich/subject_version")) == subject.version:
        return False
    entities = [
        {"entity_id": a.key, "kind": a.kind, "name": a.name, "country": a.country, "tier": a.tier, "side": a.side}
        for a in subject.actors
    ]
    roles = [
        {
            "role_id": h.role,
            "entity_id": h.person,
            "start_date": h.first,
            "end_date": h.last,
            "form": h.form or None,
            "start_stated": h.start,
            "end_stated": h.end,
        }
        for h in subject.holdings
    ]
    db.upsert(con, "entities", entities, ["entity_id"])
    con.execute(db.statement("enrich/clear_entities"), {"entities": [a.key for a in subject.actors]})
    con.execute(db.statement("enrich/clear_roles"))
    db.append(con, "roles", roles)
    db.upsert(con, "subject_state", [{"subject": "subject", "version": subject.version}], ["subject"])
    return True


def store_marks(
    run: Run,
    subject: Subject,
    version: str,
    batch: Sequence[Article],
    done: Sequence[Enriched],
    failed: Sequence[Failure],
) -> dict[str, int]:
    """Write a batch in one transaction; returns figures for the run's summary."""
    now = run.clock()
    marks = {
        "mentions": [_mention_row(e, m, version) for e in done for m in e.mentions],
        "article_topics": [_topic_row(e, t, version) for e in done for t in e.topics],
        "quotes": [_quote_row(e, q, version) for e in done for q in e.quotes],
    }
    # new articles have no marks to clear, and looking for some costs what the warehouse holds
    marked = [article.article_id for article in batch if article.marked]
    with db.writer(run.config.settings.warehouse) as con, db.transaction(con):
        sync_subject(con, subject)
        loose = forget_quotations(con, marked) if marked else set()
        for table, rows in marks.items():
            if marked:
                with db.wanted(con, articles=marked):
                    con.execute(db.statement(_CLEAR[table]))
            db.append(con, table, rows)
        db.upsert(con, "articles", [_relevance_row(e) for e in done], ["article_id"])
        db.upsert(con, "articles", [_state_row(article, version) for article in batch], ["article_id"])
        store_quotations(con, [e.article.article_id for e in done if e.quotes], loose)
        store_failures(con, run, failed, now)
    relevant = sum(e.relevance is not None and e.relevance.level >= 2 for e in done)
    return {"relevant": relevant, **{table: len(rows) for table, rows in marks.items()}}


def _mention_row(item: Enriched, mention: Any, version: str) -> dict[str, Any]:
    row = {f.name: getattr(mention, f.name) for f in dataclasses.fields(mention)}
    row["spans"] = json.dumps([dataclasses.asdict(s) for s in mention.spans], ensure_ascii=False)
    return row | {"article_id": item.article.article_id, "rule_version": version}


def _topic_row(item: Enriched, topic: Any, version: str) -> dict[str, Any]:
    return {
        "article_id": item.article.article_id,
        "topic_id": topic.topic_id,
        "score": topic.score,
        "evidence": topic.evidence,
        "topic_rank": topic.rank,
        "rule_version": version,
    }


def _quote_row(item: Enriched, quote: Any, version: str) -> dict[str, Any]:
    row = {f.name: getattr(quote, f.name) for f in dataclasses.fields(quote)}
    return row | {"article_id": item.article.article_id, "rule_version": version}


def _rank(topic: Topic) -> int:
    return topic.rank or 0


def _relevance_row(item: Enriched) -> dict[str, Any]:
    relevance = item.relevance
    return {
        "article_id": item.article.article_id,
        "relevance": relevance.level if relevance else None,
        "relevance_score": relevance.score if relevance else None,
        "relevance_reason": relevance.reason if relevance else None,
        "relevance_sentence": relevance.sentence if relevance else None,
        "relevance_features": json.dumps(dict(relevance.features)) if relevance else None,
        "topics": " ".join(t.topic_id for t in sorted(item.topics, key=_rank) if t.rank) or None,
    }


def _state_row(article: Article, version: str) -> dict[str, Any]:
    """What makes an article done, with or without success: this version, on this text and date."""
    return {
        "article_id": article.article_id,
        "enricher_version": version,
        "enriched_sha256": article.content_sha256,
        "enriched_day": article.day,
    }
