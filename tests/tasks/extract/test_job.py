"""A document's way through extraction: letters of clippings, and what the importing user stated."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from tasks.extract.job import Job, extract_job
from tasks.fetch.archive import ArchiveWriter, resource_record
from tasks.records import Document, FeedEvidence

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URDU = "اسلام آباد میں مذاکرات\n\nپاکستان اور امریکا کے درمیان مذاکرات کا نیا دور پیر کو شروع ہوا۔"


def extracted(folder: Path, body: bytes, kind: str, **fields: str) -> Document:
    with ArchiveWriter(folder, NOW) as archive:
        place = archive.append(resource_record("urn:sha256:x", NOW, kind, body, fields))
    job = Job(
        "p",
        "t",
        "urn:sha256:x",
        "urn:sha256:x",
        NOW,
        200,
        place.file,
        place.offset,
        "k",
        NOW,
        None,
        "1",
        FeedEvidence(),
    )
    return extract_job(job, str(folder), 10**6, None)


def test_clippings_in_any_charset_keep_their_letters(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        found = extracted(tmp_path, URDU.encode(encoding), "text/plain")
        assert found.title == "اسلام آباد میں مذاکرات"
        assert found.text.startswith("پاکستان")


def test_what_a_person_states_outweighs_the_document(tmp_path: Path) -> None:
    meta = b"<meta property='article:published_time' content='2026-02-01T10:00:00Z'>"
    page = b"<html><head><title>Page title</title>" + meta + b"</head></html>"
    given = json.dumps(
        {
            "title": "Stated",
            "author": "A. Writer",
            "published": "2026-01-05T00:00:00+05:00",
            "day_only": True,
            "lang": "ur",
        }
    )
    found = extracted(tmp_path, page, "text/html", Given=given)
    assert (found.title, found.authors, found.lang) == ("Stated", ("A. Writer",), "ur")
    assert found.published_at == datetime(2026, 1, 4, 19, tzinfo=UTC)
    assert (found.published_offset_minutes, found.date_source) == (300, "given:day")
    assert found.evidence["published_at"] == "given on import"
