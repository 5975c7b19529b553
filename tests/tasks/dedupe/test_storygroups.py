"""Stories are a function of articles and links, whatever their order."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tasks.dedupe.storygroups import Link, Node, group, sources, stories
from tasks.dedupe.storyterms import ACTOR_TERM, NOTHING, UNIT, vector_of
from tests.tasks.dedupe.lab import START

IDS = [f"a{number}" for number in range(9)]
DAYS = {name: START.date() + timedelta(days=3 * number) for number, name in enumerate(IDS)}
PAIRS = [(a, b) for a in IDS for b in IDS if a < b]


def node(name: str, hours: float = 0, copied_from: str | None = None) -> Node:
    return Node(name, "dawn", name.upper(), START + timedelta(hours=hours), copied_from)


@st.composite
def shuffled_links(draw: st.DrawFn) -> tuple[list[Link], list[Link]]:
    chosen = draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=20))
    links = [Link(a, b, draw(st.integers(34, 99)) / 100) for a, b in chosen]
    return links, draw(st.permutations(links))


@given(shuffled_links(), st.permutations(IDS))
def test_order_does_not_matter(links: tuple[list[Link], list[Link]], ids: list[str]) -> None:
    assert group(DAYS, links[0]) == group({i: DAYS[i] for i in ids}, links[1])


def test_a_chain_of_weak_likeness_within_days_does_not_make_one_story() -> None:
    links = [Link(a, b, 0.45) for a, b in pairwise(IDS)]
    assert max(map(len, group(dict.fromkeys(IDS, START.date()), links))) < len(IDS)


def test_likeness_of_many_decimals_joins_too() -> None:
    # less for the days between, it has more of them than scores are rounded to
    assert group(dict.fromkeys(["a", "b"], START.date()), [Link("a", "b", 0.67123456 * 0.97)]) == [["a", "b"]]


def test_a_developing_story_goes_on_though_its_end_is_nothing_like_its_beginning() -> None:
    links = [Link(a, b, 0.45) for a, b in pairwise(IDS)]
    assert group(DAYS, links) == [IDS]


def test_copies_follow_their_source() -> None:
    nodes = {n.article_id: n for n in (node("a0"), node("a1", 1, "a0"), node("a2", 2, "a1"), node("a3", 3))}
    assert sources(nodes) == {"a0": "a0", "a1": "a0", "a2": "a0", "a3": "a3"}
    # a link of a copy counts nothing: twenty copies would outvote one report
    found, members = stories(nodes, [Link("a1", "a3", 0.9)])
    assert [story.article_count for story in found] == [3, 1]
    assert {m.article_id for m in members if m.story_id == found[0].story_id} == {"a0", "a1", "a2"}


def test_credits_in_a_ring_end() -> None:
    nodes = {n.article_id: n for n in (node("a0", 0, "a1"), node("a1", 0, "a2"), node("a2", 0, "a0"))}
    assert set(sources(nodes).values()) == {"a0"}


def test_a_match_that_is_not_sure_is_marked() -> None:
    nodes = {name: node(name, n) for n, name in enumerate(IDS[:4])}
    _, members = stories(nodes, [Link("a0", "a1", 0.9), Link("a2", "a3", 0.44)])
    assert [m.sure for m in sorted(members, key=lambda m: m.article_id)] == [True, True, False, False]
    _, members = stories(nodes, [Link("a0", "a1", 0.9, sure=False)])
    assert [m.sure for m in members if m.similarity] == [False, False]


def test_terms_have_length_one_and_know_names_and_actors() -> None:
    vector = vector_of(
        "Envoy meets Qazalbash", "The envoy met Farhan Qazalbash in Rawalpindi.", ["pk-qazalbash", "us-x"]
    )
    assert abs(sum(weight**2 for weight in vector.weights) - UNIT**2) < UNIT * len(vector.weights)
    assert vector.kinds.count(ACTOR_TERM) == 2
    assert sorted(vector.terms) == list(vector.terms)
    assert vector_of(None, "") == NOTHING
