"""A page's tree made smaller for the text extractor: furniture out, split bodies kept whole.

Pruning goes by what a block is (a figure, a form of a newsletter, a list of links), and never
takes a block that holds a large share of the page's prose: class names lie.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from tasks.extract.marks import BLOCK_TAGS, FURNITURE, FURNITURE_TAGS, PICTURE, TEASER, Kinds, Marks
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
# A block with this share of the page's paragraph text is the article, whatever its name says.
_PROSE_SHARE = 0.3
# Readers' comments may hold more prose than the article.
_COMMENTS = re.compile(r"\bcomments?\b|comment-?(?:list|section)|disqus")
_COMMENTS_SHARE = 0.85
_POST = re.compile(r"twitter-|instagram-|tiktok-|bluesky-")
_CARD_PARTS: Final = ("p", "h1", "h2", "h3", "h4", "li")
# Spans are counted in loops by consumers: no table of a newspaper is wider.
_WIDEST_SPAN = 200


@dataclass(frozen=True, slots=True)
class Pruned:
    """The pruned page, how many characters of prose it has, and the lines that stood in captions."""

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


def _furniture(blocks: Kinds) -> list[HtmlElement]:
    """Outermost blocks that are furniture by tag or name; those inside an aside or a form count too."""
    found: list[HtmlElement] = []
    closed: set[HtmlElement] = set()
    for element, kinds in blocks:
        if element.tag not in BLOCK_TAGS or any(above in closed for above in element.iterancestors()):
            continue
        said = kinds
        if kinds & TEASER and _is_lead(element):
            element.set("class", "")
            said = 0
        if element.tag in FURNITURE_TAGS or said & FURNITURE or (said & PICTURE and _is_picture(element)):
            found.append(element)
            if element.tag not in ("aside", "form"):
                closed.add(element)
    return found


def _is_lead(element: HtmlElement) -> bool:
    """A box named teaser with plain paragraphs is this story's lead; with headings or links it is another's."""
    text = len(element.text_content())
    linked = sum(len(a.text_content()) for a in element.iter("a"))
    return linked <= 0.2 * text and next(element.iter("h2", "h3", "h4"), None) is None


def _is_picture(element: HtmlElement) -> bool:
    """A picture in a block with its caption, not marked as a figure."""
    return element.find(".//img") is not None and len(squeeze(element.text_content())) < 400


def _disarm(element: HtmlElement) -> None:
    """Make a plain block of one that holds the article under a misleading name, before that name is believed."""
    if element.tag in FURNITURE_TAGS:
        element.tag = "div"
    for name in ("class", "id", "hidden", "aria-hidden", "style"):
        element.attrib.pop(name, None)


def _posts(tree: HtmlElement) -> set[HtmlElement]:
    """Wrappers of posts that the article shows: they are part of what it quotes, whatever social name they bear."""
    found = set()
    for quote in tree.iter("blockquote"):
        wrapper = quote.getparent()
        if (
            wrapper is not None
            and wrapper.tag == "div"
            and _POST.search(class_id(quote))
            and len(squeeze(wrapper.text_content())) <= len(squeeze(quote.text_content()))
        ):
            _disarm(wrapper)
            found.add(wrapper)
    return found


def _cards(links: list[HtmlElement], root: HtmlElement) -> list[HtmlElement]:
    """Links around whole blocks: a card that leads to another story."""
    return [
        link
        for link in links
        if len(link) > 0
        and next(link.iterdescendants(*_CARD_PARTS), None) is not None
        and link.find(".//h1[@itemprop]") is None
        and _attached(link, root)
    ]


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


def _attached(element: HtmlElement, root: HtmlElement) -> bool:
    """Whether an element is still part of the page, below its root."""
    node = element.getparent()
    while node is not None and node is not root:
        node = node.getparent()
    return node is root


def prune(tree: HtmlElement, marks: Marks) -> Pruned:
    """Take the furniture out of a page; the tree is changed."""
    etree.strip_elements(tree, *_DROP_TAGS, with_tail=False)
    whole = prose_length(tree)
    _open_layout_tables(tree)
    captions: list[str] = []
    posts = _posts(tree)
    blocks = [(e, kinds) for e, kinds in marks.blocks if e not in posts and _attached(e, tree)]
    hidden = [element for element in marks.hidden if element.tag != "body" and _attached(element, tree)]
    for element in [*_furniture(blocks), *hidden, *_cards(marks.links, tree)]:
        share = _COMMENTS_SHARE if _COMMENTS.search(class_id(element)) else _PROSE_SHARE
        if element.getparent() is None:
            continue
        if prose_length(element) > share * whole:
            _disarm(element)
            continue
        captions.extend(_captions(element))
        element.drop_tree()
    return Pruned(tree=tree, prose=whole, captions=tuple(dict.fromkeys(captions)))
