"""Pages that are in the archive but in no row: written by a run that died before its commit.

The archive is written first, so after a crash it may know more than the warehouse.  The
next run reads what lies behind the last known record of the recent files, gives it rows,
and puts a torn last record aside, so that the file can be written on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tasks.batch import Run
from tasks.errors import CodedError
from tasks.fetch.archive import Place, Stored, responses
from tasks.fetch.decide import next_visit, opt_out_signals
from tasks.fetch.unpack import unpack
from tasks.ids import sha256_hex
from tasks.load import database as db
from tasks.records import Page
from tasks.urls import OutletIndex, identity_key, netloc_of

_RECENT = timedelta(days=2)


def recover_pages(con: db.Connection, run: Run) -> int:
    """Give rows to unknown records of the archive; returns the number of pages found.

    Looks at files of the last two days, or at all of them if the warehouse lost its log.
    """
    settings = run.config.settings.warehouse
    lost = db.broken_wals(settings.work_path)
    since = None if lost else run.started_at - _RECENT
    files = sorted(_files(settings.archive_dir, since))
    if not files:
        return 0
    found = db.rows(con, db.statement("load/archive_ends"), {"files": files})
    ends = {row["archive_file"]: row["known_end"] for row in found}
    pages = [page for file in files for page in _unknown(run, file, ends.get(file, 0))]
    if pages:
        _store(con, run, pages)
    for wal in lost:
        wal.rename(wal.with_name(wal.name.replace(".broken-", ".recovered-")))
    return len(pages)


def _files(directory: Path, since: datetime | None) -> Iterator[str]:
    for path in directory.glob("*/*.warc.gz"):
        if since is None or path.stat().st_mtime >= since.timestamp():
            yield str(path.relative_to(directory))


def _unknown(run: Run, file: str, start: int) -> list[Page]:
    """Pages behind ``start``; what is not a whole record is put aside."""
    path = run.config.settings.warehouse.archive_dir / file
    if path.stat().st_size <= start:
        return []
    out, end = [], start
    for offset, length, stored in responses(path, start):
        end = offset + length
        if "page-id" in stored.fields:
            page = _page(run, stored, Place(file, offset, length))
            if page:
                out.append(page)
    if end < path.stat().st_size:
        _cut(path, end)
    return out


def _cut(path: Path, end: int) -> None:
    """Put what lies behind ``end`` aside, so that the file can be written on and nothing is lost."""
    with path.open("r+b") as handle:
        handle.seek(end)
        tail = handle.read()
        path.with_name(f"{path.name}.torn-at-{end}").write_bytes(tail)
        handle.truncate(end)


def _page(run: Run, stored: Stored, place: Place) -> Page | None:
    try:
        limit = run.config.settings.http.max_decoded_bytes
        body = unpack(stored.raw_body, stored.header("content-encoding"), limit)
    except CodedError:
        return None
    headers = {k.lower(): v for k, v in stored.headers}
    return Page(
        page_id=stored.fields["page-id"],
        url=stored.fields.get("requested-uri", stored.url),
        final_url=stored.url,
        fetched_at=stored.at,
        http_status=stored.status,
        outcome="ok",
        sha256=sha256_hex(body),
        archive_file=place.file,
        archive_offset=place.offset,
        archive_length=place.length,
        robots=stored.fields.get("robots"),
        opt_out=opt_out_signals(headers, body),
        run_id=run.run_id,
        target_id=stored.fields.get("target-id", ""),
        outlet_id=stored.fields.get("outlet-id"),
        source="recovered",
        content_type=headers.get("content-type"),
        bytes=len(stored.raw_body),
        decoded_bytes=len(body),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )


def _store(con: db.Connection, run: Run, pages: list[Page]) -> None:
    index = OutletIndex(run.config.rules_by_outlet.values())
    missing, done = [], []
    for page in pages:
        outlet = index.find(page.url)
        missing.append(
            {
                "target_id": page.target_id,
                "identity_key": identity_key(page.url, outlet) or page.url,
                "url": page.url,
                "host": netloc_of(page.url),
                "outlet_id": page.outlet_id,
                "discovered_at": page.fetched_at,
                "state": "done",
                "attempts": 0,
            }
        )
        done.append(
            {
                "target_id": page.target_id,
                "state": "done",
                "next_fetch_at": next_visit(page.fetched_at, page.fetched_at, run.config.settings.fetch),
                "attempts": 0,
                "body_sha256": page.sha256,
                "etag": None,  # of an older body
                "last_modified": None,
            }
        )
    with db.transaction(con):
        db.upsert(con, "pages", pages, ["page_id"], update=False)
        db.upsert(con, "frontier", missing, ["target_id"], update=False)
        db.upsert(con, "frontier", done, ["target_id"])
