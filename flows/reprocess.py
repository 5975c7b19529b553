"""The reprocess flow: stages run again from the archive, without the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from config.reader import load
from flows.ingest import finish
from flows.progress import say
from flows.session import open_run
from tasks.batch import Selection
from tasks.dedupe.task import STAGE as DEDUPE
from tasks.dedupe.task import dedupe_batch
from tasks.enrich.compare import mark_hashes
from tasks.enrich.compare import mark_stale as mark_unmarked
from tasks.enrich.task import STAGE as ENRICH
from tasks.enrich.task import enrich_batch
from tasks.extract.compare import EVERYTHING, Change, field_changes, field_hashes, mark_stale
from tasks.extract.pool import child_pool
from tasks.extract.task import STAGE as EXTRACT
from tasks.extract.task import extract_batch
from tasks.load.ask import print_table
from tasks.load.select import articles_where


@flow(name="reprocess", validate_parameters=False)
def reprocess(
    stage: str = "extract",
    where: str | None = None,
    changed_only: bool = False,
    config_dir: str | None = None,
    wait_seconds: float = 0,
) -> Any:
    """Run ``stage`` and what follows from it again on what is stored, and print what changed by field.

    ``where`` is an SQL condition on ``articles``; ``changed_only`` leaves out what the
    current version of the rules has seen.
    """
    config = load(Path(config_dir) if config_dir else None)
    chosen = articles_where(config.settings.warehouse.path, where) if where else None
    run_id = flow_run.get_id()
    with open_run(
        "reprocess", config, Selection(stale=EVERYTHING), wait_seconds=wait_seconds, prefect_run_id=run_id
    ) as session:
        if not changed_only:
            (mark_stale if stage == "extract" else mark_unmarked)(session.run, chosen)
        before = field_hashes(session.run), mark_hashes(session.run)
        with child_pool(config.settings.extract):
            if stage == "extract":
                session.drain(EXTRACT, extract_batch)
            session.drain(ENRICH, enrich_batch)
            session.drain(DEDUPE, dedupe_batch)
        after = field_hashes(session.run), mark_hashes(session.run)
        _print_changes([c for b, a in zip(before, after, strict=True) for c in field_changes(session.run, b, a)])
        return finish(session)


def _print_changes(changes: list[Change]) -> None:
    if changes:
        print_table(["field", "changed", "example"], [(c.field, c.changed, c.example) for c in changes])
    else:
        say("no field of any article changed")
