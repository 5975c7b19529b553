"""Enriching small texts with the shipped tables, for tests."""

from __future__ import annotations

from datetime import date
from functools import cache

from config.subject import SHIPPED, load_subject
from tasks.enrich.article import enrich_article
from tasks.enrich.model import Article, Enriched, Mention
from tasks.enrich.tables import Tables, build_tables


@cache
def tables() -> Tables:
    """The shipped tables; they have no mistake."""
    problems: list[str] = []
    subject = load_subject(SHIPPED, problems)
    assert problems == []
    return build_tables(subject)


def enrich(text: str, title: str = "", day: str = "2025-06-20", **how: object) -> Enriched:
    """A Pakistani paper's article of a day."""
    given = {"country": "PK", **how}
    return enrich_article(Article("a1", title, text, day=date.fromisoformat(day), **given), tables())  # type: ignore[arg-type]


def mentions(text: str, title: str = "", day: str = "2025-06-20", **how: object) -> dict[str, Mention]:
    """Mentions by entity."""
    return {m.entity_id: m for m in enrich(text, title, day, **how).mentions}
