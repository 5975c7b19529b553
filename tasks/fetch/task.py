"""The fetch stage: frontier to archived pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prefect import task

from tasks.batch import BatchResult, Run, Stage, run_batch
from tasks.errors import Code
from tasks.fetch.decide import NextFetch, after_fetch
from tasks.fetch.importing import Imported
from tasks.fetch.pages import fetch_pages
from tasks.fetch.store_hosts import store_hosts
from tasks.fetch.store_imports import store_imports
from tasks.ids import make_id
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.poll.backfill import LISTS, SITEMAPS
from tasks.records import Failure, HostState, Outcome, Page, Target, WithHosts

# Addresses of a backfill that was broken off which a run takes beside the news: minutes of one host's time.
_BACKLOG = 200


def _parameters(run: Run, limit: int | None) -> dict[str, object]:
    return {
        "now": run.clock(),
        "limit": limit,
        "backfill": run.selection.backfill,
        "backlog": _BACKLOG,
        "sitemaps": SITEMAPS,
        "lists": LISTS,
    }


def _count(run: Run) -> int:
    with db.writer(run.config.settings.warehouse) as con:
        query = db.statement("load/count").format(query=db.statement("fetch/pending"))
        return int(db.scalar(con, query, _parameters(run, None)))


def _pending(run: Run, limit: int) -> list[Target]:
    with db.writer(run.config.settings.warehouse) as con:
        found = db.rows(con, db.statement("fetch/pending"), _parameters(run, limit))
    host_fields = ("not_before_at", "backoff_reason", "robots_status", "robots_body", "robots_fetched_at")
    return [
        Target(
            host_state=HostState(row["host"], **{k: row.pop(k) for k in host_fields}),
            **row,
        )
        for row in found
    ]


def _store(run: Run, batch: Sequence[Target], outcome: Outcome[Page]) -> dict[str, int]:
    now = run.clock()
    hosts = outcome.hosts if isinstance(outcome, WithHosts) else ()
    rests = {s.host: s.not_before_at for s in (*(t.host_state for t in batch), *hosts)}
    failed = {f.key: f for f in outcome.failed}
    answered = {p.target_id: p for p in outcome.ok}
    frontier, pages = [], list(outcome.ok)
    for target in batch:
        failure, page = failed.get(target.target_id), answered.get(target.target_id)
        # a host at rest was not asked: there is no fetch to record
        if failure and failure.code is not Code.HOST_BACKOFF:
            pages.append(_failed_page(run, target, failure, now))
        code = failure.code if failure else Code(page.code) if page and page.code else None
        after = after_fetch(target, code, now, rests.get(target.host), run.config.settings.fetch)
        frontier.append(_frontier_row(target, page, code, after, now))
    with db.writer(run.config.settings.warehouse) as con, db.transaction(con):
        db.upsert(con, "pages", pages, ["page_id"], update=False)
        db.upsert(con, "frontier", frontier, ["target_id"])
        store_hosts(con, hosts)
        store_failures(con, run, outcome.failed, now)
    return {
        "bytes": sum(p.bytes or 0 for p in outcome.ok),
        "looked_at_again": sum(t.revisit for t in batch),
        "not_modified": sum(p.outcome == "not_modified" for p in outcome.ok),
        "removed": sum(p.outcome == "removed" for p in outcome.ok),
    }


def _frontier_row(
    target: Target, page: Page | None, code: Code | None, after: NextFetch, now: datetime
) -> dict[str, object]:
    """What is known of an address after a fetch; what a failure doesn't touch stays."""
    removed = page is not None and page.outcome == "removed"
    good = page if page and not removed else None
    return {
        "target_id": target.target_id,
        "state": after.state,
        "attempts": after.attempts,
        "next_fetch_at": after.next_fetch_at,
        "last_attempt_at": now,
        "last_code": code,
        "etag": good.etag if good else target.etag,
        "last_modified": good.last_modified if good else target.last_modified,
        "body_sha256": good.sha256 if good else target.body_sha256,
        "removed_at": None if good else (target.removed_at or now) if removed else target.removed_at,
    }


def _failed_page(run: Run, target: Target, failure: Failure, now: datetime) -> Page:
    code = failure.code
    return Page(
        page_id=make_id(target.target_id, now.isoformat()),
        url=target.url,
        fetched_at=now,
        http_status=failure.http_status,
        outcome="failed",
        run_id=run.run_id,
        target_id=target.target_id,
        outlet_id=target.outlet_id,
        code=code,
        robots=code.removeprefix("robots_") if code.startswith("robots_") else None,
    )


STAGE: Stage[Target, Page] = Stage(
    name="fetch",
    batch_size=lambda run: run.config.settings.fetch.batch,
    count=_count,
    pending=_pending,
    work=fetch_pages,
    store=_store,
)


@task(name="fetch pages")
def fetch_batch(run: Run, size: int) -> BatchResult:
    """Fetch one batch of pages."""
    return run_batch(STAGE, run, size)


@task(name="import documents")
def import_batch(run: Run, documents: Sequence[Imported | Failure]) -> BatchResult:
    """Archive and store one batch of documents from disk."""
    return store_imports(run, documents)
