"""Which items are the same: every habit of guids and links that made peers double or lose articles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tasks.errors import Code
from tasks.poll.identity import Sighting, newest, sightings
from tasks.records import Item, OutletRules, ParsedFeed

OUTLET = OutletRules("paper", hosts=("paper.example",), id_pattern=r"/news/(?P<id>\d+)", id_path="/news/{id}")
AGGREGATOR = OutletRules("gnews", hosts=("news.google.com",))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def find(url: str) -> OutletRules | None:
    return next((o for o in (OUTLET, AGGREGATOR) if f"//{o.hosts[0]}/" in url), None)


def see(*items: Item, feed: str = "paper-rss") -> tuple[Sighting, ...]:
    return sightings(feed, ParsedFeed("rss", items=items), find, frozenset({"gnews"}))


def entry(guid: str | None = None, path: str | None = None, title: str | None = "Talks begin") -> Item:
    return Item(guid=guid, url=None if path is None else f"https://paper.example{path}", title=title)


def same_entry(one: Item, other: Item) -> bool:
    """Whether two polls, each with one of them, bring one sighting."""
    return see(one)[0].entry_id == see(other)[0].entry_id


def same_article(one: Item, other: Item) -> bool:
    first, second = see(one)[0].target_id, see(other)[0].target_id
    assert first
    assert second
    return first == second


def test_the_same_item_is_the_same_everywhere() -> None:
    assert same_entry(entry("g1", "/news/1"), entry("g1", "/news/1"))
    assert see(entry("g1", "/news/1"))[0].target_id == "3f3e24d2c24e5338"  # on every machine, in every release


def test_a_guid_that_holds_the_slug_changes_with_the_headline() -> None:
    """Same article, a sighting of its own: the headline is new, the address leads to the same place."""
    before, after = (
        entry("/news/7/talks-begin", "/news/7/talks-begin"),
        entry("/news/7/talks-end", "/news/7/talks-end", "Talks end"),
    )
    assert same_article(before, after)
    assert not same_entry(before, after)


def test_a_headline_edited_under_a_stable_link_is_a_new_sighting_of_the_same_article() -> None:
    assert not same_entry(entry("g1", "/news/1"), entry("g1", "/news/1", "Talks collapse"))
    assert same_article(entry("g1", "/news/1"), entry("g1", "/news/1", "Talks collapse"))


def test_an_old_guid_used_for_a_rewritten_article_is_seen() -> None:
    old, new = entry("2017", "/news/1", "Story of 2017"), entry("2017", "/news/2", "Story of 2020")
    assert not same_entry(old, new)
    assert not same_article(old, new)


def test_equal_ids_in_one_document_name_nothing() -> None:
    """Three entries with one id: the batch survives and all three are there."""
    found = see(*(entry("same", f"/news/{n}", f"Story {n}") for n in range(3)))
    assert len({s.entry_id for s in found}) == 3
    assert {s.item_key for s in found} == {f"link:https://paper.example/news/{n}" for n in range(3)}


def test_an_item_that_stands_twice_in_a_document_is_one() -> None:
    assert len(see(entry("a", "/news/1"), entry("a", "/news/1"), entry(None, "/news/1?utm_source=rss"))) == 1


def test_a_new_format_of_ids_doubles_nothing() -> None:
    assert same_entry(entry("/?p=1", "/news/1"), entry("http://paper.example/?p=1", "/news/1"))
    assert same_entry(entry("/?p=1", "/news/1"), entry(None, "/news/1"))


def test_guids_that_change_at_each_poll_bring_no_news() -> None:
    """Old posts that re-emerge daily keep their identity."""
    polls = [see(*(entry(f"{poll}-{n}", f"/news/{n}", f"Story {n}") for n in range(5))) for poll in range(3)]
    assert len({s.entry_id for poll in polls for s in poll}) == 5


def test_a_new_date_is_no_new_item() -> None:
    one, other = (Item("g", url="https://paper.example/news/1", title="T", published_raw=d) for d in ("Mon", "Tue"))
    assert same_entry(one, other)


def test_one_link_under_many_guids_is_many_items() -> None:
    """A podcast-style feed: the link alone is not identity."""
    first = see(*(entry(f"ep{n}", "/listen", f"Episode {n}") for n in range(3)))
    assert len({s.entry_id for s in first}) == 3
    assert len({s.target_id for s in first}) == 1
    untitled = see(*(entry(f"ep{n}", "/listen", None) for n in range(3)))
    assert len(untitled) == 3


def test_session_ids_in_links_are_not_part_of_identity() -> None:
    one = Item(url=f"https://other.example/read?s={'0a' * 16}&id=7", title="T")
    other = Item(url=f"https://other.example/read?s={'9f' * 16}&id=7", title="T")
    assert same_entry(one, other)
    assert same_article(one, other)
    assert not same_article(one, Item(url=f"https://other.example/read?s={'9f' * 16}&id=8", title="T"))


def test_the_same_story_through_two_feeds_is_one_article_and_two_sightings() -> None:
    one = see(entry("g", "/news/5/talks"), feed="paper-rss")[0]
    other = see(entry("x", "/news/5?utm_source=planet"), feed="planet")[0]
    assert one.target_id == other.target_id
    assert one.entry_id != other.entry_id


def test_an_item_without_a_link_is_kept_and_named() -> None:
    with_link, without = see(entry("a", "/news/1"), entry(None, None, "Only a title"))
    assert (with_link.problem, without.problem) == (None, Code.ITEM_WITHOUT_LINK)
    assert (without.url, without.target_id, without.identity_key) == (None, None, None)
    assert without.item_key.startswith("title:Only a title")
    assert see(Item())[0].problem is Code.ITEM_WITHOUT_LINK


def test_a_link_that_is_none_is_no_link() -> None:
    for link in ("javascript:void(0)", "mailto:desk@paper.example", "tag:paper,2026:1", "http://"):
        assert see(Item(url=link, title="T"))[0].problem is Code.ITEM_WITHOUT_LINK


def test_an_aggregator_link_is_a_sighting_and_no_article() -> None:
    token = Item("CBM1", url="https://news.google.com/rss/articles/CBMiabc?oc=5", title="Talks - Paper")
    (found,) = see(token)
    assert (found.problem, found.target_id, found.outlet_id) == (Code.ITEM_UNRESOLVED_LINK, None, "gnews")
    assert found.url


def test_a_guid_is_worth_something_where_there_is_no_link() -> None:
    assert same_entry(entry("g1", None), entry("g1", None))
    assert not same_entry(entry("g1", None), entry("g2", None))


def test_ids_of_two_feeds_differ() -> None:
    assert see(entry("g", "/news/1"), feed="a")[0].entry_id != see(entry("g", "/news/1"), feed="b")[0].entry_id


def test_the_newest_item_is_not_in_the_future() -> None:
    items = tuple(Item(published_at=NOW + timedelta(hours=h)) for h in (-9, -5, 30))
    assert newest(ParsedFeed("rss", items=items), NOW) == NOW - timedelta(hours=5)
    assert newest(ParsedFeed("rss", items=(Item(),)), NOW) is None
    assert newest(ParsedFeed("atom", items=(Item(updated_at=NOW),)), NOW) == NOW
