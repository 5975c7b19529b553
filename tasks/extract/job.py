"""One document's way through extraction, as it runs in a child process."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tasks.errors import Code, CodedError
from tasks.extract.decode import decode
from tasks.extract.document import extract_document, extract_plain
from tasks.fetch.archive import Stored, read_response
from tasks.fetch.unpack import unpack
from tasks.records import Document, FeedEvidence, OutletRules


@dataclass(frozen=True, slots=True)
class Job:
    """A page to extract: where its bytes are, and what is known from elsewhere.

    ``is_first``: no good page of the address is older; the article of one that is not is known.
    """

    page_id: str
    target_id: str
    url: str
    final_url: str
    fetched_at: datetime
    http_status: int
    archive_file: str
    archive_offset: int
    identity_key: str
    discovered_at: datetime
    outlet_id: str | None
    stage_version: str
    feed: FeedEvidence
    is_first: bool = True
    known_article_id: str | None = None
    known_identity_key: str | None = None


def extract_job(job: Job, archive_dir: str, max_decoded: int, rules: OutletRules | None) -> Document:
    """The document of an archived page; raises `CodedError` where its bytes can't be read."""
    stored = read_response(Path(archive_dir), job.archive_file, job.archive_offset)
    body = unpack(stored.raw_body, stored.header("content-encoding"), max_decoded)
    content_type = stored.header("content-type") or None
    given = _given(stored)
    feed = _with_given(job.feed, given)
    if content_type and content_type.startswith("text/plain"):
        text = decode(body, content_type).text
        document = extract_plain(text, title=given.get("title"), fetched_at=job.fetched_at, outlet=rules, feed=feed)
    else:
        document = extract_document(
            body,
            url=job.final_url,
            content_type=content_type,
            fetched_at=job.fetched_at,
            outlet=rules,
            feed=feed,
            http_status=job.http_status,
        )
    return _overrule(document, given)


def _given(stored: Stored) -> dict[str, Any]:
    """What the importing user stated; it lies beside the bytes, so re-processing finds it again."""
    try:
        given = json.loads(stored.fields.get("given", "{}"))
    except ValueError as error:
        raise CodedError(Code.ARCHIVE_MISSING, f"the record's Khabar-Given header is broken: {error}") from error
    return dict(given) if isinstance(given, dict) else {}


def _with_given(feed: FeedEvidence, given: dict[str, Any]) -> FeedEvidence:
    return replace(feed, title=given["title"]) if given.get("title") else feed


def _overrule(document: Document, given: dict[str, Any]) -> Document:
    """A person's statement outweighs what the document says; the evidence names it."""
    changes: dict[str, Any] = {}
    if given.get("title"):
        changes["title"] = given["title"]
    if given.get("lang"):
        changes["lang"] = given["lang"]
    if given.get("author"):
        changes |= {"authors": (given["author"],), "byline": document.byline or given["author"]}
    if given.get("published"):
        when = datetime.fromisoformat(given["published"])
        offset = when.utcoffset()
        changes |= {
            "published_at": when,
            "published_offset_minutes": round(offset.total_seconds() / 60) if offset else 0,
            "date_source": "given:day" if given.get("day_only") else "given",
            "date_confidence": "high",
        }
    if not changes:
        return document
    marks = dict.fromkeys(changes, "given on import")
    return replace(document, **changes, evidence={**document.evidence, **marks})
