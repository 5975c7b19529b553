"""Reading and comparing in child processes: a group of articles in each job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from config.model import ExtractSettings
from tasks.batch import batches
from tasks.dedupe.work import Compared, Raw, Reading, Source, compare_articles, read_articles
from tasks.extract.pool import ChildPool, child_pool
from tasks.records import Failure

T = TypeVar("T")
Out = TypeVar("Out")
_GROUP = 25  # articles in a job: sending one costs as much as a tenth of reading it
# below it the children take longer to start than the work
_FEW = 50


def read_all(sources: Sequence[Source], settings: ExtractSettings) -> list[Reading | str]:
    """What each article says by itself, or its problem."""
    return _spread(read_articles, sources, settings)


def compare_all(pairs: Sequence[tuple[Raw, tuple[Raw, ...]]], settings: ExtractSettings) -> list[Compared]:
    """What each article shares with its candidates, or its problem."""
    return _spread(compare_articles, pairs, settings)


def _spread(
    function: Callable[[Sequence[T]], list[Out | str]], items: Sequence[T], settings: ExtractSettings
) -> list[Out | str]:
    """``function`` over groups of items. A group that breaks its child is done again, each item by itself."""
    if len(items) < _FEW:
        return function(items)
    with child_pool(settings) as pool:
        found: list[Out | str] = []
        groups = list(batches(items, _GROUP))
        for group, result in zip(groups, _map(pool, function, groups), strict=True):
            if isinstance(result, Failure):
                alone = _map(pool, function, [(item,) for item in group])
                found += [one.detail if isinstance(one, Failure) else one[0] for one in alone]
            else:
                found += result
    return found


def _map(
    pool: ChildPool, function: Callable[[Sequence[T]], list[Out | str]], groups: Sequence[tuple[T, ...]]
) -> list[list[Out | str] | Failure]:
    return pool.map(function, [("", (group,), {}) for group in groups], stage="dedupe")
