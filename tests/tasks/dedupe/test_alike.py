"""Pairs worth comparing: the same as by asking every pair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tasks.dedupe.alike import Entries, alike, parts

LEAST, ACTORS, WINDOW = 20.0, 2, 3


class Made(NamedTuple):
    day: int
    fresh: bool
    own: bool
    terms: dict[int, tuple[bool, int]]  # term: whether it is an actor, and its weight


def by_asking_all(articles: list[Made]) -> set[tuple[int, int]]:
    found = set()
    for one, article in enumerate(articles):
        for other, known in enumerate(articles):
            common = article.terms.keys() & known.terms.keys()
            likeness = sum(article.terms[t][1] * known.terms[t][1] for t in common)
            actors = sum(known.terms[t][0] for t in common)
            if (
                article.own
                and (other < one or not known.fresh)
                and (likeness >= LEAST or actors >= ACTORS)
                and abs(article.day - known.day) <= WINDOW
            ):
                found.add((one, other))
    return found


def entries(articles: list[Made]) -> Entries:
    rows = [(n, a.day, a.fresh, a.own, t, *a.terms[t]) for n, a in enumerate(articles) for t in a.terms]
    columns = list(zip(*rows, strict=True)) or [()] * 7
    kinds = (np.int64, np.int64, np.bool_, np.bool_, np.int64, np.bool_, np.float64)
    return Entries(*(np.array(column, dtype=kind) for column, kind in zip(columns, kinds, strict=True)))


# whether a term is an actor is said of the term: the same in every article
TERMS = st.dictionaries(st.integers(0, 7), st.integers(1, 5), max_size=6).map(
    lambda terms: {term: (term % 3 == 0, weight) for term, weight in terms.items()}
)
ARTICLES = st.lists(
    st.builds(
        lambda day, kind, terms: Made(day, kind > 0, kind > 1, terms), st.integers(0, 6), st.integers(0, 2), TERMS
    ),
    max_size=12,
)


@given(ARTICLES)
def test_the_same_pairs_as_by_asking_all(articles: list[Made]) -> None:
    own, others = alike(entries(articles), least=LEAST, actors=ACTORS, window=WINDOW)
    pairs = list(zip(own.tolist(), others.tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == by_asking_all(articles)


def numbers(days: Iterable[int], *, most: int) -> list[dict[int, bool]]:
    """Parts of days, as numbers from the first, of ten articles on each even day."""
    start = date(2026, 1, 1)
    articles = {start + timedelta(days=n): 10 for n in range(-10, 50, 2)}
    found = parts((start + timedelta(days=n) for n in days), articles, window=1, most=most)
    return [{(day - start).days: own for day, own in part.items()} for part in found]


def test_days_far_apart_are_one_part_without_what_lies_between() -> None:
    assert numbers([20, 0, 20], most=1000) == [{-1: False, 0: True, 1: False, 19: False, 20: True, 21: False}]
    assert numbers([], most=1000) == []


def test_parts_have_so_many_articles_around_them() -> None:
    # an odd day has those of two even ones around it, of which the next odd day shares one
    assert [[day for day, own in part.items() if own] for part in numbers([1, 3, 5, 7, 9], most=40)] == [
        [1, 3, 5],
        [7, 9],
    ]
    assert [[day for day, own in part.items() if own] for part in numbers([1, 3], most=5)] == [[1], [3]]
