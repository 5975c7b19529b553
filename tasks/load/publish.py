"""Publishing: readers get a whole, new file; those who have the old one open keep it."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from config.model import WarehouseSettings
from tasks.errors import KhabarError

# ioctl that shares the blocks of one file with another (Linux: btrfs, xfs, bcachefs)
_FICLONE = 0x40049409


def publish(settings: WarehouseSettings) -> int:
    """Replace the published file by a copy of the writer's; returns its size in bytes.

    The caller holds the writer's lock and has closed its connection, so the file is
    complete.  The copy is made beside the target and renamed over it: at every moment the
    published name leads to a whole file.
    """
    source, target = settings.work_path, settings.path
    if Path(f"{source}.wal").exists():
        raise KhabarError(f"{source}.wal: the writer's file is not checkpointed; run `khabar ingest` again")
    # a stale log beside the published file would be merged into it silently
    stale = Path(f"{target}.wal")
    if stale.exists():
        raise KhabarError(f"{stale}: someone opened the published file for writing; remove that file, then run again")
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f".{target.name}.*.tmp"):  # of a killed run: we hold the lock
        left.unlink(missing_ok=True)
    copy = target.parent / f".{target.name}.{os.getpid()}.tmp"
    with source.open("rb") as src, copy.open("wb") as dst:
        try:
            fcntl.ioctl(dst, _FICLONE, src.fileno())
        except OSError:
            shutil.copyfileobj(src, dst, 16 * 1024 * 1024)
        dst.flush()
        os.fsync(dst.fileno())
    copy.replace(target)
    return target.stat().st_size
