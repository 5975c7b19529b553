"""`khabar serve`: keeps a Prefect server and the schedule's process alive.

A small loop that depends on nothing but the operating system and files: what dies is
started again, what no longer answers is replaced, and if no run has published anything
for long, the schedule's process is replaced, whatever Prefect says.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from config.model import Config
from flows import prefect_env
from flows.progress import say
from tasks.errors import KhabarError
from tasks.load.lock import WriterBusyError, writer_lock

_HOST = "127.0.0.1"
_PORT = 4200  # Prefect's own; KHABAR_PREFECT_PORT is for a second project on one machine
_START_SECONDS = 180
_LOOK_EVERY = 1.0
_HEALTH_EVERY = 15.0
_MISSED_HEALTH = 4
_LONGEST_PAUSE = 60.0
_STOP_SECONDS = 15
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """In the child: no orphan stays behind a supervisor that was killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A process that is started again when it ends, after a pause that doubles while it keeps dying."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0
    not_before: float = 0.0

    def keep_alive(self) -> bool:
        """Start it if it doesn't run; returns whether it was started now."""
        if self.process is not None and self.process.poll() is None:
            if time.monotonic() - self.started > _LONGEST_PAUSE:
                self.pause = 1.0
            return False
        if self.process is not None:
            say(f"{self.name} ended with code {self.process.returncode}; it is started again in {self.pause:.0f} s")
            self.process = None
            self.not_before = time.monotonic() + self.pause
            self.pause = min(self.pause * 2, _LONGEST_PAUSE)
        if time.monotonic() < self.not_before:
            return False
        self.process = subprocess.Popen(  # noqa: S603  our own command line
            self.command,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  the supervisor has one thread
            start_new_session=True,
        )
        self.started = time.monotonic()
        return True

    def stop(self) -> None:
        """End it and everything it started."""
        if self.process is None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
                self.process.wait(_STOP_SECONDS)
                break
            except subprocess.TimeoutExpired:
                continue
            except ProcessLookupError:
                break
        self.process = None


class Supervisor:
    """Use `supervise`."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._work_path = config.settings.warehouse.work_path
        self._given_url = os.environ.get("PREFECT_API_URL")
        port = int(os.environ.get("KHABAR_PREFECT_PORT", _PORT))
        self._url = self._given_url or f"http://{_HOST}:{port}/api"
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", _HOST, "--port", str(port)]
        self._server = None if self._given_url else Child("the Prefect server", command)
        self._runner = Child("the schedule", [sys.executable, "-m", "flows.serve", str(config.directory)])
        self._missed = 0
        self._checked = 0.0
        self._stopping = False

    def run(self) -> None:
        """Until a signal comes."""
        os.environ["PREFECT_API_URL"] = self._url
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        try:
            if not self._until_healthy():
                return
            say(f"Prefect: {self._url.removesuffix('/api')}  (stop with Ctrl-C)")
            while not self._stopping:
                self._look()
                time.sleep(_LOOK_EVERY)
        finally:
            say("stopping")
            self._runner.stop()
            if self._server:
                self._server.stop()
                prefect_env.server_file(self._work_path).unlink(missing_ok=True)

    def _stop(self, _sign: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _until_healthy(self) -> bool:
        """Find or start the server and wait for it; False if we were stopped meanwhile."""
        if self._server and prefect_env.healthy(self._url):
            say(f"a Prefect server answers at {self._url}; it is used")
            self._server = None
        until = time.monotonic() + _START_SECONDS
        while not self._stopping:
            if self._server:
                self._server.keep_alive()
            if prefect_env.healthy(self._url):
                prefect_env.server_file(self._work_path).write_text(self._url, encoding="ascii")
                return True
            if time.monotonic() > until:
                raise KhabarError(f"{self._url}: no Prefect server answers after {_START_SECONDS} s; see its log above")
            time.sleep(_LOOK_EVERY)
        return False

    def _look(self) -> None:
        now = time.monotonic()
        if self._server and self._server.keep_alive():
            self._missed = 0
        if now - self._checked >= _HEALTH_EVERY:
            self._checked = now
            self._check_server()
            self._check_freshness(time.time)
        # without a server the schedule can only fail; it waits
        if self._missed == 0:
            self._runner.keep_alive()

    def _check_server(self) -> None:
        self._missed = 0 if prefect_env.healthy(self._url, timeout=10) else self._missed + 1
        if self._missed >= _MISSED_HEALTH and self._server:
            say("the Prefect server no longer answers; it is replaced")
            self._server.stop()
            self._missed = 0

    def _check_freshness(self, clock: Callable[[], float]) -> None:
        """Every run publishes; if none has for long, the schedule is stuck, whatever Prefect says."""
        schedule = self._config.settings.schedule
        limit = (3 * schedule.fast_minutes + schedule.wait_for_writer_minutes) * 60
        path = self._config.settings.warehouse.path
        age = clock() - path.stat().st_mtime if path.exists() else limit + 1
        running_for = time.monotonic() - self._runner.started
        if age <= limit or running_for <= limit or self._runner.process is None:
            return
        try:
            with writer_lock(self._work_path):
                pass
        except WriterBusyError:
            return  # a long run is at work
        say(f"nothing was published for {age / 60:.0f} minutes; the schedule is started again")
        self._runner.stop()


def supervise(config: Config) -> None:
    """Run the schedule until stopped; raises `KhabarError` if another one serves this warehouse."""
    try:
        with writer_lock(config.settings.warehouse.work_path.parent / "serve" / "schedule"):
            Supervisor(config).run()
    except WriterBusyError as error:
        raise KhabarError(f"another `khabar serve` runs for this warehouse: {error}") from error
