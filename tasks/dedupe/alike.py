"""Which articles of a batch are near enough to others to be compared: sums of products over a sparse matrix.

A window of some days has thousands of articles, and an article shares a term with most of them: as a join in the
warehouse these pairs cost several times as much.  Method: term-at-a-time scoring with accumulators (Manning, Raghavan
and Schütze 2008, Introduction to Information Retrieval, chapter 7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entries:
    """The terms of some articles, an entry for each, ordered by article.

    ``number`` counts the articles from 0, ``day`` their days from any; ``fresh`` are of the batch, ``own`` those of
    them that are to be paired now.  ``weight`` is a whole number, as a float: sums are exact in any order.
    """

    number: Whole
    day: Whole
    fresh: Flags
    own: Flags
    term: Whole
    actor: Flags
    weight: NDArray[np.float64]


def parts(days: Iterable[date], articles: Mapping[date, int], *, window: int, most: int) -> list[dict[date, bool]]:
    """The days of a batch, in parts that have ``most`` articles around them, or a day each where one has more.

    A part is the days to read, with whether the batch's articles of that day are its own.  ``articles`` counts those
    of each day.  So a batch of any days reads what is near, in pieces that fit into memory.
    """
    found: list[dict[date, bool]] = []
    for day in sorted(set(days)):
        around = [day + timedelta(days=n) for n in range(-window, window + 1)]
        if not found or sum(articles.get(near, 0) for near in {*found[-1], *around}) > most:
            found.append({})
        found[-1] |= {near: near == day or found[-1].get(near, False) for near in around}
    return found


def alike(entries: Entries, *, least: float, actors: int, window: int) -> tuple[Whole, Whole]:
    """Pairs that are worth comparing, as numbers of an own article and of another, at most ``window`` days apart.

    The products of their weights sum up to ``least``, or they have so many ``actors`` in common.  Two of the batch
    meet once: as the own one and one with a lower number.
    """
    by_term = np.argsort(entries.term, kind="stable")
    terms, order, weights, actor = (
        column[by_term] for column in (entries.term, entries.number, entries.weight, entries.actor)
    )
    begin, end = (np.searchsorted(terms, entries.term, side=side) for side in ("left", "right"))
    size = int(entries.number.max(initial=-1)) + 1
    begins = np.searchsorted(entries.number, np.arange(size + 1))
    day, earlier = np.zeros(size, np.int64), np.zeros(size, np.bool_)
    day[entries.number], earlier[entries.number] = entries.day, ~entries.fresh
    pairs: list[tuple[Whole, Whole]] = []
    for one in np.unique(entries.number[entries.own]):
        mine = slice(begins[one], begins[one + 1])
        lengths = end[mine] - begin[mine]
        # the places, in the index by term, of all entries that share a term with this article
        places = np.arange(lengths.sum()) + np.repeat(begin[mine] - np.cumsum(lengths) + lengths, lengths)
        others = order[places]
        likeness = np.bincount(others, np.repeat(entries.weight[mine], lengths) * weights[places], size)
        common = np.bincount(others[actor[places]], minlength=size)
        meets = earlier.copy()
        meets[:one] = True
        near = np.flatnonzero(meets & ((likeness >= least) | (common >= actors)) & (abs(day - day[one]) <= window))
        pairs.append((np.full(near.size, one), near))
    if not pairs:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([own for own, _ in pairs]), np.concatenate([other for _, other in pairs])
