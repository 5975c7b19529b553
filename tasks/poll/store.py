"""What a batch of polls writes: one transaction, from the new items to the next due time.

Validators are stored here and only here, together with the items they stand for: a crash
leaves either both or neither, so a later 304 can never hide an item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from tasks.batch import Run
from tasks.fetch.decide import jitter
from tasks.fetch.store_hosts import store_hosts
from tasks.ids import make_id
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.poll.decide import Decision, Seen, decide
from tasks.poll.identity import Sighting
from tasks.poll.poll import DueFeed, Polled, Unreadable
from tasks.records import Failure, Outcome, WithHosts
from tasks.urls import netloc_of


def store_polls(run: Run, batch: Sequence[DueFeed], outcome: Outcome[Polled]) -> dict[str, int]:
    """Write a batch of polls; returns figures for the run's summary."""
    now = run.clock()
    polled = {p.feed_id: p for p in outcome.ok}
    failed = {f.key: f for f in outcome.failed}
    hosts = outcome.hosts if isinstance(outcome, WithHosts) else ()
    rests = {h.host: h.not_before_at for h in (*(f.host_state for f in batch if f.host_state), *hosts)}
    with db.writer(run.config.settings.warehouse) as con, db.transaction(con):
        fresh, known = _compare(con, outcome.ok)
        feeds, polls, entries, problems = [], [], [], []
        for feed in batch:
            answer, failure = polled.get(feed.state.feed_id), failed.get(feed.state.feed_id)
            new = [s for s in answer.sightings if s.entry_id in fresh] if answer else []
            seen = _seen(answer, failure, new, known, rests.get(netloc_of(feed.state.address)))
            decision = decide(
                feed.state, seen, now, run.config.settings.poll, jitter(make_id(feed.state.feed_id, now.isoformat()))
            )
            unread = failure if isinstance(failure, Unreadable) else None
            poll = _poll_row(run, feed, answer or unread, seen, decision, now)
            feeds.append({k: v for k, v in asdict(decision.state).items() if k not in ("url", "tier")})
            polls.append(poll)
            entries += [entry_row(s, feed.state.feed_id, poll["poll_id"], now) for s in new]
            problems += [
                Failure("poll", f"{feed.state.feed_id}: {s.item.title or s.item.guid}", s.problem)
                for s in new
                if s.problem
            ]
        db.upsert(con, "entries", entries, ["entry_id"], update=False)
        db.upsert(con, "frontier", _frontier_rows(run, entries, polled, now), ["target_id"], update=False)
        _link(con, [e["entry_id"] for e in entries], now)
        db.upsert(con, "polls", polls, ["poll_id"], update=False)
        db.upsert(con, "feeds", feeds, ["feed_id"])
        store_hosts(con, hosts)
        store_failures(con, run, [*outcome.failed, *problems], now)
    return {
        "entries_new": len(entries),
        "not_modified": sum(p["outcome"] == "not_modified" for p in polls),
        "bytes": sum(p["bytes"] or 0 for p in polls),
    }


def _compare(con: db.Connection, polled: Sequence[Polled]) -> tuple[set[str], set[str]]:
    """Ids of the sightings that are new, and of those whose item or link the feed has shown before."""
    found = [(s.entry_id, p.feed_id, s.identity_key) for p in polled for s in p.sightings]
    if not found:
        return set(), set()
    ids, feeds, links = zip(*found, strict=True)
    # a column without any value would have no type
    links = tuple(link or "" for link in links)
    db.relation(con, "incoming_entries", {"entry_id": ids, "feed_id": feeds, "identity_key": links})
    try:
        rows = db.rows(con, db.statement("poll/known"))
        fresh = {r["entry_id"] for r in rows if not r["seen_before"]}
        return fresh, {r["entry_id"] for r in rows if r["seen_before"] or r["link_seen_before"]}
    finally:
        db.forget(con, "incoming_entries")


def _link(con: db.Connection, fresh: list[str], now: datetime) -> None:
    if fresh:
        with db.wanted(con, fresh=fresh):
            con.execute(db.statement("poll/retitled"), {"now": now})
            con.execute(db.statement("poll/link_articles"))


def _seen(
    answer: Polled | None, failure: Failure | None, new: list[Sighting], known: set[str], rest: datetime | None
) -> Seen:
    if answer is None:
        assert failure is not None
        digest = failure.body_sha256 if isinstance(failure, Unreadable) else None
        return Seen(failure.http_status, failure.code, body_sha256=digest, rest_until=rest)
    return Seen(
        status=answer.response.status,
        headers=answer.response.headers,
        conditional=answer.conditional,
        body_sha256=answer.body_sha256,
        parsed=answer.parsed,
        permanent_url=answer.response.permanent_url,
        redirected=bool(answer.response.redirects),
        entries_seen=len(answer.sightings),
        entries_new=len(new),
        entries_known=sum(s.entry_id in known for s in answer.sightings),
        newest_item_at=answer.newest_item_at,
    )


def _poll_row(
    run: Run, feed: DueFeed, answer: Polled | Unreadable | None, seen: Seen, decision: Decision, now: datetime
) -> dict[str, Any]:
    place = answer.place if answer else None
    response = answer.response if answer else None
    parsed = answer.parsed if isinstance(answer, Polled) else None
    return {
        "poll_id": make_id(feed.state.feed_id, run.run_id, now.isoformat()),
        "run_id": run.run_id,
        "feed_id": feed.state.feed_id,
        "polled_at": answer.polled_at if isinstance(answer, Polled) else now,
        "due_at": feed.state.next_due_at,
        "previous_at": feed.state.last_polled_at,
        "http_status": seen.status,
        "outcome": decision.outcome,
        "bytes": len(response.raw_body) if response else None,
        "entries_seen": seen.entries_seen if isinstance(answer, Polled) else None,
        "entries_new": seen.entries_new if isinstance(answer, Polled) else None,
        "code": seen.code or decision.warning,
        "url": feed.state.address,
        "final_url": response.url if response else None,
        "format": parsed.format if parsed else None,
        "newest_item_at": seen.newest_item_at,
        "duration_ms": response.duration_ms if response else None,
        "next_due_at": decision.state.next_due_at,
        "due_reason": decision.due_reason,
        "warnings": list(parsed.warnings) if parsed else [],
        "archive_file": place.file if place else None,
        "archive_offset": place.offset if place else None,
        "archive_length": place.length if place else None,
        "body_sha256": seen.body_sha256,
    }


def entry_row(sighting: Sighting, feed_id: str, poll_id: str, now: datetime) -> dict[str, Any]:
    """A sighting as a row of ``entries``."""
    item = sighting.item
    return {
        "entry_id": sighting.entry_id,
        "feed_id": feed_id,
        "guid": item.guid,
        "url": item.url,
        "title": item.title,
        "published_raw": item.published_raw,
        "first_seen_at": now,
        "item_key": sighting.item_key,
        "poll_id": poll_id,
        "identity_key": sighting.identity_key,
        "target_id": sighting.target_id,
        "published_at": item.published_at,
        "published_offset_minutes": item.published_offset_minutes,
        "date_source": item.date_source,
        "updated_at": item.updated_at,
        "authors": list(item.authors),
        "summary": item.summary,
        "content": item.content,
        "source_name": item.source_name,
        "source_url": item.source_url,
        "categories": list(item.categories),
        "problem": sighting.problem,
    }


def _frontier_rows(
    run: Run, entries: list[dict[str, Any]], polled: dict[str, Polled], now: datetime
) -> list[dict[str, Any]]:
    """Addresses of new entries; those that are there already are left alone."""
    outlets = {s.entry_id: (s.url, s.outlet_id) for p in polled.values() for s in p.sightings}
    oldest = now - timedelta(days=run.config.settings.fetch.max_age_days)
    out = []
    for entry in entries:
        url, outlet_id = outlets[entry["entry_id"]]
        if entry["target_id"] is None or url is None:
            continue
        # a feed's back catalogue is material for `khabar backfill`, which somebody asks for
        stale = entry["published_at"] is not None and entry["published_at"] < oldest
        out.append(
            {
                "target_id": entry["target_id"],
                "identity_key": entry["identity_key"],
                "url": url,
                "host": netloc_of(url),
                "outlet_id": outlet_id,
                "feed_id": entry["feed_id"],
                "discovered_at": now,
                "state": "old" if stale else "pending",
                "attempts": 0,
                "next_fetch_at": None if stale else now,
                "born_at": min(now, entry["published_at"] or now),
            }
        )
    return out
