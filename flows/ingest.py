"""The ingest flow: the whole way of a news item, once.

feeds -> poll -> entries -> fetch -> pages -> extract -> articles
    -> enrich -> mentions, topics, relevance, quotes -> dedupe -> reprints, stories -> publish
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed, Failed

from config.reader import load
from flows.artifacts import show_run
from flows.session import RunSession, close_run, open_run
from tasks.batch import Selection, Totals
from tasks.dedupe.task import STAGE as DEDUPE
from tasks.dedupe.task import dedupe_batch
from tasks.enrich.task import STAGE as ENRICH
from tasks.enrich.task import enrich_batch
from tasks.extract.pool import child_pool
from tasks.extract.task import STAGE as EXTRACT
from tasks.extract.task import extract_batch
from tasks.fetch.task import STAGE as FETCH
from tasks.fetch.task import fetch_batch
from tasks.load.lock import WriterBusyError
from tasks.load.runs import final_state
from tasks.load.searchindex import SMALL
from tasks.load.task import index_articles, publish_warehouse
from tasks.poll.task import STAGE as POLL
from tasks.poll.task import poll_batch

# Pages that an older version of the rules has extracted are done again a few at a time, so
# that a new release doesn't hold up the news.
STALE_PER_RUN = 2000


@flow(name="ingest", validate_parameters=False)
def ingest(
    tier: str | None = None,
    feeds: tuple[str, ...] = (),
    limit: int | None = None,
    all_feeds: bool = False,
    config_dir: str | None = None,
    wait_seconds: float = 0,
) -> Any:
    """Poll the feeds that are due, fetch and extract what they bring, publish.

    ``tier`` or ``feeds`` narrow the feeds, ``all_feeds`` ignores their due times, ``limit``
    is the most pages to fetch.  The state returned to Prefect is computed from counts.
    """
    config = load(Path(config_dir) if config_dir else None)
    selection = Selection(tier=tier, feeds=tuple(feeds), all_feeds=all_feeds, limit=limit, stale=STALE_PER_RUN)
    run_id = flow_run.get_id()
    try:
        with open_run("ingest", config, selection, wait_seconds=wait_seconds, prefect_run_id=run_id) as session:
            session.drain(POLL, poll_batch)
            session.drain(FETCH, fetch_batch, limit)
            with child_pool(config.settings.extract):
                session.drain(EXTRACT, extract_batch)
                session.drain(ENRICH, enrich_batch)
                session.drain(DEDUPE, dedupe_batch)
            return finish(session)
    except WriterBusyError as error:
        return Cancelled(message=f"skipped: {error}")


def finish(session: RunSession, largest_segment: int = SMALL) -> Any:
    """End a run: the search index, the run's row, the published file, the artifacts, and the state for Prefect."""
    session.totals.setdefault("index", Totals()).add(index_articles(session.run, largest_segment))
    close_run(session)
    publish_warehouse(session.run)
    show_run(session)
    return prefect_state(session.totals)


def prefect_state(totals: Mapping[str, Totals]) -> Any:
    """What Prefect is told of a run, or of several: computed from their counts."""
    state = final_state(totals)
    message = "; ".join(f"{name}: {t.ok} ok, {t.failed} failed" for name, t in totals.items())
    return Completed(message=message) if state == "ok" else Failed(message=f"{state}: {message}")
