"""Silence, outage, and a machine that was off: the ledger of sources and days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tasks.load import database as db
from tests.warehouse.rows import DAY, at, feed, poll, warehouse

HOUR = timedelta(hours=1)


def hourly(key: str, hours: list[int], outcome: str = "not_modified", **more: Any) -> list[dict[str, Any]]:
    """Polls of an hourly feed, each due an hour after the one before."""
    out = []
    for number, hour in enumerate(hours):
        previous = at(hours[number - 1]) if number else None
        due = previous + HOUR if previous else None
        out.append(poll(number, key, hour, outcome, due=due, previous=previous, **more))
    return out


def of(key: str, last: int, **more: Any) -> dict[str, Any]:
    return feed(key, tier="hourly", last_polled_at=at(last), next_due_at=at(last + 1), **more)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Connection]:
    """Three days, 1 to 3 March; the machine is off from 12:00 on the first to 6:00 on the third."""
    on = [*range(1, 12), *range(54, 72)]
    with warehouse(tmp_path_factory.mktemp("ledger")) as connection:
        feeds = [
            of("heard", 71), of("deaf", 71), of("rested", 71), of("dropped", 11, state="removed"),
            feed("never", tier="daily", last_polled_at=None), feed("off", state="off"),
        ]  # fmt: skip
        db.upsert(connection, "feeds", feeds, ["feed_id"])
        polls = [
            *hourly("heard", on), *hourly("deaf", on, "failed", code="dns"), *hourly("rested", on[:11]),
            poll(11, "rested", 71, "not_modified", due=at(71), previous=at(11)), *hourly("dropped", on[:11]),
        ]  # fmt: skip
        db.upsert(connection, "polls", polls, ["poll_id"])
        states = [
            {"feed_id": f["feed_id"], "since": DAY + HOUR, "state": "active"} for f in feeds if f["state"] != "off"
        ]
        states.append({"feed_id": "dropped", "since": at(12), "state": "removed"})
        db.append(connection, "feed_states", states)
        run = {"run_id": "r", "flow": "ingest", "started_at": at(71), "finished_at": at(71.5), "state": "ok"}
        db.upsert(connection, "runs", [run], ["run_id"])
        yield connection


def test_a_machine_that_was_off_is_an_outage(con: db.Connection) -> None:
    query = "select feed_id, right(day::varchar, 2), polls_due, polls_made, polls_ok, verdict from ledger order by 1, 2"
    assert con.execute(query).fetchall() == [
        ("deaf", "01", 23, 11, 0, "outage"),
        ("deaf", "02", 24, 0, 0, "outage"),
        ("deaf", "03", 24, 18, 0, "outage"),
        # removed at noon: nothing is due any more
        ("dropped", "01", 11, 11, 11, "silent"),
        ("heard", "01", 23, 11, 11, "partial"),
        ("heard", "02", 24, 0, 0, "outage"),
        ("heard", "03", 24, 18, 18, "silent"),
        # once a day since 1 March, and never asked
        ("never", "01", 1, 0, 0, "not yet polled"),
        ("never", "02", 1, 0, 0, "not yet polled"),
        ("never", "03", 1, 0, 0, "not yet polled"),
        # asked for a rest of two and a half days, which was kept
        ("rested", "01", 11, 11, 11, "silent"),
        ("rested", "02", 0, 0, 0, "not due"),
        ("rested", "03", 1, 1, 1, "silent"),
    ]


def test_a_feed_that_is_off_has_no_days_and_a_break_is_no_outage(con: db.Connection) -> None:
    con.execute("begin")
    breaks = [("off", DAY, "off"), ("heard", at(13), "off"), ("heard", at(50), "active")]
    db.append(con, "feed_states", [{"feed_id": f, "since": since, "state": state} for f, since, state in breaks])
    found = con.execute(
        "select feed_id, right(day::varchar, 2), polls_due, polls_made, verdict from ledger "
        "where feed_id in ('heard', 'off') order by 1, 2"
    ).fetchall()
    con.execute("rollback")
    # due at 12:00 and missed; from 13:00 off; on again from 2:00 on the third, polled from 6:00
    assert found == [("heard", "01", 12, 11, "silent"), ("heard", "03", 22, 18, "silent")]


def test_a_look_that_found_nothing_new_is_no_failed_page(tmp_path: Path) -> None:
    with warehouse(tmp_path) as con:
        db.upsert(con, "feeds", [of("heard", 1)], ["feed_id"])
        db.append(con, "feed_states", [{"feed_id": "heard", "since": at(0), "state": "active"}])
        run = {"run_id": "r", "flow": "ingest", "started_at": at(1), "finished_at": at(23), "state": "ok"}
        db.upsert(con, "runs", [run], ["run_id"])
        target = {
            "target_id": "t", "identity_key": "t", "url": "https://a.example/t", "host": "a.example",
            "feed_id": "heard", "discovered_at": at(1), "state": "done",
        }  # fmt: skip
        db.upsert(con, "frontier", [target], ["target_id"])
        pages = [
            {
                "page_id": outcome, "url": "https://a.example/t", "fetched_at": at(2), "outcome": outcome,
                "run_id": "r", "target_id": "t", "source": "web",
            }
            for outcome in ("ok", "failed", "not_modified", "removed")
        ]  # fmt: skip
        db.upsert(con, "pages", pages, ["page_id"])
        assert con.execute("select pages_ok, pages_failed from ledger where feed_id = 'heard'").fetchall() == [(1, 1)]
