"""What a page leaves around an article's text and no reader takes for part of it.

Extraction removes most of it; imported texts and odd pages still carry section codes, calls to comment, copyright
lines, and the captions and teasers of other articles, which are the same all over one section and day.  Nothing is
removed from the stored text: these lines are only left out when texts are compared.
"""

from __future__ import annotations

import re

from tasks.text import fold

_HEAD = re.compile(r"[A-Z]{2,4}|[A-Z][a-z]+/[A-Z][a-z]+")
_TAIL = re.compile(
    r"comments?|copyright\b.*|©.*|all rights reserved.*|published in .{3,60}\d{4}\.?"
    r"|(?:also |further )?read(?: more| also)?\b.{0,160}"
    r"|(?:follow|like|subscribe|download|join) .{0,160}|share (?:this|on)\b.*|(?:photo|image|file photo)\b.{0,80}"
    r"|more to follow.*|مزید پڑھیں.*|یہ بھی پڑھیں.*|یہ خبر بھی پڑھیں.*|تمام حقوق .*",
    re.IGNORECASE,
)
# A teaser is cut off in the middle of a sentence; a caption ends in its photographer or agency.
_TEASER = re.compile(r"(?:\.\.\.|…)\s*$")
_CAPTION = re.compile(r"[.\w]\s*(?:—|–|--)\s*(?:[A-Z][\w@./]*|[A-Z][\w@]+(?:[ /][A-Z@][\w@]+){0,3})\s*$")
# characters; a paragraph of more is text
_SHORT = 320
_STOPS = (".", "!", "?", '"', "”", "’", "'", ")", ":", ";", "۔", "؟")
_MOSTLY = 0.6


def _is_tail(line: str) -> bool:
    return len(line) < _SHORT and bool(_TAIL.fullmatch(line) or _TEASER.search(line) or _CAPTION.search(line))


def _is_unfinished(line: str) -> bool:
    """A short line without a full stop: a headline, teaser or caption."""
    return len(line) < _SHORT and not line.endswith(_STOPS)


def body_lines(text: str) -> list[str]:
    """The paragraphs of a text without the furniture at its head and end; never empty for a text that is not."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    first, last = 0, len(lines)
    while first < last - 1 and _HEAD.fullmatch(lines[first]):
        first += 1
    while last > first + 1 and _is_tail(lines[last - 1]):
        last -= 1
    return lines[first : _before_teasers(lines, first, last)]


def _before_teasers(lines: list[str], first: int, last: int) -> int:
    """Where a closing block of short lines begins that mostly lack a full stop, in a text that otherwise sets them.

    Urdu texts without any full stop, verse and lists of names keep their ends: there, the lines before lack it too.
    """
    cut, unfinished = last, 0
    for index in range(last - 1, first, -1):
        if len(lines[index]) >= _SHORT:
            break
        if _is_unfinished(lines[index]) or _is_tail(lines[index]):
            unfinished += 1
            if unfinished >= _MOSTLY * (last - index):
                cut = index
    body = lines[first:cut]
    finished = sum(line.endswith(_STOPS) for line in body)
    return cut if finished >= _MOSTLY * len(body) else last


def without_common_tail(a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
    """Two texts of one outlet without the lines both end with: teasers and captions of one section and day.

    A tail that is more than half of both texts is the same article twice, and stays.
    """
    common = {fold(line) for line in a} & {fold(line) for line in b}
    cut_a, cut_b = _before_tail(a, common), _before_tail(b, common)
    if cut_a == len(a) or cut_b == len(b) or not cut_a or not cut_b:
        return a, b
    return a[:cut_a], b[:cut_b]


def _before_tail(lines: list[str], common: set[str]) -> int:
    # lists of teasers differ by a line or two from page to page: one line may stand between common ones
    cut, strange = len(lines), 0
    for index in range(len(lines) - 1, -1, -1):
        if fold(lines[index]) in common:
            cut, strange = index, 0
        elif (strange := strange + 1) > 1:
            break
    return cut
