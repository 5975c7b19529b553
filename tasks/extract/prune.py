"""A smaller copy of a page's tree for the text extractor: furniture out, split bodies kept whole.

Pruning goes by what a block is (a figure, a form of a newsletter, a list of links), and never
takes a block that holds a large share of the page's prose: class names lie.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass

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
    r"news-?letter|sign-?up|subscri(?:be|ption)[-_]?(?:box|form|cta|prompt|widget|banner|promo)|related|recommend|read-?(?:more|next|also)|also-?read|more-?(?:stories|"
    r"news|from|on)\b|most-?(?:read|popular|viewed|recent)|trending|promo(?:ted|tion|box)?\b|outbrain|taboola|sponsor|share|sharing|social|"
    r"bread-?crumb|caption|photo-?credit|image-?credit|img-?credit|cookie|consent|gdpr|comment(?:s|-list|list|form|-form|-section)\b|disqus|"
    r"tag-?(?:list|s)\b|(?:^|[\s_-])tags(?:$|[\s_-])|toolbar|pagination|next-?(?:article|story|post)|prev-?(?:article|story|post)|author-?(?:bio|box|card|info)|"
    r"about-?(?:the-)?author|donat(?:e|ion)|membership|paywall-?(?:prompt|cta|message)|advert|(?:^|[\s_-])ads?(?:$|[\s_-])|skip-?link|sr-only|"
    r"screen-reader|visually-?hidden|print-only|copyright|disclaimer|jump-?nav|table-of-contents|(?:^|[\s_-])toc(?:$|[\s_-])|audio-?player|video-?player"
)
# Blocks that may carry such a name; inline elements are left to the line tests.
_BLOCK_TAGS = frozenset(
    [
        "div",
        "section",
        "aside",
        "ul",
        "ol",
        "dl",
        "p",
        "figure",
        "figcaption",
        "nav",
        "header",
        "footer",
        "form",
        "table",
        "details",
        "li",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "small",
    ]
)
_DROP_WHOLE = frozenset({"figure", "figcaption", "nav", "footer", "aside", "form"})
# A block with this share of the page's paragraph text is the article, whatever its name says.
_PROSE_SHARE = 0.3
_TEASER = re.compile(r"teaser", re.I)


@dataclass(frozen=True, slots=True)
class Pruned:
    """The copy, how many characters of prose it had, and the lines that stood in captions."""

    tree: HtmlElement
    prose: int
    captions: frozenset[str]


def prose_length(element: HtmlElement) -> int:
    """Characters in paragraphs of an element, links excluded."""
    total = 0
    for p in element.iter("p"):
        total += len("".join(p.itertext())) - sum(len("".join(a.itertext())) for a in p.iter("a"))
    return total


def _is_furniture(element: HtmlElement) -> bool:
    tag = element.tag
    if tag in _DROP_WHOLE:
        return True
    if tag not in _BLOCK_TAGS:
        return False
    style = element.get("style") or ""
    if (
        "display:none" in style.replace(" ", "")
        or element.get("aria-hidden") == "true"
        or element.get("hidden") is not None
    ):
        return True
    names = class_id(element)
    return len(names) > 1 and bool(_FURNITURE.search(names))


def prune(tree: HtmlElement) -> Pruned:
    """A pruned copy of a page; the given tree stays as it is."""
    slim = copy.copy(tree)
    etree.strip_elements(slim, *_DROP_TAGS, with_tail=False)
    whole = prose_length(slim)
    captions: set[str] = set()
    body = slim.find("body")
    for element in list((body if body is not None else slim).iter("*")):
        if _TEASER.search(element.get("class") or ""):
            # A lead often sits in a box of this name; lists of teasers are caught as link-dense.
            element.set("class", "")
        if not _is_furniture(element) or prose_length(element) > max(_PROSE_SHARE * whole, 0):
            continue
        if element.tag in ("figure", "figcaption") or "caption" in class_id(element):
            captions.update(line for t in element.itertext() if len(line := squeeze(t)) > 20)
        if element.getparent() is not None:
            element.drop_tree()
    return Pruned(tree=slim, prose=whole, captions=frozenset(captions))
