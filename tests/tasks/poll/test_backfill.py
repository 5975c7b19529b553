"""Which addresses a backfill takes, and that it never stands in the way of the news."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.fetch.task import STAGE as FETCH
from tasks.poll.backfill import Asked, choose, day_of, entrance, may_hold
from tasks.poll.task import list_batch
from tasks.records import Item
from tests.site.server import Site
from tests.support import Lab

LATE = datetime(2023, 12, 14, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("item", "day"),
    [
        (Item(url="https://a.example/2019/03/05/x", published_at=LATE), date(2019, 3, 5)),
        (Item(url="https://a.example/x", published_at=LATE), date(2023, 12, 14)),
        (Item(url="https://a.example/x", published_at=LATE, published_offset_minutes=300), date(2023, 12, 15)),
        (Item(url="https://a.example/x", updated_at=LATE), date(2023, 12, 14)),
        (Item(url="https://a.example/x"), None),
        (Item(), None),
    ],
)
def test_the_day_of_an_item(item: Item, day: date | None) -> None:
    assert day_of(item) == day


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://a.example/", "https://a.example/robots.txt"),
        ("https://a.example/map.xml", "https://a.example/map.xml"),
        ("https://a.example/?sitemap=1", "https://a.example/?sitemap=1"),
        ("https://a.example/news/", "https://a.example/news/"),
    ],
)
def test_a_bare_host_is_asked_for_its_robots_txt(url: str, asked: str) -> None:
    assert entrance(url) == asked


def test_what_is_left_out_is_counted() -> None:
    undated, dated = Item(url="https://a.example/x"), Item(url="https://a.example/y", published_at=LATE)
    assert choose([undated, dated], Asked()) == ((undated, dated), {"out_of_range": 0, "undated": 0})
    wanted = Asked(since=date(2023, 12, 14), until=date(2023, 12, 14))
    assert choose([undated, dated], wanted) == ((dated,), {"out_of_range": 0, "undated": 1})
    assert choose([dated], Asked(since=date(2023, 12, 15))) == ((), {"out_of_range": 1, "undated": 0})
    assert choose([dated], Asked(until=date(2023, 12, 13))) == ((), {"out_of_range": 1, "undated": 0})


def test_a_part_of_an_index_is_spared_only_if_it_cannot_hold_anything() -> None:
    assert may_hold(None, Asked(since=date(2023, 12, 14)))
    assert may_hold(LATE, Asked())
    assert may_hold(LATE, Asked(since=date(2023, 12, 15))), "another zone's day"
    assert not may_hold(LATE, Asked(since=date(2023, 12, 16)))
    assert may_hold(LATE, Asked(until=date(2000, 1, 1))), "it was changed later, but what it holds may be older"


def test_the_news_come_first_and_little_of_the_backfill_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.fetch.task._BACKLOG", 2)
    with Site({}) as site:
        lab = Lab(tmp_path, site)
        lab.add_targets(site.url("/news/1"), site.url("/news/2"))
        lab.clock.forward(minutes=1)
        (tmp_path / "list.txt").write_text("\n".join(site.url(f"/old/{n}") for n in range(5)))
        result = list_batch.fn(lab.run(), tmp_path / "list.txt", Asked(), None)
        assert (result.ok, result.counts["to_fetch"]) == (5, 5)
        paths = [target.url.rpartition(":")[2][5:] for target in FETCH.pending(lab.run(), 100)]
        assert [path[1:5] for path in paths] == ["news", "news", "old/", "old/"]
        assert FETCH.count(lab.run()) == 4
        assert FETCH.count(lab.run(backfill=True)) == 5
        assert all("/old/" in target.url for target in FETCH.pending(lab.run(backfill=True), 100))
