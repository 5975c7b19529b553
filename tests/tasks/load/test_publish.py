"""Publishing, what a reader may do, and compacting."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from config.model import WarehouseSettings
from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.maintenance import compact
from tasks.load.publish import publish
from tests.tasks.load.conftest import NOW


def test_publishing_refuses_a_log_beside_the_published_file(settings: WarehouseSettings) -> None:
    with db.writer(settings) as con:
        db.migrate(con, NOW)
    publish(settings)
    Path(f"{settings.path}.wal").write_bytes(b"someone wrote here")
    with pytest.raises(KhabarError, match="opened the published file for writing"):
        publish(settings)


def test_publishing_cleans_up_after_a_killed_publisher(settings: WarehouseSettings) -> None:
    with db.writer(settings) as con:
        db.migrate(con, NOW)
    left = settings.path.with_name(f".{settings.path.name}.12345.tmp")
    left.write_bytes(b"half a copy")
    publish(settings)
    assert not left.exists()
    assert duckdb.connect(str(settings.path), read_only=True).execute("select count(*) from runs").fetchone() == (0,)


def test_the_published_file_holds_what_was_committed_last(settings: WarehouseSettings) -> None:
    for round_ in range(3):
        with db.writer(settings) as con:
            db.migrate(con, NOW)
            db.upsert(con, "hosts", [{"host": f"h{round_}"}], ["host"])
        publish(settings)
        reader = db.reader(settings.path)
        assert db.scalar(reader, "select count(*) from hosts") == round_ + 1
        reader.close()


@pytest.mark.parametrize(
    "query",
    [
        "copy runs to '/tmp/khabar-escape.csv'",
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/khabar-escape.duckdb'",
        "insert into runs (run_id, flow, started_at, state) values ('x', 'x', now(), 'x')",
        "set enable_external_access = true",
        "install httpfs",
        "drop table runs",
    ],
)
def test_a_reader_can_touch_nothing(settings: WarehouseSettings, query: str) -> None:
    with db.writer(settings) as con:
        db.migrate(con, NOW)
    publish(settings)
    reader = db.reader(settings.path)
    with pytest.raises(db.Error):
        reader.execute(query)
    reader.close()
    assert not Path("/tmp/khabar-escape.csv").exists()


def test_compacting_gives_back_what_was_deleted(settings: WarehouseSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    from tasks.load import maintenance

    monkeypatch.setattr(maintenance, "_SMALL", 1_000_000)  # a test needs no 64 MB
    with db.writer(settings) as con:
        db.migrate(con, NOW)
        con.execute("create table ballast as select range as n, hash(range)::varchar as text from range(1000000)")
    with db.writer(settings) as con:
        con.execute("drop table ballast")
        db.upsert(con, "hosts", [{"host": "kept"}], ["host"])
    before = settings.work_path.stat().st_size
    assert compact(settings) > before // 2
    with db.writer(settings) as con:
        assert db.scalar(con, "select count(*) from hosts") == 1
        assert db.migrate(con, NOW + timedelta(days=1)) == []
        assert db.rows(con, "select view_name from duckdb_views() where not internal and comment is null") == []
        with pytest.raises(db.Error):  # keys came along
            con.execute("insert into hosts (host) values ('kept')")
