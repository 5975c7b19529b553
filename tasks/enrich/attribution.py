"""Who says it: the verb nearest to a quotation and its subject.

Rules over words, no parser: a cue verb in the same sentence beside the quotation; its subject
read backwards to the last clause boundary, over appositions; or behind it ('said the
minister'); 'according to X'.  A later quotation of the same paragraph without a verb of its
own has the speaker of the one before.  Into the next paragraph a speaker is carried only by an
unclosed quotation, by a colon, or where that paragraph is nothing but a quotation.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.enrich.cues import AUXILIARIES, CLAUSE, CUES, PRONOUNS
from tasks.enrich.wordlist import wordset
from tasks.enrich.words import Words

_AFTER_REACH = 28  # words behind a quotation within which its verb stands
_BEFORE_REACH = 40
_LONGEST_NAME = 14
_ENDS_NAME = wordset(
    """whether if in on at during after before when while as who which that to with about via through from because
    since following told said says and but late early monday tuesday wednesday thursday friday
    saturday sunday"""
)
SUBJECT_STOP = wordset(
    """asked once then later earlier in on at during after before when while as if although though because since with by
    despite under however meanwhile"""
)
_FINDS, _FIND_REACH = wordset("found finds"), 4
CUE_WORDS = _FINDS.union(CUES)
_QUOTES = frozenset('“”"')
_BE = wordset("is are was were be been being")
_JOINS = wordset("and but then by of for in as")
_NOBODY = wordset(
    """and more instead but so also yes no well anybody anyone everyone everybody nobody none someone that this which
    what there"""
)
_DAYS = wordset("monday tuesday wednesday thursday friday saturday sunday")
_TO_SOMEBODY = wordset("told tells telling")
_TEXT_SAYS = wordset("said says read reads")
_ASKED = wordset("whether if")
_NOUNS = wordset("email tweet post comment answer request warning appeal report claim demand note state call")
_BEFORE_NOUN = wordset("a an the this that his her its their via by no any another my")
_NOUN_REACH = 3
_LONGEST_SIGNATURE = 5
NO_CUE = -1  # a signature has no verb
_DETERMINERS = wordset("the a an its their his her one another some several two three many both our my")


@dataclass(frozen=True, slots=True)
class Said:
    """A cue verb and its subject: words ``first`` to ``last`` (exclusive); an empty span where there is none."""

    cue: int
    first: int
    last: int


def is_cue(doc: Words, word: int) -> bool:
    """Whether a word introduces speech; 'states' of the United States doesn't, 'found that' does."""
    if doc.words[word] in _FINDS:
        return doc.words[word + 1 : word + 2] == ["that"]
    return doc.words[word] in CUES and not (word and doc.words[word] == "states" and doc.words[word - 1] == "united")


def after(doc: Words, begin: int, end: int) -> Said | None:
    """The verb behind a quotation: words ``begin`` to ``end`` follow it in its sentence."""
    end = min(end, begin + _AFTER_REACH)
    if begin + 1 < end and doc.words[begin] == "according" and doc.words[begin + 1] == "to":
        return Said(begin, begin + 2, _name_end(doc, begin + 2, end))
    if begin < end and doc.words[begin] == "per" and begin + 1 < end:
        return Said(begin, begin + 1, _name_end(doc, begin + 1, end))
    for i in range(begin, end):
        if not is_cue(doc, i) or _infinitive(doc, i, begin):
            continue
        inverted = _name_behind(doc, i, end)
        adverbial = doc.words[begin] in SUBJECT_STOP and _comma(doc, i - 1)  # '"..." in the primary, said Doe'
        if inverted and (i == begin or adverbial or (i == begin + 1 and doc.words[begin] in AUXILIARIES)):
            return inverted
        first, last = _subject_before(doc, i, begin, begin)
        nobody = last == first or (last - first == 1 and doc.words[first] in _NOBODY)
        return None if nobody else Said(i, first, last)
    return _any_verb(doc, begin, end)


def _name_behind(doc: Words, cue: int, end: int) -> Said | None:
    """'said the minister': the subject behind its verb."""
    if doc.words[cue] in _TO_SOMEBODY:
        return None  # whoever stands behind it listens
    last = _name_end(doc, cue + 1, end)
    return Said(cue, cue + 1, last) if last > cue + 1 and _is_name(doc, cue + 1) else None


def _any_verb(doc: Words, begin: int, end: int) -> Said | None:
    """'"...," Mr. Burton fumed': a name and a past tense directly behind a quotation, whatever the verb."""
    if begin == 0 or begin >= end or not set(doc.text[doc.ends[begin - 1] : doc.starts[begin]]) & set(",?!"):
        return None
    last = begin
    while last < end and last - begin < _LONGEST_SIGNATURE and (doc.is_upper(last) or doc.words[last] in PRONOUNS):
        last += 1
    if begin < last < end and doc.words[last].endswith("ed") and doc.gap(last - 1) in (" ", ". "):
        return Said(last, begin, last)
    return None


def introduced(doc: Words, begin: int, first: int) -> Said | None:
    """'Jane Doe, The Daily: "..."': a name at the beginning of the paragraph and a colon."""
    if begin < first and not doc.words[begin]:
        return None  # a dateline: 'WASHINGTON: "..."'
    if not 0 < first - begin <= _LONGEST_NAME or ":" not in doc.text[doc.ends[first - 1] : doc.starts[first]]:
        return None
    last = begin
    while last < first and not _comma(doc, last):
        last += 1
    last = min(last + 1, first)
    return Said(NO_CUE, begin, last) if all(doc.is_upper(k) for k in (begin, last - 1)) else None


def signed(doc: Words, begin: int, right: int) -> Said | None:
    """A name behind a dash signs the quotation: '“...” ― Jane Doe'."""
    if begin >= len(doc.words) or not set(doc.text[right : doc.starts[begin]]) & set("―—–"):
        return None
    last = begin
    while last < len(doc.words) and last - begin < _LONGEST_SIGNATURE and doc.is_upper(last):
        last += 1
        if doc.gap(last - 1).strip(" .'’-") or "\n" in doc.gap(last - 1):
            break
    return Said(NO_CUE, begin, last) if last > begin else None


def before(doc: Words, begin: int, end: int, origin: int | None = None) -> Said | None:
    """The verb before a quotation: words ``begin`` to ``end`` precede it in its sentence, which starts at ``origin``.

    The nearest verb counts; but where its subject is a pronoun and an earlier verb has a name
    ('the senator said she felt that'), the earlier one.
    """
    begin = max(begin, end - _BEFORE_REACH)
    origin = begin if origin is None else origin
    found: Said | None = None
    # what an earlier quotation of the sentence left: 'said the minister, calling it "..."'
    opening = _name_behind(doc, begin, end) if begin < end and begin > origin and is_cue(doc, begin) else None
    for i in range(end - 1, begin - 1, -1):
        if doc.words[i] == "according" and i + 1 < end and doc.words[i + 1] == "to":
            return found or Said(i, i + 2, _name_end(doc, i + 2, end))
        near = doc.words[i] in _FINDS and end - i <= _FIND_REACH and doc.words[i - 1] not in _BE
        if not (is_cue(doc, i) or near) or _infinitive(doc, i, begin) or _noun(doc, i, begin):
            continue
        # 'Said the minister: ...', or what is left behind an earlier quotation: 'said the minister.'
        inverted = _name_behind(doc, i, end) if i == begin else None
        if inverted:
            return found or inverted
        first, last = _subject_before(doc, i, begin, origin)
        if last <= first or doc.words[first] in _ASKED or (last - first == 1 and doc.words[first] in _NOBODY):
            continue
        if opening and first < begin:
            return found or Said(i, opening.first, opening.last)
        said = Said(i, first, last)
        if not (last - first == 1 and doc.words[first] in PRONOUNS):
            return said if found is None or (_is_name(doc, first) and doc.words[first] not in PRONOUNS) else found
        found = found or said
    return found


def _infinitive(doc: Words, cue: int, begin: int) -> bool:
    """'going on to say', 'declined to comment': the verb before it has the subject."""
    return cue > begin and doc.words[cue - 1] in ("to", "not")


def _noun(doc: Words, cue: int, begin: int) -> bool:
    """'in an early tweet', 'via email': a noun that looks like the verb."""
    if doc.words[cue] not in _NOUNS:
        return False
    first = cue
    while first > max(begin, cue - _NOUN_REACH) and not _comma(doc, first - 1):
        first -= 1
        if doc.words[first] in _BEFORE_NOUN:
            return True
    return False


def _is_name(doc: Words, word: int) -> bool:
    """Whether a name can begin here, perhaps with a profession: 'said psychologist Jane Doe'."""
    plain = word + 1 < len(doc.words) and doc.words[word] not in _ENDS_NAME and doc.words[word].isalpha()
    if plain and doc.gap(word) == " " and any(map(doc.is_upper, range(word + 1, min(word + 4, len(doc.words))))):
        return True
    return word < len(doc.words) and doc.words[word] not in _DAYS and (
        doc.is_upper(word) or doc.words[word] in _DETERMINERS or doc.words[word] in PRONOUNS
        or doc.words[word] in ("senior", "officials", "sources", "police", "analysts", "former", "us", "prime")
    )  # fmt: skip


def _name_end(doc: Words, first: int, end: int) -> int:
    """Where a name that begins at ``first`` ends: at a comma, a full stop or a word that begins an addition."""
    last = first
    while last < end and last - first < _LONGEST_NAME:
        if last > first and (doc.words[last] in _ENDS_NAME or not doc.words[last]):
            break
        last += 1
        if set(doc.gap(last - 1)) & set(',;:()\n“”"—') or (
            doc.gap(last - 1).startswith(".") and len(doc.words[last - 1]) > 3
        ):
            break
    return last


def _subject_before(doc: Words, cue: int, begin: int, origin: int) -> tuple[int, int]:
    """Span of the subject of the verb at ``cue``; not before ``begin``, or ``origin`` for the sentence's subject."""
    last = cue
    if _passive(doc, cue, begin):
        return begin, begin
    while last > begin + 1 and doc.words[last - 1] in AUXILIARIES:
        last -= 1
    if last == begin:
        return (begin, begin) if origin == begin else _sentence_subject(doc, origin, begin)
    if _comma(doc, last - 1):
        if doc.words[cue].endswith("ing"):
            return _sentence_subject(doc, origin, last)
        # 'Trump, speaking in Ohio, said': over the apposition to what stands before it
        inner = last - 1
        while inner > begin and not _comma(doc, inner - 1):
            inner -= 1
        return _clause(doc, begin, inner if inner > begin else last)
    if doc.words[last - 1] in _JOINS:
        return _sentence_subject(doc, origin, last)
    if doc.words[last - 1] in ("who", "which") or (doc.words[last - 1] == "that" and doc.words[cue] in _TEXT_SAYS):
        return _clause(doc, begin, last - 1) if last - 1 > begin else (begin, begin)
    return _clause(doc, begin, last)


def _passive(doc: Words, cue: int, begin: int) -> bool:
    """'was asked', 'Asked whether': the subject is not who speaks."""
    if doc.words[cue] in ("asked", "told") and (cue == begin or doc.words[cue - 1] in ("when", "if")):
        return True
    return cue > begin and doc.words[cue].endswith("ed") and doc.words[cue - 1] in _BE


def _comma(doc: Words, word: int) -> bool:
    gap = doc.gap(word)
    return "," in gap or "—" in gap or "(" in gap or ")" in gap


def _clause(doc: Words, begin: int, last: int) -> tuple[int, int]:
    """The name that ends at ``last``, back to a comma or a word that begins a clause."""
    first = last
    while first > begin and last - first < _LONGEST_NAME:
        if first < last and (_comma(doc, first - 1) or doc.gap(first - 1).strip(" .'’-/&") != ""):
            break
        if is_cue(doc, first - 1):
            break
        if doc.words[first - 1] in CLAUSE:
            if doc.words[first - 1] == "and" and _joins_names(doc, first - 1, begin, last):
                first -= 1
                continue
            break
        first -= 1
    # a time or place before the subject belongs to the verb of another clause
    while first < last - 1 and doc.words[first] in ("on", "in", "at", "earlier", "later", "meanwhile", "however"):
        first += 1
    return first, last


def _joins_names(doc: Words, conjunction: int, begin: int, last: int) -> bool:
    return begin < conjunction < last - 1 and doc.is_upper(conjunction - 1) and doc.is_upper(conjunction + 1)


def _sentence_subject(doc: Words, begin: int, last: int) -> tuple[int, int]:
    """The subject of ', saying' and 'and said': first name behind the last comma, else of the sentence."""
    comma = next((i for i in range(last - 2, begin, -1) if _comma(doc, i) and not set(doc.gap(i)) & _QUOTES), None)
    if comma is not None and comma + 2 < last and doc.words[comma + 1] in PRONOUNS:
        return comma + 1, comma + 2
    first = begin
    while first < last and (doc.words[first] in SUBJECT_STOP or doc.words[first].endswith("ing")):
        while first < last and not _comma(doc, first):
            first += 1
        first += 1
    if first >= last:
        return begin, begin
    end = first
    while end < last and end - first < _LONGEST_NAME:
        if end > first and (is_cue(doc, end) or doc.words[end] in AUXILIARIES):
            break
        named = doc.is_upper(end) or doc.words[end] in _DETERMINERS or doc.words[end] == "of"
        if end > first and not named and (doc.words[first] not in _DETERMINERS or end - first >= 3):
            break
        end += 1
        if _comma(doc, end - 1) or doc.words[end - 1] in PRONOUNS:
            break
    return first, end
