"""What the warehouse remembers of feeds: since when each is on, and when each was due."""

from __future__ import annotations

from pathlib import Path

from config.reader import load
from tasks.load import database as db
from tasks.load.registry import sync_registry
from tests.site.server import Page, Site
from tests.support import START, Lab, item, rss, write_feeds


def test_states_are_noted_once_and_polls_say_when_they_were_due(tmp_path: Path) -> None:
    with Site({"/rss": Page(rss(item("A", "/a")), "application/rss+xml")}) as site:
        lab = Lab(tmp_path, site, feeds={"home": site.url("/rss")})
        lab.poll()
        due = lab.feed("home")["next_due_at"]
        lab.clock.forward(hours=30)
        lab.poll()
        polls = lab.rows("select due_at, previous_at from polls order by polled_at")
        assert polls == [{"due_at": None, "previous_at": None}, {"due_at": due, "previous_at": START}]
        write_feeds(tmp_path / "config" / "feeds.csv", [])
        config = load(tmp_path / "config", environ={})
        with db.writer(config.settings.warehouse) as con:
            for _ in range(2):
                sync_registry(con, config, lab.clock())
        noted = lab.rows("select since, state from feed_states order by since")
        assert noted == [{"since": START, "state": "active"}, {"since": lab.clock(), "state": "removed"}]
        # asked once a day instead of every quarter of an hour
        assert lab.values("select verdict from ledger order by day") == ["partial", "partial"]
