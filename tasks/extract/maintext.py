"""The one door to trafilatura: a page's main text as paragraphs.

Method: trafilatura 2.3 (Barbaresi, ACL 2021 demo), without its metadata (it costs more than the
text) and never with ``deduplicate`` (state would leak from one document to the next).
"""

from __future__ import annotations

import logging
from typing import Any

import trafilatura
from lxml.html import HtmlElement

from tasks.extract.tree import squeeze

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def _lines(document: Any) -> list[str]:
    text = getattr(document, "text", None) or ""
    return [line for raw in text.split("\n") if (line := squeeze(raw))]


def main_paragraphs(tree: HtmlElement, *, fast: bool = True) -> list[str]:
    """Paragraphs of the main text, possibly none.  The tree is not changed.

    ``fast`` leaves out the comparison with two further algorithms: as good on most pages, and
    twice as quick; the caller asks again without it where the result looks short.
    """
    document = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    return _lines(document) if document is not None else []
