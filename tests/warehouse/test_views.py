"""Every view on a small warehouse, against rows worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tasks.load import database as db
from tests.warehouse.rows import article, at, feed, poll, warehouse

ROOT = Path(__file__).parents[2]


def fill(con: db.Connection) -> None:
    outlet = {"outlet_id": "dawn", "name": "Dawn", "country": "PK", "family": "dawn"}
    db.upsert(con, "outlets", [outlet], ["outlet_id"])
    feeds = [
        feed("ok"), feed("down", consecutive_failures=3, last_code="dns"), feed("failing", consecutive_failures=1),
        feed("frozen", last_code="feed_frozen"), feed("fresh", last_polled_at=None), feed("off", state="off", reason="terms"),
    ]  # fmt: skip
    db.upsert(con, "feeds", feeds, ["feed_id"])
    polls = [
        poll(1, "ok", 1, "new", 2), poll(2, "ok", 2, "not_modified"), poll(3, "ok", 25, "unchanged"),
        poll(1, "down", 1, "failed", code="dns"), poll(2, "down", 2, "deferred", code="host_backoff"),
        poll(1, "failing", 1, "failed", code="timeout"), poll(2, "failing", 2, "new", 1),
    ]  # fmt: skip
    db.upsert(con, "polls", polls, ["poll_id"])
    articles = [
        article("plain"),
        article("wire", agency="AFP"),
        article("lifted", credit="arab news", agency="AP", published_at=None, date_source=None),
        article("wall", verdict="consent_wall"),
        article("cricket", relevance=0),
        article("edited", version=2, lang="ur"),
    ]
    db.upsert(con, "articles", articles, ["article_id"])
    targets = [
        {
            "target_id": a["article_id"], "identity_key": a["article_id"], "url": a["url"], "host": "dawn.example",
            "feed_id": "ok", "discovered_at": at(1), "state": "done", "attempts": 0,
        }
        for a in articles
    ]  # fmt: skip
    db.upsert(con, "frontier", targets, ["target_id"])
    pages = [
        {
            "page_id": f"p{n}", "url": "u", "fetched_at": at(3), "outcome": outcome, "run_id": "r", "target_id": "plain",
            "source": "web",
        }
        for n, outcome in enumerate(["ok", "ok", "failed"])
    ]  # fmt: skip
    db.upsert(con, "pages", pages, ["page_id"])
    fill_removals(con)
    fill_versions(con)


def fill_removals(con: db.Connection) -> None:
    """One taken down, confirmed; one found gone once; one that came back."""
    gone = [
        ("taken", 101, "ok", None, 200), ("taken", 102, "not_modified", None, 304), ("taken", 103, "failed", "timeout", None),
        ("taken", 104, "removed", "not_found", 404), ("taken", 105, "removed", "gone", 410), ("taken", 100, "removed", "gone", 410),
        ("undated", 104, "removed", "home_page", 200), ("back", 104, "removed", "not_found", 404),
    ]  # fmt: skip
    looks = [
        {
            "page_id": f"p{n}", "url": "u", "fetched_at": at(hours), "outcome": outcome, "run_id": "r", "code": code,
            "target_id": key, "source": "web", "http_status": status,
        }
        for n, (key, hours, outcome, code, status) in enumerate(gone, 6)
    ]  # fmt: skip
    db.upsert(con, "pages", looks, ["page_id"])
    removed = [
        article("taken", verdict="live_blog", page_id="p6"),
        article("undated", verdict="live_blog", page_id=None, published_at=None),
        article("back", verdict="live_blog", page_id=None),
    ]
    db.upsert(con, "articles", removed, ["article_id"])
    # of no feed, so that the ledger's rows stay those of the polls above
    off = {"host": "dawn.example", "discovered_at": at(1), "state": "done", "attempts": 0}
    rows = [
        {**off, "removed_at": when, **{k: a[k] for k in ("target_id", "identity_key", "url", "article_id")}}
        for a, when in zip(removed, (at(104), at(104), None), strict=True)
    ]
    db.upsert(con, "frontier", rows, ["target_id"])


def fill_versions(con: db.Connection) -> None:
    """Six versions of an article: both edited, a wall, paragraphs moved, the text, the headline."""
    common = {
        "article_id": "edited",
        "title_changed": False,
        "verdict": "article",
        "words_added": 0,
        "words_removed": 0,
    }
    same: dict[str, Any] = {"sentences_added": [], "sentences_removed": [], "sentences_changed": []}
    hidden = dict.fromkeys([*same, "title_changed", "words_added", "words_removed"])
    changed = [
        {"title": "Old", "text": "a b", **hidden},
        {
            "title": "New", "text": "a c d", "words_added": 2, "words_removed": 1, "title_changed": True,
            "sentences_added": ["d."], "sentences_removed": [], "sentences_changed": [{"before": "b.", "after": "c."}],
        },
        {"title": "Wall", "text": "w", "verdict": "consent_wall", **hidden},
        {"title": "New", "text": "d a c", "compared_with": 2, **same},
        {"title": "New", "text": "d a", "words_removed": 1, "compared_with": 4, **same, "sentences_removed": ["c."]},
        {"title": "Newer", "text": "d a", "title_changed": True, "compared_with": 5, **same},
    ]  # fmt: skip
    versions = [
        {**common, "version": n, "seen_at": at(21.5 + n / 2 if n > 1 else 21), "page_id": f"v{n}", **row}
        for n, row in enumerate(changed, 1)
    ]
    for version in versions:
        db.upsert(con, "article_versions", [version], ["article_id", "version"])


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Connection]:
    with warehouse(tmp_path_factory.mktemp("views")) as connection:
        fill(connection)
        yield connection


GONE_AT = at(104).replace(tzinfo=None)  # a moment without its zone: the session's changes how it would be shown
GOLDEN: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "feed_health": (
        "select feed_id, health, reason from feed_health order by feed_id",
        [
            ("down", "down", None),
            ("failing", "failing", None),
            ("fresh", "not yet polled", None),
            ("frozen", "frozen", None),
            ("off", "off", "terms"),
            ("ok", "ok", None),
        ],
    ),
    "coverage": (
        "select article_id, outlet, day_utc::varchar, day_karachi::varchar, day_washington::varchar from coverage order by 1",
        [
            ("edited", "Dawn", "2026-03-01", "2026-03-02", "2026-03-01"),
            ("lifted", "Dawn", None, None, None),
            ("plain", "Dawn", "2026-03-01", "2026-03-02", "2026-03-01"),
            ("wire", "Dawn", "2026-03-01", "2026-03-02", "2026-03-01"),
        ],
    ),
    "changes": (
        "select version, change, title_before, title_after, words_added, words_removed, text_before, text_after, "
        "sentences_added, sentences_removed, list_transform(sentences_changed, lambda c: c.before || ' > ' || c.after), "
        "verdict_after, minutes_after_publication, minutes_after_first_seen from changes where article_id = 'edited' "
        "order by version",
        [
            (2, "headline and text", "Old", "New", 2, 1, "a b", "a c d", ["d."], [], ["b. > c."], "article", 120, 750),
            (3, "verdict", "New", "Wall", None, None, "a c d", "w", None, None, None, "consent_wall", 150, 780),
            (4, "order", "New", "New", 0, 0, "a c d", "d a c", [], [], [], "article", 180, 810),
            (5, "text", "New", "New", 0, 1, "d a c", "d a", [], ["c."], [], "article", 210, 840),
            (6, "headline", "New", "Newer", 0, 0, "d a", "d a", [], [], [], "article", 240, 870),
        ],
    ),
    "removals": (
        "select article_id, outlet_id, title, last_seen_at at time zone 'UTC', removed_at at time zone 'UTC', "
        "minutes_after_publication, times_seen, how, http_status, page_id from removals order by article_id",
        [
            ("taken", "dawn", "Title taken", GONE_AT - timedelta(hours=2), GONE_AT, 5010, 2, "gone", 410, "p6"),
            ("undated", "dawn", "Title undated", None, GONE_AT, None, 1, "home_page", 200, None),
        ],
    ),
    "ledger": (
        "select feed_id, day::varchar, verdict, polls_due, polls_made, polls_ok, polls_deferred, entries_new, pages_ok, "
        "pages_failed, articles, cast(failed_by_code as varchar) from ledger order by 1, 2",
        [
            ("down", "2026-03-01", "outage", 2, 1, 0, 1, 0, 0, 0, 0, "{dns=1, host_backoff=1}"),
            ("failing", "2026-03-01", "partial", 2, 2, 1, 0, 1, 0, 0, 0, "{timeout=1}"),
            ("ok", "2026-03-01", "reported", 2, 2, 2, 0, 2, 2, 1, 5, None),
            ("ok", "2026-03-02", "silent", 1, 1, 1, 0, 0, 0, 0, 0, None),
        ],
    ),
}


@pytest.mark.parametrize("view", GOLDEN)
def test_view(con: db.Connection, view: str) -> None:
    query, rows = GOLDEN[view]
    assert con.execute(query).fetchall() == rows


def test_views_run_whatever_the_zone_of_the_session(con: db.Connection) -> None:
    for zone in ("Asia/Karachi", "America/New_York", "UTC"):
        con.execute(f"set timezone = '{zone}'")
        for query, rows in GOLDEN.values():
            assert con.execute(query).fetchall() == rows


def test_every_view_runs(con: db.Connection) -> None:
    names = {row["view_name"] for row in db.rows(con, "select view_name from duckdb_views() where not internal")}
    assert names == {path.stem for path in (ROOT / "warehouse" / "views").glob("*.sql")}
    for name in names:
        con.execute(f"select * from {name}").fetchall()


def test_every_view_and_macro_has_golden_rows() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    names = [path.stem for kind in ("views", "macros") for path in (ROOT / "warehouse" / kind).glob("*.sql")]
    told = [(f'"{name}": ', f"from {name}", f"select {name}(") for name in names]
    assert [forms[0] for forms in told if not any(form in tests for form in forms)] == []
