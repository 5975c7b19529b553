"""An explanation shows what is stored, each mark with its evidence."""

from __future__ import annotations

from tasks.enrich.explain import explain, render
from tasks.enrich.store import _mention_row, _quote_row, _relevance_row, _topic_row
from tests.tasks.enrich.marks import enrich


def test_every_mark_with_its_evidence() -> None:
    found = enrich(
        "“We will talk to Pakistan,” Marco Rubio said. The COAS agreed to a trade deal.", "US, Pakistan to talk"
    )
    article = {
        "title": "US, Pakistan to talk",
        "url": "http://x/1",
        "date_source": "jsonld",
        "dateline": "WASHINGTON",
        "authors": ["Anwar Iqbal", "Sana Ali"],
        "evidence": '{"title": "h1"}',
    }
    text = render(
        explain(
            article | _relevance_row(found) | {"enricher_version": "1+abc"},
            [_mention_row(found, m, "1") for m in found.mentions],
            [_topic_row(found, t, "1") for t in found.topics],
            [_quote_row(found, q, "1") for q in found.quotes],
            [{"kind": "reprint", "origin_article_id": "a9", "evidence": "all paragraphs"}],
        )
    )
    for words in (
        "US, Pakistan to talk\n", "date from: jsonld", "dateline: WASHINGTON",
        "authors: Anwar Iqbal, Sana Ali\n", "evidence of title: h1", "level 3", "enriched with: 1+abc",
        "asim-munir x1, as pk-coas: 'COAS' at 50 (office)", "eco.trade_tariffs",
        "Marco Rubio = marco-rubio [person], said (neutral)",
        "reprint of a9: all paragraphs",
    ):  # fmt: skip
        assert words in text, text


def test_an_article_without_marks_is_still_explained() -> None:
    assert render(explain({"url": "http://x/2"})) == "(no headline)\n  url: http://x/2\n"
