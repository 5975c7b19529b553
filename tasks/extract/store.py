"""What a batch of documents writes: articles, their versions, and who points to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.batch import Run
from tasks.dedupe.versions import Snapshot, Version, current, fold, standing
from tasks.extract.days import days_of
from tasks.extract.job import Job
from tasks.ids import make_id
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.records import Document, Failure
from tasks.urls import netloc_of

_SAME_NAME = (
    "title", "text", "lang", "word_count", "byline", "authors", "desk", "agency", "dateline", "credit",
    "caption_credit", "published_at", "published_offset_minutes", "modified_at", "date_source",
    "date_confidence", "date_conflict", "canonical_url", "verdict", "verdict_reason", "partial", "evidence",
)  # fmt: skip


# Real articles appear on a second address of a host now and then (a moved slug that no rule
# folds); on five they never did in the pages this was tried on.
TEMPLATE_ADDRESSES = 5
# Pages that stay what they are; walls and challenges may open, stubs may fill.
_NEVER_AN_ARTICLE = {"index_page", "gallery", "video"}


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document and the article it belongs to; ``shown_key`` is the identity that this page alone would give it."""

    job: Job
    document: Document
    article_id: str
    identity_key: str
    shown_key: str


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
            found = [_article(key, items, known.get(key), stored[key]) for key, items in by_article.items()]
            versions = [v for one in found for v in one.versions]
            articles = [one.row for one in found if one.row]
            con.execute(db.statement("extract/clear_versions"))
            db.upsert(con, "article_versions", versions, ["article_id", "version"])
            db.upsert(con, "articles", articles, ["article_id"])
            db.upsert(con, "articles", [one.number for one in found if one.number], ["article_id"])
            _store_addresses(con, done, found)
            con.execute(db.statement("extract/link_entries"))
        _mark_templates(con, articles)
        _mark_seen(con, done, failed, jobs, now)
        again = [{"page_id": one.read_again, "extracted_with": "requested"} for one in found if one.read_again]
        db.upsert(con, "pages", again, ["page_id"])
        store_failures(con, run, failed, now)
    return {
        "articles_new": sum(a not in known for a in by_article),
        "versions_new": _changed(versions, stored),
    }


def _store_addresses(con: db.Connection, done: Sequence[Extracted], found: Sequence[_Found]) -> None:
    """What the addresses of a batch turned out to be, and which of them need not be looked at again."""
    db.upsert(
        con, "frontier", [{"target_id": i.job.target_id, "article_id": i.article_id} for i in done], ["target_id"]
    )
    changing = {one.home for one in found if one.verdict not in _NEVER_AN_ARTICLE}
    # a twin's wording makes no versions; its looks would be wasted
    settled = [{"target_id": i.job.target_id, "next_fetch_at": None} for i in done if i.job.target_id not in changing]
    db.upsert(con, "frontier", settled, ["target_id"])
    # an address that moved: what feeds bring under the new one is a sighting of the same article
    moved = [
        {
            "target_id": make_id(i.shown_key),
            "identity_key": i.shown_key,
            "url": i.shown_key,
            "host": netloc_of(i.shown_key),
            "outlet_id": i.job.outlet_id,
            "discovered_at": i.job.fetched_at,
            "state": "done",
            "attempts": 0,
            "article_id": i.article_id,
        }
        for i in done
        if i.shown_key != i.identity_key and standing(i.document.verdict)
    ]
    db.upsert(con, "frontier", moved, ["target_id"], update=False)


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


@dataclass(frozen=True, slots=True)
class _Found:
    """What a batch says of an article.

    ``row`` is its new row, None if the one that stands is of a better page; ``number`` then
    corrects its version.  ``read_again`` is a better page that this batch doesn't hold.
    """

    home: str
    verdict: str
    versions: tuple[Version, ...]
    row: dict[str, Any] | None = None
    number: dict[str, Any] | None = None
    read_again: str | None = None


def _article(article_id: str, items: list[Extracted], known: dict[str, Any] | None, stored: list[Snapshot]) -> _Found:
    """The versions of an article and, of its pages, the one that stands for it: the last that can be read."""
    items = sorted(items, key=lambda i: (i.job.fetched_at, i.job.page_id))
    # Versions are those of one address. A twin (AMP, mirror, print) words things its own way;
    # taking turns with it would look like edits.
    home = known["target_id"] if known else items[0].job.target_id
    own = [i for i in items if i.job.target_id == home]
    folded = fold(article_id, stored, [_snapshot(i) for i in own])
    last = max(own, key=lambda i: (standing(i.document.verdict), i.job.fetched_at, i.job.page_id), default=None)
    if known and (last is None or _outranks(known, last, own)):
        number = {"article_id": article_id, "version": _number(folded, known["read_at"])} if own else None
        return _Found(home, known["verdict"], folded, number=number)
    assert last is not None
    seen = [i.job.discovered_at for i in items] + ([known["first_seen_at"]] if known else [])
    row = {name: getattr(last.document, name) for name in _SAME_NAME} | days_of(last.document.published_at)
    row |= {
        "article_id": article_id,
        "outlet_id": last.job.outlet_id,
        "url": last.job.url,
        "identity_key": last.identity_key,
        "first_seen_at": min(seen),
        "version": _number(folded, last.job.fetched_at),
        "content_sha256": _snapshot(last).content_sha256,
        "text_id": make_id(" ".join(last.document.text.split())) if last.document.text.strip() else None,
        "page_id": last.job.page_id,
        "target_id": home,
        "read_at": last.job.fetched_at,
        "extractor_version": last.job.stage_version,
    }
    best = current(folded)
    hidden = standing(best.verdict) > standing(last.document.verdict)
    return _Found(home, last.document.verdict, folded, row, read_again=best.page_id if hidden else None)


def _outranks(known: dict[str, Any], last: Extracted, own: list[Extracted]) -> bool:
    """Whether the page behind the row that stands is better than the best one of this batch."""
    if known["page_id"] in {i.job.page_id for i in own}:
        return False  # it has been read again: its old reading counts no more
    mine = (standing(last.document.verdict), last.job.fetched_at)
    return (standing(known["verdict"]), known["read_at"]) > mine


def _number(versions: Sequence[Version], read_at: datetime) -> int:
    """Number of the version that a page showed."""
    return max((v.version for v in versions if v.seen_at <= read_at), default=1)


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
