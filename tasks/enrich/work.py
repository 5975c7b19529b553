"""A batch of articles, each on its own: one that fails costs itself."""

from __future__ import annotations

from collections.abc import Sequence

from config.subject import Subject
from tasks.enrich.article import enrich_article
from tasks.enrich.model import Article, Enriched
from tasks.enrich.tables import build_tables
from tasks.errors import Code
from tasks.records import Failure, Outcome


def enrich_batch_of(batch: Sequence[Article], subject: Subject) -> Outcome[Enriched]:
    """Enrich a batch; an article that raises becomes a failure with the exception as its detail."""
    tables = build_tables(subject)
    done: list[Enriched] = []
    failed: list[Failure] = []
    for article in batch:
        try:
            done.append(enrich_article(article, tables))
        except Exception as error:
            detail = f"{type(error).__name__}: {error}"
            failed.append(Failure("enrich", article.article_id, Code.INTERNAL, detail))
    return Outcome(tuple(done), tuple(failed))
