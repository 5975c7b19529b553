"""Enrichment in child processes gives what it gives in this one, and loses nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pytest

from config.model import ExtractSettings
from config.subject import SHIPPED, load_subject
from tasks.enrich import job
from tasks.enrich.model import Article, Enriched
from tasks.enrich.work import enrich_batch_of
from tasks.errors import Code
from tasks.extract.pool import child_pool
from tasks.records import Outcome

TEXT = "The finance minister of Pakistan met officials of the United States in Washington. Talk {n} was about cotton."
ARTICLES = [Article(f"a{n}", f"Pakistan and the US talk, part {n}", TEXT.format(n=n)) for n in range(60)]


def deadly(articles: Sequence[Article], _directory: str, _version: str) -> Outcome[Enriched]:
    """What an article may do to its process."""
    if any(article.article_id == "a7" for article in articles):
        os._exit(3)
    return Outcome(tuple(Enriched(article) for article in articles))


def test_children_and_this_process_agree() -> None:
    subject = load_subject(SHIPPED, [])
    with child_pool(ExtractSettings(workers=2)) as pool:
        found = job.enrich_in_children(pool, ARTICLES, SHIPPED, subject.version)
    here = enrich_batch_of(ARTICLES, subject)
    assert [e.article.article_id for e in found.ok] == [e.article.article_id for e in here.ok]
    assert list(found.ok) == list(here.ok)


def test_an_article_that_kills_its_child_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "enrich_group", deadly)
    with child_pool(ExtractSettings(workers=2)) as pool:
        found: Any = job.enrich_in_children(pool, ARTICLES, SHIPPED, "v")
    assert len(found.ok) == 59
    assert [(f.stage, f.key, f.code) for f in found.failed] == [("enrich", "a7", Code.EXTRACT_DIED)]
