"""Lines that do not belong to a text, and paragraphs that do but were missed.

Evidence, not wording, wherever possible: a line that is nothing but a link, a line that stood in
a caption, the headline again, paragraphs that share the container of those that were found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml.html import HtmlElement

from tasks.extract import patterns as p
from tasks.extract.tree import squeeze
from tasks.text import fold_key

_TABLE_RULE = re.compile(r"^[|\s:-]+$")
_BULLET = re.compile(r"^[-*•·▪►]\s+")
_STAMP = re.compile(
    r"^(?:(?:last )?(?:published|updated|posted|modified|first published|created|date)\s*(?:on|at|:)?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?,?\s+)?(?:\d{1,2}[\s./-]+(?:[a-z]{3,9}|\d{1,2})[\s./,-]+\d{2,4}|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
    r"(?:[\s,|@-]+(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.)?(?:\s*[A-Z]{2,5})?)?\W*$",
    re.I,
)
_CHROME = re.compile(
    r"^(?:[\w.+-]+@[\w-]+\.[\w.]+|https?://\S+|(?:image|photo|picture|source|credit|fotos?|bild|imagen)s?(?: credit)?\s*[:/©]\s*.{2,60}|"
    r"(?:photo|picture|image)s? (?:by|courtesy)\b.{2,60}|©.{0,120}|\(?c\)? ?copyright.{0,150}|copyright ©?.{0,150}|.{0,60}all rights reserved.{0,60}|"
    r"(?:e-?mail|follow|contact|write to|reach)\b.{0,80}(?:@|twitter|facebook|instagram).{0,80}|.{0,60}may be reached at .{0,80}|"
    r"(?:tags?|topics?|filed under|categories|etiquetas|etiketler|keywords)\s*:.{0,200}|article content|recommended videos?|don['’]?t miss|"
    r"(?:this is a )?breaking(?: new)? (?:news )?story.{0,40}|\d+ comments?|leave a (?:comment|reply).{0,40}|join (?:our commenting forum|the conversation).{0,60}|"
    r"\[/?\w+[^\]]*\].*\[/\w+\]|[_\W]*|.{0,40}affiliate (?:commission|link).{0,120}|(?:an )?error (?:has )?occurred.{0,60}|(?:order reprints|print article|thank you|sorry!?)|"
    r"please enable javascript.{0,120}|your browser (?:does not|doesn['’]t) support.{0,120})$",
    re.I,
)


def tidy(line: str) -> str:
    """A line without table pipes and bullets."""
    if _TABLE_RULE.match(line):
        return ""
    if line.startswith("|") and line.endswith("|"):
        line = " | ".join(cell for raw in line.strip("|").split("|") if (cell := raw.strip()))
    return _BULLET.sub("", line).strip()


def link_lines(tree: HtmlElement) -> frozenset[str]:
    """Folded texts of blocks (p, li, h2-h6, div …) that consist of one or more links and nothing else."""
    found: set[str] = set()
    for link in tree.iter("a"):
        own = squeeze("".join(link.itertext()))
        if not 3 <= len(own) <= 250:
            continue
        found.add(fold_key(own))
    return frozenset(found)


def _noise(line: str) -> bool:
    if len(line) > 320:
        return False
    return bool(p.FURNITURE.match(line) or _CHROME.match(line) or _STAMP.match(line) or p.PHOTO_LINE.match(line))


def trim_lines(
    lines: Iterable[str], *, titles: Iterable[str], links: frozenset[str], captions: frozenset[str]
) -> list[str]:
    """Lines of an extraction without headline, captions, link-only lines, prompts and stamps."""
    kept: list[str] = []
    heads = {fold_key(title) for title in titles if title}
    keys = {fold_key(c) for c in captions}
    seen: set[str] = set()
    for raw in lines:
        line = tidy(raw)
        key = fold_key(line)
        if not key or (key in heads and len(kept) < 4) or key in keys or (key in links) or _noise(line):
            continue
        if len(key) > 60 and key in seen:
            continue
        seen.add(key)
        kept.append(line)
    return _trim_tail(kept)


def _trim_tail(lines: list[str]) -> list[str]:
    # A heading with nothing under it is the title of a list that was dropped.
    while (
        len(lines) > 2
        and len(lines[-1]) < 60
        and lines[-1][-1:].isalnum()
        and len(lines[-2]) > 100
        and lines[-1].endswith(":")
    ):
        lines.pop()
    return lines


def _signature(element: HtmlElement) -> tuple[str, str]:
    parent = element.getparent()
    if parent is None:
        return ("", "")
    return (str(parent.tag), parent.get("class") or "")


def _article_of(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("article"), None)


def fill_gaps(tree: HtmlElement, lines: list[str]) -> list[str]:
    """Insert paragraphs that stand in the same kind of container as those that were found.

    A body that a site splits into chunks (between advertisements) comes back in part only; the
    other chunks have the parent's tag and class in common with it.
    """
    keys = [fold_key(line) for line in lines]
    where = {key[:80]: index for index, key in enumerate(keys) if len(key) >= 40}
    if not where:
        return lines
    everything = " ".join(keys)
    paragraphs = []
    for element in tree.iter("p"):
        text = squeeze("".join(element.itertext()))
        if len(text) < 60:
            continue
        linked = sum(len("".join(a.itertext())) for a in element.iter("a"))
        if linked <= 0.5 * len(text):
            paragraphs.append((element, text, fold_key(text)))
    homes: Counter[tuple[str, str]] = Counter()
    articles: set[HtmlElement | None] = set()
    for element, text, key in paragraphs:
        if key[:80] in where:
            homes[_signature(element)] += len(text)
            articles.add(_article_of(element))
    if not homes:
        return lines
    strong = {home for home, size in homes.items() if size >= 0.25 * sum(homes.values()) and home != ("body", "")}
    inserts: dict[int, list[str]] = {}
    last = -1
    for element, text, key in paragraphs:
        if key[:80] in where:
            last = where[key[:80]]
        elif _signature(element) in strong and _article_of(element) in articles and key not in everything:
            inserts.setdefault(last, []).append(text)
    if not inserts:
        return lines
    merged = list(inserts.get(-1, []))
    for index, line in enumerate(lines):
        merged.append(line)
        merged.extend(inserts.get(index, ()))
    return merged
