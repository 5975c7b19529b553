"""A page, or a plain text, becomes a ``Document``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from dateutil import parser as date_parser

from tasks.extract.decode import decode
from tasks.extract.maintext import main_paragraphs
from tasks.extract.plain import split_plain
from tasks.extract.provenance import read_provenance
from tasks.extract.structured import as_text, read_structured
from tasks.extract.tree import parse_html, squeeze
from tasks.records import Document, FeedEvidence, OutletRules
from tasks.text import count_words

EXTRACTOR_VERSION: Final = "1"
_BRIEF_WORDS = 80


def _verdict(words: int) -> tuple[str, str]:
    if words == 0:
        return "empty", "no text"
    if words < _BRIEF_WORDS:
        return "brief", f"{words} words"
    return "article", f"{words} words"


def extract_plain(
    text: str,
    *,
    title: str | None,
    fetched_at: datetime,
    outlet: OutletRules | None = None,
    feed: FeedEvidence | None = None,
) -> Document:
    """Document of a plain text: first line the title unless given, then maybe byline, dateline, body, credit."""
    headline, byline, lines = split_plain(text, title)
    found = read_provenance(lines)
    body = "\n".join(found.paragraphs)
    words = count_words(body)
    verdict, reason = _verdict(words)
    return Document(
        title=headline,
        text=body,
        word_count=words,
        byline=byline.raw or found.desk,
        authors=byline.authors,
        desk=byline.desk or found.desk,
        agency=found.agency or byline.agency,
        dateline=found.dateline,
        credit=found.credit,
        verdict=verdict,
        verdict_reason=reason,
        evidence=found.evidence,
    )


def extract_document(
    body: bytes,
    *,
    url: str,
    content_type: str | None,
    fetched_at: datetime,
    outlet: OutletRules | None = None,
    feed: FeedEvidence | None = None,
    http_status: int = 200,
) -> Document:
    """Document of an HTML page."""
    decoded = decode(body, content_type)
    tree = parse_html(decoded.text)
    if tree is None:
        return Document(charset=decoded.charset, replaced_chars=decoded.replaced, verdict_reason="nothing to parse")
    stated = read_structured(tree)
    found = read_provenance(main_paragraphs(tree))
    text = "\n".join(found.paragraphs)
    words = count_words(text)
    verdict, reason = _verdict(words)
    published = _first_date(as_text(stated.article.get("datePublished")) or stated.first("article:published_time"))
    heading = tree.find(".//title")
    title = (
        as_text(stated.article.get("headline"))
        or stated.first("og:title")
        or squeeze(heading.text if heading is not None else "")
    )
    offset = published.utcoffset() if published else None
    return Document(
        title=title or None,
        text=text,
        word_count=words,
        desk=found.desk,
        agency=found.agency,
        dateline=found.dateline,
        credit=found.credit,
        published_at=published.astimezone(UTC) if published else None,
        published_offset_minutes=int(offset.total_seconds() // 60) if offset is not None else None,
        date_source="jsonld" if published else None,
        verdict=verdict,
        verdict_reason=reason,
        charset=decoded.charset,
        replaced_chars=decoded.replaced,
        evidence=found.evidence,
    )


def _first_date(raw: str | None) -> datetime | None:
    try:
        value = date_parser.isoparse(raw) if raw else None
    except ValueError:
        return None
    return value if value and value.tzinfo else None
