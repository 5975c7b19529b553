"""The dedupe stage: articles to overlaps, reprints, origins and stories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prefect import task

from tasks.batch import BatchResult, Run, Stage, run_batch
from tasks.dedupe.candidates import with_candidates
from tasks.dedupe.job import compare_all, read_all
from tasks.dedupe.store import store_deduped
from tasks.dedupe.work import DEDUPE_VERSION, Deduped, Job, Reading, Source, outcome
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
        here = [source for source in sources if not source.gone]
        readings = {s.article_id: r for s, r in zip(here, read_all(here, run.config.settings.extract), strict=True)}
        return with_candidates(con, [_job(source, readings.get(source.article_id)) for source in sources])


def _job(source: Source, found: Reading | str | None) -> Job:
    return Job(source, problem=found) if isinstance(found, str) else Job(source, found)


def _work(run: Run, jobs: Sequence[Job]) -> Outcome[Deduped]:
    pairs = [(job.raw, job.candidates) for job in jobs if job.candidates]
    found = compare_all(pairs, run.config.settings.extract)
    return outcome(jobs, {raw.article_id: edges for (raw, _), edges in zip(pairs, found, strict=True)})


def _store(run: Run, jobs: Sequence[Job], result: Outcome[Deduped]) -> dict[str, int]:
    return store_deduped(run, result.ok, result.failed, jobs, stage_version(run))


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
