"""Upkeep: holes in the writer's file, and samples of the archive read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config.model import WarehouseSettings
from tasks.batch import BatchResult, Run, tally
from tasks.errors import Code, CodedError
from tasks.fetch.archive import read_response
from tasks.fetch.unpack import unpack
from tasks.ids import sha256_hex
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.records import Failure

_SAMPLE = 200  # pages read back in one run
_HOLES = 0.3  # share of free blocks that is worth a rewrite
_SMALL = 64 * 1024 * 1024  # bytes; below it holes cost nothing


def verify_sample(run: Run) -> BatchResult:
    """Read archived pages back, other ones at each run, and compare their hashes with the rows."""
    with db.writer(run.config.settings.warehouse) as con:
        pages = db.rows(con, db.statement("load/sample_pages"), {"seed": run.run_id, "n": _SAMPLE})
    failed = [f for f in (_verify(run, page) for page in pages) if f]
    with db.writer(run.config.settings.warehouse) as con, db.transaction(con):
        store_failures(con, run, failed, run.clock())
    return BatchResult(len(pages), len(pages) - len(failed), len(failed), {}, tally(failed))


def _verify(run: Run, page: db.Row) -> Failure | None:
    settings = run.config.settings
    try:
        stored = read_response(settings.warehouse.archive_dir, page["archive_file"], page["archive_offset"])
        body = unpack(stored.raw_body, stored.header("content-encoding"), settings.http.max_decoded_bytes)
    except CodedError as error:
        return Failure("verify", page["page_id"], error.code, error.detail)
    if sha256_hex(body) != page["sha256"]:
        where = f"{page['archive_file']} at {page['archive_offset']}"
        return Failure("verify", page["page_id"], Code.ARCHIVE_MISSING, f"{where}: other bytes than the row says")
    return None


def compact(settings: WarehouseSettings) -> int:
    """Rewrite the writer's file if many of its blocks are free; returns the bytes won.

    The caller holds the writer's lock. The new file replaces the old one in one step.
    """
    before = settings.work_path.stat().st_size
    with db.writer(settings) as con:
        size = db.rows(con, "call pragma_database_size()")[0]
    free = size["free_blocks"] / max(size["total_blocks"], 1)
    if before < _SMALL or free < _HOLES:
        return 0
    copy = settings.work_path.with_suffix(".compact")
    _remove([copy, Path(f"{copy}.wal")])
    db.copy_database(settings.work_path, copy, settings)
    copy.replace(settings.work_path)
    return before - settings.work_path.stat().st_size


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
