"""Stories from links: which articles are on one event. Pure, and the same for any order of articles and links.

Groups grow by joining the two that are most alike, where likeness is half the mean and half the highest of the links
between them (on titles of one busy topic that beat centroids and single links); ties go by identifier.  Only pairs
within the window of days count: how a story began says nothing about whether today's report goes on with it.  As a join
needs a link of at least `JOIN`, articles that no chain of such links connects never influence each other: the stories
of a part of the warehouse can be worked out without the rest.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tasks.ids import make_id

# Reports of one event follow each other within so many days; a story goes on longer through its middle articles.
STORY_WINDOW_DAYS = 5
# Two reports of one event are mostly alike by .4 and more, of two events of a kind by less (three labelled collections;
# any value from .36 to .42 does nearly as well).
JOIN = 0.4
# Links below this are not kept; a pair without a link counts as much as such pairs do on average.
LEAST_LINK, NO_LINK = 0.31, 0.225
# Members that are less like their story than this may be on another event of its kind.
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Node:
    """An article as stories see it. ``copied_from``: the article whose text it prints; such go where that one goes."""

    article_id: str
    outlet_id: str | None
    title: str | None
    time: datetime
    copied_from: str | None = None

    @property
    def day(self) -> date:
        """The day of its vector, UTC."""
        return self.time.astimezone(UTC).date()


@dataclass(frozen=True, slots=True)
class Link:
    """How alike two articles are."""

    article_a: str
    article_b: str
    similarity: float
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """A row of ``stories``."""

    story_id: str
    title: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    article_count: int
    outlet_count: int


@dataclass(frozen=True, slots=True)
class Member:
    """A row of ``story_members``."""

    article_id: str
    story_id: str
    similarity: float | None
    sure: bool


def sources(nodes: Mapping[str, Node]) -> dict[str, str]:
    """For each article the one whose text it prints, at the end of the chain; itself for what is no copy."""
    found: dict[str, str] = {}
    for start in nodes:
        seen = [start]
        while (parent := nodes[seen[-1]].copied_from) in nodes and parent not in seen and parent is not None:
            seen.append(parent)
        # credits may go round in a ring: then the lowest identifier stands for all in it
        ring = parent in seen and parent is not None
        found[start] = min(seen[seen.index(parent) :]) if ring and parent is not None else seen[-1]
    return found


def group(days: Mapping[str, date], links: Iterable[Link]) -> list[list[str]]:
    """Groups of articles, each sorted, by their first identifier; ``days`` has the day of each."""
    groups: dict[str, list[str]] = {i: [i] for i in sorted(days)}
    spread: dict[str, Counter[int]] = {i: Counter([day.toordinal()]) for i, day in days.items()}
    ties: dict[str, dict[str, tuple[float, int, float]]] = defaultdict(dict)  # sum, number and highest of links
    heap: list[tuple[float, str, str]] = []
    for link in links:
        if link.article_a in groups and link.article_b in groups:
            a, b = sorted((link.article_a, link.article_b))
            ties[a][b] = ties[b][a] = (link.similarity, 1, link.similarity)
    for a in sorted(ties):
        for b in ties[a]:
            if a < b and ties[a][b][2] >= JOIN:
                heap.append((-_score(spread, ties, a, b), a, b))
    heapq.heapify(heap)
    while heap:
        score, a, b = heapq.heappop(heap)
        # what was pushed before one of the two grew or went is out of date
        if a not in groups or b not in groups or b not in ties[a] or -score != _score(spread, ties, a, b):
            continue
        _join(groups, ties, a, b)
        spread[a] += spread.pop(b)
        for other in ties[a]:
            value = _score(spread, ties, a, other)
            if value >= JOIN:
                heapq.heappush(heap, (-value, min(a, other), max(a, other)))
    return [sorted(members) for _, members in sorted(groups.items())]


def _score(
    spread: Mapping[str, Counter[int]], ties: Mapping[str, dict[str, tuple[float, int, float]]], a: str, b: str
) -> float:
    total, count, highest = ties[a][b]
    # a date that has changed since may have taken linked articles out of the window
    pairs = max(count, _near_pairs(spread[a], spread[b]))
    # rounded, so that the order in which a sum was built up cannot decide
    return round(0.5 * (total + (pairs - count) * NO_LINK) / pairs + 0.5 * highest, 9)


def _near_pairs(a: Mapping[int, int], b: Mapping[int, int]) -> int:
    """How many pairs stand within the window of days; both count articles by day."""
    return sum(n * b[day] for first, n in a.items() for day in b if abs(day - first) <= STORY_WINDOW_DAYS)


def _join(groups: dict[str, list[str]], ties: dict[str, dict[str, tuple[float, int, float]]], a: str, b: str) -> None:
    """Put group b into group a; a is the lower identifier."""
    groups[a] += groups.pop(b)
    for other, (total, count, highest) in ties.pop(b).items():
        del ties[other][b]
        if other == a:
            continue
        mine = ties[a].get(other, (0.0, 0, 0.0))
        ties[a][other] = ties[other][a] = (mine[0] + total, mine[1] + count, max(mine[2], highest))


def stories(nodes: Mapping[str, Node], links: Iterable[Link]) -> tuple[list[Story], list[Member]]:
    """The stories of some articles and who is in them: originals are grouped, copies follow."""
    source = sources(nodes)
    originals = sorted(set(source.values()))
    alike: dict[str, dict[str, Link]] = defaultdict(dict)
    kept = []
    for link in links:
        if source.get(link.article_a) == link.article_a and source.get(link.article_b) == link.article_b:
            kept.append(link)
            alike[link.article_a][link.article_b] = alike[link.article_b][link.article_a] = link
    copies: dict[str, list[str]] = defaultdict(list)
    for article_id, origin in sorted(source.items()):
        copies[origin].append(article_id)
    found: list[Story] = []
    members: list[Member] = []
    for ids in group({i: nodes[i].day for i in originals}, kept):
        story, inside = _story(ids, nodes, alike, copies)
        found.append(story)
        members += inside
    return found, members


def _story(
    ids: Sequence[str],
    nodes: Mapping[str, Node],
    alike: Mapping[str, Mapping[str, Link]],
    copies: Mapping[str, list[str]],
) -> tuple[Story, list[Member]]:
    first = min(ids, key=lambda i: (nodes[i].time, i))
    story_id = make_id("story", first)
    everyone = [nodes[i] for origin in ids for i in copies[origin]]
    inside = {i: [alike[i][o] for o in ids if o in alike.get(i, {})] for i in ids}
    central = min(ids, key=lambda i: (-round(sum(k.similarity for k in inside[i]), 9), nodes[i].time, i))
    members: list[Member] = []
    for origin in ids:
        near = sum(abs((nodes[i].day - nodes[origin].day).days) <= STORY_WINDOW_DAYS for i in ids)
        similarity = _membership(inside[origin], max(len(inside[origin]), near - 1))
        best = max(inside[origin], key=lambda k: (k.similarity, k.sure), default=None)
        sure = similarity is None or (similarity >= SURE and best is not None and best.sure)
        members.append(Member(origin, story_id, similarity, sure))
        members += [Member(copy, story_id, None, sure) for copy in copies[origin] if copy != origin]
    story = Story(
        story_id=story_id,
        title=nodes[central].title,
        first_seen_at=min(node.time for node in everyone),
        last_seen_at=max(node.time for node in everyone),
        article_count=len(everyone),
        outlet_count=len({node.outlet_id for node in everyone}),
    )
    return story, members


def _membership(links: Sequence[Link], others: int) -> float | None:
    if not others:
        return None
    values = sorted(link.similarity for link in links)
    mean = (sum(values) + (others - len(values)) * NO_LINK) / others
    return round(0.5 * mean + 0.5 * (values[-1] if values else NO_LINK), 4)
