"""Enriching one article: pure, from an article and the subject tables to every mark with its evidence."""

from __future__ import annotations

from datetime import date

from config.subject import Subject
from tasks.enrich.link import Context, link_actors
from tasks.enrich.mentions import gather
from tasks.enrich.model import Article, Enriched
from tasks.enrich.offices import implied_day, link_offices
from tasks.enrich.presence import presence
from tasks.enrich.quotes import find_quotes
from tasks.enrich.relevance import judge
from tasks.enrich.tables import Tables, build_tables
from tasks.enrich.topics import find_topics
from tasks.enrich.words import Words

# Raise it when the code finds other things in the same text: every article is then done again.
ENRICHER_VERSION = "4"
# what is no text of an article has no marks
_WITHOUT_TEXT = frozenset(("consent_wall", "challenge", "index_page", "template", "empty"))
# other languages in these scripts would match by accident (Sindhi, Pashto, Persian, Arabic ...)
_LANGUAGES = frozenset(("en", "ur", "ur-Latn", "und"))


def marks_version(subject: Subject) -> str:
    """Version of the code and of the tables: editing a table makes every article pending again."""
    return f"{ENRICHER_VERSION}+{subject.version}"


def _linked(article: Article, tables: Tables, doc: Words, day: date | None) -> Context:
    context = Context(doc, tables, day, doc.vocabulary())
    link_offices(context, link_actors(context), article.country)
    context.links.sort(key=lambda k: (k.first, -k.last))
    return context


def enrich_article(article: Article, subject: Subject | Tables) -> Enriched:
    """Every mark of one article.

    An article whose verdict or language enrichment does not cover comes back without marks
    and without a relevance.
    """
    if article.verdict in _WITHOUT_TEXT or article.lang not in _LANGUAGES:
        return Enriched(article)
    tables = build_tables(subject) if isinstance(subject, Subject) else subject
    doc = Words(article.title, article.text)
    context = _linked(article, tables, doc, article.day)
    if not article.day_exact and (day := implied_day(context)) not in (None, article.day):
        context = _linked(article, tables, doc, day)
    found = presence(context)
    topics = find_topics(context, found)
    return Enriched(
        article,
        gather(context, day_exact=article.day_exact),
        topics,
        judge(context, found, topics),
        find_quotes(context),
    )
