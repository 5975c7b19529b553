"""The dedupe stage: articles to overlaps, reprints, origins and stories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prefect import task

from tasks.batch import BatchResult, Run, Stage, run_batch
from tasks.dedupe.candidates import read_jobs
from tasks.dedupe.store import store_deduped
from tasks.dedupe.work import DEDUPE_VERSION, Deduped, Job, Source, dedupe
from tasks.ids import make_id
from tasks.load import database as db
from tasks.records import Outcome

# Enough that a batch's fixed cost (opening the file, reading its window of days) is shared by many.
BATCH = 1000


def stage_version(run: Run) -> str:
    """The version of the code and of what it reads of the outlets: the names by which others credit them."""
    outlets = [(o.key, o.name, o.hosts, o.owner_type) for o in run.config.outlets]
    return f"{DEDUPE_VERSION}+{make_id(repr(outlets))[:8]}"


def _query(run: Run, con: db.Connection, limit: int | None, *, counting: bool) -> list[dict[str, Any]]:
    query = db.statement("dedupe/pending")
    return db.rows(
        con,
        db.statement("load/count").format(query=query) if counting else query,
        {
            "stage_version": stage_version(run),
            "started_at": run.started_at,
            "stale": run.selection.stale,
            "limit": limit,
        },
    )


def _count(run: Run) -> int:
    with db.writer(run.config.settings.warehouse) as con:
        return int(_query(run, con, None, counting=True)[0]["pending"])


def _pending(run: Run, limit: int) -> list[Job]:
    with db.writer(run.config.settings.warehouse) as con:
        sources = [Source(**row) for row in _query(run, con, limit, counting=False)]
        return read_jobs(con, sources)


def _work(run: Run, jobs: Sequence[Job]) -> Outcome[Deduped]:
    return dedupe(jobs)


def _store(run: Run, jobs: Sequence[Job], outcome: Outcome[Deduped]) -> dict[str, int]:
    return store_deduped(run, outcome.ok, outcome.failed, jobs, stage_version(run))


STAGE: Stage[Job, Deduped] = Stage(
    name="dedupe",
    batch_size=lambda run: BATCH,
    count=_count,
    pending=_pending,
    work=_work,
    store=_store,
)


@task(name="compare articles")
def dedupe_batch(run: Run, size: int) -> BatchResult:
    """Compare one batch of articles with what is known."""
    return run_batch(STAGE, run, size)
