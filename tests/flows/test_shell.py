"""`khabar sql` on a terminal: a real process on a real pty."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from config.model import WarehouseSettings
from tasks.load import database as db
from tests.site.server import Site
from tests.support import START, empty_warehouse, write_config

ROOT = Path(__file__).parents[2]


class Terminal:
    """A process with a terminal: `say` types a line, and waits until something is shown."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            known = {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "160"}
            os.execve(sys.executable, [sys.executable, *arguments], {**os.environ, **known, **environment})

    def wait(self, wanted: str, seconds: float = 30) -> str:
        """What was shown until ``wanted`` came, without colours."""
        shown, end = "", time.monotonic() + seconds
        while wanted not in shown:
            assert time.monotonic() < end, f"no {wanted!r} in {shown!r}"
            if select.select([self.fd], [], [], 0.2)[0]:
                shown += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", os.read(self.fd, 65536).decode("utf-8", "replace"))
        return shown

    def say(self, text: str, wanted: str) -> str:
        os.write(self.fd, text.encode())
        return self.wait(wanted)

    def left(self, seconds: float = 20) -> int:
        """The exit code, once it has ended; what it still shows is read, or it would wait for a reader."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            if select.select([self.fd], [], [], 0.1)[0]:
                with suppress(OSError):
                    os.read(self.fd, 65536)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError("it did not leave")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    with Site({}) as site:
        path = write_config(tmp_path / "config", site, {}).settings.warehouse.path
    path.parent.mkdir(parents=True)
    shutil.copyfile(empty_warehouse(), path)
    return path


@pytest.fixture
def terminal(tmp_path: Path, warehouse: Path) -> Iterator[Terminal]:
    shell = Terminal(
        "-m", "flows.cli", "--config", str(tmp_path / "config"), "sql", XDG_STATE_HOME=str(tmp_path / "state")
    )
    shell.wait("khabar>")
    yield shell
    os.close(shell.fd)


def test_a_conversation(terminal: Terminal, tmp_path: Path) -> None:
    terminal.say("select count(*) as n\r", "...>")
    assert "(1 row)" in terminal.say("from articles;\r", " s\r\n")
    assert "outlet_daily" in terminal.say(".tables\r", "rows)")
    assert "day of publication" in terminal.say(".schema outlet_daily\r", "rows)")
    assert "see .tables" in terminal.say(".schema nothing\r", "see .tables")
    assert "there is no such command" in terminal.say(".nosuch\r", "see .help")
    said = terminal.say("select titel from articles;\r", "^")
    assert "LINE 1: select titel from articles" in said
    for refused in (
        "from read_csv('/etc/passwd');",
        "copy runs to '/tmp/x.csv';",
        "set threads = 1;",
        "install spatial;",
    ):
        assert "Error" in terminal.say(refused + "\r", "Error")
    terminal.say("selec 1;\r", "syntax error")
    os.write(terminal.fd, b"from outlet_da")
    time.sleep(0.3)
    assert "outlet_daily" in terminal.say("\t", "outlet_daily")
    terminal.say(" limit 1;\r", " s\r\n")
    terminal.say(".quit\r", "\n")
    assert terminal.left() == 0
    history = (tmp_path / "state" / "khabar" / "sql_history").read_text()
    assert "+from articles;" in history


def test_a_running_query_is_stopped_and_the_shell_goes_on(terminal: Terminal) -> None:
    slow = "select count(*) from range(10000000000) as a, range(100000) as b where hash(a.range) = b.range;\r"
    os.write(terminal.fd, slow.encode())
    time.sleep(2)
    terminal.say("\x03", "stopped after")
    terminal.say("select 40 + 2 as answer;\r", " s\r\n")
    terminal.wait("khabar>")
    os.write(terminal.fd, b"\x04")
    assert terminal.left() == 0


def test_a_newer_file_is_opened_and_said(terminal: Terminal, warehouse: Path) -> None:
    terminal.say("select count(*) as n from hosts;\r", " s\r\n")
    newer = warehouse.with_name("newer.duckdb")
    shutil.copyfile(empty_warehouse(), newer)
    with db.writer(WarehouseSettings(path=newer, work_path=newer, archive_dir=newer.parent)) as con:
        db.upsert(con, "hosts", [{"host": "fresh.example", "robots_fetched_at": START}], ["host"])
    newer.replace(warehouse)
    said = terminal.say("select host from hosts;\r", " s\r\n")
    assert "a newer warehouse is open now" in said
    assert "fresh.example" in said
