"""kill -9 anywhere, then a run that completes: nothing is lost, nothing is there twice.

The moment is chosen by what really happens: the site kills the run when a certain address
is asked, or the test kills it when a certain line of progress was printed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flows.conftest import SETTINGS
from tests.flows.plain_run import plain_run
from tests.flows.test_ingest import hashes, query
from tests.site.world import build_world

COMMAND = [sys.executable, "-m", "tests.flows.plain_run"]
# the world's dates hang on it; two worlds of one test must be equal
NOW = datetime.now(UTC)
# ids, times and the site's port differ between runs; what was learned must not
LEARNED = """
    select 'article', title, text, verdict, version from articles
    union all
    select 'entry', title, regexp_replace(coalesce(guid, ''), ':[0-9]+/', '/'), feed_id, 1 from entries
    order by all
"""


@contextmanager
def world(folder: Path) -> Iterator[Any]:
    (folder / "config").mkdir(parents=True)
    made = build_world(NOW)
    with made.serve() as site:
        made.write_config(folder / "config", {**SETTINGS, "fetch": {"batch": 10}, "extract": {"batch": 10}})
        yield site


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    with world(folder):
        assert plain_run(folder / "config") == "ok"
    return query(folder / "khabar.duckdb", LEARNED)


def killed_at_line(folder: Path, starts: Callable[[str], bool]) -> int:
    """Run until a line of progress is printed, then kill; returns the exit code."""
    process = subprocess.Popen([*COMMAND, str(folder / "config")], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if starts(line):
            process.send_signal(signal.SIGKILL)
            break
    return process.wait(60)


def killed_at_request(folder: Path, site: Any, wanted: Callable[[Any], bool]) -> int:
    """Run until the site is asked for a certain address, then kill; returns the exit code."""
    process = subprocess.Popen([*COMMAND, str(folder / "config")], stderr=subprocess.DEVNULL)
    seen = len(site.requests)
    while process.poll() is None:
        fresh = site.requests[seen:]
        seen += len(fresh)
        if any(wanted(request) for request in fresh):
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.001)
    return process.wait(60)


def check_completed(folder: Path, undisturbed: list[tuple[Any, ...]]) -> None:
    """The next run finishes what was begun, and the one after it has nothing to do."""
    assert plain_run(folder / "config") == "ok"
    states = [row[0] for row in query(folder / "khabar.duckdb", "select state from runs order by started_at")]
    assert states[-1] == "ok"
    assert "running" not in states
    assert query(folder / "khabar.duckdb", LEARNED) == undisturbed
    before = hashes(folder / "khabar.duckdb")
    plain_run(folder / "config")
    assert hashes(folder / "khabar.duckdb") == before


@pytest.mark.slow
def test_killed_while_polling(tmp_path: Path, undisturbed: list[tuple[Any, ...]]) -> None:
    with world(tmp_path) as site:
        code = killed_at_request(tmp_path, site, lambda r: "rss" in r.path or "feed" in r.path)
        assert code == -signal.SIGKILL
        check_completed(tmp_path, undisturbed)


@pytest.mark.slow
def test_killed_while_fetching(tmp_path: Path, undisturbed: list[tuple[Any, ...]]) -> None:
    asked = 0

    def later_article(request: Any) -> bool:
        nonlocal asked
        asked += not any(word in request.path for word in ("rss", "feed", "robots", "xml", "json", "atom"))
        return asked >= 25  # in the third batch of ten

    with world(tmp_path) as site:
        assert killed_at_request(tmp_path, site, later_article) == -signal.SIGKILL
        check_completed(tmp_path, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("line", ["poll ", "fetch ", "extract "])
def test_killed_after_a_stage(tmp_path: Path, undisturbed: list[tuple[Any, ...]], line: str) -> None:
    """After polling: validators and items are stored together. After extraction: while publishing."""
    with world(tmp_path):
        assert killed_at_line(tmp_path, lambda text: text.startswith(line)) == -signal.SIGKILL
        check_completed(tmp_path, undisturbed)


@pytest.mark.slow
def test_killed_again_and_again(tmp_path: Path, undisturbed: list[tuple[Any, ...]]) -> None:
    """Whatever it was doing then: ten runs, each killed a little later than the one before."""
    with world(tmp_path):
        for attempt in range(10):
            process = subprocess.Popen([*COMMAND, str(tmp_path / "config")], stderr=subprocess.DEVNULL)
            try:
                process.wait(0.7 + attempt * 0.15)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait(60)
        check_completed(tmp_path, undisturbed)


@pytest.mark.slow
def test_children_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    with world(tmp_path):
        killed_at_line(tmp_path, lambda text: text.startswith("fetch "))
        until = time.monotonic() + 20
        while time.monotonic() < until and _mentions(str(tmp_path)):
            time.sleep(0.2)
        assert not _mentions(str(tmp_path))


def _mentions(text: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if text in line and f"/{os.getpid()}/" not in str(entry):
            found.append(line)
    return found


@pytest.mark.slow
def test_a_reader_never_meets_the_writer(tmp_path: Path) -> None:
    """A second process reads the published file through whole runs: always whole, never locked, never shrinking."""
    code = (
        "import duckdb, sys, time\n"
        "last, times = 0, 0\n"
        "while not sys.argv[2:] or True:\n"
        "    con = duckdb.connect(sys.argv[1], read_only=True)\n"
        "    n = con.execute('select count(*) from articles join article_versions using (article_id)').fetchone()[0]\n"
        "    con.close()\n"
        "    assert n >= last, (n, last)\n"
        "    last, times = n, times + 1\n"
        "    print(times, n, flush=True)\n"
    )
    with world(tmp_path) as site:
        plain_run(tmp_path / "config")
        published = tmp_path / "khabar.duckdb"
        held = duckdb.connect(str(published), read_only=True)
        old = held.execute("select count(*) from runs").fetchone()
        reader = subprocess.Popen(
            [sys.executable, "-c", code, str(published)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        lines: list[str] = []
        assert reader.stdout is not None
        pump = threading.Thread(target=lambda: lines.extend(reader.stdout or ()), daemon=True)
        pump.start()
        site.advance()
        for _ in range(3):
            plain_run(tmp_path / "config")
        assert reader.poll() is None, reader.stderr.read() if reader.stderr else ""
        reader.kill()
        pump.join(10)
        counts = [int(line.split()[1]) for line in lines if len(line.split()) == 2]
        assert len(counts) > 10
        assert counts[-1] > counts[0], "the reader saw what the runs brought"
        # who keeps the old file open keeps it whole
        assert held.execute("select count(*) from runs").fetchone() == old
        held.close()
