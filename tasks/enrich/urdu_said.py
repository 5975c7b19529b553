"""Reported speech in Urdu: 'X نے کہا کہ', 'X کا کہنا ہے کہ', 'X کے مطابق'."""

from __future__ import annotations

from tasks.enrich.attribution import Said
from tasks.enrich.cues import CUES
from tasks.enrich.wordlist import wordset
from tasks.enrich.words import Words

_REACH = 7  # words between the marker and the verb: 'نے ایک سوال کے جواب میں کہا'
_LONGEST = 10
_BOUNDARY = wordset("کہ اور جبکہ تاہم لیکن مگر جب تو انھوں ہے ہیں تھا تھے")


def urdu_before(doc: Words, begin: int, end: int) -> Said | None:
    """The verb and its subject in words ``begin`` to ``end``, the last verb first."""
    for i in range(end - 1, begin - 1, -1):
        if doc.words[i] == "مطابق" and i > begin and doc.words[i - 1] == "کے":
            first, last = _name(doc, begin, i - 1)
            if last > first:
                return Said(i, first, last)
        if doc.words[i] not in CUES:
            continue
        for j in range(i - 1, max(begin, i - _REACH) - 1, -1):
            if doc.words[j] == "نے" or (doc.words[j] == "کا" and doc.words[i] == "کہنا"):
                first, last = _name(doc, begin, j)
                if last > first:
                    return Said(i, first, last)
    return None


def _name(doc: Words, begin: int, last: int) -> tuple[int, int]:
    """The name before a marker, back to a clause boundary, a comma or the beginning."""
    first = last
    while first > begin and last - first < _LONGEST:
        word = doc.words[first - 1]
        if word in _BOUNDARY or not word or (first < last and set(doc.gap(first - 1)) & set("،,:؛۔")):
            break
        first -= 1
    return first, last
