"""A text as a sequence of units and the shingles over them; and the sample of shingles that is its fingerprint.

Units are words where a text is written in Latin script, and letters (blanks and signs left out) where it is written in
Arabic script: Urdu is typed with and without blanks and with several code points for one letter, which would leave
word shingles nothing in common.  A shingle is 3 words or 10 letters.

Sampling is FracMinHash (Irber et al. 2022): the shingles whose hash lies in the lowest eighth of the range, but at
least the 32 lowest.  Unlike MinHash of a fixed size it keeps containment visible: a text cut to a quarter still shares
its quarter of the sample.  The constants below are part of the data: whoever changes them raises `DEDUPE_VERSION`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from heapq import nsmallest

from tasks.text import fold, has_arabic_script

WORDS_PER_SHINGLE = 3
LETTERS_PER_SHINGLE = 10
# Mean length of an Urdu word in letters: turns lengths in words into lengths in units.
LETTERS_PER_WORD = 4

# 63 bits: fits a signed BIGINT without negative values.
_MASK = (1 << 63) - 1
_SAMPLE_BOUND = 1 << 60
_SAMPLE_LEAST = 32
# Odd 64-bit constants (digits of the golden ratio, pi and e); the word hashes are uniform, so a linear mix is too.
_FIRST, _SECOND, _THIRD = 0x9E3779B97F4A7C15, 0x243F6A8885A308D3, 0xB7E151628AED2A6B

# Words remembered with their hashes, some 30 MB.
_MOST_WORDS = 1 << 17

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_ARABIC_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
# Between double quotes (or from one to the end: the next paragraph goes on with it), or between single ones that are
# no apostrophes.  Short ones are names and ironies, but have to be read, or their ends would open others.
_QUOTED = re.compile(r'"[^"]*(?:"|$)|(?<!\w)\'(?:[^\']|(?<=\w)\'(?=\w))*\'(?!\w)')
_LONG_QUOTE = 22
# House styles that agency copy meets: they are no difference.
_PERCENT = re.compile(r"(?<=\d)\s?%|\bper cent\b")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
# Stands between paragraphs while a text is normalised as a whole, which costs half of doing it line by line.
_PARAGRAPH = "\ue000"


@dataclass(frozen=True)
class Prepared:
    """A text ready for comparison.

    ``paragraphs`` are its normalised paragraphs; ``shingles[i]`` is the hash of the shingle that starts at unit i
    (``width`` units long); ``ends[p]`` is the unit at which paragraph p ends; ``whole`` is a hash of all units in
    order, equal exactly for texts that differ in signs and blanks only.  ``scale`` is units per word.
    """

    arabic: bool
    units: int
    paragraphs: tuple[str, ...]
    shingles: tuple[int, ...]
    ends: tuple[int, ...]
    whole: int | None = None

    @property
    def width(self) -> int:
        return LETTERS_PER_SHINGLE if self.arabic else WORDS_PER_SHINGLE

    @property
    def scale(self) -> int:
        return LETTERS_PER_WORD if self.arabic else 1

    @property
    def words(self) -> int:
        """Length in words (for Arabic script: letters by the mean length of a word)."""
        return self.units // self.scale

    # Most texts meet no candidate: what only a comparison asks is worked out when it does.
    @cached_property
    def numbers(self) -> frozenset[str]:
        """The figures in it."""
        return frozenset(number for text in self.paragraphs for number in _NUMBER.findall(text))

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """For each unit, whether it stands in quotation marks."""
        found: list[bool] = []
        for text, end in zip(self.paragraphs, self.ends, strict=True):
            spans = _long_quotes(text)
            found += _inside(text, spans, self.arabic) if spans else [False] * (end - len(found))
        return tuple(found)


class _Parts(dict[str, tuple[int, int, int]]):
    """What a word adds to the hash of a shingle as its first, second and third; a third of a function's cost."""

    def __missing__(self, unit: str) -> tuple[int, int, int]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        value = int.from_bytes(blake2b(unit.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        self[unit] = parts = value * _FIRST & _MASK, value * _SECOND & _MASK, value * _THIRD & _MASK
        return parts


_parts = _Parts()


def is_arabic(text: str) -> bool:
    """Whether most letters are of the Arabic script."""
    return has_arabic_script(text) and len(_ARABIC_LETTER.findall(text)) > len(_LATIN_LETTER.findall(text))


def normalise(text: str) -> str:
    """One spelling for what house styles write differently."""
    text = fold(text)
    if "%" in text or "per cent" in text:
        text = _PERCENT.sub(" percent", text)
    return _THOUSANDS.sub("", text)


def _long_quotes(text: str) -> list[tuple[int, int]]:
    if '"' not in text and "'" not in text:
        return []
    return [m.span() for m in _QUOTED.finditer(text) if m.end() - m.start() >= _LONG_QUOTE]


def _inside(text: str, spans: list[tuple[int, int]], arabic: bool) -> list[bool]:
    """For each unit of a paragraph, whether it stands in one of the spans, which are in order."""
    found: list[bool] = []
    left = iter([*spans, (len(text), len(text))])
    start, end = next(left)
    for match in _WORD.finditer(text):
        while match.start() >= end:
            start, end = next(left)
        found += [match.start() >= start] * (len(match[0]) if arabic else 1)
    return found


def prepare(lines: list[str]) -> Prepared:
    """Units and shingles of a text given as paragraphs."""
    arabic = is_arabic("\n".join(lines))
    paragraphs = normalise(_PARAGRAPH.join(lines)).split(_PARAGRAPH)
    units: list[str] = []
    ends: list[int] = []
    for text in paragraphs:
        words = _WORD.findall(text)
        units += "".join(words) if arabic else words
        ends.append(len(units))
    return Prepared(
        arabic=arabic,
        units=len(units),
        paragraphs=tuple(paragraphs),
        shingles=_shingles(units, arabic),
        ends=tuple(ends),
        whole=_hash(" ".join(units)) if units else None,
    )


def _shingles(units: list[str], arabic: bool) -> tuple[int, ...]:
    if arabic:
        text = "".join(units)
        count = len(text) - LETTERS_PER_SHINGLE + 1
        return tuple([_hash(text[i : i + LETTERS_PER_SHINGLE]) for i in range(count)])
    parts = [_parts[unit] for unit in units]
    return tuple([(a[0] + b[1] + c[2]) & _MASK for a, b, c in zip(parts, parts[1:], parts[2:], strict=False)])


def _hash(unit: str) -> int:
    return int.from_bytes(blake2b(unit.encode("utf-8", "replace"), digest_size=8).digest(), "big") & _MASK


def fingerprints(text: Prepared) -> tuple[int, ...]:
    """The sampled shingles of a text, ascending and each once."""
    distinct = set(text.shingles)
    sample = [value for value in distinct if value < _SAMPLE_BOUND]
    return tuple(sorted(sample if len(sample) >= _SAMPLE_LEAST else nsmallest(_SAMPLE_LEAST, distinct)))
