"""The text of a page: extracted, completed by evidence, trimmed.

Sources in order: the markup (pruned, through trafilatura), its comparison algorithms when that
looks short, JSON-LD ``articleBody``, the feed's full text.  A longer source replaces a shorter
one only when it contains it: that is what being the whole of the same text means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from tasks.extract.maintext import main_paragraphs, whole_page_paragraphs
from tasks.extract.marks import Marks
from tasks.extract.prune import Pruned, prune
from tasks.extract.structured import Structured, as_text
from tasks.extract.tree import block_lines, squeeze
from tasks.extract.trim import fill_gaps, link_lines, paragraphs_of, trim_lines
from tasks.records import FeedEvidence
from tasks.text import fold_key

# Shorter than this share of the page's prose, an extraction is suspected to have lost a part; when it is no
# short one, the rest is mostly other stories and comments, and it takes a smaller share to be suspicious.
_SUSPICIOUS = 0.35
_SUSPICIOUS_LONG = 0.15
_SHORT = 600
_FEW = 250
_LONGER = 1.25
_SENTENCE = 60
# The lead stands among the first runs of text after the headline.
_LEAD_RUNS = 25
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")


@dataclass(frozen=True, slots=True)
class Body:
    """Lines of text, where they come from, and the captions that were taken out."""

    lines: tuple[str, ...] = ()
    source: str = "none"
    captions: tuple[str, ...] = ()


def _size(lines: Iterable[str]) -> int:
    return sum(len(line) for line in lines)


def html_lines(fragment: str) -> list[str]:
    """Lines of a piece of HTML or of plain text, as feeds and JSON-LD carry them."""
    if not _TAG.search(fragment):
        return [line for raw in re.split(r"\n+", fragment) if (line := squeeze(raw))]
    try:
        root = fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    etree.strip_elements(root, "script", "style", "figure", "iframe", with_tail=False)
    return block_lines(root)


def _shingles(lines: Iterable[str]) -> set[str]:
    words = fold_key(" ".join(lines)).split()
    return {" ".join(words[i : i + 4]) for i in range(max(1, len(words) - 3))}


def _contains(whole: list[str], part: list[str], share: float = 0.7) -> bool:
    if not part:
        return True
    mine = _shingles(part)
    return len(mine & _shingles(whole)) >= share * len(mine)


def stated_body(stated: Structured) -> list[str]:
    """The longest ``articleBody`` of the page's JSON-LD as lines."""
    bodies = [value for node in stated.articles if isinstance(value := node.get("articleBody"), str)]
    return html_lines(max(bodies, key=len)) if bodies else []


def visible_lead(after: Sequence[str], stated: Structured, lines: list[str]) -> str | None:
    """The lead that stands between headline and text, when the page's own description confirms that it is one."""
    described = [
        stated.first("og:description", "description", "twitter:description"),
        as_text(stated.article.get("description")),
    ]
    keys = [key for text in described if text and len(key := fold_key(text)) >= 30]
    if not keys or not lines:
        return None
    first = fold_key(lines[0])
    for text in after:
        key = fold_key(text)
        if key and first.startswith(key[:40]):
            return None
        if len(key) >= 30 and any(key.startswith(k[:50]) or (k.startswith(key) and len(key) > 60) for k in keys):
            return None if any(key[:60] in fold_key(line) for line in lines[:4]) else text
    return None


def _is_prose(lines: list[str]) -> bool:
    """Whether most of a text stands in sentences; menus and lists of links come in short lines."""
    return _size(line for line in lines if len(line) >= _SENTENCE) >= 0.5 * _size(lines)


def _short(lines: list[str], pruned: Pruned) -> bool:
    """Whether an extraction is suspected to have lost a part: little text, or little of the page's prose."""
    size = _size(lines)
    complete = size >= _FEW and 0 < pruned.prose <= 1.25 * size
    if size < _SHORT:
        return not complete or size < _SUSPICIOUS * pruned.prose
    return size < _SUSPICIOUS_LONG * pruned.prose


def read_body(
    tree: HtmlElement,
    untouched: Callable[[], HtmlElement],
    stated: Structured,
    marks: Marks,
    *,
    titles: Iterable[str],
    after: Sequence[str] = (),
    feed: FeedEvidence | None = None,
) -> Body:
    """The main text of a page.  Its tree is used up; ``untouched`` gives the page as it came for a second attempt.

    ``after`` are the runs of text that follow the headline.
    """
    links = link_lines(marks.links)
    pruned = prune(tree, marks)
    paragraphs = paragraphs_of(pruned.tree)

    def trimmed(raw: list[str], known_links: frozenset[str]) -> list[str]:
        return trim_lines(raw, titles=titles, links=known_links, captions=pruned.captions)

    lines, source = trimmed(fill_gaps(paragraphs, main_paragraphs(pruned.tree)), links), "markup"
    for name, raw in (
        ("jsonld", stated_body(stated)),
        ("feed", html_lines(feed.content) if feed and feed.content else []),
    ):
        enough = max(_LONGER * _size(lines), 200)
        # Trimming only shortens.
        if _size(raw) > enough and _size(other := trimmed(raw, frozenset())) > enough and _contains(other, lines):
            lines, source = other, name
    if _short(lines, pruned):
        whole = trimmed(whole_page_paragraphs(untouched(), rescue=_size(lines) < max(_FEW, 0.5 * pruned.prose)), links)
        if not _is_prose(whole):
            whole = [line for line in whole if len(line) >= _SENTENCE]
        if _size(whole) > _LONGER * _size(lines):
            lines, source = whole, "markup:whole"
    if lead := visible_lead(after[:_LEAD_RUNS], stated, lines):
        lines.insert(0, lead)
    return Body(lines=tuple(lines), source=source, captions=pruned.captions)
