"""The canonical address of a page, believed only when it can be one of an article of this site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from tasks.extract.structured import Structured, as_text
from tasks.records import OutletRules

_SECOND_LEVEL: Final = frozenset(
    ["com", "co", "org", "net", "gov", "gob", "gouv", "edu", "ac", "or", "ne", "go", "gop", "mil", "nic", "info", "web"]
)
_VARIANT: Final = re.compile(r"(?:/(?:amp|print|mobile|m|lite|full|index\.\w+|page/1))+/?$|\.amp$", re.I)
_HOME: Final = re.compile(r"^/?(?:(?:index|default|home)\.?\w*)?/?(?:[a-z]{2})?/?$", re.I)


def site_of(host: str) -> str:
    """The registrable part of a host name by its last labels: two, or three as in 'thenews.com.pk'."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def is_specific(path: str) -> bool:
    """Whether a path's last segments name one page: a number of an item, or a slug of several words."""
    segments = [s for s in path.split("/") if s]
    return any(re.search(r"\d{4,}", s) or s.count("-") >= 2 or s.count("_") >= 2 for s in segments[-2:])


def _same_family(host: str, other: str, outlet: OutletRules | None) -> bool:
    if site_of(host) == site_of(other):
        return True
    family = {h.lower().removeprefix("www.") for h in outlet.hosts} if outlet else set()
    return other.removeprefix("www.") in family and host.removeprefix("www.") in family


def _id_of(url: str, outlet: OutletRules | None) -> str | None:
    if not outlet or not outlet.id_pattern:
        return None
    try:
        match = re.search(outlet.id_pattern, url)
    except re.error:
        return None
    return (match[1] if match.re.groups else match[0]) if match else None


def _acceptable(page: SplitResult, other: SplitResult, outlet: OutletRules | None) -> bool:
    if other.scheme not in ("http", "https") or not other.hostname or not page.hostname or "@" in other.netloc:
        return False
    if not _same_family(page.hostname.lower(), other.hostname.lower(), outlet):
        return False
    if _HOME.match(other.path) and not other.query:
        return False
    here, there = _VARIANT.sub("", page.path).rstrip("/").lower(), _VARIANT.sub("", other.path).rstrip("/").lower()
    if here != there and (
        here.startswith(there + "/") or (is_specific(here) and not is_specific(there) and not other.query)
    ):
        return False
    mine, theirs = _id_of(page.geturl(), outlet), _id_of(other.geturl(), outlet)
    return not (mine and theirs and mine != theirs)


def _candidates(tree: HtmlElement, stated: Structured) -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield link.get("href") or ""
    if og := stated.first("og:url"):
        yield og
    entity = stated.article.get("mainEntityOfPage")
    entity = entity.get("@id") if isinstance(entity, dict) else entity
    if text := as_text(entity):
        yield text


def canonical_url(tree: HtmlElement, stated: Structured, *, url: str, outlet: OutletRules | None = None) -> str | None:
    """The first plausible canonical address (absolute, without fragment), else None.

    Plausible: http(s), same site or a host of the outlet, no home or section page, and the same
    item number where the outlet has a pattern for it.
    """
    try:
        page = urlsplit(url)
    except ValueError:
        return None
    for raw in _candidates(tree, stated):
        try:
            absolute = urldefrag(urljoin(url, raw.strip())).url
            other = urlsplit(absolute)
            if _acceptable(page, other, outlet):
                return absolute
        except ValueError:
            continue
    return None
