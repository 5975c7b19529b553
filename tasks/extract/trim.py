"""Lines that do not belong to a text, and paragraphs that do but were missed.

Evidence, not wording, wherever possible: a line that is nothing but a link, a line that stood in
a caption, the headline again, paragraphs that share the container of those that were found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.extract import patterns
from tasks.extract.tree import squeeze
from tasks.text import fold_key

_TABLE_RULE = re.compile(r"^[|\s:-]+$")
_BULLET = re.compile(r"^[-*•·▪►]\s+")
_STAMP = re.compile(
    r"^(?:(?:last )?(?:published|updated|posted|modified|first published|created|"
    r"date)\s*(?:on|at|:)?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?[.,]*\s+)?(?:\d{1,2}[\s./-]+(?:[a-z]{3,9}|\d{1,2})[\s./,-]+\d{2,4}|"
    r"[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
    r"(?:[\s,|@-]+(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.)?(?:\s*[A-Z]{2,5})?)?\W*$",
    re.I,
)
_CHROME = re.compile(
    r"^(?:[\w.+-]+@[\w-]+\.[\w.]+|https?://\S+|(?:image|photo|picture|source|credit|"
    r"fotos?|bild|imagen)s?(?: credit)?\s*[:/©]\s*.{2,60}|"
    r"(?:photo|picture|image)s? (?:by|courtesy)\b.{2,60}|©.{0,300}|\(?c\)? "
    r"?copyright.{0,150}|copyright ©?.{0,150}|.{0,60}all rights reserved.{0,60}|"
    r"(?:e-?mail|follow|contact|write to|reach)\b.{0,80}(?:@|twitter|facebook|"
    r"instagram).{0,80}|.{0,60}may be reached at .{0,80}|"
    r"(?:tags?|topics?|filed under|categories|etiquetas|etiketler|keywords)\s*:.{0,200}|"
    r"article content|recommended videos?|don['’]?t miss|"
    r"(?:this is a )?breaking(?: new)? (?:news )?story.{0,40}|\d+ comments?|leave a "
    r"(?:comment|reply).{0,40}|join (?:our commenting forum|the conversation).{0,60}|"
    r"\[/?\w+[^\]]*\].*\[/\w+\]|[_\W]*|.{0,40}affiliate (?:commission|link).{0,120}|(?:an "
    r")?error (?:has )?occurred.{0,60}|(?:order reprints|print article|thank you|sorry!?)|"
    r"please enable javascript.{0,120}|your browser (?:does not|doesn['’]t) support.{0,120})$",
    re.I,
)

# What a site says of its own earnings.
_DISCLOSURE = re.compile(
    r"\bwe (?:may|might|will|can|could) (?:also )?(?:receive|earn|get)\b.{0,40}\b(?:compensation|commissions?)\b",
    re.I,
)


def tidy(line: str) -> str:
    """A line without table pipes and bullets."""
    if _TABLE_RULE.match(line):
        return ""
    if line.startswith("|") and line.endswith("|"):
        line = " | ".join(cell for raw in line.strip("|").split("|") if (cell := raw.strip()))
    return _BULLET.sub("", line).strip()


def link_lines(links: Iterable[HtmlElement]) -> frozenset[str]:
    """Texts of the links of a page, blanks squeezed: a line that equals one is nothing but a link."""
    found = (squeeze(link.text_content() if len(link) else link.text) for link in links)
    return frozenset(text for text in found if 3 <= len(text) <= 250)


def _noise(line: str) -> bool:
    if len(line) > 320:
        return False
    if ("commission" in line or "compensation" in line) and _DISCLOSURE.search(line):
        return True
    return bool(
        patterns.FURNITURE.match(line) or _CHROME.match(line) or _STAMP.match(line) or patterns.PHOTO_LINE.match(line)
    )


def trim_lines(
    lines: Iterable[str], *, titles: Iterable[str], links: frozenset[str], captions: Iterable[str]
) -> list[str]:
    """Lines of an extraction without headline, captions, link-only lines, prompts and stamps."""
    lines = list(lines)
    if not lines:
        return []
    kept: list[str] = []
    heads = {fold_key(title) for title in titles if title}
    keys = {fold_key(c) for c in captions}
    seen: set[str] = set()
    for raw in lines:
        line = tidy(raw)
        key = fold_key(line)
        if not key or (key in heads and len(kept) < 4) or key in keys or line in links or _noise(line):
            continue
        if len(key) > 60 and key in seen:
            continue
        seen.add(key)
        kept.append(line)
    return _trim_tail(kept, links)


def _trim_tail(lines: list[str], links: frozenset[str]) -> list[str]:
    """Without a tail of other stories: three lines or more that begin with a link (headline, then summary)."""
    end = len(lines)
    while end > 1 and any(lines[end - 1].startswith(link) for link in links if len(link) >= 15):
        end -= 1
    lines = lines[:end] if len(lines) - end >= 3 else lines
    # A heading with nothing under it is the title of a list that was dropped.
    while len(lines) > 2 and len(lines[-1]) < 60 and lines[-1].endswith(":"):
        lines.pop()
    return lines


def _signature(element: HtmlElement) -> tuple[str, str]:
    parent = element.getparent()
    if parent is None:
        return ("", "")
    return (str(parent.tag), parent.get("class") or "")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the markup: its text, and the kind and the article of its container."""

    text: str
    home: tuple[str, str]
    article: int


def _number(element: HtmlElement, articles: dict[HtmlElement, int]) -> int:
    """Which of the page's articles holds an element; 0 outside of all."""
    holder = next(element.iterancestors("article"), None)
    return articles.setdefault(holder, len(articles) + 1) if holder is not None else 0


def paragraphs_of(tree: HtmlElement) -> list[Paragraph]:
    """Paragraphs of some length that are not mostly links, in document order."""
    articles: dict[HtmlElement, int] = {}
    found: list[Paragraph] = []
    parents: set[HtmlElement] = set()
    for element in tree.iter("p"):
        parent = element.getparent()
        if parent is not None and parent not in parents:
            parents.add(parent)
            loose = squeeze(parent.text)
            if len(loose) >= 60 and parent.tag != "body":
                # The first paragraph often stands in the container itself, without a tag of its own.
                found.append(Paragraph(loose, _signature(element), _number(element, articles)))
        text = squeeze("".join(element.itertext()))
        if len(text) < 60:
            continue
        linked = sum(len("".join(a.itertext())) for a in element.iter("a"))
        if linked <= 0.5 * len(text):
            found.append(Paragraph(text, _signature(element), _number(element, articles)))
    return found


def fill_gaps(paragraphs: list[Paragraph], lines: list[str]) -> list[str]:
    """Insert paragraphs that stand in the same kind of container as those that were found.

    A body that a site splits into chunks (between advertisements) comes back in part only; the
    other chunks have the parent's tag and class in common with it.
    """
    where = {line[:60]: index for index, line in enumerate(lines) if len(line) >= 40}
    missing = [p for p in paragraphs if p.text[:60] not in where]
    if not where or not missing:
        return lines
    homes: Counter[tuple[str, str]] = Counter()
    articles: set[int] = set()
    for p in paragraphs:
        if p.text[:60] in where:
            homes[p.home] += len(p.text)
            articles.add(p.article)
    strong = {home for home, size in homes.items() if size >= 0.25 * sum(homes.values()) and home != ("body", "")}
    inserts: dict[int, list[str]] = {}
    everything = ""
    last = -1
    for p in paragraphs:
        if p.text[:60] in where:
            last = where[p.text[:60]]
        elif p.home in strong and p.article in articles:
            everything = everything or fold_key(" ".join(lines))
            if fold_key(p.text) not in everything:
                inserts.setdefault(last, []).append(p.text)
    merged = list(inserts.get(-1, []))
    for index, line in enumerate(lines):
        merged.append(line)
        merged.extend(inserts.get(index, ()))
    return merged
