"""The configuration's outlets and feeds as rows, without losing what polling knows of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from config.model import Config, Feed
from tasks.load import database as db


def sync_registry(con: db.Connection, config: Config, now: datetime) -> None:
    """Bring ``outlets`` and ``feeds`` up to the configuration; rows that say the same stay untouched."""
    outlets = [
        {
            "outlet_id": o.key,
            "family": o.family or o.key,
            **o.model_dump(
                include={
                    "name", "country", "lang", "owner_type", "timezone", "owner", "owner_country",
                    "homepage", "hosts", "aggregator", "notes",
                }
            ),
        }
        for o in config.outlets
    ]  # fmt: skip
    known = {row["feed_id"]: row for row in db.rows(con, db.statement("load/known_feeds"))}
    with db.transaction(con):
        db.upsert(con, "outlets", outlets, ["outlet_id"])
        # rows of one shape at a time: an upsert changes the columns its records have
        rows = [_feed_row(feed, known.get(feed.key), now) for feed in config.feeds]
        for shape in {tuple(row) for row in rows}:
            db.upsert(con, "feeds", [row for row in rows if tuple(row) == shape], ["feed_id"])
        with db.wanted(con, feeds=[f.key for f in config.feeds]):
            con.execute(db.statement("load/remove_feeds"), {"now": now})
        con.execute(db.statement("load/note_feed_states"), {"now": now})


def _feed_row(feed: Feed, known: dict[str, Any] | None, now: datetime) -> dict[str, Any]:
    state = "active" if feed.enabled else "off"
    moved = known is None or known["url"] != feed.url
    if not moved and known and known["state"] == "retired" and feed.enabled:
        state = "retired"  # the server said 410; a new url brings it back
    row: dict[str, Any] = {
        "feed_id": feed.key,
        "outlet_id": feed.outlet,
        "url": feed.url,
        "tier": feed.tier,
        "state": state,
        "kind": feed.kind,
        "notes": feed.notes,
        "reason": feed.reason,
        "removed_at": None,
    }
    if not moved:
        return row
    # what was learned of the old address says nothing about the new one
    fresh = dict.fromkeys(
        ("effective_url", "redirect_url", "etag", "last_modified", "body_sha256", "unconditional_at", "next_due_at")
    )
    added = {"added_at": now} if known is None else {}
    return (
        row | fresh | {"redirect_seen": 0, "gone_seen": 0, "validators_lie": False, "consecutive_failures": 0} | added
    )
