"""Feeds that are JSON: JSON Feed 1.x, WordPress post lists, GDELT article lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tasks.errors import Code, CodedError
from tasks.poll.dates import date_of, read_date
from tasks.poll.notes import Notes
from tasks.poll.plain import absolute, author, html_block, line, title, unique
from tasks.records import Item, ParsedFeed

_Row = Mapping[str, Any]
# A backslash before anything that JSON does not escape; GDELT writes \' and worse.
_BAD_ESCAPE = re.compile(r'\\(\\|["/bfnrt]|u[0-9a-fA-F]{4})|\\')
# A WordPress date of a post that never was published.
_NO_DATE = "0000-00-00"


def parse_json(text: str, *, url: str, timezone: str | None, now: datetime, notes: Notes) -> ParsedFeed:
    """A JSON document that is a feed.  Raises CodedError(FEED_BROKEN, NOT_A_FEED)."""
    document = _load(text, notes)
    reader = _Reader(url, timezone, now, notes)
    if isinstance(document, list):
        posts = [row for row in document if isinstance(row, dict)]
        if document and not any("id" in row and ("title" in row or "link" in row) for row in posts):
            raise CodedError(Code.NOT_A_FEED, "a JSON list, but not of posts")
        return ParsedFeed("wordpress", items=reader.all(posts, reader.post), warnings=notes.lines())
    if not isinstance(document, dict):
        raise CodedError(Code.NOT_A_FEED, "JSON, but neither an object nor a list")
    articles = document.get("articles")
    titled_list = isinstance(document.get("items"), list) and "title" in document
    if titled_list or "jsonfeed.org" in str(document.get("version")):
        return _json_feed(document, reader)
    # GDELT answers a query without hits with an empty object.
    if isinstance(articles, list) or (not document and "gdelt" in url):
        items = reader.all(_rows(articles), reader.gdelt)
        return ParsedFeed("gdelt", items=items, warnings=notes.lines())
    said = line(document.get("message")) or ", ".join(sorted(map(str, document))[:5])
    raise CodedError(Code.NOT_A_FEED, f"a JSON object that is no feed: {said}")


def _json_feed(document: _Row, reader: _Reader) -> ParsedFeed:
    items = reader.all(_rows(document.get("items")), reader.entry)
    return ParsedFeed(
        "json",
        title=title(document.get("title")),
        home_url=absolute(document.get("home_page_url"), reader.url),
        items=items,
        warnings=reader.notes.lines(),
    )


def _load(text: str, notes: Notes) -> Any:
    try:
        return json.loads(text, strict=False)  # control characters inside strings are cleaned later
    except (ValueError, RecursionError) as error:
        first = error
    try:
        value = json.loads(_BAD_ESCAPE.sub(_mend_escape, text), strict=False)
    except (ValueError, RecursionError):
        raise CodedError(Code.FEED_BROKEN, f"JSON: {str(first)[:200]}") from first
    notes.add("bad JSON escapes", str(first))
    return value


def _mend_escape(match: re.Match[str]) -> str:
    if match.group(1):
        return match.group()
    return "" if match.string[match.end() : match.end() + 1] == "'" else "\\\\"


class _Reader:
    def __init__(self, url: str, timezone: str | None, now: datetime, notes: Notes) -> None:
        self.url, self.timezone, self.now, self.notes = url, timezone, now, notes

    def all(self, rows: list[dict[str, Any]], read: Callable[[_Row], Item]) -> tuple[Item, ...]:
        items: list[Item] = []
        for row in rows:
            try:
                items.append(read(row))
            except Exception as error:  # one broken item never sinks the feed, whatever it holds
                self.notes.add("broken item left out", f"{type(error).__name__}: {error}")
        return tuple(items)

    def entry(self, row: _Row) -> Item:
        """An item of JSON Feed 1.0 or 1.1."""
        guid = _scalar(row.get("id"))
        plain = row.get("content_text")
        url = absolute(row.get("url"), self.url) or absolute(row.get("external_url"), self.url)
        permalink = bool(guid) and guid == row.get("url")
        if url is None and guid and guid.startswith(("http://", "https://")):
            url, permalink = absolute(guid, self.url), True
        writers = [*_rows(row.get("authors")), *_rows([row.get("author")])]
        tags = row.get("tags")
        return Item(
            guid=guid,
            guid_is_permalink=permalink,
            url=url,
            title=title(row.get("title"), literal=True),
            updated_at=self._moment(row.get("date_modified")),
            authors=unique([author(one.get("name")) for one in writers]),
            summary=html_block(row.get("summary")),
            content=html_block(row.get("content_html")) or html_block(plain),
            categories=unique([line(tag) for tag in tags]) if isinstance(tags, list) else (),
            **self._date((("published", row.get("date_published")), ("updated", row.get("date_modified")))),
        )

    def post(self, row: _Row) -> Item:
        """A post of a WordPress REST list; such a list may name only id, date_gmt, title, type."""
        guid = line(_rendered(row.get("guid")))
        embedded = row.get("_embedded")
        writers = _rows(embedded.get("author")) if isinstance(embedded, dict) else []
        terms = embedded.get("wp:term") if isinstance(embedded, dict) else None
        groups = [_rows(group) for group in terms] if isinstance(terms, list) else []
        gmt, local = _real_date(row.get("date_gmt")), _real_date(row.get("date"))
        return Item(
            guid=guid or _scalar(row.get("id")),
            url=absolute(row.get("link"), self.url),
            title=title(_rendered(row.get("title"))),
            updated_at=self._moment(_gmt(_real_date(row.get("modified_gmt")))),
            authors=unique([author(one.get("name")) for one in writers]),
            summary=html_block(_rendered(row.get("excerpt"))),
            content=html_block(_rendered(row.get("content"))),
            categories=unique([title(term.get("name")) for group in groups for term in group]),
            **(self._date((("published", gmt),), utc=True) if gmt else self._date((("published", local),))),
        )

    def gdelt(self, row: _Row) -> Item:
        """An article of GDELT's list.

        ``seendate`` is when GDELT saw it: kept as raw text, and not taken for a publication.
        """
        raw = line(row.get("seendate"))
        return Item(
            url=absolute(row.get("url"), self.url),
            title=title(row.get("title")),
            published_raw=raw,
            date_source="seendate" if raw else None,
            source_name=line(row.get("domain")),
        )

    def _date(self, candidates: tuple[tuple[str, object], ...], *, utc: bool = False) -> dict[str, Any]:
        for name, value in candidates:
            raw = line(value)
            if not raw:
                continue
            found, suffix = date_of(_gmt(raw) or raw if utc else raw, self.timezone, self.now, self.notes)
            return {
                "published_raw": raw,
                "published_at": found.at if found else None,
                "published_offset_minutes": found.offset_minutes if found else None,
                "date_source": name + suffix,
            }
        return {}

    def _moment(self, raw: object) -> datetime | None:
        found = read_date(line(raw), self.timezone)
        return found.at if found else None


def _rendered(value: object) -> object:
    return value.get("rendered") if isinstance(value, dict) else value


def _real_date(value: object) -> str | None:
    text = line(value)
    return None if not text or text.startswith(_NO_DATE) else text


def _gmt(text: str | None) -> str | None:
    """A ``*_gmt`` field names no zone but its name does."""
    return text if text is None or re.search(r"Z|[+-]\d\d:?\d\d\Z", text) else text + "+00:00"


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _scalar(value: object) -> str | None:
    return line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
