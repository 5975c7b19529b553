"""The warehouse's door: migrations, merges, comments and days, on a real file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from config.model import WarehouseSettings
from tasks.errors import KhabarError
from tasks.extract.days import days_of
from tasks.load import database as db
from tests.tasks.load.conftest import NOW


def target(key: str, **more: Any) -> dict[str, Any]:
    return {
        "target_id": key,
        "identity_key": f"https://a.example/{key}",
        "url": f"https://a.example/{key}",
        "host": "a.example",
        "discovered_at": NOW,
        "state": "pending",
        "attempts": 0,
        **more,
    }


def test_migrations_run_once_and_are_never_edited(settings: WarehouseSettings, tmp_path: Path) -> None:
    definitions = tmp_path / "definitions"
    shutil.copytree(Path(__file__).parents[3] / "warehouse" / "schema", definitions / "schema")
    with db.writer(settings) as con:
        files = sorted((definitions / "schema").glob("*.sql"))
        assert db.migrate(con, NOW, definitions) == [f"schema/{path.name}" for path in files]
        assert db.migrate(con, NOW, definitions) == []
        first = definitions / "schema" / "001_start.sql"
        first.write_text(first.read_text() + "\n-- an edit\n")
        with pytest.raises(KhabarError, match="never edited"):
            db.migrate(con, NOW, definitions)


def test_a_broken_migration_leaves_nothing_behind(settings: WarehouseSettings, tmp_path: Path) -> None:
    definitions = tmp_path / "definitions"
    (definitions / "schema").mkdir(parents=True)
    start = "create table schema_log (name varchar primary key, sha256 varchar, applied_at timestamptz);\n"
    (definitions / "schema" / "001.sql").write_text(start)
    (definitions / "schema" / "002.sql").write_text("create table good (a integer); create table bad (")
    with db.writer(settings) as con:
        with pytest.raises(db.Error):
            db.migrate(con, NOW, definitions)
        tables = {row["table_name"] for row in db.rows(con, "select table_name from duckdb_tables()")}
        assert tables == {"schema_log"}


def test_everything_explains_itself(con: db.Connection) -> None:
    """Every table, view, macro and column carries a comment."""
    columns = db.rows(
        con, "select table_name, column_name from duckdb_columns() where not internal and comment is null"
    )
    tables = db.rows(con, "select table_name from duckdb_tables() where comment is null")
    views = db.rows(con, "select view_name from duckdb_views() where not internal and comment is null")
    assert [columns, tables, views] == [[], [], []]


def test_of_equal_keys_in_a_batch_the_last_wins(con: db.Connection) -> None:
    written = db.upsert(con, "frontier", [target("a", attempts=1), target("b"), target("a", attempts=2)], ["target_id"])
    assert written == 2
    assert db.rows(con, "select attempts from frontier where target_id = 'a'") == [{"attempts": 2}]


def test_an_upsert_changes_only_the_columns_it_has(con: db.Connection) -> None:
    db.upsert(con, "frontier", [target("a", outlet_id="dawn")], ["target_id"])
    db.upsert(con, "frontier", [{"target_id": "a", "state": "done"}], ["target_id"])
    db.upsert(con, "frontier", [target("a", state="pending")], ["target_id"], update=False)
    assert db.rows(con, "select state, outlet_id from frontier") == [{"state": "done", "outlet_id": "dawn"}]


def test_an_upsert_works_while_a_reader_has_a_transaction_open(con: db.Connection) -> None:
    reader = con.cursor()
    reader.execute("begin")
    for attempts in (1, 2, 3):
        db.upsert(con, "frontier", [target("a", attempts=attempts)], ["target_id"])
        reader.execute("select count(*) from frontier").fetchall()
    reader.execute("rollback")
    assert db.scalar(con, "select attempts from frontier") == 3


def test_delete_and_insert_of_one_key_in_one_transaction(con: db.Connection) -> None:
    db.upsert(con, "frontier", [target("a")], ["target_id"])
    with db.transaction(con):
        con.execute("delete from frontier")
        db.upsert(con, "frontier", [target("a", attempts=7)], ["target_id"])
    assert db.scalar(con, "select attempts from frontier") == 7


def test_a_transaction_is_all_or_nothing(con: db.Connection) -> None:

    def fail_in_the_middle() -> None:
        with db.transaction(con):
            db.upsert(con, "frontier", [target("a")], ["target_id"])
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fail_in_the_middle()
    assert db.scalar(con, "select count(*) from frontier") == 0


def test_an_unknown_column_is_named(con: db.Connection) -> None:
    with pytest.raises(KeyError, match="frontier has no column colour"):
        db.upsert(con, "frontier", [target("a", colour="red")], ["target_id"])


def test_text_that_has_no_utf8_form_is_stored_all_the_same(con: db.Connection) -> None:
    db.upsert(con, "frontier", [target("a", url="https://a.example/\udcff")], ["target_id"])
    assert db.scalar(con, "select url from frontier") == "https://a.example/?"


def test_times_are_instants_and_days_name_their_zone(con: db.Connection) -> None:
    """20:30 UTC is the next day in Karachi; the views say which day they mean, whatever the session's zone."""
    article = {
        "article_id": "a", "url": "https://a.example/a", "verdict": "article", "version": 1, "first_seen_at": NOW,
        "published_at": NOW, "extractor_version": "1", "identity_key": "k", "content_sha256": "x", **days_of(NOW),
    }  # fmt: skip
    db.upsert(con, "articles", [article], ["article_id"])
    for zone in ("UTC", "Asia/Karachi", "America/New_York"):
        con.execute(f"set timezone = '{zone}'")
        days = db.rows(
            con, "select day_utc::varchar u, day_karachi::varchar k, day_washington::varchar w from coverage"
        )
        assert days == [{"u": "2026-03-01", "k": "2026-03-02", "w": "2026-03-01"}]
        assert db.scalar(con, "select published_at from articles") == NOW
