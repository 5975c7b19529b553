"""A smaller copy of a page's tree for the text extractor: furniture out, split bodies kept whole.

Pruning goes by what a block is (a figure, a form of a newsletter, a list of links), and never
takes a block that holds a large share of the page's prose: class names lie.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from tasks.extract.tree import class_id, squeeze

_DROP_TAGS = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "embed",
    "select",
    "button",
    "textarea",
    "video",
    "audio",
    "canvas",
    "map",
    "link",
    "meta",
    "input",
    "source",
    "picture",
    "dialog",
)
_FURNITURE = re.compile(
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
# Blocks that may carry such a name; inline elements are left to the line tests.
_BLOCK_TAGS: Final[tuple[str, ...]] = (
    *("div", "section", "aside", "ul", "ol", "dl", "p", "figure", "figcaption", "nav", "header", "footer", "form"),
    *("table", "details", "li", "h2", "h3", "h4", "h5", "h6", "span", "small"),
)
_DROP_WHOLE = frozenset({"figure", "figcaption", "nav", "footer", "aside", "form"})
# A block with this share of the page's paragraph text is the article, whatever its name says.
_PROSE_SHARE = 0.3
# Readers' comments may hold more prose than the article.
_COMMENTS = re.compile(r"\bcomments?\b|comment-?(?:list|section)|disqus")
_COMMENTS_SHARE = 0.85
_PICTURE = re.compile(r"(?:^|[\s_-])(?:image|img|photo|picture|media|foto)(?:$|[\s_-])")
_HIDDEN = etree.XPath("//body//*[@hidden or @aria-hidden='true' or @style]")
_CARDS = etree.XPath("//body//a[.//p or .//h1 or .//h2 or .//h3 or .//h4 or .//li][not(.//h1[@itemprop])]")
# Spans are counted in loops by consumers: no table of a newspaper is wider.
_WIDEST_SPAN = 200


@dataclass(frozen=True, slots=True)
class Pruned:
    """The copy, how many characters of prose it has, and the lines that stood in captions."""

    tree: HtmlElement
    prose: int
    captions: tuple[str, ...]


def prose_length(element: HtmlElement) -> int:
    """Characters in paragraphs of an element, links excluded."""
    total = 0
    for p in element.iter("p"):
        total += len("".join(p.itertext()))
        for a in p.iter("a"):
            total -= len("".join(a.itertext()))
    return total


# Pages repeat a few hundred class names thousands of times; the answers depend on the names alone.
@lru_cache(maxsize=8192)
def _named_furniture(names: str) -> bool:
    return bool(_FURNITURE.search(names))


def _furniture(body: HtmlElement) -> list[HtmlElement]:
    """Outermost blocks that are furniture by tag or name."""
    found: list[HtmlElement] = []
    walker = etree.iterwalk(body, events=("start",), tag=_BLOCK_TAGS)
    for _, element in walker:
        names = class_id(element)
        if "teaser" in names and _is_lead(element):
            element.set("class", "")
            names = ""
        if element.tag in _DROP_WHOLE or (
            len(names) > 1 and (_named_furniture(names) or (_named_picture(names) and _is_picture(element)))
        ):
            found.append(element)
            if element.tag not in ("aside", "form"):
                walker.skip_subtree()
    return found


def _is_lead(element: HtmlElement) -> bool:
    """A box named teaser with plain paragraphs is this story's lead; with headings or links it is another's."""
    text = len(element.text_content())
    linked = sum(len(a.text_content()) for a in element.iter("a"))
    return linked <= 0.2 * text and next(element.iter("h2", "h3", "h4"), None) is None


@lru_cache(maxsize=8192)
def _named_picture(names: str) -> bool:
    return bool(_PICTURE.search(names))


def _is_picture(element: HtmlElement) -> bool:
    """A picture in a block with its caption, not marked as a figure."""
    return element.find(".//img") is not None and len(squeeze(element.text_content())) < 400


def _disarm(element: HtmlElement) -> None:
    """Make a plain block of one that holds the article under a misleading name, before that name is believed."""
    if element.tag in _DROP_WHOLE:
        element.tag = "div"
    for name in ("class", "id", "hidden", "aria-hidden", "style"):
        element.attrib.pop(name, None)


def _hidden(slim: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = _HIDDEN(slim)  # type: ignore[assignment]
    return [
        element
        for element in found
        if element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in (element.get("style") or "").replace(" ", "").lower()
    ]


def _cards(slim: HtmlElement) -> list[HtmlElement]:
    """Links around whole blocks: a card that leads to another story."""
    found: list[HtmlElement] = _CARDS(slim)  # type: ignore[assignment]
    return found


def _captions(element: HtmlElement) -> list[str]:
    if element.tag not in ("figure", "figcaption") and "caption" not in class_id(element):
        return []
    # A caption may be one line or a caption and its credit apart.
    parts = [line for t in element.itertext() if (line := squeeze(t))]
    return [*(line for line in parts if len(line) > 20), squeeze(" ".join(parts))]


def _open_layout_tables(slim: HtmlElement) -> None:
    """Tables that lay out prose become plain blocks: as cells, paragraphs would be cut at inline tags."""
    for table in list(slim.iter("table")):
        cells = list(table.iter("td", "th"))
        for cell in cells:
            for name in ("colspan", "rowspan"):
                span = cell.get(name)
                if span and (not span.isdigit() or len(span) > 3 or int(span) > _WIDEST_SPAN):
                    del cell.attrib[name]
        longest = max((len(cell.text_content()) for cell in cells[:200]), default=0)
        prose = longest > 400 and any(len(squeeze(cell.text_content())) > 400 for cell in cells[:200])
        if table.find(".//table") is not None or prose or table.get("role") in ("presentation", "none"):
            for part in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
                part.tag = "div"


def prune(tree: HtmlElement) -> Pruned:
    """A pruned copy of a page; the given tree stays as it is."""
    slim: HtmlElement = copy.copy(tree)
    etree.strip_elements(slim, *_DROP_TAGS, with_tail=False)
    whole = prose_length(slim)
    _open_layout_tables(slim)
    body = slim.find("body")
    captions: list[str] = []
    top = body if body is not None else slim
    for element in [*_furniture(top), *_hidden(slim), *_cards(slim)]:
        share = _COMMENTS_SHARE if _COMMENTS.search(class_id(element)) else _PROSE_SHARE
        if element.getparent() is None:
            continue
        if prose_length(element) > share * whole:
            _disarm(element)
            continue
        captions.extend(_captions(element))
        element.drop_tree()
    return Pruned(tree=slim, prose=whole, captions=tuple(dict.fromkeys(captions)))
