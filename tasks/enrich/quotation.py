"""When two quotations are wordings of one: the words of each, and what they have in common.

Papers print one remark in many ways: cut shorter, with words left out silently or with marks, with words in
brackets, in another spelling, or as two pieces around 'he said'.  What they have in common stays in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from hashlib import blake2b
from itertools import pairwise

from tasks.dedupe.commonwords import FUNCTION, FUNCTION_UR
from tasks.enrich.wordlist import wordset
from tasks.text import fold, has_arabic_script

# So many days apart a remark is still looked for.  One that is made again later is another one.
WINDOW_DAYS = 30
# Fewer words are a phrase that anybody may use: only equal ones of one speaker are one quotation.
LEAST_WORDS = 5
_LEAST_TELLING = 2
# Who speaks isn't known: more words, of two days that are close, or a whole sentence or two.
_WORDS_UNKNOWN, _TELLING_UNKNOWN, _DAYS_UNKNOWN, _WORDS_SURE = 8, 4, 3, 16
SHARE = 0.7  # of the shorter one's words
_DENSE = 0.5  # of the longer one's words between the first and the last in common
_ALIKE = 0.8  # letters in common of two spellings: defence, defense; cease-fire, ceasefire
_LEAST_LETTERS = 5
# Letters of Arabic script: Urdu is typed with and without blanks, so pairs of words would miss some.
_LETTERS, _ONE_OF = 10, 4

_TOKEN = re.compile(r"[\[\](){}]|\.\.+|[^\W_]+(?:'[^\W_]+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_NAME = re.compile(r"\b[A-Z][\w'’]+|\b[A-Z]{2,}\b")
_TITLES = wordset(
    """mr mrs ms dr president prime minister vice secretary state foreign general gen lt col senator sen chief army
    spokesperson spokesman spokeswoman ambassador office the he she they it we you and of"""
)
_FUNCTION_WORDS = FUNCTION | FUNCTION_UR


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a quotation in comparable form; ``put_in`` are the places of those in brackets.

    ``gaps`` are the places before which marks (three dots, a bracket) say that something was left out.
    """

    words: tuple[str, ...]
    put_in: frozenset[int]
    gaps: frozenset[int]

    @property
    def spoken(self) -> int:
        """Number of words that are the speaker's own."""
        return len(self.words) - len(self.put_in)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as known: the entity, else the names in the words for it."""

    entity: str | None
    kind: str | None  # kind of the entity
    country: str | None
    source_kind: str | None
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation as it stands in an article; ``day`` is the article's."""

    article_id: str
    quote_no: int
    day: date
    text: str
    wording: Wording
    speaker: Speaker

    @property
    def key(self) -> tuple[str, int]:
        return self.article_id, self.quote_no


def wording(text: str) -> Wording:
    """The words of a quotation: case, signs, vowel marks and commas in figures do not count."""
    words: list[str] = []
    inside: set[int] = set()
    gaps: set[int] = set()
    depth = 0
    for match in _TOKEN.finditer(_THOUSANDS.sub("", fold(text))):
        found = match[0]
        if found in "[({":
            depth += 1
            gaps.add(len(words))
        elif found in "])}":
            depth = max(depth - 1, 0)
        elif found[0] == ".":
            gaps.add(len(words))
        else:
            if depth:
                inside.add(len(words))
            words.append(found.replace("'", ""))
    return Wording(tuple(words), frozenset(inside), frozenset(gaps))


def prints(told: Wording) -> tuple[int, ...]:
    """Hashes by which wordings of one quotation find each other, ascending, each once.

    All words together; each two that carry meaning and follow each other; in Arabic script a sample of letters.
    """
    spoken = [word for n, word in enumerate(told.words) if n not in told.put_in]
    if not spoken:
        return ()
    found = {_hash(" ".join(spoken))}
    letters = "".join(spoken)
    if len(spoken) < LEAST_WORDS:
        pass
    elif has_arabic_script(letters):
        pieces = (_hash(letters[i : i + _LETTERS]) for i in range(len(letters) - _LETTERS + 1))
        found.update(value for value in pieces if value % _ONE_OF == 0)
    else:
        found.update(_hash(f"{a} {b}") for a, b in pairwise(word for word in spoken if word not in FUNCTION))
    return tuple(sorted(found))


def _hash(text: str) -> int:
    # 63 bits fit a BIGINT; a broken character has no UTF-8 form
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def speaker(entity: str | None, kind: str | None, country: str | None, source_kind: str | None, named: str) -> Speaker:
    """A speaker from what is stored of a quotation; in Arabic script every word may be a name."""
    if has_arabic_script(named):
        names = frozenset(w for w in fold(named).split() if w not in FUNCTION_UR)
    else:
        names = frozenset(n.casefold().removesuffix("'s").removesuffix("’s") for n in _NAME.findall(named)) - _TITLES
    return Speaker(entity, kind, country, source_kind, names)


def same_speaker(a: Speaker, b: Speaker) -> bool | None:
    """Whether two are one; None: not known.  A person may speak for a body or an office of its country."""
    if a.entity and b.entity:
        if a.entity == b.entity:
            return True
        return False if a.kind == b.kind == "person" or a.country != b.country else None
    common = len(a.names & b.names)
    if common >= min(len(a.names), len(b.names), 2) > 0:  # a surname alone, else two names
        return True
    named = a.names and b.names and a.source_kind == b.source_kind == "person"
    return False if named else None


@dataclass(frozen=True, slots=True)
class Step:
    """Words ``a1`` to ``a2`` of one wording stand where ``b1`` to ``b2`` stand in the other; ``same`` in substance."""

    same: bool
    a1: int
    a2: int
    b1: int
    b2: int


def align(a: Wording, b: Wording) -> list[Step]:
    """Two wordings side by side, from start to end."""
    if a.words == b.words:  # most are
        return [Step(True, 0, len(a.words), 0, len(b.words))]
    matcher = SequenceMatcher(None, a.words, b.words, autojunk=False)
    return [
        Step(tag == "equal" or (tag == "replace" and _spelt_alike(a.words[a1:a2], b.words[b1:b2])), a1, a2, b1, b2)
        for tag, a1, a2, b1, b2 in matcher.get_opcodes()
    ]


def _spelt_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    one, other = "".join(a), "".join(b)
    if one == other:
        return True
    if abs(len(a) - len(b)) > 1 or min(len(one), len(other)) < _LEAST_LETTERS or one[0] != other[0]:
        return False
    if any(c.isdigit() for c in one + other) or one.endswith("nt") != other.endswith("nt"):
        return False  # another figure, or a denial
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _other_figures(short: Wording, long: Wording) -> bool:
    """Whether most figures of the shorter one don't stand in the longer: a formula, filled in anew."""
    figures = {w for w in short.words if any(c.isdigit() for c in w)}
    return 2 * len(figures.intersection(long.words)) < len(figures)


def likeness(a: Spoken, b: Spoken) -> float | None:
    """How much of the shorter of two quotations stands in the longer, 0-1; None: they are not one quotation.

    The same whichever comes first.
    """
    who = same_speaker(a.speaker, b.speaker)
    apart = abs((a.day - b.day).days)
    if who is False or apart > WINDOW_DAYS:
        return None
    one, other = sorted((a, b), key=lambda s: (s.wording.spoken, s.wording.words, s.key))
    short, long = one.wording, other.wording
    if short.spoken < LEAST_WORDS:
        return 1.0 if who and short.words == long.words else None
    steps = [step for step in align(short, long) if step.same]
    if not steps:
        return None
    common = [w for step in steps for w in short.words[step.a1 : step.a2]]
    own = sum(i not in short.put_in for step in steps for i in range(step.a1, step.a2))
    telling = sum(w not in _FUNCTION_WORDS for w in common)
    reach = sum(i not in long.put_in for i in range(steps[0].b1, steps[-1].b2))
    if _other_figures(short, long):
        return None
    share = own / short.spoken
    silent = not short.gaps and len(common) < _DENSE * reach
    if share < SHARE or silent:
        return None
    if who:
        enough = len(common) >= LEAST_WORDS and telling >= _LEAST_TELLING
    else:
        close = apart <= _DAYS_UNKNOWN or len(common) >= _WORDS_SURE
        enough = close and len(common) >= _WORDS_UNKNOWN and telling >= _TELLING_UNKNOWN
    return round(share, 3) if enough else None
