"""Pairs worth comparing: the same as by asking every pair."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tasks.dedupe.alike import Entries, alike, spans

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


def test_days_far_apart_are_spans_of_their_own() -> None:
    start = date(2026, 1, 1)
    days = [start + timedelta(days=n) for n in (9, 0, 2, 4, 5, 9)]
    assert [((a - start).days, (b - start).days) for a, b in spans(days, 5)] == [(0, 4), (5, 9)]
    assert spans([], 5) == []
