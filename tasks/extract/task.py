"""The extract stage: archived pages to articles and their versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from prefect import task

from tasks.batch import BatchResult, Run, Stage, run_batch
from tasks.extract.document import EXTRACTOR_VERSION
from tasks.extract.identity import article_identity
from tasks.extract.job import Job, extract_job
from tasks.extract.pool import child_pool
from tasks.extract.store import Extracted, store_documents
from tasks.ids import make_id
from tasks.load import database as db
from tasks.records import Document, Failure, FeedEvidence, Outcome, OutletRules


def stage_versions(run: Run) -> dict[str, str]:
    """Version of extraction for each outlet: of the code, and of what the code reads of the outlet.

    So editing one outlet makes exactly its pages pending again. '' stands for no known outlet.
    """
    versions = {"": EXTRACTOR_VERSION}
    for outlet_id, rules in run.config.rules_by_outlet.items():
        versions[outlet_id] = f"{EXTRACTOR_VERSION}+{make_id(repr(rules))[:8]}"
    return versions


def _query(run: Run, limit: int | None, *, counting: bool) -> list[dict[str, Any]]:
    versions = stage_versions(run)
    query = db.statement("extract/pending")
    with db.writer(run.config.settings.warehouse) as con:
        db.relation(con, "rule_versions", {"outlet_id": list(versions), "stage_version": list(versions.values())})
        return db.rows(
            con,
            db.statement("load/count").format(query=query) if counting else query,
            {
                "stale": run.selection.stale,
                "limit": limit,
            },
        )


def _count(run: Run) -> int:
    return int(_query(run, None, counting=True)[0]["pending"])


def _pending(run: Run, limit: int) -> list[Job]:
    return [_job(row) for row in _query(run, limit, counting=False)]


def _job(row: dict[str, Any]) -> Job:
    date = row["feed_date"] or {}
    feed = FeedEvidence(
        title=row["feed_title"],
        published_at=date.get("published_at"),
        published_offset_minutes=date.get("published_offset_minutes"),
        date_source=date.get("date_source"),
        authors=tuple(row["feed_authors"] or ()),
        content=row["feed_content"],
        summary=row["feed_summary"],
    )
    names = Job.__dataclass_fields__
    return Job(**{k: v for k, v in row.items() if k in names}, feed=feed)


def _work(run: Run, jobs: Sequence[Job]) -> Outcome[Extracted]:
    settings = run.config.settings
    rules = run.config.rules_by_outlet
    work = partial(
        extract_job, archive_dir=str(settings.warehouse.archive_dir), max_decoded=settings.http.max_decoded_bytes
    )
    with child_pool(settings.extract) as pool:
        results = pool.map(work, [(j.page_id, (j,), {"rules": rules.get(j.outlet_id or "")}) for j in jobs])
    read = [(job, result) for job, result in zip(jobs, results, strict=True) if not isinstance(result, Failure)]
    return Outcome(_identified(read, rules), tuple(r for r in results if isinstance(r, Failure)))


def _identified(read: Sequence[tuple[Job, Document]], rules: Mapping[str, OutletRules]) -> tuple[Extracted, ...]:
    """Documents with their articles.

    The first page of an address says which article it leads to.  What it shows later never
    makes a second one, however its slug or canonical link change.
    """
    out: list[Extracted] = []
    settled: dict[str, tuple[str, str]] = {}
    for job, document in sorted(read, key=lambda pair: (pair[0].fetched_at, pair[0].page_id)):
        shown = article_identity(job.identity_key, job.final_url, document, rules.get(job.outlet_id or ""))
        if job.target_id not in settled:
            known = job.known_article_id and job.known_identity_key and (job.known_article_id, job.known_identity_key)
            settled[job.target_id] = shown if job.is_first or not known else known
        article_id, key = settled[job.target_id]
        out.append(Extracted(job, document, article_id, key, shown[1]))
    return tuple(out)


def _store(run: Run, jobs: Sequence[Job], outcome: Outcome[Extracted]) -> dict[str, int]:
    return store_documents(run, outcome.ok, outcome.failed, jobs)


STAGE: Stage[Job, Extracted] = Stage(
    name="extract",
    batch_size=lambda run: run.config.settings.extract.batch,
    count=_count,
    pending=_pending,
    work=_work,
    store=_store,
)


@task(name="extract documents")
def extract_batch(run: Run, size: int) -> BatchResult:
    """Extract one batch of documents."""
    return run_batch(STAGE, run, size)
