"""What a batch learned about hosts, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.load import database as db
from tasks.records import HostState


def store_hosts(con: db.Connection, hosts: Sequence[HostState]) -> None:
    """Write rests and robots.txt, each only where the batch knows it.

    A host that a redirect led to comes without its row: what stands there must not be wiped out.
    """
    rests = [
        {"host": h.host, "not_before_at": h.not_before_at, "backoff_reason": h.backoff_reason}
        for h in hosts
        if h.not_before_at
    ]
    files = [
        {
            "host": h.host,
            "robots_status": h.robots_status,
            "robots_body": h.robots_body,
            "robots_fetched_at": h.robots_fetched_at,
        }
        for h in hosts
        if h.robots_fetched_at
    ]
    db.upsert(con, "hosts", rests, ["host"])
    db.upsert(con, "hosts", files, ["host"])
