"""The enrich stage: articles to mentions, topics, relevance and quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prefect import task

from tasks.batch import BatchResult, Run, Stage, run_batch
from tasks.enrich.article import marks_version
from tasks.enrich.job import FEW, enrich_in_children
from tasks.enrich.model import Article, Enriched
from tasks.enrich.store import store_marks
from tasks.enrich.work import enrich_batch_of
from tasks.extract.pool import child_pool
from tasks.load import database as db
from tasks.records import Outcome

# about a second of work on one core, so progress moves and a killed run loses little
_BATCH = 500


def stage_version(run: Run) -> str:
    """Version of what marks an article."""
    return marks_version(run.config.subject)


def _query(run: Run, limit: int | None, *, counting: bool) -> list[dict[str, Any]]:
    query = db.statement("enrich/pending")
    with db.writer(run.config.settings.warehouse) as con:
        return db.rows(
            con,
            db.statement("load/count").format(query=query) if counting else query,
            {"version": stage_version(run), "stale": run.selection.stale, "limit": limit},
        )


def _count(run: Run) -> int:
    return int(_query(run, None, counting=True)[0]["pending"])


def _pending(run: Run, limit: int) -> list[Article]:
    names = Article.__dataclass_fields__
    return [Article(**{k: v for k, v in row.items() if k in names}) for row in _query(run, limit, counting=False)]


def _work(run: Run, batch: Sequence[Article]) -> Outcome[Enriched]:
    subject = run.config.subject
    if len(batch) < FEW:
        return enrich_batch_of(batch, subject)
    with child_pool(run.config.settings.extract) as pool:
        return enrich_in_children(pool, batch, run.config.directory, subject.version)


def _store(run: Run, batch: Sequence[Article], outcome: Outcome[Enriched]) -> dict[str, int]:
    return store_marks(run, run.config.subject, stage_version(run), batch, outcome.ok, outcome.failed)


STAGE: Stage[Article, Enriched] = Stage(
    name="enrich",
    batch_size=lambda run: _BATCH,
    count=_count,
    pending=_pending,
    work=_work,
    store=_store,
)


@task(name="enrich articles")
def enrich_batch(run: Run, size: int) -> BatchResult:
    """Enrich one batch of articles."""
    return run_batch(STAGE, run, size)
