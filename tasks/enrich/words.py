"""Headline and text as one row of words, with their places and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from tasks.enrich.furniture import foreign_ranges
from tasks.enrich.wordlist import wordset
from tasks.text import has_arabic_script, normalize_urdu

# marks and joiners of the Arabic script, and soft hyphens, lie inside words
_WORD = re.compile("[^\\W_][\\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u00ad]*")
_ENDS = ".!?۔؟"
# each branch begins with a sign of its own: the engine then skips to the next such sign at once
_BREAK = re.compile(
    "|".join(
        (
            *(re.escape(sign) + '[.!?۔؟]*["”’\'»)\\]]*(?=\\s|[“"‘]|$)' for sign in _ENDS),
            "\n+",
            "•[ ]",
            *(f"{sign}(?<=[؀-ۿ]{sign})" for sign in "۔؟"),
        )
    )
)
# a full stop behind these ends no sentence
_ABBREVIATIONS = wordset(
    """mr mrs ms dr prof gen lt col maj brig capt sgt adm sen rep gov hon st jr sr vs no us u s p a m d
    r retd ret inc ltd co corp jan feb aug sept oct nov dec e.g i.e etc mt ft supt insp cdr"""
)
# "ISLAMABAD (Reuters) -", "WASHINGTON: ", "اسلام آباد (نیوز ڈیسک)", "واشنگٹن —": place of filing, not of the story
_DATELINE = re.compile(
    r"\s*(?:[A-Z]{2}\n)?(?:[A-Z][A-Z.'’ ]{2,28}(?:[,/][ ]?[A-Z][\w .]{1,20})?(?:\s*\([^)\n]{2,40}\))?"
    r"\s*(?::|[—–-]{1,2}\s)"
    r"|[A-Z][\w.' ]{2,24}\s*[—–]\s"
    r"|[؀-ۿ ]{3,24}(?:\([^)\n]{2,40}\)|\s*[—–:۔]{1,2}\s))"
)
_BYLINE_CHARS = 50
_LEAD_WORDS = 95  # two paragraphs of a news agency; where a text has no paragraphs, as many words


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """One word in the form in which words are compared."""
    return (
        normalize_urdu(word) if not word.isascii() and has_arabic_script(word) else word.replace("\u00ad", "")
    ).lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words ``first`` to ``last`` (exclusive), characters ``start`` to ``end`` of the document; 0 is the headline."""

    first: int
    last: int
    start: int
    end: int
    paragraph: int


class Words:
    """A document: ``text`` is headline, newline, body; ``base`` is where the body begins in it."""

    __slots__ = (
        "base",
        "body_first",
        "dateline",
        "ends",
        "foreign",
        "lead_last",
        "raw",
        "sentence_of",
        "sentences",
        "starts",
        "text",
        "words",
    )

    def __init__(self, title: str, body: str) -> None:
        title = title.replace("\n", " ")
        self.text = f"{title}\n{body}"
        self.base = len(title) + 1
        self.foreign = [(a + self.base, b + self.base) for a, b in foreign_ranges(body, title)]
        own = self.foreign[0][1] if self.foreign and self.foreign[0][0] == self.base else self.base
        body_start = _behind_dateline(self.text, own)
        self.dateline = re.sub(r"[^\w ]", " ", self.text[own:body_start])
        matches = list(_WORD.finditer(self.text))
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]
        self.raw = [m.group() for m in matches]
        self.words = list(map(fold_word, self.raw))
        title_words = bisect_right(self.starts, self.base - 1)
        # words of the dateline and of furniture are blanked: they name no actor
        for a, b in [(self.base, body_start), *self.foreign]:
            first, last = bisect_left(self.starts, a), bisect_left(self.starts, b)
            self.words[first:last] = [""] * (last - first)
        self.body_first = title_words
        self.sentences = self._split()
        self.sentence_of = [0] * len(self.words)
        for n, sentence in enumerate(self.sentences):
            self.sentence_of[sentence.first : sentence.last] = [n] * (sentence.last - sentence.first)
        self.lead_last = self._lead()

    def _split(self) -> list[Sentence]:
        """Sentence 0 is the headline, even an empty one."""
        out = [Sentence(0, self.body_first, 0, max(self.base - 1, 0), 0)]
        paragraph, start, first = 1, self.base, self.body_first
        breaks = [(m.start(), m.end(), m.group()) for m in _BREAK.finditer(self.text, self.base)]
        breaks.append((len(self.text), len(self.text), "\n"))
        for at, end, mark in breaks:
            last = bisect_right(self.starts, at - 1) if at else first
            newline = mark.startswith("\n")
            if last > first:
                if not newline and mark[0] == "." and self._abbreviated(last - 1, at):
                    continue
                out.append(Sentence(first, last, start, end, paragraph))
                first = last
            start = end
            paragraph += newline
        return out

    def _abbreviated(self, word: int, at: int) -> bool:
        """Whether a full stop behind a word belongs to the word."""
        folded = self.words[word]
        rest = self.text[at + 1 : at + 6].lstrip(".)]\"”’' ")
        if rest[:1].islower():
            return True
        return self.ends[word] == at and (len(folded) == 1 or folded in _ABBREVIATIONS)

    def vocabulary(self) -> frozenset[str]:
        """Every word, folded, the dateline's too: it says where the story is."""
        return frozenset(self.words).union(map(fold_word, self.dateline.split()))

    def is_own(self, sentence: int) -> bool:
        """Whether a sentence is the article's own: not dateline or furniture alone."""
        s = self.sentences[sentence]
        return any(self.words[s.first : s.last])

    def _lead(self) -> int:
        """Number of the last sentence of the lead: two paragraphs, but not more than about 95 words of them."""
        last, paragraphs, begin = 1, set(), None
        for n in range(1, len(self.sentences)):
            sentence = self.sentences[n]
            if not self.is_own(n):
                continue
            begin = sentence.first if begin is None else begin
            paragraphs.add(sentence.paragraph)
            if len(paragraphs) > 2 or (last > 1 and sentence.last - begin > _LEAD_WORDS):
                break
            last = n
        return last

    def in_title(self, word: int) -> bool:
        """Whether a word stands in the headline."""
        return word < self.body_first

    def offset(self, word: int) -> int:
        """Offset of a word in the headline or in the body."""
        return self.starts[word] if word < self.body_first else self.starts[word] - self.base

    def surface(self, first: int, last: int) -> str:
        """The text of words ``first`` to ``last`` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def gap(self, word: int) -> str:
        """What stands between a word and the next."""
        return self.text[self.ends[word] : self.starts[word + 1]] if word + 1 < len(self.starts) else "\n"

    def is_upper(self, word: int) -> bool:
        """Whether a word begins with a capital."""
        return self.raw[word][:1].isupper()


def _behind_dateline(text: str, base: int) -> int:
    """Where the story begins, behind a dateline; a byline of a few words may stand before it."""
    start = base
    for _ in range(3):
        dateline = _DATELINE.match(text, start)
        if dateline:
            return dateline.end()
        line_end = text.find("\n", start)
        if line_end < 0 or line_end - start > _BYLINE_CHARS:
            return base
        start = line_end + 1
    return base
