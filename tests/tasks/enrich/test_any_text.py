"""Any text is enriched without an error, and every offset points at what it names."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.enrich.article import enrich_article
from tasks.enrich.model import Article
from tasks.enrich.wordlist import wordset
from tests.tasks.enrich.marks import tables

MARKS = ["“", "”", '"', "'", "‘", "’", "''", ".", ",", ":", "—", "(", ")", "-", "…", "۔", "،", "\n", "  ", "", "\ud800"]
WORDS = wordset(
    "said told Trump Khan Washington Pakistan US former president Gen Munir according to who the army chief and that "
    "نے کہا کہ پاکستان امریکا وزیر خارجہ COMMENTS"
)
PIECES = st.sampled_from(MARKS + sorted(WORDS))
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", "", "\n"])), max_size=60).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_offsets_point_at_what_they_name(title: str, text: str) -> None:
    found = enrich_article(Article("x", title, text, day=date(2024, 1, 1)), tables())
    heads = title.replace("\n", " ")
    for mention in found.mentions:
        for span in mention.spans:
            place = heads if span.in_title else text
            assert place[span.start : span.start + len(span.surface)] == span.surface
    for quote in found.quotes:
        assert text[quote.start_offset : quote.end_offset].strip() == quote.text


def test_no_text_at_all() -> None:
    found = enrich_article(Article("x", "", ""), tables())
    assert (found.mentions, found.quotes) == ((), ())
    assert found.relevance is not None
    assert found.relevance.level == 0
