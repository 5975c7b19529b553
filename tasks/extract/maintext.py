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
    """Paragraphs by trafilatura's whole cascade on the page as it came, only freed of scripts; the tree is not changed.

    For pages whose pruning went wrong; it costs several times as much.
    """
    slim = copy.copy(tree)
    etree.strip_elements(slim, "script", "style", "svg", "noscript", "template", with_tail=False)
    document = trafilatura.bare_extraction(slim, fast=True, include_comments=False, with_metadata=False)
    return _lines(getattr(document, "text", None))
