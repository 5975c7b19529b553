"""Copy or source: what an article is, and where its text comes from.

For each article the answer is a function of the article, the articles it shares copy with, and what it shares with
them, never of the order in which they came.  So it is worked out anew for an article and its neighbours whenever one
of them comes or changes, and a late original takes over.  Copies attach to a direct neighbour, never along a chain.

Which of two comes first: the one the other credits; else the earlier by trusted time; else the longer text (it
contains what the other was cut from); else the rank of the owner; else the one that was seen first; at last the
identifier, so that the answer is always the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tasks.dedupe.credits import Credit, credit_keys, credits_of, named_once, outlet_keys, outlet_names

# Who reports first-hand when nothing else decides: an authority or agency before a paper.
_OWNER_RANK = {"government": 0, "state": 1}
# A paragraph of which so much stands elsewhere was taken from there.
_TAKEN = 0.5
# A text that so many outlets print, with no agency named by any, was handed out to them.
_HANDOUT_OUTLETS = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides between articles. ``keys`` are the names by which others credit the article's outlet."""

    article_id: str
    outlet_id: str | None
    order: tuple[datetime, int, int, datetime, str]
    trusted: bool
    credits: tuple[Credit, ...]
    keys: frozenset[str]
    handout: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A row of ``shared_copy``, seen from the article."""

    article_id: str
    other_id: str
    kind: str
    jaccard: float
    share: float
    covered: float
    own: float
    shared_words: int
    quoted: float
    paragraphs: Sequence[float]


@dataclass(frozen=True, slots=True)
class Reprint:
    """A row of ``reprints``."""

    article_id: str
    origin_article_id: str | None
    origin_agency: str | None
    kind: str
    similarity: float | None
    containment: float | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What an article is, with the rows that say why."""

    article_id: str
    copy_kind: str
    origin_article_id: str | None
    reprints: tuple[Reprint, ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """What is known of outlets: the forms under which others credit each, the one name of each form, and its owner."""

    keys: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    owners: Mapping[str, str]


def known_outlets(rows: Sequence[Mapping[str, Any]]) -> Outlets:
    """From rows with outlet_id, name, hosts, owner_type."""
    return Outlets(outlet_keys(rows), outlet_names(rows), {row["outlet_id"]: row["owner_type"] for row in rows})


def facts(row: Mapping[str, Any], outlets: Outlets) -> Facts:
    """The facts of an article from its row and what is known of outlets."""
    outlet = row["outlet_id"]
    own = outlets.keys.get(outlet or "", frozenset())
    trusted = row["published_at"] is not None and row["date_confidence"] != "low"
    time = row["published_at"] if trusted else row["first_seen_at"]
    if trusted and str(row["date_source"] or "").endswith(":day"):
        # only the day is known: it can't be claimed that the article came before others of that day
        time = time + timedelta(days=1, seconds=-1)
    rank = _OWNER_RANK.get(outlets.owners.get(outlet or "", ""), 2)
    credited = tuple(named_once(c, outlets.names) for c in credits_of(row) if not credit_keys(c.source) & own)
    return Facts(
        article_id=row["article_id"],
        outlet_id=outlet,
        order=(time, -(row["word_count"] or 0), rank, row["first_seen_at"], row["article_id"]),
        trusted=trusted,
        credits=credited,
        keys=own,
        handout=bool(row["handout"]),
    )


def credits_outlet(article: Facts, other: Facts) -> bool:
    """Whether an article names the other's outlet as its source."""
    return any(credit_keys(credit.source) & other.keys for credit in article.credits)


def precedes(other: Facts, article: Facts) -> bool:
    """Whether ``other`` may be the source of ``article``."""
    named, names = credits_outlet(article, other), credits_outlet(other, article)
    return named if named != names else other.order < article.order


def decide(article: Facts, edges: Iterable[Edge], others: Mapping[str, Facts]) -> Decision:
    """What an article is, from its edges and the facts of the articles at their other ends."""
    known = sorted((e for e in edges if e.other_id in others), key=lambda e: others[e.other_id].order)
    earlier = [e for e in known if precedes(others[e.other_id], article)]
    copies = [e for e in earlier if e.kind != "excerpt"]
    # whom the article credits comes first; then the earliest
    copies.sort(key=lambda e: (not credits_outlet(article, others[e.other_id]), others[e.other_id].order))
    whole = [e for e in known if e.kind != "excerpt"]
    agency, how = _agency(article, whole, others)
    shared = _shared_kind(article, whole, others)
    excerpts = _excerpts([e for e in earlier if e.kind == "excerpt"], copies[0] if copies else None)
    rows = [_row(article, e, others[e.other_id], None, "", shared) for e in excerpts]
    full = next((c for c in article.credits if c.full), None)
    if copies:
        origin = copies[0]
        rows.insert(0, _row(article, origin, others[origin.other_id], agency, how, shared))
        return Decision(article.article_id, origin.kind, origin.other_id, tuple(rows))
    if agency:
        evidence = json.dumps({"credit": how, "shared": shared}, ensure_ascii=False, sort_keys=True)
        rows.insert(0, Reprint(article.article_id, None, agency, "credited", None, None, evidence))
    if full:
        return Decision(article.article_id, "reprint", None, tuple(rows))
    if excerpts:
        return Decision(article.article_id, "excerpt", excerpts[0].other_id, tuple(rows))
    return Decision(article.article_id, "original", None, tuple(rows))


def _agency(article: Facts, whole: Sequence[Edge], others: Mapping[str, Facts]) -> tuple[str | None, str]:
    """The source an article credits, or else the one its copies credit; and where it is named."""
    if article.credits:
        credit = article.credits[0]
        return credit.source, credit.where
    for edge in whole:
        other = others[edge.other_id]
        for credit in other.credits:
            # what a copy credits is the source of this text too, unless that is this outlet itself
            if credit.full and not credit_keys(credit.source) & article.keys:
                return credit.source, f"named by {other.article_id} ({credit.where})"
    return None, ""


def _shared_kind(article: Facts, whole: Sequence[Edge], others: Mapping[str, Facts]) -> str:
    """What the shared text is: agency copy, a handout that many quote, or one outlet's own text."""
    group = [article, *(others[e.other_id] for e in whole)]
    if any(credit.full for one in group for credit in one.credits):
        return "agency"
    outlets = Counter(one.outlet_id for one in group)
    # an agency story is not signed by a spokesman: the words come from the authority in all of them
    if all(one.handout for one in group) or len(outlets) >= _HANDOUT_OUTLETS:
        return "handout"
    return "own"


def _excerpts(edges: Sequence[Edge], origin: Edge | None) -> list[Edge]:
    """Of passages from several articles, one for each paragraph: the earliest that has it."""
    taken = _taken(origin) if origin else set()
    chosen: list[Edge] = []
    for edge in edges:
        fresh = _taken(edge) - taken
        if fresh or not (chosen or origin):
            chosen.append(edge)
            taken |= fresh
    return chosen


def _taken(edge: Edge) -> set[int]:
    return {number for number, share in enumerate(edge.paragraphs) if share >= _TAKEN}


def _row(article: Facts, edge: Edge, other: Facts, agency: str | None, how: str, shared: str) -> Reprint:
    if credits_outlet(article, other):
        first = "credited"
    elif other.order[0] < article.order[0]:
        first = "earlier" if other.trusted and article.trusted else "seen earlier"
    else:
        decided = next(place for place in range(1, 5) if other.order[place] != article.order[place])
        first = ("longer", "rank", "seen earlier", "identifier")[decided - 1]
    evidence = {
        "first": first,
        "shared": "quotation" if edge.quoted > _TAKEN else shared,
        "shared_words": edge.shared_words,
        "own": edge.own,
        "quoted": edge.quoted,
        "paragraphs": list(edge.paragraphs),
    } | ({"credit": how} if how else {})
    return Reprint(
        article_id=article.article_id,
        origin_article_id=edge.other_id,
        origin_agency=agency,
        kind=edge.kind,
        similarity=edge.jaccard,
        containment=edge.share,
        evidence=json.dumps(evidence, ensure_ascii=False, sort_keys=True),
    )
