"""Quotations of an article: direct, partial and indirect, with speaker, verb, position and kind of source."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from tasks.enrich.attribution import NO_CUE, Said, after, before, introduced, signed
from tasks.enrich.cues import CUES, PLAIN_PRONOUNS, PRONOUNS
from tasks.enrich.indirect import indirect_speech
from tasks.enrich.link import Context, Link
from tasks.enrich.model import Quote
from tasks.enrich.quotemarks import Segment, segments
from tasks.enrich.sources import reason_for_anonymity, source_kind
from tasks.enrich.urdu_said import urdu_before
from tasks.enrich.wordlist import wordset
from tasks.enrich.words import Words
from tasks.ids import make_id
from tasks.text import has_arabic_script

_LEAST_WORDS = 3  # between marks; fewer is a title, a nickname or a word in scare quotes
_NEW_CLAUSE = wordset("but and while although though as")
_CLOSE = 5  # words behind a verb that still ends its sentence: 'she said on Monday'
_SURE, _INHERITED, _CARRIED, _UNSURE = 0.9, 0.75, 0.6, 0.4


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation in document coordinates, with its verb and subject where they were found."""

    start: int
    end: int
    kind: str
    said: Said | None
    confidence: float
    goes_on: bool = False


def find_quotes(context: Context) -> tuple[Quote, ...]:
    """Quotations in the order of the text."""
    direct, indirect = speech(context.doc)
    found = sorted([*direct, *indirect], key=lambda f: f.start)
    speakers = _Speakers(context)
    return tuple(_quote(context, speakers, n, f) for n, f in enumerate(found, 1))


def speech(doc: Words) -> tuple[list[Found], list[Found]]:
    """Direct and indirect speech."""
    urdu = has_arabic_script(doc.text[doc.base : doc.base + 400])
    quoted = segments(doc.text, doc.base, urdu=urdu)
    indirect = [Found(start, end, "indirect", said, sure) for start, end, said, sure in indirect_speech(doc, quoted)]
    return _direct_speech(doc, quoted, urdu=urdu), indirect


def _direct_speech(doc: Words, quoted: list[Segment], *, urdu: bool) -> list[Found]:
    """Quoted segments of three words and more, attributed where the text does."""
    out: list[Found] = []
    last: tuple[int, Said | None] | None = None
    marks = [s for s in quoted if not _is_foreign(doc, s)]
    spans = [(bisect_left(doc.starts, s.start), bisect_left(doc.starts, s.end)) for s in marks]
    # a word in scare quotes is a word of the sentence around it
    kept = [
        n for n, (first, end) in enumerate(spans) if end - first >= _LEAST_WORDS or (end > first and marks[n].continued)
    ]
    marks, spans = [marks[n] for n in kept], [spans[n] for n in kept]
    for n, (segment, (first, end)) in enumerate(zip(marks, spans, strict=True)):
        sentence = doc.sentences[doc.sentence_of[first]]
        previous_end = spans[n - 1][1] if n else 0
        next_first = spans[n + 1][0] if n + 1 < len(spans) else len(doc.words)
        said = _beside(doc, segment, (first, end), (previous_end, next_first), urdu=urdu)
        confidence = _SURE
        if said is None and last is not None and last[1] is not None:
            if segment.continued or (last[0] == sentence.paragraph and _alone(doc, first, previous_end)):
                said, confidence = last[1], _INHERITED
            elif last[0] == sentence.paragraph - 1 and _is_whole_paragraph(doc, first, end):
                said, confidence = last[1], _CARRIED
        if said is None:
            confidence = _UNSURE
        last = (sentence.paragraph, said)
        if said is not None or _is_sentence(doc, segment, first, end):
            kind = "direct" if _is_sentence(doc, segment, first, end) else "partial"
            goes_on = n > 0 and _goes_on(doc, marks[n - 1], segment)
            out.append(Found(segment.start, segment.end, kind, said, confidence, goes_on))
    return out


def _goes_on(doc: Words, previous: Segment, segment: Segment) -> bool:
    """Whether a segment goes on with the sentence of the one before: '"We want peace," he said, "and work for it."'"""
    between = doc.text[previous.right : segment.left].strip()
    opened = doc.text[previous.end - 1] == "," or between.startswith(",")
    if not (opened and between.endswith(",") and doc.text[segment.start].islower()) or "\n" in between:
        return False
    first, last = bisect_left(doc.starts, previous.right), bisect_left(doc.starts, segment.left)
    return last - first <= _CLOSE and not CUES.keys().isdisjoint(doc.words[first:last])


def _is_whole_paragraph(doc: Words, first: int, end: int) -> bool:
    """Whether a paragraph is nothing but this quotation."""
    number, last = doc.sentence_of[first], doc.sentence_of[end - 1]
    paragraph = doc.sentences[number].paragraph
    while doc.sentences[number - 1].paragraph == paragraph:
        number -= 1
    more = last + 1 < len(doc.sentences) and doc.sentences[last + 1].paragraph == paragraph
    return doc.sentences[number].first == first and doc.sentences[last].last == end and not more


def _is_foreign(doc: Words, segment: Segment) -> bool:
    return any(a <= segment.start < b for a, b in doc.foreign)


def _beside(
    doc: Words, segment: Segment, span: tuple[int, int], between: tuple[int, int], *, urdu: bool
) -> Said | None:
    """The verb behind the segment, else the one before it, within its sentences and paragraph."""
    first, end = span
    begin = max(between[0], _sentence_begin(doc, first))
    stop = min(between[1], _sentence_end(doc, end, segment))
    if urdu:
        return urdu_before(doc, begin, first) or urdu_before(doc, end, stop)
    signature = signed(doc, end, segment.right)
    if signature:
        return signature
    behind = after(doc, end, stop) if stop > end else None
    ahead = before(doc, begin, first, _sentence_begin(doc, first)) if first > begin else None
    if behind and ahead and doc.words[end] in _NEW_CLAUSE:
        return ahead
    if behind and ahead:
        # ', he said,' touches the quotation; a verb ahead with a colon or comma touches it too
        close = behind.cue - end <= 3 and not _introduces(doc, ahead, first)
        return behind if close else ahead
    return behind or ahead or introduced(doc, begin, first) or _introduced_by_sentence(doc, first, between[0])


def _introduces(doc: Words, said: Said, first: int) -> bool:
    gap = doc.text[doc.ends[first - 1] : doc.starts[first]]
    return ":" in gap or (first - said.cue <= 2 and "," in gap) or first - said.cue == 1


def _introduced_by_sentence(doc: Words, first: int, previous_end: int) -> Said | None:
    """The sentence before, if it ends with a colon, or if it is of this paragraph and ends with 'the minister said.'"""
    number = doc.sentence_of[first]
    if number < 2 or first != doc.sentences[number].first:
        return None
    previous = doc.sentences[number - 1]
    colon = doc.text[previous.start : previous.end].rstrip().endswith(":")
    if colon:
        return before(doc, previous.first, previous.last)
    if previous.paragraph != doc.sentences[number].paragraph:
        return None
    begin = max(previous.first, previous_end)
    said = before(doc, begin, previous.last, previous.first) if previous.last > begin else None
    return said if said and previous.last - said.cue <= _CLOSE else None


def _sentence_begin(doc: Words, first: int) -> int:
    return doc.sentences[doc.sentence_of[first]].first


def _sentence_end(doc: Words, end: int, segment: Segment) -> int:
    """Where the sentence behind a segment ends; a segment that ends with a full stop ends it itself."""
    if end >= len(doc.words):
        return end
    inside, behind = doc.text[segment.end - 1], doc.text[segment.right : segment.right + 2]
    if inside in ".۔" and behind.strip()[:1] not in (",", ""):
        return end
    if inside in ".۔" and doc.is_upper(end) and doc.words[end] not in PRONOUNS:
        return end
    sentence = doc.sentences[doc.sentence_of[end]]
    if sentence.paragraph != doc.sentences[doc.sentence_of[max(end - 1, 0)]].paragraph:
        return end
    return sentence.last


def _alone(doc: Words, first: int, previous_end: int) -> bool:
    """Whether nothing but the words of one attribution stand between two segments of a paragraph."""
    return all(doc.words[i] not in CUES for i in range(max(previous_end, _sentence_begin(doc, first)), first))


def _is_sentence(doc: Words, segment: Segment, first: int, end: int) -> bool:
    """Whether the segment is a sentence or a clause of its own, not a piece of another's sentence."""
    raw = doc.text[segment.start : segment.end].strip()
    if not raw.isascii() and has_arabic_script(raw):
        return end - first >= 6
    return raw[:1].isupper() or raw[-1:] in ",.?!" or end - first >= 12


class _Speakers:
    """Finds the entity behind a speaker's words, and the last one named for a pronoun."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.starts = [link.first for link in context.links]

    def entity(self, said: Said) -> Link | None:
        """The linked entity that the subject is: a named person, a holder by office, an office, a body."""
        low, high = bisect_left(self.starts, said.first), bisect_left(self.starts, said.last)
        inside = [k for k in self.context.links[low:high] if k.last <= said.last]
        actors = self.context.tables.actors
        persons = [k for k in inside if actors[k.entity].kind == "person"]
        named = [k for k in persons if k.how != "office"]
        if named:
            return named[-1]
        if len({k.entity for k in persons}) == 1:
            return persons[0]
        for kinds in (("office",), ("organisation", "group")):
            fitting = [k for k in inside if actors[k.entity].kind in kinds]
            if fitting:
                return fitting[0]
        return inside[0] if inside and said.last - said.first <= 2 else None

    def kind(self, link: Link | None) -> str | None:
        """Kind of the entity; a holder named by office only is an office."""
        if link is None:
            return None
        return "office" if link.how == "office" else self.context.tables.actors[link.entity].kind

    def behind_pronoun(self, said: Said) -> Link | None:
        """The last person linked before 'he' or 'she', in this paragraph or the one before."""
        doc = self.context.doc
        paragraph = doc.sentences[doc.sentence_of[said.first]].paragraph
        at = bisect_left(self.starts, said.first)
        for link in reversed(self.context.links[:at]):
            if doc.sentences[doc.sentence_of[link.first]].paragraph < paragraph - 1:
                return None
            if self.context.tables.actors[link.entity].kind == "person" and not doc.in_title(link.first):
                return link
        return None


def _quote(context: Context, speakers: _Speakers, number: int, found: Found) -> Quote:
    doc, said = context.doc, found.said
    text = doc.text[found.start : found.end].strip()
    speaker = entity = cue = cue_class = reason = None
    kind, anonymous = "unknown", False
    if said is not None:
        speaker = doc.surface(said.first, said.last)
        words, raw = doc.words[said.first : said.last], doc.raw[said.first : said.last]
        pronoun = len(words) == 1 and words[0] in PLAIN_PRONOUNS
        entity = speakers.behind_pronoun(said) if pronoun else speakers.entity(said)
        at = said.first if said.cue == NO_CUE else said.cue
        cue = None if said.cue == NO_CUE else doc.raw[at]
        cue_class = CUES.get(doc.words[at], "neutral")
        sentence = doc.sentences[doc.sentence_of[at]]
        reason = reason_for_anonymity(doc.text[sentence.start : sentence.end])
        entity_kind = speakers.kind(entity)
        kind, anonymous = source_kind(words, raw, entity_kind, given_reason=reason is not None)
    return Quote(
        quote_no=number,
        text=text,
        speaker=speaker,
        speaker_entity_id=entity.entity if entity and not anonymous else None,
        cue=cue,
        cue_class=cue_class,
        kind=found.kind,
        anonymous=anonymous,
        source_kind=kind,
        anonymity_reason=reason if anonymous else None,
        start_offset=found.start - doc.base,
        end_offset=found.end - doc.base,
        confidence=found.confidence,
        quote_key=quote_key(doc, found),
        goes_on=found.goes_on,
    )


def quote_key(doc: Words, found: Found) -> str:
    """Equal for equal words: marks, case and spelling variants of letters do not count."""
    first, last = bisect_left(doc.starts, found.start), bisect_left(doc.starts, found.end)
    return make_id(" ".join(doc.words[first:last]))
