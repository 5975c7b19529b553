"""A strict, quick look at the structure of an XML feed, beside the parser that reads its words.

It proves that the document is well-formed, counts the items independently, and keeps facts
that feedparser does not tell (isPermaLink, which date element, skipHours).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat  # events only; document types are removed before, so no entities

from tasks.errors import Code, CodedError
from tasks.poll.repair import MAX_DEPTH

_LITERAL = frozenset({"guid", "id", "author", "creator"})
# An <id> of some extension is not the item's.
_ID_NAMESPACES = ("", "http://www.w3.org/2005/atom", "http://purl.org/atom/ns#")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(slots=True)
class ItemFacts:
    """``names``: local names of the child elements; ``permalink``: what the guid says of itself.

    ``texts`` holds what guid, id, author and creator literally say: feedparser resolves a guid
    like a link and cuts names at mail addresses.
    ``nested`` items stand inside another one (a quoted source, a conflict): no news of this feed.
    """

    names: set[str] = field(default_factory=set)
    permalink: bool = True
    texts: dict[str, list[str]] = field(default_factory=dict)
    nested: bool = False


@dataclass(slots=True)
class Outline:
    items: list[ItemFacts] = field(default_factory=list)
    skip_hours: set[int] = field(default_factory=set)
    skip_days: set[int] = field(default_factory=set)


# More categories than any item or channel has; beyond, they are an attack or a wrong document.
_MAX_TAGS = 2000
_TAGS = frozenset({"category", "subject", "keywords", "tags"})


class TooDeepError(Exception):
    """Nested deeper than any feed; ``rebalance`` flattens such a document."""


def outline(document: bytes) -> Outline:
    """Facts about a UTF-8 XML document.

    Raises expat.ExpatError or TooDeepError, which a repair may heal, and
    CodedError(FEED_BROKEN) for thousands of categories in one place.
    """
    scan = _Scan()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.Parse(document, True)
    return scan.result


class _Scan:
    def __init__(self) -> None:
        self.result = Outline()
        self.depth = 0
        self.item_depth: int | None = None
        self.item = ItemFacts()
        self.skip: str | None = None
        self.tags = 0
        self.literal: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooDeepError
        local = name.rpartition(" ")[2].lower()
        if local in _TAGS:
            self.tags += 1
            if self.tags > _MAX_TAGS:
                raise CodedError(Code.FEED_BROKEN, f"more than {_MAX_TAGS} categories in one item")
        if local in ("item", "entry"):
            self.tags = 0
            facts = ItemFacts(nested=self.item_depth is not None)
            self.result.items.append(facts)
            if self.item_depth is None:
                self.item_depth, self.item = self.depth, facts
        elif self.item_depth is None and local in ("hour", "day"):
            self.skip = local
        elif self.item_depth is not None and self.depth == self.item_depth + 1:
            self.item.names.add(local)
            if local in _LITERAL and (local != "id" or name.rpartition(" ")[0].lower() in _ID_NAMESPACES):
                self.literal = self.item.texts.setdefault(local, [])
                self.literal.append("")
            if local == "guid":
                told = {key.lower(): value for key, value in attributes.items()}.get("ispermalink", "true")
                self.item.permalink = told.strip().lower() != "false"

    def end(self, _name: str) -> None:
        if self.item_depth == self.depth:
            self.item_depth = None
        if self.item_depth is None or self.depth <= self.item_depth + 1:
            self.literal = None
        self.skip = None
        self.depth -= 1

    def text(self, data: str) -> None:
        if self.literal is not None:
            if self.item_depth is not None and self.depth == self.item_depth + 1:
                self.literal[-1] += data
            return
        value = data.strip().lower()
        if self.skip == "hour" and value.isdecimal() and int(value) <= 24:
            self.result.skip_hours.add(int(value) % 24)  # RSS 0.91 counts from 1 to 24
        elif self.skip == "day" and value in _DAYS:
            self.result.skip_days.add(_DAYS.index(value))
