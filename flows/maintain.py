"""The maintenance flow: a compact file, a tidy search index, an archive that still holds what the rows say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.runtime import flow_run
from prefect.states import Cancelled

from config.reader import load
from flows.ingest import finish
from flows.progress import say
from flows.session import open_run
from tasks.batch import Selection, Totals
from tasks.load.lock import WriterBusyError
from tasks.load.maintenance import compact
from tasks.load.searchindex import LARGE
from tasks.load.task import verify_archive_sample


@flow(name="maintain", validate_parameters=False)
def maintain(config_dir: str | None = None, wait_seconds: float = 0) -> Any:
    """Read archived pages back, compact the writer's file if it has many holes, tidy the search index, publish."""
    config = load(Path(config_dir) if config_dir else None)
    run_id = flow_run.get_id()
    try:
        with open_run("maintain", config, Selection(), wait_seconds=wait_seconds, prefect_run_id=run_id) as session:
            session.totals.setdefault("verify", Totals()).add(verify_archive_sample(session.run))
            saved = compact(config.settings.warehouse)
            if saved:
                say(f"the warehouse was compacted: {saved / 1e6:.0f} MB less")
            return finish(session, LARGE)
    except WriterBusyError as error:
        return Cancelled(message=f"skipped: {error}")
