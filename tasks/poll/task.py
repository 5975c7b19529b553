"""The poll stage: due feeds to new entries and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from prefect import task

from tasks.batch import BatchResult, Run, Stage, run_batch
from tasks.load import database as db
from tasks.poll.backfill import LISTS, SITEMAPS, Asked
from tasks.poll.decide import FeedState
from tasks.poll.poll import DueFeed, Polled, poll_feeds
from tasks.poll.sources import read_sitemaps
from tasks.poll.store import store_polls
from tasks.poll.store_sources import known_bodies, known_hosts, store_sources
from tasks.poll.urllist import read_list
from tasks.records import HostState

_STATE_FIELDS = tuple(f.name for f in fields(FeedState))
_HOST_FIELDS = tuple(f.name for f in fields(HostState))


def _parameters(run: Run, limit: int | None) -> dict[str, object]:
    chosen = run.selection
    return {
        "now": run.clock(),
        "started_at": run.started_at,
        "tier": chosen.tier,
        "feeds": list(chosen.feeds),
        "all": chosen.all_feeds,
        "limit": limit,
    }


def _count(run: Run) -> int:
    with db.writer(run.config.settings.warehouse) as con:
        query = db.statement("load/count").format(query=db.statement("poll/pending"))
        return int(db.scalar(con, query, _parameters(run, None)))


def _pending(run: Run, limit: int) -> list[DueFeed]:
    with db.writer(run.config.settings.warehouse) as con:
        found = db.rows(con, db.statement("poll/pending"), _parameters(run, limit))
    return [_due(row) for row in found]


def _due(row: dict[str, Any]) -> DueFeed:
    host = HostState(**{k: row[k] for k in _HOST_FIELDS}) if row["host"] else None
    return DueFeed(FeedState(**{k: row[k] for k in _STATE_FIELDS}), row["outlet_id"], row["timezone"], host)


STAGE: Stage[DueFeed, Polled] = Stage(
    name="poll",
    batch_size=lambda run: run.config.settings.poll.batch,
    count=_count,
    pending=_pending,
    work=poll_feeds,
    store=store_polls,
)


@task(name="poll feeds")
def poll_batch(run: Run, size: int) -> BatchResult:
    """Poll one batch of feeds."""
    return run_batch(STAGE, run, size)


@task(name="read sitemaps")
def sitemap_batch(run: Run, urls: Sequence[str], asked: Asked, room: int | None) -> tuple[BatchResult, tuple[str, ...]]:
    """Read one batch of sitemaps for a backfill; also returns the sitemaps that they name."""
    outcome = read_sitemaps(run, urls, asked, known_hosts(run, urls), known_bodies(run, SITEMAPS, urls))
    result = store_sources(run, SITEMAPS, outcome.ok, outcome.failed, hosts=outcome.hosts, room=room)
    return result, tuple(dict.fromkeys(part for source in outcome.ok for part in source.parts))


@task(name="read list of addresses")
def list_batch(run: Run, path: Path, asked: Asked, room: int | None) -> BatchResult:
    """Read one list of addresses for a backfill."""
    address = path.resolve().as_uri()
    source, failed, undated = read_list(run, path, asked, known_bodies(run, LISTS, [address]).get(address))
    result = store_sources(run, LISTS, [source], [*failed, *undated], room=room)
    # what is counted of a list is its rows
    ok = len(source.sightings) + sum(source.left_out.values())
    return replace(result, taken=ok + len(failed), ok=ok, failed=len(failed))
