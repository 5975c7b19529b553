"""From the body of a feed response to records: what it is, whatever the headers say."""

from __future__ import annotations

import re
from datetime import datetime

from tasks.errors import Code, CodedError
from tasks.poll.charset import decode, unpack
from tasks.poll.jsonfeeds import parse_json
from tasks.poll.notes import Notes
from tasks.poll.plain import title
from tasks.poll.sitemap import parse_sitemap, parse_text
from tasks.poll.syndication import parse_syndication
from tasks.records import ParsedFeed

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|rdf|feed|channel|entry|urlset|sitemapindex)(?=[\s>/])", re.I)
# A whole feed inside a page (a proxy's doing): only with items, and unmistakable.
_WRAPPED = re.compile(
    r"<(feed(?=\s[^>]{0,2000}www\.w3\.org/2005/Atom)(?=.{1,20000}<entry[\s>])"
    r"|rss(?=\s[^>]{0,2000}version)(?=.{1,20000}<item[\s>]))",
    re.I | re.S,
)
_BEFORE_ROOT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.S)
_HTML = re.compile(r"\s*(?:<!DOCTYPE\s+html\b|<html\b|<head\b|<body\b)", re.I)
_HTML_TITLE = re.compile(r"<title[^>]*>(.{0,300}?)</title", re.I | re.S)
# PHP notices and licence comments come before a prolog, never whole pages.
_JUNK_CHARS = 100_000


def parse_feed(
    body: bytes, *, url: str, content_type: str | None = None, timezone: str | None = None, now: datetime
) -> ParsedFeed:
    """Parse a feed document of any known format.

    ``url`` is the address the body finally came from (links are resolved against it);
    ``timezone`` the IANA zone of the outlet, for dates that name none; ``now`` an aware datetime.
    Raises CodedError: EMPTY_BODY, NOT_A_FEED (a block page, some other document), FEED_BROKEN
    (cannot be read, not even repaired), BAD_ENCODING or DECODED_TOO_LARGE (a .gz body).
    """
    data = unpack(body)
    notes = Notes()
    text = decode(data, content_type, notes).replace("\x00", "").lstrip("\ufeff \t\r\n")
    if not text:
        raise CodedError(Code.EMPTY_BODY, f"{len(body)} bytes and no text")
    if text[0] in "{[":
        return parse_json(text, url=url, timezone=timezone, now=now, notes=notes)
    if listed := parse_text(text, url=url, notes=notes):
        return listed
    root, start = _find_root(text)
    if start and not _is_prolog(text[:start]):
        notes.add("junk before the prolog", text[:80])
    if root in ("urlset", "sitemapindex"):
        return parse_sitemap(text[start:], root, url=url, timezone=timezone, now=now, notes=notes)
    return parse_syndication(text[start:], root, prolog=text[:start], url=url, timezone=timezone, now=now, notes=notes)


def _find_root(text: str) -> tuple[str, int]:
    head = _BEFORE_ROOT.sub(lambda skipped: " " * len(skipped.group()), text[:_JUNK_CHARS])
    page = _HTML.match(head)
    root = _WRAPPED.search(head) if page else _ROOT.search(head)
    if root is None:
        found = _HTML_TITLE.search(text[:_JUNK_CHARS])
        what = title(found.group(1)) if found else " ".join(text[:80].split())
        raise CodedError(Code.NOT_A_FEED, f"{'an HTML page' if page else 'no feed element'}: {what}")
    return root.group(1).lower(), root.start()


def _is_prolog(text: str) -> bool:
    rest = _BEFORE_ROOT.sub("", text).strip()
    return not rest or rest.startswith("<!DOCTYPE")
