"""Small builders of feed documents for the parser's tests."""

from __future__ import annotations

from datetime import UTC, datetime

from tasks.poll.parse import parse_feed
from tasks.records import Item, ParsedFeed

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
URDU = "پاکستان اور امریکا کے مذاکرات"
URL = "https://news.example/feeds/world.xml"
NS = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def parse(body: str | bytes, **given: str) -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, url=given.pop("url", URL), now=NOW, **given)  # type: ignore[arg-type]


def rss(*items: str, head: str = "", attributes: str = NS) -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" {attributes}><channel><title>F</title>{head}{inner}</channel></rss>'
    )


def atom(*entries: str, attributes: str = "") -> str:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>F</title>{inner}</feed>'


def only(body: str | bytes, **given: str) -> Item:
    (item,) = parse(body, **given).items
    return item


def warned(feed: ParsedFeed, kind: str) -> bool:
    return any(line.startswith(kind) for line in feed.warnings)
