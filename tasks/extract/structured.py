"""What a page says about itself for machines: JSON-LD, meta tags, microdata.

Vocabulary: schema.org (Article and below), Open Graph, Dublin Core, Parsely, Sailthru.
Nothing here judges: the other modules weigh these statements against what is visible.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement

from tasks.extract.tree import squeeze

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting)$")
_WEAK_TYPES = frozenset(
    {
        "WebPage",
        "ItemPage",
        "CreativeWork",
        "SocialMediaPosting",
        "DiscussionForumPosting",
        "VideoObject",
        "MediaObject",
        "AboutPage",
        "MedicalWebPage",
    }
)
# Properties that hold other works: what stands under them does not describe this page.
_FOREIGN = frozenset(
    {
        "itemListElement",
        "hasPart",
        "isPartOf",
        "mentions",
        "citation",
        "about",
        "comment",
        "review",
        "publisher",
        "author",
        "creator",
        "image",
        "video",
        "liveBlogUpdate",
        "isBasedOn",
        "breadcrumb",
    }
)
_MAX_SCRIPT = 3_000_000
_MAX_DEPTH = 12
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|"
    r"/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_LOOSE = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|'
    r'isAccessibleForFree)"\s*:\s*(?:"((?:[^"\\]|\\.){1,400})"|(true|false))'
)

Node = dict[str, Any]


@dataclass(frozen=True)
class Structured:
    """JSON-LD nodes (those of the page itself before those nested in others), meta and microdata."""

    nodes: tuple[Node, ...] = ()
    by_id: dict[str, Node] = field(default_factory=dict)
    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """Content of the first meta tag of these names, in the order of the names."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return None

    @cached_property
    def types(self) -> frozenset[str]:
        """All schema.org types of the page's own nodes."""
        return frozenset(kind for node in self.nodes for kind in types_of(node))

    @cached_property
    def articles(self) -> tuple[Node, ...]:
        """Nodes that describe an article, the most complete first; then weaker kinds of page."""
        strong = [node for node in self.nodes if any(_ARTICLE_TYPE.search(t) for t in types_of(node))]
        weak = [node for node in self.nodes if types_of(node) & _WEAK_TYPES]
        return (*sorted(strong, key=_fullness, reverse=True), *sorted(weak, key=_fullness, reverse=True))

    @cached_property
    def strong_article(self) -> Node:
        """The first node that says of itself to be an article; empty when there is none."""
        return next((node for node in self.articles if any(_ARTICLE_TYPE.search(t) for t in types_of(node))), {})

    @property
    def article(self) -> Node:
        """The node that most likely describes this page; empty when there is none."""
        return self.articles[0] if self.articles else {}

    def resolve(self, value: Any) -> Any:
        """Follow a reference such as {"@id": "…"} to its node."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type", "name"} and "@id" in value:
            return self.by_id.get(str(value["@id"]), value)
        return value


def _fullness(node: Node) -> int:
    return sum(key in node for key in ("datePublished", "headline", "author", "articleBody", "mainEntityOfPage"))


def types_of(node: Node) -> frozenset[str]:
    """The schema.org types of a node without their namespace."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(re.split(r"[/#:]", kind)[-1] for kind in kinds if isinstance(kind, str))


def as_text(value: Any) -> str | None:
    """A property as text: a string, the first of a list, or a node's name or @value."""
    if isinstance(value, list):
        return next((text for item in value if (text := as_text(item))), None)
    if isinstance(value, dict):
        return as_text(value.get("@value") or value.get("name"))
    if isinstance(value, str):
        return squeeze(html.unescape(value)) or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _load(raw: str) -> Any:
    text = _COMMENT.sub("", _COMMENT.sub("", raw.strip())).strip().rstrip(";")
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    # Broken beyond repair: single statements are still legible.
    loose: Node = {}
    for key, string, boolean in _LOOSE.findall(text):
        loose.setdefault(key, string if string else boolean)
    if "headline" in loose or "datePublished" in loose:
        return {"@type": "Article", **loose}
    return None


def _walk(value: Any, depth: int, own: bool) -> Iterator[tuple[Node, bool]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1, own)
    elif isinstance(value, dict):
        yield value, own
        for key, child in value.items():
            if isinstance(child, dict | list):
                yield from _walk(child, depth + 1, own and key not in _FOREIGN)


def _jsonld(tree: HtmlElement) -> tuple[tuple[Node, ...], dict[str, Node]]:
    own_nodes: list[Node] = []
    by_id: dict[str, Node] = {}
    for script in tree.iter("script"):
        kind = (script.get("type") or "").lower()
        if "ld+json" not in kind or not script.text or len(script.text) > _MAX_SCRIPT:
            continue
        for node, own in _walk(_load(script.text), 0, True):
            key = node.get("@id")
            if isinstance(key, str) and len(node) > len(by_id.get(key, ())):
                by_id[key] = node
            if own and "@type" in node:
                own_nodes.append(node)
    return tuple(own_nodes), by_id


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content") or element.get("value")
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                found.setdefault(name.strip().lower(), []).append(squeeze(content))
    return {name: tuple(values) for name, values in found.items()}


def read_structured(tree: HtmlElement) -> Structured:
    """Collect the machine-readable statements of a page; broken ones are skipped, never fatal."""
    nodes, by_id = _jsonld(tree)
    return Structured(nodes=nodes, by_id=by_id, meta=_metas(tree))
