"""Small pages for the tests of extraction: original text, the shapes of real sites."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from tasks.extract.document import extract_document
from tasks.records import Document

FETCHED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
URL = "https://www.example.com.pk/news/1907655/envoys-meet-to-discuss-trade"

_SENTENCES = (
    "The two delegations met for three hours and agreed to continue their work on the framework for trade next month.",
    "Officials familiar with the matter said the visiting side had raised the question of tariffs on textile exports.",
    "A second round will take place in the capital, where experts from both ministries "
    "are to settle the remaining points.",
    "Neither side gave details of the proposal, although the spokesman called the atmosphere frank and constructive.",
    "Analysts noted that earlier attempts had failed because the partners could not agree on a common calendar.",
    "The minister later told reporters that his government would publish the full text "
    "once the cabinet had approved it.",
)


def sentence(number: int) -> str:
    """One of six sentences, made unique by its number."""
    return f"{_SENTENCES[number % len(_SENTENCES)][:-1]}, according to note {number}."


def paragraphs(count: int = 8, start: int = 0) -> list[str]:
    """Paragraphs of about 40 words each."""
    return [f"{sentence(2 * n)} {sentence(2 * n + 1)}" for n in range(start, start + count)]


def html_paragraphs(count: int = 8, start: int = 0) -> str:
    return "\n".join(f"<p>{text}</p>" for text in paragraphs(count, start))


def jsonld(**properties: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **properties}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def page(body: str, head: str = "", *, title: str = "Envoys meet to discuss trade", lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta '
        f'charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'
    )


def article(body: str | None = None, head: str = "", **options: Any) -> str:
    text = html_paragraphs() if body is None else body
    return page(f"<main><article><h1>Envoys meet to discuss trade</h1>{text}</article></main>", head, **options)


def extract(html: str | bytes, **options: Any) -> Document:
    """Extract a page with defaults for what a test does not care about."""
    body = html if isinstance(html, bytes) else html.encode()
    arguments: dict[str, Any] = {
        "url": URL,
        "content_type": "text/html; charset=utf-8",
        "fetched_at": FETCHED,
        **options,
    }
    return extract_document(body, **arguments)
