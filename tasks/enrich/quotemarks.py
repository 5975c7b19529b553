"""Quotation marks of a text, paired: what stands between them.

Handles typographic and straight double marks, single marks that are no apostrophes, the
reversed marks of Urdu papers, doubled single marks, and a quotation that goes on over
paragraphs, each of which opens anew and only the last of which closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOUBLE = re.compile("[“”\"«»„]|''|``")
# What must stand before a mark is asked behind it: the engine then skips from mark to mark.
_SINGLE_OPEN = re.compile(r"[‘'](?<![\w.,!?][‘'])(?=\w)")
_SINGLE_CLOSE = re.compile(r"[’'](?<=[\w.,!?…%)][’'])(?![\w])")
_URDU_SINGLE = re.compile("’([^’‘\n]{6,600})‘|‘([^’‘\n]{6,600})’")
_LEAST_SINGLE = 3  # words between single marks: fewer may be two apostrophes
_LONGEST = 3000  # characters; more is a mark that nobody closed


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters ``start`` to ``end`` between marks; ``left`` and ``right`` include the marks."""

    start: int
    end: int
    left: int
    right: int
    continued: bool = False  # the segment before was left open: the same speaker goes on


def segments(text: str, base: int = 0, *, urdu: bool = False) -> list[Segment]:
    """All quoted segments from ``base`` on, in order, not nested."""
    out: list[Segment] = []
    start = base
    carried = False
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            found, carried = _paragraph(text, start, end, carried)
            singles = _urdu_singles(text, start, end) if urdu else _singles(text, start, end)
            found += [s for s in singles if not any(s.left < f.right and f.left < s.right for f in found)]
            out += sorted(found, key=lambda s: s.start)
        start = end + 1
    return out


def _paragraph(text: str, start: int, end: int, carried: bool) -> tuple[list[Segment], bool]:
    """Segments between double marks in a paragraph, and whether its last one is left open."""
    out: list[Segment] = []
    opened: re.Match[str] | None = None
    first = True
    for mark in _DOUBLE.finditer(text, start, end):
        opening = _opens(text, mark, opened is not None, start)
        if opened is None:
            if opening:
                opened = mark
                continue
            if carried and first:  # closes what an earlier paragraph opened without a new mark
                out.append(Segment(start, mark.start(), start, mark.end(), True))
                carried = False
        elif not opening:
            if 0 < mark.start() - opened.end() <= _LONGEST:
                going_on = carried and first and opened.start() - start <= 1
                out.append(Segment(opened.end(), mark.start(), opened.start(), mark.end(), going_on))
            opened, first = None, False
    if opened is not None and end - opened.end() > 1 and _next_opens(text, end):
        going_on = carried and first
        out.append(Segment(opened.end(), end, opened.start(), end, going_on))
        return out, True
    return out, False


def _opens(text: str, mark: re.Match[str], is_open: bool, start: int) -> bool:
    sign = mark.group()
    if sign in "“«„" or sign == "``":
        # Urdu papers set the marks the other way round
        return not (is_open and text[mark.start() - 1 : mark.start()].strip() and sign == "“")
    if sign in "”»":
        return not is_open and (mark.start() == start or text[mark.start() - 1].isspace())
    return not is_open


def _next_opens(text: str, end: int) -> bool:
    rest = text[end : end + 12].lstrip()
    return rest[:1] in ("“", '"')


def _singles(text: str, start: int, end: int) -> list[Segment]:
    out = []
    at = start
    while (opening := _SINGLE_OPEN.search(text, at, end)) is not None:
        closing = _SINGLE_CLOSE.search(text, opening.end(), end)
        if closing is None:
            break
        inside = text[opening.end() : closing.start()]
        if len(inside.split()) >= _LEAST_SINGLE and len(inside) <= _LONGEST:
            out.append(Segment(opening.end(), closing.start(), opening.start(), closing.end()))
        at = closing.end()
    return out


def _urdu_singles(text: str, start: int, end: int) -> list[Segment]:
    return [
        Segment(m.start() + 1, m.end() - 1, m.start(), m.end())
        for m in _URDU_SINGLE.finditer(text, start, end)
        if len(m.group().split()) >= _LEAST_SINGLE
    ]
