"""Indirect speech: 'X said that ...', '..., X said', 'according to X, ...'. Only with a confidence."""

from __future__ import annotations

import re

from tasks.enrich.attribution import Said, after, before, is_cue
from tasks.enrich.cues import WEAK
from tasks.enrich.urdu_said import urdu_before
from tasks.enrich.wordlist import wordset
from tasks.enrich.words import Sentence, Words

_MARKS = re.compile("[“”\"«»]|''|``")
_LEAST_WORDS = 3
_WITH_THAT, _PLAIN, _WEAK = 0.8, 0.65, 0.45
_ADDRESSEES = wordset("reporters lawmakers him her them me us journalists supporters voters")
_TAIL_REACH = 10  # '..., the minister said on Monday.' ends the sentence

Speech = tuple[int, int, Said, float]


def indirect_speech(doc: Words) -> list[Speech]:
    """One piece of indirect speech a sentence at most: characters, verb and subject, confidence."""
    out: list[Speech] = []
    for sentence in doc.sentences[1:]:
        if sentence.last - sentence.first < _LEAST_WORDS + 2 or not doc.words[sentence.first]:
            continue
        if _MARKS.search(doc.text, sentence.start, sentence.end):
            continue
        speech = _sentence(doc, sentence)
        if speech:
            out.append(speech)
    return out


def _sentence(doc: Words, sentence: Sentence) -> Speech | None:
    words = doc.words
    for i in range(sentence.first, sentence.last):
        if words[i] == "کہ" and i > sentence.first + 1:
            said = urdu_before(doc, sentence.first, i)
            return _speech(doc, i + 1, sentence.last, said, _WITH_THAT) if said else None
        if words[i] == "according" and i + 1 < sentence.last and words[i + 1] == "to":
            return _according(doc, sentence, i)
        if is_cue(doc, i) and words[i].isascii():
            speech = _verb(doc, sentence, i)
            if speech:
                return speech
    return None


def _according(doc: Words, sentence: Sentence, at: int) -> Speech | None:
    said = after(doc, at, sentence.last)
    if said is None or said.last <= said.first:
        return None
    if at == sentence.first:
        return _speech(doc, said.last, sentence.last, said, _PLAIN)
    return _speech(doc, sentence.first, at, said, _PLAIN)


def _verb(doc: Words, sentence: Sentence, cue: int) -> Speech | None:
    words = doc.words
    begin = cue + 1
    if begin < sentence.last and words[begin] in _ADDRESSEES:
        begin += 1
    that = begin < sentence.last and words[begin] == "that"
    if sentence.last - cue <= _TAIL_REACH and not that:
        comma = next((i for i in range(cue - 1, sentence.first, -1) if "," in doc.gap(i)), None)
        said = after(doc, comma + 1, sentence.last) if comma is not None else None
        if said is not None and said.cue == cue and words[cue] not in WEAK and _closes(doc, cue, sentence):
            return _speech(doc, sentence.first, comma + 1 if comma else cue, said, _PLAIN)
    if words[cue] in WEAK and not that:
        return None
    said = before(doc, sentence.first, cue + 1)
    if said is None or said.cue != cue:
        return None
    return _speech(doc, begin + that, sentence.last, said, _WITH_THAT if that else _PLAIN)


def _closes(doc: Words, cue: int, sentence: Sentence) -> bool:
    """Whether what follows the verb is at most a time or an addressee."""
    return (
        cue + 1 >= sentence.last
        or doc.words[cue + 1] in wordset("on in at during late early") | _ADDRESSEES
        or (sentence.last - cue <= 4)
    )


def _speech(doc: Words, first: int, last: int, said: Said, confidence: float) -> Speech | None:
    if last - first < _LEAST_WORDS:
        return None
    return doc.starts[first], doc.ends[last - 1], said, confidence
