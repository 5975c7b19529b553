"""What a batch of documents writes: articles, their versions, and who points to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.batch import Run
from tasks.dedupe.versions import Snapshot, Version, fold
from tasks.extract.job import Job
from tasks.ids import make_id
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.records import Document, Failure

_SAME_NAME = (
    "title", "text", "lang", "word_count", "byline", "authors", "desk", "agency", "dateline", "credit",
    "caption_credit", "published_at", "published_offset_minutes", "modified_at", "date_source",
    "date_confidence", "date_conflict", "canonical_url", "verdict", "verdict_reason", "partial", "evidence",
)  # fmt: skip


# Real articles appear on a second address of a host now and then (a moved slug that no rule
# folds); on five they never did in the pages this was tried on.
TEMPLATE_ADDRESSES = 5


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document and the article it belongs to."""

    job: Job
    document: Document
    article_id: str
    identity_key: str


def store_documents(
    run: Run, done: Sequence[Extracted], failed: Sequence[Failure], jobs: Sequence[Job]
) -> dict[str, int]:
    """Write a batch in one transaction; returns figures for the run's summary."""
    now = run.clock()
    by_article: dict[str, list[Extracted]] = defaultdict(list)
    for item in done:
        by_article[item.article_id].append(item)
    with db.writer(run.config.settings.warehouse) as con, db.transaction(con):
        with db.wanted(con, articles=list(by_article), targets=[i.job.target_id for i in done]):
            known = {row["article_id"]: row for row in db.rows(con, db.statement("extract/known_articles"))}
            stored = _stored_versions(con)
            articles, versions = _rows(by_article, known, stored)
            con.execute(db.statement("extract/clear_versions"))
            db.upsert(con, "article_versions", versions, ["article_id", "version"])
            db.upsert(con, "articles", articles, ["article_id"])
            db.upsert(con, "frontier", [_frontier_row(i) for i in done], ["target_id"])
            con.execute(db.statement("extract/link_entries"))
        _mark_templates(con, articles)
        _mark_seen(con, done, failed, jobs, now)
        store_failures(con, run, failed, now)
    return {
        "articles_new": sum(a not in known for a in by_article),
        "versions_new": _changed(versions, stored),
    }


def _rows(
    by_article: dict[str, list[Extracted]], known: dict[str, db.Row], stored: dict[str, list[Snapshot]]
) -> tuple[list[dict[str, Any]], list[Version]]:
    """Rows of ``articles`` and ``article_versions`` for a batch."""
    articles: list[dict[str, Any]] = []
    versions: list[Version] = []
    for article_id, items in by_article.items():
        row, folded = _article(article_id, items, known.get(article_id), stored[article_id])
        versions += folded
        if row:
            articles.append(row)
    return articles, versions


def _mark_templates(con: db.Connection, articles: list[dict[str, Any]]) -> None:
    with db.wanted(con, texts=[a["text_id"] for a in articles if a["text_id"]]):
        con.execute(db.statement("extract/templates"), {"many": TEMPLATE_ADDRESSES})


def _mark_seen(
    con: db.Connection, done: Sequence[Extracted], failed: Sequence[Failure], jobs: Sequence[Job], now: datetime
) -> None:
    """These pages are no longer pending."""
    seen = [{"page_id": job.page_id, "extracted_with": job.stage_version} for job in jobs]
    db.upsert(con, "pages", seen, ["page_id"])
    db.upsert(con, "extractions", _extraction_rows(done, failed, jobs, now), ["page_id"])


def _changed(versions: Sequence[Version], stored: dict[str, list[Snapshot]]) -> int:
    """Versions beyond those stored before, not counting first ones."""
    count: dict[str, int] = defaultdict(int)
    for version in versions:
        count[version.article_id] += 1
    return sum(max(n - max(len(stored[a]), 1), 0) for a, n in count.items())


def _stored_versions(con: db.Connection) -> dict[str, list[Snapshot]]:
    out: dict[str, list[Snapshot]] = defaultdict(list)
    for row in db.rows(con, db.statement("extract/known_versions")):
        out[row.pop("article_id")].append(Snapshot(**row))
    return out


def _article(
    article_id: str, items: list[Extracted], known: dict[str, Any] | None, stored: list[Snapshot]
) -> tuple[dict[str, Any] | None, tuple[Version, ...]]:
    """New row of an article (None if a newer page has written it) and all its versions."""
    items = sorted(items, key=lambda i: (i.job.fetched_at, i.job.page_id))
    # Versions are those of one address. A twin (AMP, mirror, print) words things its own way;
    # taking turns with it would look like edits.
    home = known["target_id"] if known else items[0].job.target_id
    own = [i for i in items if i.job.target_id == home]
    folded = fold(article_id, stored, [_snapshot(i) for i in own])
    if not own or (known and own[-1].job.fetched_at < known["read_at"]):
        return None, folded
    last = own[-1]
    seen = [i.job.discovered_at for i in items] + ([known["first_seen_at"]] if known else [])
    row = {name: getattr(last.document, name) for name in _SAME_NAME}
    row |= {
        "article_id": article_id,
        "outlet_id": last.job.outlet_id,
        "url": last.job.url,
        "identity_key": last.identity_key,
        "first_seen_at": min(seen),
        "version": folded[-1].version,
        "content_sha256": folded[-1].content_sha256,
        "text_id": make_id(" ".join(last.document.text.split())) if last.document.text.strip() else None,
        "page_id": last.job.page_id,
        "target_id": home,
        "read_at": last.job.fetched_at,
        "extractor_version": last.job.stage_version,
    }
    return row, folded


def _snapshot(item: Extracted) -> Snapshot:
    document = item.document
    return Snapshot(item.job.page_id, item.job.fetched_at, document.title, document.text, document.verdict)


def _extraction_rows(
    done: Sequence[Extracted], failed: Sequence[Failure], jobs: Sequence[Job], now: datetime
) -> list[dict[str, Any]]:
    codes = {f.key: f.code for f in failed}
    results = {i.job.page_id: i for i in done}
    out = []
    for job in jobs:
        item = results.get(job.page_id)
        out.append(
            {
                "page_id": job.page_id,
                "stage_version": job.stage_version,
                "article_id": item.article_id if item else None,
                "verdict": item.document.verdict if item else None,
                "content_sha256": _snapshot(item).content_sha256 if item else None,
                "code": codes.get(job.page_id),
                "extracted_at": now,
            }
        )
    return out


def _frontier_row(item: Extracted) -> dict[str, Any]:
    return {"target_id": item.job.target_id, "article_id": item.article_id}
