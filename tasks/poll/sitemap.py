"""Sitemaps: Google News sitemaps, URL sets, sitemap indexes, lists of one address a line, and what robots.txt names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from tasks.errors import Code, CodedError
from tasks.poll.dates import date_of, read_date
from tasks.poll.notes import Notes
from tasks.poll.plain import absolute, line, title, unique
from tasks.poll.repair import clean, rebalance
from tasks.records import Item, ParsedFeed

# Children of a <url> are flattened to these; image and video captions are not the article's.
_FOREIGN = ("image", "video")
_LISTED = re.compile(r"^[ \t]*(https?://\S+)[ \t\r]*$", re.I | re.M)
_NAMED = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)


def parse_sitemap(text: str, root: str, *, url: str, timezone: str | None, now: datetime, notes: Notes) -> ParsedFeed:
    """A ``urlset`` as items or a ``sitemapindex`` as ``sitemaps``.

    A news date is ``published``; a bare ``lastmod`` is a weaker source and says so.
    Raises CodedError(FEED_BROKEN).
    """
    document = _tree(text, notes)
    rows = [_fields(element) for element in document if isinstance(element.tag, str)]
    if root == "sitemapindex":
        links = [(absolute(row.get("loc"), url), read_date(row.get("lastmod"), timezone)) for row in rows]
        children = unique([link for link, _ in links])
        changed = {link: found.at for link, found in links if link and found}
        return ParsedFeed("sitemap_index", sitemaps=children, sitemaps_changed=changed, warnings=notes.lines())
    items = tuple(_item(row, url, timezone, now, notes) for row in rows if row)
    return ParsedFeed(format="sitemap", items=items, warnings=notes.lines())


def parse_text(text: str, *, url: str, notes: Notes) -> ParsedFeed | None:
    """A list of addresses, one a line, or a robots.txt as an index of the sitemaps it names; None: neither.

    A robots.txt that names none stands for the usual address.
    """
    if urlsplit(url).path == "/robots.txt" and not text.startswith("<"):
        named = unique([absolute(name, url) for name in _NAMED.findall(text)])
        return ParsedFeed("sitemap_index", sitemaps=named or (urljoin(url, "/sitemap.xml"),), warnings=notes.lines())
    if not _LISTED.match(text):
        return None
    found = unique([absolute(row, url) for row in _LISTED.findall(text)])
    return ParsedFeed("sitemap", items=tuple(Item(url=address) for address in found), warnings=notes.lines())


def _tree(text: str, notes: Notes) -> etree._Element:
    cleaned = clean(text, notes)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(cleaned.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        notes.add("not well-formed", str(error))
    try:
        return etree.fromstring(rebalance(cleaned, notes).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise CodedError(Code.FEED_BROKEN, f"not XML, not even repaired: {error}") from error


def _fields(element: etree._Element) -> dict[str, str]:
    """Local name to text for an entry, with the fields of ``news:news`` among them."""
    fields: dict[str, str] = {}
    for child in _descendants(element):
        name = etree.QName(child).localname.lower()
        text = line(child.text)
        if text:
            fields.setdefault(name, text)
    return fields


def _descendants(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if not isinstance(child.tag, str) or etree.QName(child).localname.lower() in _FOREIGN:
            continue
        yield child
        yield from child.iterdescendants("{*}*")


def _item(row: dict[str, str], url: str, timezone: str | None, now: datetime, notes: Notes) -> Item:
    name = "published" if "publication_date" in row else "lastmod"
    raw = row.get("publication_date") or row.get("lastmod")
    found, suffix = date_of(raw, timezone, now, notes) if raw else (None, "")
    updated = read_date(row.get("lastmod"), timezone)
    keywords = (row.get("keywords") or "").split(",") + (row.get("genres") or "").split(",")
    return Item(
        url=absolute(row.get("loc"), url),
        title=title(row.get("title")),
        published_raw=raw,
        published_at=found.at if found else None,
        published_offset_minutes=found.offset_minutes if found else None,
        date_source=name + suffix if raw else None,
        updated_at=updated.at if updated else None,
        source_name=title(row.get("name")),
        categories=unique([line(word) for word in keywords]),
    )
