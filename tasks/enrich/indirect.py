"""Indirect speech: 'X said that ...', '..., X said', 'according to X, ...'. Only with a confidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from tasks.enrich.attribution import CUE_WORDS, SUBJECT_STOP, Said, after, before, is_cue
from tasks.enrich.cues import WEAK
from tasks.enrich.quotemarks import Segment
from tasks.enrich.urdu_said import urdu_before
from tasks.enrich.wordlist import wordset
from tasks.enrich.words import Words

_MARKS = re.compile("[“”\"«»]|''|``")
_LEAST_WORDS = 3
_WITH_THAT, _PLAIN = 0.8, 0.65
_ADDRESSEES = wordset("reporters lawmakers him her them me us journalists supporters voters")
_TAIL_REACH = 10  # '..., the minister said on Monday.' ends the sentence

# a verb that is often something else introduces speech without 'that' where a clause follows: 'believes it will rain'
_FINITE = wordset("is are was were will would has have had can could should may might must does did do")
_CLAUSE_REACH = 9
_THAT_REACH = 4  # 'said in a statement that'
_NEXT_CLAUSE = wordset("and but while although though yet")
_SHARED_SUBJECT = 3  # '... and also warned that': words from the conjunction to the verb
_TIMES = wordset("on in at during late early")
_BRIEF = 6  # words: 'in a briefing on Monday' is when she said it
# 'accused by', 'said to be', 'described as': what stands before is not who speaks
_PASSIVE = wordset(
    "said accused called asked criticized criticised condemned dismissed rejected described endorsed opposed reported"
)
_BEHIND_PASSIVE = frozenset(("by", "to", "as"))
# mostly no verbs: 'the states', 'five points'
_NOUNS = wordset("states remarks email reports begin begins began posts offers")

_TELLING = CUE_WORDS | wordset("according کہ")

Speech = tuple[int, int, Said, float]


def indirect_speech(doc: Words, marks: Iterable[Segment]) -> list[Speech]:
    """Indirect speech outside of the segments in quotation ``marks``: characters, verb and subject, confidence.

    A sentence has several where clauses with verbs of their own are joined, or where 'she said' stands inside.
    Beside a quotation only 'that' tells its words from those of the writer.
    """
    # words between marks
    quoted = {k for s in marks for k in range(bisect_left(doc.starts, s.start), bisect_left(doc.starts, s.end))}
    out: list[Speech] = []
    for sentence in doc.sentences[1:]:
        if sentence.last - sentence.first < _LEAST_WORDS + 2 or not doc.words[sentence.first]:
            continue
        if _TELLING.isdisjoint(doc.words[sentence.first : sentence.last]):
            continue
        begin: int | None = sentence.first
        while begin is not None:
            found, begin = _clause(doc, begin, sentence.first, sentence.last, quoted)
            if not found:
                continue
            least = _WITH_THAT if _MARKS.search(doc.text, sentence.start, sentence.end) else _PLAIN
            for a, b, said, sure in found:
                if sure < least or b - a < _LEAST_WORDS or not quoted.isdisjoint(range(a, b)):
                    continue
                start, end = doc.starts[a], doc.ends[b - 1]
                if least == _PLAIN or not _MARKS.search(doc.text, start, end):
                    out.append((start, end, said, sure))
    return out


def _clause(doc: Words, begin: int, origin: int, end: int, quoted: set[int]) -> tuple[list[Speech], int | None]:
    """What is said in words ``begin`` to ``end`` of the sentence from ``origin`` on; where its next clause begins."""
    words = doc.words
    for i in range(begin, end):
        if words[i] == "کہ" and i > begin + 1:
            told = urdu_before(doc, begin, i)
            return ([(i + 1, end, told, _WITH_THAT)] if told else []), None
        if words[i] == "according" and words[i + 1 : i + 2] == ["to"]:
            said = after(doc, i, end)
            if said is None or said.last <= said.first:
                return [], None
            return [(begin, i, said, _PLAIN), (said.last, end, said, _PLAIN)], None
        if words[i] in CUE_WORDS and words[i].isascii() and i not in quoted and is_cue(doc, i):
            last, following = _next_clause(doc, i, origin, end)
            found = _verb(doc, (begin, last), origin, i)
            if found:
                return found, following
    return [], None


def _next_clause(doc: Words, cue: int, origin: int, end: int) -> tuple[int, int | None]:
    """Where the clause of a verb ends: before a conjunction behind which another one speaks, or the same goes on."""
    for i in range(cue + _LEAST_WORDS, end - 1):
        if doc.words[i] not in _NEXT_CLAUSE:
            continue
        for verb in range(i + 1, end):
            if doc.words[verb] in _NEXT_CLAUSE or "," in doc.gap(verb - 1):
                break
            if doc.words[verb] not in CUE_WORDS or not is_cue(doc, verb):
                continue
            said = before(doc, i + 1, verb + 1, origin)
            if said and said.cue == verb and (said.first == i + 1 or (said.first < i and verb - i <= _SHARED_SUBJECT)):
                return i, i + 1
            break
    return end, None


def _verb(doc: Words, clause: tuple[int, int], origin: int, cue: int) -> list[Speech]:
    """What is said with the verb at ``cue`` of a clause."""
    words, (first, last) = doc.words, clause
    if words[cue] in _PASSIVE and not _BEHIND_PASSIVE.isdisjoint(words[cue + 1 : cue + 2]):
        return []
    begin, that = _content(doc, cue, last)
    if not that and words[cue] not in WEAK and _closes(doc, cue, last):
        comma = next((i for i in range(cue - 1, first, -1) if "," in doc.gap(i)), None)
        said = after(doc, comma + 1, last) if comma is not None else None
        if comma is not None and said is not None and said.cue == cue and not _adverbial(doc, first, comma):
            return [(first, comma + 1, said, _PLAIN)]
    brief = last - begin <= _BRIEF and not _TIMES.isdisjoint(words[begin : begin + 1])
    needs_clause = words[cue] in WEAK or brief
    if not that and (words[cue] in _NOUNS or (needs_clause and not _clause_follows(doc, begin, last))):
        return []
    said = before(doc, first, cue + 1, origin)
    if said is None or said.cue != cue:
        return []
    found: list[Speech] = [(begin, last, said, _WITH_THAT if that else _PLAIN)]
    if "," in doc.gap(cue) and said.first > first and "," in doc.gap(said.first - 1):
        found.insert(0, (first, said.first, said, _PLAIN))  # 'The talks, she said, went well.'
    return found


def _content(doc: Words, cue: int, last: int) -> tuple[int, bool]:
    """Where the content behind a verb begins, and whether 'that' opens it: 'told reporters on Monday that ...'."""
    for i in range(cue + 1, min(cue + 1 + _THAT_REACH, last)):
        if doc.words[i] == "that":
            return i + 1, True
        if doc.words[i] in _FINITE or "," in doc.gap(i - 1):
            break
    return cue + 1 + (cue + 1 < last and doc.words[cue + 1] in _ADDRESSEES), False


def _clause_follows(doc: Words, begin: int, end: int) -> bool:
    for i in range(begin, min(begin + _CLAUSE_REACH, end)):
        if doc.words[i] in _FINITE:
            return i > begin
        if "," in doc.gap(i):
            return False
    return False


def _adverbial(doc: Words, first: int, comma: int) -> bool:
    """Whether what stands before the comma is a time or place: 'Later in the day, the minister said so.'"""
    return doc.words[first] in SUBJECT_STOP and all("," not in doc.gap(i) for i in range(first, comma))


def _closes(doc: Words, cue: int, last: int) -> bool:
    """Whether what follows the verb is at most a time or an addressee."""
    if last - cue > _TAIL_REACH:
        return False
    return last - cue <= 4 or doc.words[cue + 1] in _TIMES or doc.words[cue + 1] in _ADDRESSEES
