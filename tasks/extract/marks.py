"""One walk over a page's body that notes every element which can matter to the other modules.

Walking a tree from Python costs more than most questions that are asked on the way; so it is done once,
and what an element's class and id say is asked once per distinct name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from tasks.extract.tree import names_of


def _set(tags: str) -> frozenset[str]:
    return frozenset(tags.split())


_DATE_NAMES: Final = (
    *("date", "time", "stamp", "publi", "posted", "datum", "fecha", "byline", "meta", "info", "created", "updated"),
    *("modified", "hora", "zeit", "tarih", "submitted", "writ", "detail"),
)
_BYLINE_NAMES: Final = (
    *("byline", "author", "autor", "writer", "reporter", "journalist", "contributor", "credit-name", "zuozhe"),
)
# Without one of these the costly patterns below cannot match.
_FURNITURE_HINTS: Final = (
    *("letter", "signup", "sign-up", "subscri", "related", "recommend", "read", "more", "most", "trending", "promo"),
    *("outbrain", "taboola", "sponsor", "shar", "social", "crumb", "caption", "credit", "cookie", "consent", "gdpr"),
    *("comment", "disqus", "tags", "tag-", "taglist", "toolbar", "pagination", "next", "prev", "author", "donat"),
    *("membership", "paywall", "advert", " ad", "-ad", "_ad", "skip", "sr-only", "visually", "print-only", "copyright"),
    *("disclaimer", "jump", "contents", "toc", "player"),
)
_PICTURE_HINTS: Final = ("image", "img", "photo", "picture", "media", "foto")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of some words in one pass: they are merged by their common beginnings."""
    branches: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        branches.setdefault(word[0], []).append(word[1:])
    merged = (
        re.escape(first) + ("" if "" in rests else f"(?:{_any_of(rests).pattern})") for first, rests in branches.items()
    )
    return re.compile("|".join(merged))


_BYLINE: Final = _any_of(_BYLINE_NAMES)
_DATE: Final = _any_of(_DATE_NAMES)
_FURNITURE: Final = _any_of(_FURNITURE_HINTS)
# Most names have none of them all: one pattern tells so in a fifth of the time of asking for each word.
_TELLING: Final = _any_of([*_BYLINE_NAMES, *_DATE_NAMES, *_FURNITURE_HINTS, *_PICTURE_HINTS, "teaser"])
_FURNITURE_NAMES: Final = re.compile(
    r"news-?letter|sign-?up|subscri(?:be|ption)[-_]?(?:box|form|cta|prompt|widget|banner|"
    r"promo)|related|recommend|read-?(?:more|next|also)|also-?read|more-?(?:stories|"
    r"news|from|on)\b|most-?(?:read|popular|viewed|recent)|trending|promo(?:ted|tion|"
    r"box)?\b|outbrain|taboola|sponsor|share|sharing|social|"
    r"bread-?crumb|caption|photo-?credit|image-?credit|img-?credit|cookie|consent|gdpr|"
    r"comment(?:s|-list|list|form|-form|-section)\b|disqus|"
    r"tag-?(?:list|s)\b|(?:^|[\s_-])tags(?:$|[\s_-])|toolbar|pagination|next-?(?:article|"
    r"story|post)|prev-?(?:article|story|post)|author-?(?:bio|box|card|info)|"
    r"about-?(?:the-)?author|donat(?:e|ion)|membership|paywall-?(?:prompt|cta|message)|"
    r"advert|(?:^|[\s_-])ads?(?:$|[\s_-])|skip-?link|sr-only|"
    r"screen-reader|visually-?hidden|print-only|copyright|disclaimer|jump-?nav|"
    r"table-of-contents|(?:^|[\s_-])toc(?:$|[\s_-])|audio-?player|video-?player"
)
_PICTURE_NAMES: Final = re.compile(r"(?:^|[\s_-])(?:image|img|photo|picture|media|foto)(?:$|[\s_-])")
# What a name says of its element, as bits.
BYLINE, DATED, FURNITURE, PICTURE, TEASER = 1, 2, 4, 8, 16

# Tags that are taken out whatever they are called.
FURNITURE_TAGS: Final = frozenset({"figure", "figcaption", "nav", "footer", "aside", "form"})
# Elements that can show a byline or, the containers apart, a date.
_SHOWING: Final = _set(
    "div span p a time em strong small b i font cite address li dd dt td h2 h3 h4 h5 h6 section header"
)
_CONTAINERS: Final = frozenset({"section"})
# Blocks that may be furniture by their name; cells are blocks where a table only lays out.
BLOCK_TAGS: Final = _set(
    "div section aside ul ol dl p figure figcaption nav header footer form table details li h2 h3 h4 h5 h6 span small"
)
_CELLS: Final = _set("tbody thead tfoot tr td th")
_NAMED: Final = _SHOWING | BLOCK_TAGS | _CELLS
_NOT_SHOWN: Final = _set(
    "script style link meta noscript template svg path g use img source input option select button br hr"
)
_ALWAYS: Final = FURNITURE_TAGS | {"time"}
_RARE: Final = _set("rel itemprop property data-testid datetime hidden aria-hidden style")

# Elements with what their names say of them, as bits, and with their class and id in lower case.
Kinds = list[tuple[HtmlElement, int]]
Named = list[tuple[HtmlElement, str]]


@dataclass(frozen=True, slots=True)
class Marks:
    """Elements of a page by what they may be, each list in document order."""

    bylines: Named = field(default_factory=list)
    typed_dates: Named = field(default_factory=list)
    named_dates: Named = field(default_factory=list)
    blocks: Kinds = field(default_factory=list)
    hidden: list[HtmlElement] = field(default_factory=list)
    links: list[HtmlElement] = field(default_factory=list)


# Pages repeat a few hundred class names thousands of times; the answers depend on the names alone.
@lru_cache(maxsize=16384)
def _kinds(class_: str | None, id_: str | None) -> int:
    names = names_of(class_, id_)
    return kinds_of(names) if len(names) > 1 else 0


def kinds_of(names: str) -> int:
    """What a class and id in lower case say of their element."""
    spaced = f" {names}"
    if _TELLING.search(spaced) is None:
        return 0
    kinds = (BYLINE if _BYLINE.search(names) else 0) | (DATED if _DATE.search(names) else 0)
    if _FURNITURE.search(spaced) and _FURNITURE_NAMES.search(names):
        kinds |= FURNITURE
    if _PICTURE_NAMES.search(names):
        kinds |= PICTURE
    return kinds | (TEASER if "teaser" in names else 0)


def _is_typed(known: dict[str, str]) -> bool:
    """Whether an element states a date for machines."""
    return "datetime" in known or "date" in f"{known.get('itemprop', '')}{known.get('property', '')}".lower()


def _states_author(known: dict[str, str]) -> bool:
    stated = f"{known.get('rel', '')} {known.get('itemprop', '')} {known.get('data-testid', '')}".lower()
    return "author" in stated or "byline" in stated


def _is_hidden(known: dict[str, str]) -> bool:
    return (
        "hidden" in known
        or known.get("aria-hidden") == "true"
        or ("style" in known and "display:none" in known["style"].replace(" ", "").lower())
    )


def mark(tree: HtmlElement) -> Marks:
    """The elements of a page that can matter."""
    body = tree.find("body")
    found = Marks()
    for element in (tree if body is None else body).iter():
        tag = element.tag
        if tag in _NOT_SHOWN:
            continue
        if tag == "a":
            found.links.append(element)
        items = element.items()
        if items:
            known = dict(items)
            kinds = _kinds(known.get("class"), known.get("id")) if tag in _NAMED else 0
            if kinds or tag in _ALWAYS or not _RARE.isdisjoint(known):
                _note(found, element, tag, known, kinds)
        elif tag in FURNITURE_TAGS:
            found.blocks.append((element, 0))
        elif tag == "time":
            found.typed_dates.append((element, ""))
    return found


def _note(found: Marks, element: HtmlElement, tag: str, known: dict[str, str], kinds: int) -> None:
    names = names_of(known.get("class"), known.get("id"))
    if kinds >= FURNITURE or tag in FURNITURE_TAGS:
        found.blocks.append((element, kinds))
    if _is_hidden(known):
        found.hidden.append(element)
    showing = tag in _SHOWING and (len(names) > 1 or (tag == "a" and "rel" in known))
    if showing and (kinds & BYLINE or _states_author(known)):
        found.bylines.append((element, names))
    if tag == "time" or _is_typed(known):
        found.typed_dates.append((element, names))
    elif showing and kinds & DATED and tag not in _CONTAINERS:
        found.named_dates.append((element, names))
