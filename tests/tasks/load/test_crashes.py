"""Locks between processes, torn logs, killed loaders."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.model import WarehouseSettings
from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.lock import WriterBusyError, writer_lock
from tests.tasks.load.conftest import NOW


def hold(path: Path) -> subprocess.Popen[str]:
    code = f"import duckdb, time; c = duckdb.connect({str(path)!r}); print('open', flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_a_stranger_in_the_writers_file_gets_a_clear_error(settings: WarehouseSettings) -> None:
    with db.writer(settings):
        pass
    stranger = hold(settings.work_path)
    try:
        with pytest.raises(KhabarError, match="another program has the writer's file open"), db.writer(settings):
            pass
    finally:
        stranger.kill()
        stranger.wait()


def test_one_writer_at_a_time(settings: WarehouseSettings) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom tasks.load.lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])):\n    print('locked', flush=True)\n    time.sleep(60)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(settings.work_path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "locked\n"
    with pytest.raises(WriterBusyError, match=f"process {other.pid}"), writer_lock(settings.work_path):
        pass
    other.send_signal(signal.SIGKILL)
    other.wait()
    with writer_lock(settings.work_path, wait_seconds=5):  # the kernel dropped it
        pass


def torn(settings: WarehouseSettings) -> None:
    """Leave a log with a cut-off tail, as a full disk does: written by a process that was killed."""
    code = (
        "import duckdb, os, sys\n"
        "c = duckdb.connect(sys.argv[1])\n"
        "c.execute(\"set checkpoint_threshold = '1TB'\")\n"
        "for i in range(50): c.execute('insert into hosts (host) values (?)', [f'lost-{i}'])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(settings.work_path)], check=False)
    wal = Path(f"{settings.work_path}.wal")
    data = wal.read_bytes()
    # a flipped byte in a record can't be replayed; a cut tail can, up to the cut
    middle = data.index(b"lost-25")
    wal.write_bytes(data[:middle] + b"LOST" + data[middle + 4 :])


def test_a_log_that_cannot_be_replayed_is_put_aside(settings: WarehouseSettings) -> None:
    with db.writer(settings) as con:
        db.migrate(con, NOW)
        con.execute("insert into hosts (host) values ('kept')")
    torn(settings)
    with db.writer(settings) as con:
        hosts = {row["host"] for row in db.rows(con, "select host from hosts")}
    assert hosts == {"kept"}, "the file is as of its last checkpoint"
    assert len(db.broken_wals(settings.work_path)) == 1, "what is lost is lost visibly"
    with db.writer(settings) as con:  # and every later start works
        assert {row["host"] for row in db.rows(con, "select host from hosts")} == hosts


def test_a_cut_log_opens_too(settings: WarehouseSettings) -> None:
    with db.writer(settings) as con:
        db.migrate(con, NOW)
    torn(settings)
    wal = Path(f"{settings.work_path}.wal")
    wal.write_bytes(wal.read_bytes()[:-37])
    with db.writer(settings) as con:
        assert db.scalar(con, "select count(*) from hosts") <= 50
    with db.writer(settings) as con:
        assert db.scalar(con, "select count(*) from schema_log") >= 1


def test_killed_while_loading(settings: WarehouseSettings) -> None:
    """kill -9 in the middle of batches: what was committed is there, keys are whole."""
    with db.writer(settings) as con:
        db.migrate(con, NOW)
    code = (
        "import sys\nfrom pathlib import Path\nfrom datetime import datetime, UTC\n"
        "from config.model import WarehouseSettings\nfrom tasks.load import database as db\n"
        "p = Path(sys.argv[1])\n"
        "s = WarehouseSettings(path=p / 'k', work_path=p / '.work' / 'khabar.duckdb', archive_dir=p / 'a')\n"
        "for batch in range(1000):\n"
        "    with db.writer(s) as con, db.transaction(con):\n"
        "        db.upsert(con, 'hosts', [{'host': f'{batch}-{i}'} for i in range(100)], ['host'])\n"
        "    print(batch, flush=True)\n"
    )
    loader = subprocess.Popen(
        [sys.executable, "-c", code, str(settings.path.parent)], stdout=subprocess.PIPE, text=True
    )
    assert loader.stdout is not None
    committed = -1
    until = time.monotonic() + 60
    while committed < 12 and time.monotonic() < until:
        committed = int(loader.stdout.readline())
    loader.kill()
    loader.wait()
    with db.writer(settings) as con:
        count = db.scalar(con, "select count(*) from hosts")
        assert count % 100 == 0
        assert count >= (committed + 1) * 100
        db.upsert(con, "hosts", [{"host": "0-0", "backoff_reason": "again"}], ["host"])
        assert db.scalar(con, "select count(*) from hosts where host = '0-0'") == 1
