"""The one door to trafilatura: a page's main text as paragraphs.

Method: trafilatura 2.3 (Barbaresi, ACL 2021), without its metadata (it costs more than the text)
and never with ``deduplicate`` (state would leak from one document to the next).

``main_paragraphs`` takes the steps of ``bare_extraction(fast=True)`` one by one, with trafilatura's
own rules.  What differs is how the rules are asked: its XPath expressions call back into Python for
every pattern on every element; here one pass asks each pattern once per distinct class and id.
The text is the same (a test compares them) at half the price; trafilatura is held below 2.4 for it.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from typing import Any, Final

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import xpaths
from trafilatura.htmlprocessing import (
    convert_tags,
    link_density_test,
    link_density_test_tables,
    process_node,
    prune_unwanted_nodes,
    tree_cleaning,
)
from trafilatura.main_extractor import NOT_AT_THE_END, REBUILT_BLOCKS, handle_textelem
from trafilatura.settings import DEDUPE_SCAN_CAP, INLINE_FORMATTABLE, MIN_DUPLICATE_LENGTH, TAG_CATALOG, Extractor
from trafilatura.utils import SPACING_PROTECTED, text_chars_test
from trafilatura.xml import delete_element, xmltotxt

from tasks.extract.frame import CAPTION, TEASER, UNWANTED, fate_of, frame_tests
from tasks.extract.tree import squeeze

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# Options are read only, so one object serves all pages.
_OPTIONS: Final[Any] = Extractor(fast=True, comments=False)
_LEAST: Final[int] = _OPTIONS.min_extracted_size
# With less text than this in paragraphs (trafilatura's own factor), blocks are read as paragraphs too.
_FEW: Final = 3 * _LEAST
# A text of this size is an article: no rescue is needed.
_ENOUGH: Final = 1000

_SHORT_BOX: Final = 100
_COUNT: Final = etree.XPath("count(.//*)")
# Where text is looked for outside of every frame.
_WILD: Final = ("code", "p", "quote", "table", "div")
_FRAMES: Final = ("article", "div", "main", "section")


_FATE: Final = fate_of(*(rule.path for rule in xpaths.OVERALL_DISCARD_XPATH))
_FRAME_TESTS: Final = frame_tests([rule.path for rule in xpaths.BODY_XPATH])


def _drop_unwanted(frame: HtmlElement, aside: int) -> None:
    """Furniture out, unless it holds nearly all of the text; then what is marked as aside."""
    fates = [(element, fate) for element in frame.iterdescendants() if (fate := _FATE(element))]
    unwanted = {element for element, fate in fates if fate & UNWANTED}
    outer = [e for e, _ in fates if e in unwanted and not any(above in unwanted for above in e.iterancestors())]
    size = len(frame.text_content())
    if size - sum(len(element.text_content()) for element in outer) > size / 7:
        for element in outer:
            delete_element(element)
    for element, fate in fates:
        if fate & aside:
            delete_element(element)


def _drop_link_boxes(frame: HtmlElement, tag: str) -> None:
    """Blocks out that are little but links, and short ones of several parts that hold links."""
    found = []
    for element in frame.iter(tag):
        if next(element.iterdescendants("ref"), None) is None:
            continue
        linked, short = link_density_test(element)
        if not linked and tag == "div" and short and len(element) >= 3:
            linked = len(squeeze(element.text_content())) < _SHORT_BOX
        # The paragraph of a list's item or a cell is judged with the whole list.
        parent = element.getparent()
        if linked and not (tag == "p" and parent is not None and parent.tag in ("item", "td", "th")):
            found.append(element)
    for element in found:
        delete_element(element)


def _clean_frame(frame: HtmlElement, aside: int = CAPTION | TEASER) -> None:
    """Take furniture, boxes of links and tables of links out of a frame."""
    _drop_unwanted(frame, aside)
    for _ in range(2):
        before = _COUNT(frame)
        for tag in ("div", "list", "p"):
            _drop_link_boxes(frame, tag)
        # A pass that takes nothing out would take nothing out again.
        if _COUNT(frame) == before:
            break
    for table in [table for table in frame.iter("table") if link_density_test_tables(table)]:
        delete_element(table, keep_tail=False)
    etree.strip_tags(frame, "span", "ref")


def _frames(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Candidates for the frame of the main text, the most telling first; lazily, for the tree changes meanwhile."""
    for test in _FRAME_TESTS:
        found = next((element for element in tree.iterdescendants(*_FRAMES) if test(element)), None)
        if found is not None:
            yield found


def _has_paragraphs(tree: HtmlElement) -> bool:
    size = 0
    for paragraph in tree.iter("p"):
        size += len("".join(paragraph.itertext()))
        if size >= _FEW:
            return True
    return False


def _read_frame(frame: HtmlElement, tags: set[str], body: Any) -> None:
    """Append what a cleaned frame holds to the body, in the shape that trafilatura prints."""
    elements: list[Any] = list(frame.iterdescendants())
    kinds = {element.tag for element in elements}
    if kinds == {"lb"} or (frame.tag == "div" and "div" in tags and kinds <= INLINE_FORMATTABLE | {"lb"}):
        elements = [frame]
    lead, start = None, len(body)
    if elements != [frame] and text_chars_test(frame.text):
        lead = etree.Element("p")
        lead.text = frame.text
        lead = process_node(lead, _OPTIONS)
    for element in elements:
        # A handler may have moved an element into the body whole, with those that follow it here.
        if element.getroottree().getroot() is body:
            continue
        tag, tail = element.tag, element.tail
        made = handle_textelem(element, tags, _OPTIONS)
        if made is not None:
            body.append(made)
            if element.getroottree().getroot() is not body:
                element.tag = "done"
        if tag in REBUILT_BLOCKS and text_chars_test(tail) and (made is None or made.tail is None):
            rest = etree.Element("p")
            rest.text = tail
            if process_node(rest, _OPTIONS) is not None:
                body.append(rest)
    while len(body) > 0 and body[-1].tag in NOT_AT_THE_END:
        delete_element(body[-1], keep_tail=False)
    if lead is not None and len(body) > 1:
        body.insert(start, lead)


def _recover(tree: HtmlElement, taken: set[Any], tags: set[str], body: Any) -> None:
    """Append paragraphs from anywhere on the page that the frames did not give; teasers may hold them."""
    _clean_frame(tree, CAPTION)
    texts = [_text(element) for element in body]
    everything, known = "\n".join(filter(None, texts)), set(texts)
    whole: set[Any] = set()
    wild = [
        element
        for element in tree.iterdescendants(*_WILD)
        if element.tag != "div" or "w3-code" in element.get("class", "")
    ]
    for element in wild:
        if element in taken or any(above in whole for above in element.iterancestors()):
            continue
        made = handle_textelem(element, tags, _OPTIONS)
        if made is None:
            continue
        if made is element:
            whole.add(element)
        text = _text(made)
        fragment = squeeze(text + (made.tail or "")) if text_chars_test(made.tail) else ""
        short = len(everything) <= DEDUPE_SCAN_CAP
        repeated = (len(text) > MIN_DUPLICATE_LENGTH and text in everything) or (fragment and fragment in everything)
        if text and (text in known or (short and repeated)):
            continue
        body.append(made)
        if short:
            everything += "\n" + (fragment or text)
        known.add(text)


def _tidy_body(body: Any) -> None:
    """Repeats of the previous block out, blocks dissolved into their lines."""
    previous = None
    for element in list(body):
        current = _text(element)
        if current and current == previous and len(current) > MIN_DUPLICATE_LENGTH:
            delete_element(element, keep_tail=False)
        else:
            previous = current
    etree.strip_elements(body, "done")
    etree.strip_tags(body, "div")
    for line_break in body.iter("lb"):
        if (
            line_break.tail
            and not text_chars_test(line_break.tail)
            and next(line_break.iterancestors(*SPACING_PROTECTED), None) is None
        ):
            line_break.tail = None


def _runs(element: Any) -> list[str]:
    return list(element.itertext())


def _text(element: Any) -> str:
    return squeeze("".join(_runs(element)))


def _lines(text: str | None) -> list[str]:
    return [line for raw in (text or "").split("\n") if (line := squeeze(raw))]


def main_paragraphs(pruned: HtmlElement) -> list[str]:
    """Paragraphs of the main text of a pruned tree, which is used up."""
    tree = convert_tags(tree_cleaning(pruned, _OPTIONS), _OPTIONS)
    spare = copy.deepcopy(tree)
    order = list(tree.iter())
    body = etree.Element("body")
    tags = {*TAG_CATALOG, "table", "td", "th", "tr"}
    for frame in _frames(tree):
        _clean_frame(frame)
        if len(frame) == 0:
            continue
        if not _has_paragraphs(tree):
            tags.add("div")
        _read_frame(frame, tags, body)
        if len(body) > 1:
            break
    if len(body) == 0 or len(" ".join(_runs(body)).strip()) < _LEAST:
        taken = {twin for element, twin in zip(order, spare.iter(), strict=True) if element.tag == "done"}
        _recover(spare, taken, tags, body)
    _tidy_body(body)
    return _lines(xmltotxt(body, False))


def whole_page_paragraphs(tree: HtmlElement, *, rescue: bool) -> list[str]:
    """Paragraphs of the page as it came, only freed of scripts and comments; the tree is not changed.

    For pages whose pruning went wrong.  Only where that too gives little, and with ``rescue``, is trafilatura's
    whole cascade asked, which costs several times as much.
    """
    slim = copy.copy(tree)
    etree.strip_elements(slim, "script", "style", "svg", "noscript", "template", with_tail=False)
    slim = prune_unwanted_nodes(slim, xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH)
    lines = main_paragraphs(copy.copy(slim))
    if not rescue or sum(map(len, lines)) >= _ENOUGH:
        return lines
    document = trafilatura.bare_extraction(slim, fast=True, include_comments=False, with_metadata=False)
    return _lines(getattr(document, "text", None))
