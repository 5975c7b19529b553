"""Parts of a text that are not the article's own: section codes, captions, teasers, copyright lines, author notes.

They stay where they are; enrichment only leaves them out.  What is left out is told by form
alone (unfinished lines at the end, credit of a picture, a note about the writer).
"""

from __future__ import annotations

import re

Range = tuple[int, int]

_FINISHED = re.compile(r"[.!?۔؟…:;\"”’')\]]\s*$")
_CUT_SHORT = re.compile(r"(\.\.\.|…)\s*$")
_CLOSING = re.compile(
    r"^\s*(comments?|copyright\b.*|all rights reserved.*|©.*|read more.*|also read.*|related( stories| news)?:?.*"
    r"|advertisement|share( this)?|follow us.*|published in .{3,60}|story continues.*|header image.*"
    r"|courtesy\s*:.*|مزید پڑھیں.*|یہ بھی پڑھیں.*|متعلقہ .{0,20}|اشتہار)\s*$",
    re.IGNORECASE,
)
_INLINE_TEASER = re.compile(
    r"^\s*(read( more| also)?|also read|see also|watch|مزید پڑھیں|یہ بھی پڑھیں)\s*[:|–-]", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(—\s?|\bphoto(graph)?s?: ?|\bimage: ?)"
    r"(afp|reuters|ap|app|inp|nni|ppi|online|epa|file|facebook|courtesy|screengrab|x/|white star|thenews|radio pakistan"
    r"|twitter|instagram|express|dawn|geo|pid|ispr|icc)\b[^.]{0,60}(\.\.\.|…)?\s*$"
    r"|\b(file photo|representational image|in this (file |undated )?(photo|picture|image))\b",
    re.IGNORECASE,
)
_CAPTION_CHARS = 320
_CAPTION_HINTS = ("—", "photo", "image", "picture")
_HEADER_IMAGE = re.compile(r"\b(Header image|Cover photo|Lead image)\s*:.*", re.DOTALL)
_DATE_LINE = re.compile(r"^\s*\w{3},? \d{1,2} \w{3,9} \d{4}\b.{0,25}$")
_SECTION_CODE = re.compile(r"\s*(?:[A-Z]{1,3}|\.|[A-Z]{2} ?\.)\n")
_ABOUT_WRITER = re.compile(
    r"\b(the (writer|author)s? (is|are|was|can|has|works|teaches|holds|serves)|(he|she|they) tweets?\b|tweets? (at )?@"
    r"|can be reached at|(email|e-mail|twitter|x) ?: ?@?\w+|@\w+\.(com|org|edu)|posts on x\b)",
    re.IGNORECASE,
)
_CAREER = re.compile(
    r"\b(fellow|journalist|journalism|career|columnist|correspondent|professor|lecturer|lawyer|analyst|diplomat)\b",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[\"”’]?\s*")
_MOST_TAIL = 14  # lines; a longer run without full stops is how the text is written
_NOTE_SHARE = 0.25  # a note about the writer stands in the last quarter
_LAST_SENTENCES = 4


def foreign_ranges(text: str, title: str = "") -> list[Range]:
    """Character ranges of ``text`` that are furniture, in order; so is a repetition of the headline."""
    ranges: list[Range] = []
    start = 0
    while start < 8 and (code := _SECTION_CODE.match(text, start)):
        start = code.end()
    if start:
        ranges.append((0, start))
    lines = _lines(text, start)
    tail = _tail(text, lines)
    headline = _letters(title)
    ranges += [(a, b) for a, b in lines if b <= tail and _is_foreign(text[a:b], headline)]
    header = _HEADER_IMAGE.search(text, max(start, tail - _CAPTION_CHARS), tail)
    if header:
        ranges.append(header.span())
    note = _note(text, start, tail)
    if note < len(text):
        ranges.append((note, len(text)))
    return ranges


def _is_foreign(line: str, headline: str) -> bool:
    if len(line) > _CAPTION_CHARS:
        return False
    lowered = line.lower()
    captioned = any(hint in lowered for hint in _CAPTION_HINTS) and _CAPTION.search(line)
    return bool(captioned or _INLINE_TEASER.match(line) or _DATE_LINE.match(line)) or (
        bool(headline) and _letters(line) == headline
    )


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _lines(text: str, start: int) -> list[Range]:
    out = []
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            out.append((start, end))
        start = end + 1
    return out


def _tail(text: str, lines: list[Range]) -> int:
    """Where the run of unfinished lines at the end begins."""
    if len(lines) < 3:
        return len(text)
    unfinished = sum(not _FINISHED.search(text[a:b]) for a, b in lines)
    keep = len(lines)
    free = unfinished <= 0.6 * len(lines) or _CLOSING.match(text[lines[-1][0] : lines[-1][1]])
    while keep > 1 and len(lines) - keep < _MOST_TAIL:
        line = text[lines[keep - 1][0] : lines[keep - 1][1]]
        loose = free and (not _FINISHED.search(line) or _CUT_SHORT.search(line))
        if not (loose or _CLOSING.match(line) or (len(line) <= _CAPTION_CHARS and _CAPTION.search(line))):
            break
        keep -= 1
    if len(lines) - keep == _MOST_TAIL:
        return len(text)
    return lines[keep][0] if keep < len(lines) else len(text)


def _note(text: str, start: int, tail: int) -> int:
    """Where a note about the writer begins at the end of the text; the tail where there is none."""
    near_end = max(start, tail - 900, int(start + (tail - start) * (1 - _NOTE_SHARE)))
    if not _ABOUT_WRITER.search(text, near_end, tail):
        return tail
    sentences = [(m.start(), m.end()) for m in _SENTENCE.finditer(text, near_end, tail)][-8:]
    marked = [n for n, (a, b) in enumerate(sentences) if _ABOUT_WRITER.search(text, a, b)]
    if not marked or len(sentences) - marked[-1] > _LAST_SENTENCES:
        return tail
    first = marked[0]
    while first > 0 and _CAREER.search(text, *sentences[first - 1]):
        first -= 1
    return sentences[first][0]
