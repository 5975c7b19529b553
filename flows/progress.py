"""Progress of long work: a bar on a terminal, plain lines elsewhere; always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# seconds between two plain lines of one stage
_QUIET = 5.0


class StageProgress:
    """Advances one stage; made by `stage_progress`."""

    def __init__(self, name: str, total: int, bar: Progress | None) -> None:
        self._name, self._total, self._bar = name, total, bar
        self._done, self._failed, self._said = 0, 0, time.monotonic()
        self._task = bar.add_task(name, total=total) if bar else None

    def advance(self, taken: int, failed: int) -> None:
        """``taken`` more are done, ``failed`` of them without success."""
        self._done += taken
        self._failed += failed
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self._done, total=max(self._total, self._done))
        elif time.monotonic() - self._said >= _QUIET and self._done < self._total:
            self._said = time.monotonic()
            say(self.line())

    def line(self) -> str:
        """One line that says how far the stage is."""
        failed = f", {self._failed} failed" if self._failed else ""
        return f"{self._name:8} {self._done}/{self._total}{failed}"


@contextmanager
def stage_progress(name: str, total: int) -> Iterator[StageProgress]:
    """Show the progress of a stage with ``total`` items; nothing to do is said in one word."""
    if sys.stderr.isatty() and total:
        columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            progress = StageProgress(name, total, bar)
            yield progress
    else:
        progress = StageProgress(name, total, None)
        yield progress
    say(progress.line() if total else f"{name:8} nothing to do")


def say(text: str) -> None:
    """A line for the person who waits."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201
