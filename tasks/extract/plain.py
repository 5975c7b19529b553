"""Plain text clippings: title, byline, dateline, body and credit are lines, not markup."""

from __future__ import annotations

import re

from tasks.extract.people import Byline, is_byline_line, parse_byline

_MAX_TITLE = 300
_HEAD_LINES = 3
_WRAPPED = re.compile(r"[^.!?:۔؟”\"’)]$")


def split_lines(text: str) -> list[str]:
    """Paragraphs of a text: by blank lines when lines are wrapped, else by lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    blocks = [block for block in re.split(r"\n[ \t\u00a0]*\n", text) if block.strip()]
    inner = [line for block in blocks for line in block.split("\n") if line.strip()]
    multi = [block for block in blocks if "\n" in block.strip()]
    # Hard-wrapped text: many short lines that mostly end in the middle of a sentence.
    wrapped = sum(bool(_WRAPPED.search(line.strip())) for block in multi for line in block.strip().split("\n")[:-1])
    total = sum(block.strip().count("\n") for block in multi)
    if len(blocks) > 1 and total >= 4 and wrapped > 0.7 * total and max(len(line) for line in inner) <= 100:
        return [" ".join(block.split()) for block in blocks]
    return [" ".join(line.split()) for line in inner]


def split_plain(text: str, title: str | None) -> tuple[str | None, Byline, list[str]]:
    """(title, byline, body lines) of a clipping.

    Without a given title the first line is one when it is short and no sentence follows it in
    the same line; a given title that the text repeats is taken off.
    """
    lines = split_lines(text)
    if title is None and len(lines) > 1 and len(lines[0]) <= _MAX_TITLE:
        title, lines = lines[0], lines[1:]
    elif title is not None and lines and " ".join(title.split()).casefold() == lines[0].casefold():
        lines = lines[1:]
    byline = Byline()
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if len(lines) > index + 1 and is_byline_line(line):
            byline = parse_byline(line)
            lines = lines[:index] + lines[index + 1 :]
            break
        if len(line) > 150:
            break
    return (" ".join(title.split()) if title else None), byline, lines
