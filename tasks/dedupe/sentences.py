"""What changed between two texts, sentence by sentence, and what of a text is worth comparing.

Signs typed otherwise, blanks, "Updated at" lines and links to other stories change nothing
that is reported; they are left out of every comparison, and never out of a stored text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tasks.enrich.words import Words
from tasks.text import plain_signs

# Two sentences that share this much of their words are one that was reworded.
_REWORDED = 0.5
# More sentences than this are no edit but another text (a live page): pairs are not looked for.
_MANY = 200

_MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|"
    "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر"
)
_MOMENT = (
    rf"(?:{_MONTH}|\d[\d:./]*(?:st|nd|rd|th|[ap]m)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"[ap]\.?m\.?|on|at|ago|(?:second|sec|minute|min|hour|hr|day)s?|pkt|pst|gmt|utc|es?t|edt|ist)"
)
_INITIAL = re.compile(r"\b[A-Z]\.$")
_GAP = r"[ ,:|()-]+"
# Nothing but words of date and time: "Updated figures put the toll at 45" is news.
_STAMP = re.compile(
    rf"(?:(?:last|first) )?(?:updated?|published|posted|modified|تازہ کاری|اپ ڈیٹ|شائع)(?:{_GAP}{_MOMENT})+[ .)]*|"
    rf"(?=.*(?:{_MONTH}|\bago\b|\d:\d\d))(?=.*\d){_MOMENT}(?:{_GAP}{_MOMENT})*[ .)]*",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:read(?: more| also| next)?|also read|related(?: stor(?:y|ies)| news)?|see also|more on this|"
    r"مزید پڑھیں|یہ بھی پڑھیں|یہ بھی دیکھیں) ?[:|>].{0,200}|"
    r"(?:also read|read more|read also|related stor(?:y|ies)|مزید پڑھیں|یہ بھی پڑھیں)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SentenceChanges:
    """Sentences as they stand in the texts, in their order; ``changed`` holds pairs (before, after)."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()


def essence(text: str) -> str:
    """A text in the form in which versions are compared: a paragraph a line, equal for readers, equal here."""
    lines = (plain_signs(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not _STAMP.fullmatch(line) and not _LINK.fullmatch(line))


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; English abbreviations and initials end none, Urdu ``۔`` and ``؟`` do."""
    words = Words("", text)
    out: list[str] = []
    paragraph = 0
    for s in words.sentences[1:]:
        piece = words.text[s.start : s.end]
        # the words of a dateline are blank to `Words`, so it doesn't know an initial among them
        if out and s.paragraph == paragraph and _INITIAL.search(out[-1]):
            out[-1] += piece
        else:
            out.append(piece)
        paragraph = s.paragraph
    return tuple(piece.strip() for piece in out)


def sentence_changes(before: str, after: str) -> SentenceChanges:
    """Sentences of ``after`` that are new, of ``before`` that are gone, and those that were reworded.

    A sentence that only moved has not changed.
    """
    old, new = _by_essence(before), _by_essence(after)
    removed, added = _without(old, new), _without(new, old)
    pairs = _reworded(removed, added) if max(len(removed), len(added)) <= _MANY else []
    old_paired, new_paired = {i for i, _ in pairs}, {j for _, j in pairs}
    return SentenceChanges(
        added=tuple(added[j][1] for j in range(len(added)) if j not in new_paired),
        removed=tuple(removed[i][1] for i in range(len(removed)) if i not in old_paired),
        changed=tuple((removed[i][1], added[j][1]) for i, j in sorted(pairs, key=lambda pair: pair[1])),
    )


def _by_essence(text: str) -> list[tuple[str, str]]:
    """(form for comparison, sentence) of each sentence that is worth comparing."""
    return [(form, sentence) for sentence in sentences(text) if (form := essence(sentence))]


def _without(these: list[tuple[str, str]], others: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the others don't have, as often as they don't have it."""
    left = Counter(form for form, _ in others)
    out = []
    for form, sentence in these:
        if left[form] > 0:
            left[form] -= 1
        else:
            out.append((form, sentence))
    return out


def _reworded(removed: list[tuple[str, str]], added: list[tuple[str, str]]) -> list[tuple[int, int]]:
    """(index in removed, index in added) of sentences that belong together, the most alike first."""
    old, new = _bags(removed), _bags(added)
    likely = [
        (-score, i, j) for i, a in enumerate(old) for j, b in enumerate(new) if (score := _alike(a, b)) >= _REWORDED
    ]
    out: list[tuple[int, int]] = []
    for _, i, j in sorted(likely):
        if all(i != taken_i and j != taken_j for taken_i, taken_j in out):
            out.append((i, j))
    return out


def _bags(of: Iterable[tuple[str, str]]) -> list[Counter[str]]:
    return [Counter(re.findall(r"\w+", form.casefold())) for form, _ in of]


def _alike(a: Counter[str], b: Counter[str]) -> float:
    """Share of words in common (Dice), 0 to 1."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0
