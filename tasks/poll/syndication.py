"""RSS 0.9x, 1.0, 2.0 and Atom: the only door to feedparser.

feedparser gets well-formed UTF-8 bytes and headers, never an address or text.  What it tidies
silently is undone or checked here: dates are read again from the raw text, titles made plain,
links built from the real elements, and its items counted against an independent outline.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.parsers import expat

import feedparser

from tasks.errors import Code, CodedError
from tasks.poll.dates import date_of, read_date
from tasks.poll.notes import Notes
from tasks.poll.outline import ItemFacts, Outline, TooDeepError, outline
from tasks.poll.plain import MAX_LINE, absolute, author, html_block, line, title, unique
from tasks.poll.repair import clean, rebalance
from tasks.records import Item, ParsedFeed

_PROLOG = '<?xml version="1.0" encoding="utf-8"?>\n'
_HTML_TYPES = ("", "text/html", "application/xhtml+xml")
_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
# feedparser takes quadratic time over the text of these fields and over the number of tags.
_COSTLY = re.compile(
    rb"(<((?:[\w.-]{1,40}:)?(?:author|creator|managingeditor|webmaster|publisher|keywords|tags|category|subject))"
    rb"(?:\s[^<>]*)?(?<!/)>)(.*?)(?=</\2\s*>)",
    re.I | re.S,
)
# feedparser's loose parser is a last resort; on long input its patterns take minutes.
_LOOSE_BYTES = 1_000_000
_Entry = Mapping[str, Any]


def parse_syndication(
    text: str,
    root: str,
    *,
    prolog: str = "",
    url: str,
    timezone: str | None,
    now: datetime,
    notes: Notes,
) -> ParsedFeed:
    """The feed in ``text``, which begins at its root element (rss, RDF, feed, channel, entry).

    ``prolog`` is what stood before the root; its document type may define entities.

    Raises CodedError(FEED_BROKEN) when not even the repaired text can be parsed.
    """
    document, facts = well_formed(text, prolog, notes)
    parsed = _feedparse(document, url)
    form = {"rdf": "rdf", "feed": "atom", "entry": "atom"}.get(root, "rss")
    reader = _Reader(url, timezone, now, notes, atom=form == "atom")
    items = reader.items(list(parsed.get("entries", [])), facts)
    facts = facts or Outline()
    feed: _Entry = parsed.get("feed", {})
    return ParsedFeed(
        format=form,
        title=title(_get(feed, "title")),
        home_url=_home(feed, url),
        items=items,
        ttl_minutes=_whole(_get(feed, "ttl")),
        update_minutes=_update_minutes(feed),
        skip_hours=frozenset(facts.skip_hours),
        skip_days=frozenset(facts.skip_days),
        warnings=notes.lines(),
    )


def well_formed(text: str, prolog: str, notes: Notes) -> tuple[bytes, Outline | None]:
    """UTF-8 XML bytes and their outline; None for the outline if even the repair is not strict XML."""
    cleaned = clean(text, notes, prolog)
    document = (_PROLOG + cleaned).encode("utf-8")
    try:
        return document, outline(document)
    except (expat.ExpatError, TooDeepError) as error:
        notes.add("not well-formed", str(error) or "nested too deep")
    rebuilt = rebalance(cleaned, notes)
    if not rebuilt.strip():
        raise CodedError(Code.FEED_BROKEN, "the document breaks off in its only item")
    document = (_PROLOG + rebuilt).encode("utf-8")
    try:
        return document, outline(document)
    except (expat.ExpatError, TooDeepError) as error:
        if len(document) > _LOOSE_BYTES:
            raise CodedError(Code.FEED_BROKEN, f"not XML, not even repaired: {error}") from error
        return document, None


def _feedparse(document: bytes, url: str) -> Mapping[str, Any]:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    document = _COSTLY.sub(lambda field: field[1] if len(field[3]) > MAX_LINE else field[0], document)
    try:
        # Markup is handed on as given: extraction cleans it, and relative links inside it are
        # resolved there.
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # feedparser has raised from deep inside on odd input
        raise CodedError(Code.FEED_BROKEN, f"{type(error).__name__}: {error}") from error
    return parsed


class _Reader:
    """Turns feedparser's entries into items."""

    def __init__(self, url: str, timezone: str | None, now: datetime, notes: Notes, *, atom: bool) -> None:
        self.url, self.timezone, self.now, self.notes = url, timezone, now, notes
        self.atom = atom

    def items(self, entries: list[_Entry], outline: Outline | None) -> tuple[Item, ...]:
        """All items that can be read; facts of the outline help only if both count the same items."""
        facts = outline.items if outline else [ItemFacts() for _ in entries]
        if len(facts) != len(entries):
            self.notes.add("item count differs", f"outline {len(facts)}, feedparser {len(entries)}")
            facts = [ItemFacts() for _ in entries]
        items: list[Item] = []
        for entry, fact in zip(entries, facts, strict=True):
            if fact.nested:
                self.notes.add("nested item left out")
                continue
            try:
                items.append(self.item(entry, fact))
            except Exception as error:  # one broken item never sinks the feed, whatever it holds
                self.notes.add("broken item left out", f"{type(error).__name__}: {error}")
        return tuple(items)

    def item(self, entry: _Entry, facts: ItemFacts) -> Item:
        literal = facts.texts.get("guid") or facts.texts.get("id")
        guid = line(literal[-1]) if literal else line(_get(entry, "id"))
        # A URL, or a rooted path of a publisher who leaves the host out.
        is_url = guid is not None and guid.lower().startswith(("http://", "https://", "/"))
        guid_url = absolute(guid, self.url) if is_url and facts.permalink else None
        content = _content(entry)
        summary = html_block(_get(entry, "summary"))
        if summary == content and not facts.names & {"summary", "description", "abstract"}:
            summary = None  # feedparser copies the content there
        source = _get(entry, "source")
        source = source if isinstance(source, Mapping) else {}
        updated = _text(entry, "updated") if "date" not in facts.names or facts.names & _UPDATED else None
        updated_at = read_date(updated, self.timezone)
        return Item(
            guid=guid,
            guid_is_permalink=guid_url is not None,
            url=self._link(entry) or guid_url,
            title=self._title(entry),
            updated_at=updated_at.at if updated_at else None,
            authors=_authors(entry, facts),
            summary=summary,
            content=content,
            source_name=title(_get(source, "title")),
            source_url=absolute(_get(source, "href") or _get(source, "link"), self.url),
            categories=_categories(entry),
            **self._date(entry, facts),
        )

    def _link(self, entry: _Entry) -> str | None:
        original = absolute(_get(entry, "feedburner_origlink"), self.url)
        links = [link for link in _get(entry, "links") or () if isinstance(link, Mapping)]
        alternates = [link for link in links if _get(link, "rel") in ("alternate", None)]
        alternates.sort(key=lambda link: str(_get(link, "type") or "").lower() not in _HTML_TYPES)
        found = (absolute(_get(link, "href"), self.url) for link in alternates)
        return original or next((link for link in found if link), None)

    def _title(self, entry: _Entry) -> str | None:
        detail = _get(entry, "title_detail")
        kind = _get(detail, "type") if isinstance(detail, Mapping) else None
        return title(_get(entry, "title"), literal=self.atom and kind == "text/plain")

    def _date(self, entry: _Entry, facts: ItemFacts) -> dict[str, Any]:
        """The fields of the date: published, then updated (or dc:date), then created."""
        dc_date = "date" in facts.names and not facts.names & _UPDATED
        for key, name in (
            ("published", "published"),
            ("updated", "dc:date" if dc_date else "updated"),
            ("created", "created"),
            ("date", "date"),
        ):
            raw = _text(entry, key)
            if not raw:
                continue
            found, suffix = date_of(raw, self.timezone, self.now, self.notes)
            return {
                "published_raw": raw,
                "published_at": found.at if found else None,
                "published_offset_minutes": found.offset_minutes if found else None,
                "date_source": name + suffix,
            }
        return {}


_UPDATED = frozenset({"updated", "modified", "lastbuilddate"})


def _get(mapping: _Entry, key: str) -> Any:
    """A plain look-up: feedparser's own answers ``updated`` with ``published``."""
    return dict.get(mapping, key) if isinstance(mapping, dict) else mapping.get(key)


def _text(mapping: _Entry, key: str) -> str | None:
    return line(_get(mapping, key))


def _content(entry: _Entry) -> str | None:
    parts = [part for part in _get(entry, "content") or () if isinstance(part, Mapping)]
    parts.sort(key=lambda part: str(_get(part, "type")) not in _HTML_TYPES)
    return next((text for text in (html_block(_get(part, "value")) for part in parts) if text), None)


def _authors(entry: _Entry, facts: ItemFacts) -> tuple[str, ...]:
    literal = unique([author(text) for key in ("creator", "author") for text in facts.texts.get(key, ())])
    if literal:
        return literal
    names = [author(_get(one, "name")) for one in _get(entry, "authors") or () if isinstance(one, Mapping)]
    return unique(names) or unique([author(_get(entry, "author"))])


def _categories(entry: _Entry) -> tuple[str, ...]:
    tags = [tag for tag in _get(entry, "tags") or () if isinstance(tag, Mapping)]
    return unique([title(_get(tag, "term")) or title(_get(tag, "label")) for tag in tags])


def _home(feed: _Entry, url: str) -> str | None:
    return absolute(_get(feed, "link"), url)


def _whole(value: object) -> int | None:
    text = line(value)
    return int(text) if text and text.isdecimal() and int(text[:9]) > 0 else None


def _update_minutes(feed: _Entry) -> int | None:
    period = _PERIOD_MINUTES.get((_text(feed, "sy_updateperiod") or "").lower())
    frequency = _whole(_get(feed, "sy_updatefrequency")) or 1
    return max(1, period // frequency) if period else None
