"""The fetch stage: frontier to archived pages."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import task

from tasks.batch import BatchResult, Run, Stage, run_batch
from tasks.errors import Code
from tasks.fetch.decide import after_fetch
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
    frontier, pages = [], list(outcome.ok)
    for target in batch:
        failure = failed.get(target.target_id)
        code = failure.code if failure else None
        after = after_fetch(
            target.target_id, target.attempts, code, now, rests.get(target.host), run.config.settings.fetch
        )
        frontier.append(
            {
                "target_id": target.target_id,
                "state": after.state,
                "attempts": after.attempts,
                "next_fetch_at": after.next_fetch_at,
                "last_attempt_at": now,
                "last_code": code,
            }
        )
        if code and code is not Code.HOST_BACKOFF:  # a host at rest was not asked: there is no fetch to record
            pages.append(
                Page(
                    page_id=make_id(target.target_id, now.isoformat()),
                    url=target.url,
                    fetched_at=now,
                    http_status=failure.http_status if failure else None,
                    outcome="failed",
                    run_id=run.run_id,
                    target_id=target.target_id,
                    outlet_id=target.outlet_id,
                    code=code,
                    robots=code.removeprefix("robots_") if code.startswith("robots_") else None,
                )
            )
    with db.writer(run.config.settings.warehouse) as con, db.transaction(con):
        db.upsert(con, "pages", pages, ["page_id"], update=False)
        db.upsert(con, "frontier", frontier, ["target_id"])
        store_hosts(con, hosts)
        store_failures(con, run, outcome.failed, now)
    return {"bytes": sum(p.bytes or 0 for p in outcome.ok)}


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
