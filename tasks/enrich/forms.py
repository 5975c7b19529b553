"""Finding many phrases in a row of words: a dictionary of first words, the longest phrase wins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tasks.enrich.words import Words, fold_word

T = TypeVar("T")

_WORD = re.compile("[^\\W_][\\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u00ad]*")
# between the words of one name there is a blank, hyphen, apostrophe, full stop or bracket, nothing that ends a clause
_APART = re.compile(r'[\n;:?!"“”…—]|,|\s{3}')
_STATES = {"US": "United States", "UN": "United Nations", "UK": "United Kingdom"}
_STATE = re.compile(rf"\b(?:{'|'.join(_STATES)})\b")
_ANY, _CAPITAL, _EXACT = 0, 1, 2
# up to so many letters, an acronym is only itself: US is not us, LeT is not let
_SHORT_ACRONYM = 4
# parts of names that papers write with and without a capital: Al-Qaeda, al-Qaeda
_PARTICLES = frozenset(("al", "bin", "ul", "ur", "the", "of", "e", "i"))


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """A phrase: its folded words, how each must be capitalised, and what it stands for."""

    words: tuple[str, ...]
    raw: tuple[str, ...]
    case: tuple[int, ...]
    comma: bool
    values: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A form at words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    form: Form[T]


def split_form(text: str) -> tuple[str, ...]:
    """The words of a phrase, as written."""
    return tuple(_WORD.findall(text))


def spellings(text: str) -> tuple[str, ...]:
    """A phrase as written, with the full stops that American papers put into these, and in full: U.S. Embassy."""
    dotted = _STATE.sub(lambda found: ".".join(found[0]) + ".", text)
    return tuple(dict.fromkeys((text, dotted, _STATE.sub(lambda found: _STATES[found[0]], text))))


def _case(word: str) -> int:
    if word.lower() in _PARTICLES:
        return _ANY
    if not word[:1].isupper():
        return _ANY
    mixed = any(c.isupper() for c in word[1:])
    return _EXACT if (mixed and len(word) <= _SHORT_ACRONYM) or len(word) == 1 else _CAPITAL


class Forms(Generic[T]):
    """All phrases of a table, ready to be found. ``cased``: capitals in a phrase must stand in the text too."""

    def __init__(self, pairs: Iterable[tuple[str, T]], *, cased: bool = True) -> None:
        grouped: dict[tuple[tuple[str, ...], tuple[int, ...]], tuple[str, tuple[str, ...], list[T]]] = {}
        for spelled, value in ((form, value) for text, value in pairs for form in spellings(text)):
            raw = split_form(spelled)
            if not raw:
                continue
            words = tuple(map(fold_word, raw))
            case = tuple(_case(w) if cased else _ANY for w in raw)
            entry = grouped.setdefault((words, case), (spelled, raw, []))
            if value not in entry[2]:
                entry[2].append(value)
        # the first word leads to the forms of one word, and by the second word to the longer ones
        self.by_first: dict[str, tuple[list[Form[T]], dict[str, list[Form[T]]]]] = {}
        for (words, case), (text, raw, values) in grouped.items():
            form = Form(words, raw, case, "," in text, tuple(values))
            short, longer = self.by_first.setdefault(words[0], ([], {}))
            (longer.setdefault(words[1], []) if len(words) > 1 else short).append(form)
        for short, longer in self.by_first.values():
            for forms in (short, *longer.values()):
                forms.sort(key=lambda f: (-len(f.words), -sum(f.case)))

    def find(self, doc: Words) -> list[Match[T]]:
        """The matches from left to right, none overlapping another; of those at one place, the longest."""
        by_first, words = self.by_first, doc.words
        out: list[Match[T]] = []
        free, count = 0, len(words)
        for i in [i for i, w in enumerate(words) if w in by_first]:
            if i < free:
                continue
            short, longer = by_first[words[i]]
            following = longer.get(words[i + 1]) if i + 1 < count else None
            for form in following or ():
                n = len(form.words)
                if (n == 2 or tuple(words[i : i + n]) == form.words) and _fits(doc, i, form):
                    out.append(Match(i, i + n, form))
                    free = i + n
                    break
            else:
                for form in short:
                    if _fits(doc, i, form):
                        out.append(Match(i, i + 1, form))
                        free = i + 1
                        break
        return out


def _fits(doc: Words, at: int, form: Form[T]) -> bool:
    raw = doc.raw
    for k, kind in enumerate(form.case):
        word = raw[at + k]
        if kind == _EXACT and word != form.raw[k]:
            return False
        if kind == _CAPITAL and not word[:1].isupper():
            return False
    if len(form.words) == 1:
        return True
    text, starts, ends = doc.text, doc.starts, doc.ends
    for k in range(at, at + len(form.words) - 1):
        gap = text[ends[k] : starts[k + 1]]
        if gap != " " and _APART.search(gap) and not (form.comma and gap == ", "):
            return False
        if gap.startswith(". ") and len(doc.words[k]) > 4 and not form.comma:
            return False
    return True
