"""Readers and the writer never meet: real processes on the published file while it is replaced."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from config.model import WarehouseSettings
from tasks.load import database as db
from tasks.load.publish import publish
from tests.tasks.load.conftest import NOW

# Holds the file open and answers each line with what it sees there, and with what a new connection sees.
_READER = """
import subprocess, sys, duckdb
query = "select count(*), count(robots_body) from hosts"
held = duckdb.connect(sys.argv[1], read_only=True)
again = "import sys, duckdb; con = duckdb.connect(sys.argv[1], read_only=True); "
again += "print(*con.execute(sys.argv[2]).fetchone())"
for _ in sys.stdin:
    fresh = subprocess.check_output([sys.executable, "-c", again, sys.argv[1], query], text=True)
    print(*held.execute(query).fetchone(), fresh.strip(), flush=True)
"""
# Asks with a new connection all the time: each answer must be whole, and none older than the one before.
_ASKER = """
import sys, duckdb
last = 0
for turn in range(100000):
    con = duckdb.connect(sys.argv[1], read_only=True)
    hosts, bodies = con.execute("select count(*), count(robots_body) from hosts").fetchone()
    con.close()
    assert hosts == bodies and hosts % 1000 == 0 and hosts >= last, (hosts, bodies, last)
    last = hosts
    if turn == 0:
        print("asking", flush=True)
    if hosts == 3000:
        break
print(turn + 1, flush=True)
"""


def start(code: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def publish_round(settings: WarehouseSettings, number: int) -> None:
    rows = [{"host": f"h{number}-{n}", "robots_body": f"body {n}" * 40} for n in range(1000)]
    with db.writer(settings) as con:
        db.migrate(con, NOW)
        db.upsert(con, "hosts", rows, ["host"])
    publish(settings)


def test_who_reads_keeps_what_it_opened_and_who_opens_sees_the_newest(settings: WarehouseSettings) -> None:
    publish_round(settings, 1)
    reader, asker = start(_READER, settings.path), start(_ASKER, settings.path)
    assert asker.stdout is not None
    assert asker.stdout.readline() == "asking\n"
    assert reader.stdin is not None
    assert reader.stdout is not None
    for number in range(1, 4):
        if number > 1:
            publish_round(settings, number)
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == f"1000 1000 {number * 1000} {number * 1000}\n"
    reader.stdin.close()
    assert reader.wait(30) == 0
    assert asker.wait(30) == 0
    assert int(asker.stdout.read()) > 5  # it did ask all the while
    assert not list(settings.path.parent.glob("*.wal"))
