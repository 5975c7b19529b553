"""The fetch stage's work: article addresses in, archived pages out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from tasks.batch import Run
from tasks.errors import Code, CodedError
from tasks.fetch.archive import ArchiveWriter, answer_record
from tasks.fetch.decide import next_visit, opt_out_signals, removal
from tasks.fetch.http import Response, status_code
from tasks.fetch.session import Session
from tasks.fetch.together import ask_all
from tasks.ids import make_id, sha256_hex
from tasks.records import Page, Target, WithHosts

_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
_DOCUMENTS = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")


def fetch_pages(run: Run, targets: Sequence[Target]) -> WithHosts[Page]:
    """Fetch a batch; every address becomes a page or a failure. Bodies are in the archive on return."""
    hosts = {t.host: t.host_state for t in targets}

    async def ask(session: Session, archive: ArchiveWriter, target: Target) -> Page:
        return await _page(run, session, archive, target)

    return ask_all(run, "fetch", targets, hosts.values(), lambda target: target.target_id, ask)


def _check_wanted(run: Run, target: Target) -> None:
    """Raise where the configuration says that the outlet's pages are not to be fetched."""
    outlet = next((o for o in run.config.outlets if o.key == target.outlet_id), None)
    if outlet is not None and not outlet.fetch:
        raise CodedError(Code.FETCH_OFF, f"{outlet.key}: {outlet.reason}")


async def _page(run: Run, session: Session, archive: ArchiveWriter, target: Target) -> Page:
    _check_wanted(run, target)
    validators = _validators(run, target)
    response = await session.client.get(target.url, {"Accept": _ACCEPT, **validators}, session.permit)
    code = status_code(response.status)
    session.note(response, code)
    page = _answered(run, target, response, await session.verdict(response.url))
    if target.revisit and (gone := removal(target.url, response.url, response.status, response.body)):
        return replace(page, outcome="removed", code=gone)
    if validators and response.status == 304 and not response.redirects:
        # validators are taken from answers that bring a body only
        page = replace(page, sha256=target.body_sha256, outcome="not_modified")
        return replace(page, etag=target.etag, last_modified=target.last_modified)
    if code:
        raise CodedError(code, f"HTTP {response.status} from {response.url}", response.status)
    _check_document(response)
    if page.sha256 == target.body_sha256:
        return replace(page, outcome="not_modified")
    return await _archived(archive, page, response)


def _validators(run: Run, target: Target) -> dict[str, str]:
    """Headers that ask for a page only if it changed; none on the last visit, since some servers lie."""
    if next_visit(target.born_at, run.clock(), run.config.settings.fetch) is None:
        return {}
    found = {"If-None-Match": target.etag, "If-Modified-Since": target.last_modified}
    return {name: value for name, value in found.items() if value}


async def _archived(archive: ArchiveWriter, page: Page, response: Response) -> Page:
    """The bytes go to the archive first; the row says where they lie."""
    fields = {
        "Page-Id": page.page_id,
        "Target-Id": page.target_id,
        "Requested-URI": page.url,
        "Outlet-Id": page.outlet_id or "",
        "Robots": page.robots or "",
    }
    record = await asyncio.to_thread(answer_record, response, page.fetched_at, fields)
    place = archive.append(record)
    return replace(page, archive_file=place.file, archive_offset=place.offset, archive_length=place.length)


def _answered(run: Run, target: Target, response: Response, verdict: str) -> Page:
    """The row of an answer, before its bytes are in the archive."""
    now = run.clock()
    own = not response.redirects  # validators are good for the address that sent them
    return Page(
        page_id=make_id(target.target_id, now.isoformat()),
        url=target.url,
        final_url=response.url,
        fetched_at=now,
        http_status=response.status,
        outcome="ok",
        sha256=sha256_hex(response.body) if response.body else None,
        robots=verdict,
        opt_out=opt_out_signals(response.headers, response.body),
        run_id=run.run_id,
        target_id=target.target_id,
        outlet_id=target.outlet_id,
        content_type=response.headers.get("content-type"),
        bytes=len(response.raw_body),
        decoded_bytes=len(response.body),
        redirects=response.redirects,
        duration_ms=response.duration_ms,
        etag=response.headers.get("etag") if own else None,
        last_modified=response.headers.get("last-modified") if own else None,
    )


def _check_document(response: Response) -> None:
    """Raise where the body cannot be an article: nothing, or a picture."""
    if not response.body.strip():
        raise CodedError(Code.EMPTY_BODY, f"HTTP {response.status} from {response.url}", response.status)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind not in _DOCUMENTS and not response.body[:512].lstrip().startswith(b"<"):
        raise CodedError(Code.WRONG_TYPE, kind, response.status)
