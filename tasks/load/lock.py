"""One writer at a time, on this machine, whatever started it."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.errors import KhabarError


class WriterBusyError(KhabarError):
    """Another run holds the writer's lock."""


@contextmanager
def writer_lock(work_path: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock beside the writer's file; the kernel drops it with the process.

    Raises `WriterBusyError` when it is still held after ``wait_seconds``.
    """
    work_path.parent.mkdir(parents=True, exist_ok=True)
    path = work_path.parent / "writer.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    until = time.monotonic() + wait_seconds
    try:
        while not _taken(handle):
            if time.monotonic() >= until:
                holder = os.pread(handle, 100, 0).decode("ascii", "replace").strip() or "unknown"
                raise WriterBusyError(f"{path}: another run is writing (process {holder}); wait for it, or stop it")
            time.sleep(0.2)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
