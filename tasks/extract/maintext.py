"""The one door to trafilatura: a page's main text as paragraphs.

Method: trafilatura 2.3 (Barbaresi, ACL 2021), without its metadata (it costs more than the text)
and never with ``deduplicate`` (state would leak from one document to the next).
"""

from __future__ import annotations

import copy
import logging
from typing import Any, Final

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.htmlprocessing import convert_tags, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xml import xmltotxt

from tasks.extract.tree import squeeze

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# Options are read only, so one object serves all pages.
_OPTIONS: Final[Any] = Extractor(fast=True, comments=False)


_LITTLE: Final = 250


def _lines(text: str | None) -> list[str]:
    return [line for raw in (text or "").split("\n") if (line := squeeze(raw))]


def main_paragraphs(pruned: HtmlElement) -> list[str]:
    """Paragraphs of the main text of a pruned tree, which is used up.

    These are the steps of ``bare_extraction(fast=True)`` without its copies of the tree and its
    second attempt on short results: the pruned tree is ours to spend, and the caller decides
    about a second attempt.  That halves the time; trafilatura is held below 2.4 for it.
    """
    converted = convert_tags(tree_cleaning(pruned, _OPTIONS), _OPTIONS)
    body, _ = extract_content(converted, _OPTIONS)
    return _lines(xmltotxt(body, False))


def whole_page_paragraphs(tree: HtmlElement) -> list[str]:
    """Paragraphs of the page as it came, only freed of scripts: for pages whose pruning went wrong.

    Where even that finds little, trafilatura's baseline takes whatever text there is.  The tree is not changed.
    """
    slim = copy.copy(tree)
    etree.strip_elements(slim, "script", "style", "svg", "noscript", "template", with_tail=False)
    lines = main_paragraphs(copy.copy(slim))
    if sum(map(len, lines)) >= _LITTLE:
        return lines
    body, _, _ = trafilatura.baseline(slim)
    return _lines("\n".join(element.text or "" for element in body)) or lines
