"""An ingest run without Prefect around it: ``python -m tests.flows.plain_run CONFIG_DIR``.

The same stages, lock, rows and publishing as `flows.ingest`; the kill tests start it dozens of
times, and Prefect's server would take most of their time.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from config.reader import load
from flows.session import close_run, open_run
from tasks.batch import Selection, run_batch
from tasks.dedupe.task import STAGE as DEDUPE
from tasks.enrich.task import STAGE as ENRICH
from tasks.extract.pool import child_pool
from tasks.extract.task import STAGE as EXTRACT
from tasks.fetch.task import STAGE as FETCH
from tasks.load.publish import publish
from tasks.poll.task import STAGE as POLL


def plain_run(config_dir: Path, *, all_feeds: bool = True) -> str:
    """One run; returns the state that its counts give."""
    config = load(config_dir)
    with open_run("ingest", config, Selection(all_feeds=all_feeds, stale=1000)) as session:
        session.drain(POLL, partial(run_batch, POLL))
        session.drain(FETCH, partial(run_batch, FETCH))
        with child_pool(config.settings.extract):
            session.drain(EXTRACT, partial(run_batch, EXTRACT))
            session.drain(ENRICH, partial(run_batch, ENRICH))
        session.drain(DEDUPE, partial(run_batch, DEDUPE))
        state = close_run(session)
        publish(config.settings.warehouse)
        return state


if __name__ == "__main__":
    sys.stdout.write(plain_run(Path(sys.argv[1])))
