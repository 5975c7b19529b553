"""What an article is about, as weighted terms: its headline three times, its first 120 words, its actors.

Two articles are compared by the cosine of these vectors.  All weights follow from the article alone, so the likeness of
two articles never depends on what else has been read.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from tasks.dedupe.commonwords import EVERYDAY, FUNCTION, FUNCTION_UR
from tasks.text import fold, has_arabic_script

FIRST_WORDS, TITLE_TIMES = 120, 3
# Names tell events apart better than verbs do; figures change with every take of a story.
NAME, RARE, EVERYDAY_WEIGHT, FIGURE = 1.6, 1.0, 0.3, 0.5
# Share of the vector's length that known actors make up.
ACTORS = 0.3
# Terms kept of an article: the heaviest; the rest changes no cosine by more than a few hundredths.
MOST_TERMS = 48

_TOKEN = re.compile(r"[^\W_]+")
# what stands before the first word of a sentence, within a few characters: a longer look back would cost its square
_SENTENCE_START = re.compile(r"[.!?:]['\"”’)]*\s+['\"“‘(]*$")
_LOOK_BACK = 5


# Kinds of terms: what two articles share is judged by them.
WORD_TERM, NAME_TERM, FIGURE_TERM, ACTOR_TERM, EVERYDAY_TERM = 0, 1, 2, 3, 4
# Weights are whole ten-thousandths: sums of products are then the same in any order of adding.
UNIT = 10_000


class Vector(NamedTuple):
    """The terms of an article, by hash, each with its kind and its weight in ten-thousandths of the vector's length."""

    terms: tuple[int, ...] = ()
    kinds: tuple[int, ...] = ()
    weights: tuple[int, ...] = ()


NOTHING = Vector()


class Found(NamedTuple):
    """What a word of a text is: the term it stands for, its kind and weight."""

    term: str
    kind: int
    weight: float


@lru_cache(maxsize=1 << 16)
def term_hash(term: str) -> int:
    """63 bits of a term, the same on every machine."""
    return int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def vector_of(title: str | None, text: str, actors: Iterable[str] = ()) -> Vector:
    """The terms of an article; ``actors`` are identifiers of entities named in it, where these are known."""
    counts: Counter[str] = Counter()
    best: dict[str, Found] = {}
    lead = " ".join(text.split()[:FIRST_WORDS])
    for part, times in ((title or "", TITLE_TIMES), (lead, 1)):
        for found in _words_of(part, in_title=times > 1):
            counts[found.term] += times
            known = best.get(found.term)
            if known is None or found.weight > known.weight:
                best[found.term] = found
    vector = {term: best[term].weight * (1 + math.log(count)) for term, count in counts.items()}
    heaviest = sorted(vector, key=lambda term: (-vector[term], term))[:MOST_TERMS]
    words = _unit({term: vector[term] for term in heaviest})
    named = _unit(dict.fromkeys(sorted(set(actors)), 1.0))
    share = ACTORS if named and words else 1.0 if named else 0.0
    out = [(term_hash(t), best[t].kind, round(w * math.sqrt(1 - share) * UNIT)) for t, w in words.items()]
    out += [(term_hash(f"actor {a}"), ACTOR_TERM, round(w * math.sqrt(share) * UNIT)) for a, w in named.items()]
    return Vector(*zip(*sorted(out), strict=True)) if out else NOTHING


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {key: value / length for key, value in vector.items()} if length else {}


def _words_of(text: str, *, in_title: bool) -> list[Found]:
    """The words of a text that count."""
    if has_arabic_script(text):
        words = [word for word in _TOKEN.findall(fold(text)) if word not in FUNCTION_UR and len(word) > 1]
        return [Found(w, FIGURE_TERM, FIGURE) if w[0].isdigit() else Found(w, WORD_TERM, RARE) for w in words]
    out: list[Found] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        # a headline may set every word in capitals, a sentence its first: neither makes a name
        named = not in_title and word[0].isupper() and not _starts_sentence(text, match.start())
        if found := _found(word, named):
            out.append(found)
    return out


@lru_cache(maxsize=1 << 16)
def _found(word: str, named: bool) -> Found | None:
    """A word of Latin script, if it counts; ``named``: a capital shows that it is a name."""
    term = fold(word)
    if term in FUNCTION or (len(term) < 2 and not term.isdigit()):
        return None
    if term[0].isdigit():
        return Found(term, FIGURE_TERM, FIGURE)
    term = _stem(term)
    if term in _EVERYDAY_STEMS and not (named and word.isupper()):
        return Found(term, EVERYDAY_TERM, EVERYDAY_WEIGHT)
    if named and term not in _NO_NAMES:
        return Found(term, NAME_TERM, NAME)
    return Found(term, WORD_TERM, RARE)


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start]
    return not before.strip("'\"“‘(") or bool(_SENTENCE_START.search(before))


def _stem(word: str) -> str:
    """Plurals and possessives without their s; 'us' and 'process' keep it."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


_EVERYDAY_STEMS = frozenset(map(_stem, EVERYDAY))
# Capitalised in the middle of sentences, and no actor.
_NO_NAME = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december minister president police prime chief mr mrs ms dr affair commissioner secretary
    """
_NO_NAMES = frozenset(_NO_NAME.split())
