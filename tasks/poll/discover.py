"""Finds the feeds that a home page announces."""

from __future__ import annotations

import re

from lxml import html as lxml_html

from tasks.poll.charset import decode
from tasks.poll.notes import Notes
from tasks.poll.plain import absolute

_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_LOOSE_TYPES = ("text/xml", "application/xml", "application/json")
_COMMENTS = re.compile(r"comment|replies", re.I)
_FEEDISH = re.compile(r"(?:^|[/.=_-])(?:rss|feeds?|atom)(?:$|[/.?=_-])|\.(?:rss|atom|rdf)(?:$|\?)", re.I)


def discover(html: bytes, url: str) -> tuple[str, ...]:
    """Absolute addresses of the feeds of a page, best first; empty when there are none.

    Announced ones (``link rel=alternate``) come first, then ordinary links that look like feeds;
    comment feeds come last of all.  Never raises.
    """
    text = decode(html, None, Notes()).replace("\x00", "")
    try:
        # Bytes with a stated charset: lxml refuses text that carries an XML declaration.
        parser = lxml_html.HTMLParser(encoding="utf-8")
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except Exception:  # an empty document or one that libxml2 gives up on announces nothing
        return ()
    base = url
    for element in tree.iter("base"):
        base = absolute(element.get("href"), url) or url
        break
    ranked: list[tuple[int, int, str]] = []
    for place, element in enumerate(tree.iter("link", "a")):
        address = absolute(element.get("href"), base)
        rank = _rank(element, address) if address else None
        if address and rank is not None:
            ranked.append((rank, place, address))
    return tuple(dict.fromkeys(address for _, _, address in sorted(ranked)))


def _rank(element: lxml_html.HtmlElement, address: str) -> int | None:
    """0 announced feed, 1 announced with a vague type, 2 a link that looks like one; +10 comments."""
    rel = (element.get("rel") or "").lower().split()
    kind = (element.get("type") or "").lower().partition(";")[0].strip()
    label = f"{element.get('title') or ''} {address}"
    rank: int | None = None
    if element.tag == "link" and ("alternate" in rel or "feed" in rel):
        if kind in _TYPES or "feed" in rel:
            rank = 0
        elif kind in _LOOSE_TYPES and _FEEDISH.search(address):
            rank = 1
    elif element.tag == "a" and (kind in _TYPES or _FEEDISH.search(_path(address))):
        rank = 2
    if rank is None:
        return None
    return rank + 10 if _COMMENTS.search(label) else rank


def _path(address: str) -> str:
    """What follows the host: a site may well be called feed-mill.com."""
    return "/" + address.partition("//")[2].partition("/")[2]
