"""The backfill flow: older material, from sitemaps, lists of addresses and WARC sets, by the same way as the news.

It works in rounds, each a run of its own: between two of them a scheduled run gets its turn,
so that weeks of old pages never stand in the way of today's.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.runtime import flow_run
from prefect.utilities.annotations import quote

from config.reader import load
from flows.ingest import finish, prefect_state
from flows.progress import say
from flows.session import RunSession, open_run
from tasks.batch import Selection, Totals, batches
from tasks.dedupe.task import STAGE as DEDUPE
from tasks.dedupe.task import dedupe_batch
from tasks.enrich.task import STAGE as ENRICH
from tasks.enrich.task import enrich_batch
from tasks.extract.pool import child_pool
from tasks.extract.task import STAGE as EXTRACT
from tasks.extract.task import extract_batch
from tasks.fetch.importing import read_documents
from tasks.fetch.task import STAGE as FETCH
from tasks.fetch.task import fetch_batch, import_batch
from tasks.poll.backfill import Asked, entrance
from tasks.poll.task import list_batch, sitemap_batch
from tasks.urls import fetchable

_ROUND = 500  # pages of one round: at a page a second and host, less than a scheduled run waits for its turn
_PAUSE = 1.0  # seconds between two rounds, in which a run that waits takes the lock
_PATIENCE = 3600.0  # seconds that a later round waits for such a run to end
_SITEMAPS = 10  # sitemaps in one task run: each may have 50,000 addresses
_DOCUMENTS = 500  # documents of a WARC set in one task run
# An index names up to 50,000 sitemaps, and a broken one leads on for ever.
_DEEPEST, _MOST_SITEMAPS = 4, 10_000


@flow(name="backfill", validate_parameters=False)
def backfill(
    sitemaps: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
    warcs: tuple[str, ...] = (),
    asked: Asked | None = None,
    limit: int | None = None,
    config_dir: str | None = None,
    wait_seconds: float = 0,
) -> Any:
    """Find the addresses in ``sitemaps`` and files of ``lists``, fetch what is not held yet; read files ``warcs``.

    ``asked`` narrows the addresses; ``limit`` is the most pages to fetch.  Without a source it
    goes on with what an earlier backfill left.
    """
    config = load(Path(config_dir) if config_dir else None)
    asked, run_id = asked or Asked(), flow_run.get_id()
    words = {"--sitemap": sitemaps, "--urls": lists, "--warc": warcs}
    selection = Selection(
        backfill=True, limit=limit, asked=(*(f"{w} {v}" for w, values in words.items() for v in values), *asked.words)
    )
    overall: dict[str, Totals] = {}
    wait, left, more = wait_seconds, limit, True
    while more:
        with open_run("backfill", config, selection, wait_seconds=wait, prefect_run_id=run_id) as session:
            if not overall:
                _read_sitemaps(session, [entrance(url) for url in map(fetchable, sitemaps) if url], asked, limit)
                _read_lists(session, lists, asked, limit)
                _import(session, warcs, asked, limit)
            fetched = _bring(session, _ROUND if left is None else min(_ROUND, left))
            left = None if left is None else left - fetched.taken
            waiting = FETCH.count(session.run) if fetched.taken and left != 0 else 0
            finish(session)
        for name, total in session.totals.items():
            overall.setdefault(name, Totals()).add(total)
        wait, more = _PATIENCE, waiting > 0
        if more:
            say(f"backfill {waiting:,} pages to go; a scheduled run may come first")
            time.sleep(_PAUSE)
    return prefect_state(overall)


def _room(session: RunSession, limit: int | None) -> int | None:
    """How many more addresses may be taken."""
    return None if limit is None else limit - sum(t.counts.get("to_fetch", 0) for t in session.totals.values())


def _read_sitemaps(session: RunSession, urls: Iterable[str], asked: Asked, limit: int | None) -> None:
    """Read sitemaps and those they name, level by level, each once."""
    seen: set[str] = set()
    for _ in range(_DEEPEST):
        named: list[str] = []
        fresh = [url for url in dict.fromkeys(urls) if url not in seen][: _MOST_SITEMAPS - len(seen)]
        seen.update(fresh)
        for batch in batches(fresh, _SITEMAPS):
            room = _room(session, limit)
            if room is not None and room <= 0:
                return
            result, parts = sitemap_batch(session.run, batch, asked, room)
            total = session.totals.setdefault("sitemaps", Totals())
            total.add(result)
            named += parts
            say(f"sitemaps {_found(total)}")
        urls = named
    left = len(set(urls) - seen)
    if left:
        say(f"sitemaps {left:,} not read: named more than {_DEEPEST} levels deep, or beyond {_MOST_SITEMAPS:,}")


def _read_lists(session: RunSession, paths: Iterable[str], asked: Asked, limit: int | None) -> None:
    for path in paths:
        total = session.totals.setdefault("lists", Totals())
        total.add(list_batch(session.run, Path(path), asked, _room(session, limit)))
        say(f"lists    {_found(total)}")


def _found(total: Totals) -> str:
    counts = total.counts
    left_out = counts["out_of_range"] + counts["undated"]
    return (
        f"{total.ok:,} read{f', {total.failed:,} failed' if total.failed else ''}: {counts['addresses']:,} addresses, "
        f"{counts['to_fetch']:,} to fetch"
        + (f"; {left_out:,} left out ({counts['undated']:,} without a date)" if left_out else "")
    )


def _import(session: RunSession, files: tuple[str, ...], asked: Asked, limit: int | None) -> None:
    documents = read_documents(session.run.config, [Path(f) for f in files], {"outlet": asked.outlet})
    for batch in batches(islice(documents, limit), _DOCUMENTS):
        total = session.totals.setdefault("import", Totals())
        total.add(import_batch(session.run, quote(batch)))
        say(f"import   {total.taken:,}{f', {total.failed:,} failed' if total.failed else ''}")


def _bring(session: RunSession, most: int) -> Totals:
    """Fetch at most so many pages and take them all the way."""
    fetched = session.drain(FETCH, fetch_batch, most)
    with child_pool(session.run.config.settings.extract):
        session.drain(EXTRACT, extract_batch)
        session.drain(ENRICH, enrich_batch)
    session.drain(DEDUPE, dedupe_batch)
    return fetched
