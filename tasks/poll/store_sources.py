"""What a batch of sitemaps or lists writes: polls, sightings, and addresses that are due whatever their age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tasks.batch import BatchResult, Run, tally
from tasks.errors import Code
from tasks.fetch.store_hosts import store_hosts
from tasks.ids import make_id
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.poll.identity import Sighting
from tasks.poll.sources import Source
from tasks.poll.store import entry_row
from tasks.records import Failure, HostState
from tasks.urls import netloc_of

# states of an address that a backfill brings to a fetch; others were fetched, or are never fetched again
_TO_FETCH = (None, "pending", "old")


def known_hosts(run: Run, urls: Sequence[str]) -> list[HostState]:
    """What is remembered of the hosts of addresses."""
    hosts = sorted({netloc_of(url) for url in urls})
    with db.writer(run.config.settings.warehouse) as con, db.wanted(con, hosts=hosts):
        return [HostState(**row) for row in db.rows(con, db.statement("poll/host_states"))]


def known_bodies(run: Run, name: str, urls: Sequence[str]) -> dict[str, str]:
    """Hashes of the bodies of sitemaps or lists that are in the archive, by address."""
    with db.writer(run.config.settings.warehouse) as con, db.wanted(con, sources=urls):
        rows = db.rows(con, db.statement("poll/known_sources"), {"feed_id": name})
    return {row["url"]: row["body_sha256"] for row in rows}


def store_sources(
    run: Run,
    name: str,
    sources: Sequence[Source],
    failed: Sequence[Failure],
    *,
    hosts: Sequence[HostState] = (),
    room: int | None = None,
) -> BatchResult:
    """Write a batch in one transaction; of addresses that are not fetched yet, at most ``room``."""
    now = run.clock()
    found = {s.target_id: s for source in sources for s in source.sightings if s.target_id}
    with db.writer(run.config.settings.warehouse) as con, db.transaction(con), db.wanted(con, targets=list(found)):
        states = {row["target_id"]: row["state"] for row in db.rows(con, db.statement("poll/known_targets"))}
        due = [target for target in found if states.get(target) in _TO_FETCH][:room]
        taken = {*due, *(target for target in found if states.get(target) not in _TO_FETCH), None}
        polls, entries, problems = [], [], []
        for source in sources:
            poll_id = make_id(name, source.url, run.run_id, now.isoformat())
            mine = [s for s in source.sightings if s.target_id in taken]
            polls.append(_poll_row(run, name, poll_id, source, mine, states))
            entries += [entry_row(s, name, poll_id, now) for s in mine]
            problems += [Failure("poll", f"{source.url}: {s.item.url or '?'}", s.problem) for s in mine if s.problem]
        bad = [_failed_row(run, name, failure, now) for failure in failed if failure.stage == "poll"]
        db.upsert(con, "polls", polls, ["poll_id"], update=False)
        db.upsert(con, "polls", bad, ["poll_id"], update=False)
        db.upsert(con, "entries", entries, ["entry_id"], update=False)
        rows = [_frontier_row(found[target], name, now) for target in due]
        db.upsert(con, "frontier", rows, ["target_id"], update=False)
        with db.wanted(con, due=due, fresh=[entry["entry_id"] for entry in entries]):
            con.execute(db.statement("poll/reopen"), {"now": now})
            con.execute(db.statement("poll/link_articles"))
        store_hosts(con, hosts)
        store_failures(con, run, [*failed, *problems], now)
    counts = {"addresses": len(found), "to_fetch": len(due), "known_before": len(found.keys() & states.keys())}
    for source in sources:
        for key, number in source.left_out.items():
            counts[key] = counts.get(key, 0) + number
    return BatchResult(len(sources) + len(bad), len(sources), len(bad), counts, tally([*failed, *problems]))


def _poll_row(
    run: Run, name: str, poll_id: str, source: Source, mine: Sequence[Sighting], states: dict[str, str]
) -> dict[str, Any]:
    new = sum(s.target_id not in states for s in mine)
    return {
        "poll_id": poll_id,
        "run_id": run.run_id,
        "feed_id": name,
        "polled_at": source.read_at,
        "http_status": source.http_status,
        "outcome": "new" if new else "unchanged",
        "bytes": source.bytes,
        "entries_seen": len(source.sightings),
        "entries_new": new,
        "url": source.url,
        "final_url": source.final_url,
        "format": source.format,
        "duration_ms": source.duration_ms,
        "warnings": list(source.warnings),
        "archive_file": source.place.file if source.place else None,
        "archive_offset": source.place.offset if source.place else None,
        "archive_length": source.place.length if source.place else None,
        "body_sha256": source.body_sha256,
    }


def _failed_row(run: Run, name: str, failure: Failure, now: datetime) -> dict[str, Any]:
    return {
        "poll_id": make_id(name, failure.key, run.run_id, now.isoformat()),
        "run_id": run.run_id,
        "feed_id": name,
        "polled_at": now,
        "http_status": failure.http_status,
        "outcome": "deferred" if failure.code is Code.HOST_BACKOFF else "failed",
        "code": failure.code,
        "url": failure.key,
    }


def _frontier_row(sighting: Sighting, name: str, now: datetime) -> dict[str, Any]:
    assert sighting.url is not None
    return {
        "target_id": sighting.target_id,
        "identity_key": sighting.identity_key,
        "url": sighting.url,
        "host": netloc_of(sighting.url),
        "outlet_id": sighting.outlet_id,
        "feed_id": name,
        "discovered_at": now,
        # old material is read once; young articles are looked at again, as any
        "born_at": min(now, sighting.item.published_at or now),
        "state": "pending",
        "attempts": 0,
        "next_fetch_at": now,
    }
