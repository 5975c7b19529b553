"""Imported documents enter the archive and the tables of pages like fetched ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tasks.batch import BatchResult, Run, tally
from tasks.errors import Code, CodedError
from tasks.fetch.archive import ArchiveWriter, resource_record, response_record
from tasks.fetch.importing import Imported
from tasks.fetch.unpack import unpack
from tasks.ids import make_id, sha256_hex
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.records import Failure, Page
from tasks.urls import OutletIndex, fetchable, identity_key, netloc_of


def store_imports(run: Run, batch: Sequence[Imported | Failure]) -> BatchResult:
    """Archive and store a batch; a document that was imported before is counted, not stored again."""
    now = run.clock()
    failed = [item for item in batch if isinstance(item, Failure)]
    index = OutletIndex(run.config.rules_by_outlet.values())
    made: list[tuple[Imported, Page, dict[str, Any]]] = []
    notes: list[Failure] = []
    for item in batch:
        if isinstance(item, Failure):
            continue
        try:
            made.append((item, *_rows(run, item, index, now)))
        except CodedError as error:
            failed.append(Failure("import", item.origin, error.code, error.detail))
        if item.given.get("published_raw"):
            detail = f"published {item.given['published_raw']!r} is no date; imported without"
            notes.append(Failure("import", item.origin, Code.BAD_ROW, detail))
    settings = run.config.settings.warehouse
    with db.writer(settings) as con:
        known = _known(con, [page.page_id for _, page, _ in made])
        fresh = {page.page_id: (item, page) for item, page, _ in made if page.page_id not in known}
        with ArchiveWriter(settings.archive_dir, now) as archive:
            pages = [_archived(archive, item, page) for item, page in fresh.values()]
            archive.flush()
        with db.transaction(con):
            db.upsert(con, "pages", pages, ["page_id"], update=False)
            frontier = [row for _, _, row in made]
            db.upsert(con, "frontier", frontier, ["target_id"], update=False)
            owned = [{"target_id": r["target_id"], "outlet_id": r["outlet_id"]} for r in frontier if r["outlet_id"]]
            db.upsert(con, "frontier", owned, ["target_id"])
            store_failures(con, run, [*failed, *notes], now)
    counts = {"known_before": len(made) - len(pages), "bytes": sum(p.bytes or 0 for p in pages)}
    return BatchResult(len(batch), len(made), len(failed), counts, tally(failed))


def _known(con: db.Connection, page_ids: list[str]) -> set[str]:
    with db.wanted(con, pages=page_ids):
        return {row["page_id"] for row in db.rows(con, db.statement("fetch/known_pages"))}


def _rows(run: Run, item: Imported, index: OutletIndex, now: datetime) -> tuple[Page, dict[str, Any]]:
    encoding = next((v for k, v in item.headers if k.lower() == "content-encoding"), "")
    body = unpack(item.body, encoding, run.config.settings.http.max_decoded_bytes)
    digest = sha256_hex(body)
    found = index.find(item.url) if item.url else None
    outlet_id = item.outlet or (found.outlet_id if found else None)
    rules = run.config.rules_by_outlet.get(outlet_id or "")
    # A clipping without an address is named by its words: the same clipping is the same article.
    identity = (identity_key(item.url, rules) if item.url else None) or f"urn:sha256:{digest}"
    address = item.url or f"urn:sha256:{digest}"
    target_id = make_id(identity)
    statement = json.dumps(dict(item.given), sort_keys=True)
    at = item.at or now
    page = Page(
        # what was imported names the page, not when: importing twice changes nothing
        page_id=make_id(target_id, digest, statement, outlet_id or "", item.at.isoformat() if item.at else ""),
        url=address,
        final_url=fetchable(item.url) or address,
        fetched_at=at,
        http_status=item.status,
        outcome="ok",
        sha256=digest,
        robots="not_asked",
        run_id=run.run_id,
        target_id=target_id,
        outlet_id=outlet_id,
        source="import",
        content_type=item.content_type,
        bytes=len(item.body),
        decoded_bytes=len(body),
    )
    frontier = {
        "target_id": target_id,
        "identity_key": identity,
        "url": address,
        "host": netloc_of(address),
        "outlet_id": outlet_id,
        "discovered_at": at,
        "state": "done",
        "attempts": 0,
    }
    return page, frontier


def _archived(archive: ArchiveWriter, item: Imported, page: Page) -> Page:
    fields = {
        "Page-Id": page.page_id,
        "Target-Id": page.target_id,
        "Requested-URI": page.url,
        "Outlet-Id": page.outlet_id or "",
        "Origin": json.dumps(item.origin),
        "Given": json.dumps(dict(item.given), sort_keys=True) if item.given else "",
    }
    url = page.final_url or page.url
    if item.headers:
        record = response_record(url, page.fetched_at, item.status, "OK", item.headers, item.body, fields)
    else:
        record = resource_record(url, page.fetched_at, item.content_type, item.body, fields)
    place = archive.append(record)
    return replace(page, archive_file=place.file, archive_offset=place.offset, archive_length=place.length)
