"""The import flow: documents from disk to articles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.runtime import flow_run
from prefect.utilities.annotations import quote

from config.reader import load
from flows.ingest import finish
from flows.progress import say
from flows.session import open_run
from tasks.batch import Selection, Totals, batches
from tasks.dedupe.task import STAGE as DEDUPE
from tasks.dedupe.task import dedupe_batch
from tasks.enrich.task import STAGE as ENRICH
from tasks.enrich.task import enrich_batch
from tasks.extract.pool import child_pool
from tasks.extract.task import STAGE as EXTRACT
from tasks.extract.task import extract_batch
from tasks.fetch.importing import read_documents
from tasks.fetch.task import import_batch

_BATCH = 500  # documents in one task run


@flow(name="import", validate_parameters=False)
def import_documents(
    files: list[str], given: Mapping[str, str | None], config_dir: str | None = None, wait_seconds: float = 0
) -> Any:
    """Archive and extract the documents of ``files``; ``given`` is what the user states of all of them."""
    config = load(Path(config_dir) if config_dir else None)
    run_id = flow_run.get_id()
    with open_run("import", config, Selection(), wait_seconds=wait_seconds, prefect_run_id=run_id) as session:
        total = session.totals.setdefault("import", Totals())
        for batch in batches(read_documents(config, [Path(f) for f in files], given), _BATCH):
            total.add(import_batch(session.run, quote(batch)))
            say(f"import   {total.taken}{f', {total.failed} failed' if total.failed else ''}")
        with child_pool(config.settings.extract):
            session.drain(EXTRACT, extract_batch)
            session.drain(ENRICH, enrich_batch)
            session.drain(DEDUPE, dedupe_batch)
        return finish(session)
