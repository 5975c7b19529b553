"""Enrichment in child processes: a group of articles in each job, the tables read once by each child."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from config.subject import Subject, load_subject
from tasks.batch import batches
from tasks.enrich.model import Article, Enriched
from tasks.enrich.work import enrich_batch_of
from tasks.extract.pool import ChildPool
from tasks.records import Failure, Outcome

_GROUP = 25  # articles in a job: sending one costs as much as a tenth of marking it
# below it the children take longer to start than the work
FEW = 50


def enrich_group(articles: Sequence[Article], directory: str, version: str) -> Outcome[Enriched]:
    """Enrich a group, in a child process."""
    return enrich_batch_of(articles, _subject(directory, version))


@lru_cache(maxsize=1)
def _subject(directory: str, version: str) -> Subject:
    # the parent has checked the tables; ``version`` tells apart what was edited since
    return load_subject(Path(directory), [])


def enrich_in_children(
    pool: ChildPool, articles: Sequence[Article], directory: Path, version: str
) -> Outcome[Enriched]:
    """Enrich a batch. A group that breaks its child is done again, each article by itself."""
    groups = list(batches(articles, _GROUP))
    results = _map(pool, groups, directory, version)
    broken = [group for group, result in zip(groups, results, strict=True) if isinstance(result, Failure)]
    alone = [(article,) for article in chain.from_iterable(broken)]
    results = [r for r in results if not isinstance(r, Failure)] + _map(pool, alone, directory, version)
    outcomes = [r for r in results if not isinstance(r, Failure)]
    return Outcome(
        tuple(item for outcome in outcomes for item in outcome.ok),
        tuple(item for outcome in outcomes for item in outcome.failed)
        + tuple(r for r in results if isinstance(r, Failure)),
    )


def _map(pool: ChildPool, groups: Sequence[tuple[Article, ...]], directory: Path, version: str) -> list[Any]:
    jobs: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
        (group[0].article_id, (group, str(directory), version), {}) for group in groups
    ]
    return pool.map(enrich_group, jobs, stage="enrich")
