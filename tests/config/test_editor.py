"""Commands that change the files of people: rows are added and removed, and never a file is left broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.editor import add_feeds, new_outlet, remove_feed, slug
from config.model import Config, ConfigError, Feed
from config.reader import load
from tasks.errors import KhabarError

from .test_reader import FEEDS, write


def fresh(key: str = "geo", outlet: str = "dawn", url: str = "https://geo.example/rss", **more: object) -> Feed:
    return Feed.model_validate({"key": key, "outlet": outlet, "url": url, **more})


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load(write(tmp_path), {})


def contents(config: Config) -> list[bytes]:
    return [(config.directory / name).read_bytes() for name in ("feeds.csv", "outlets.toml")]


def test_feeds_are_appended_and_read_back(config: Config) -> None:
    before = contents(config)
    feed = fresh(tier="fast", notes='says "hello", daily\nand more', enabled=False, reason="terms forbid it")
    after = add_feeds(config, [feed])
    assert after.feeds == (*config.feeds, feed)
    assert contents(config)[0].startswith(before[0])  # what people wrote stays as it is
    assert contents(config)[1] == before[1]


def test_an_outlet_comes_with_its_feed(config: Config) -> None:
    outlet = new_outlet(config, "https://www.samaa.example/live", 'سماء "News" \\ \x7f', "ur", [])
    assert (outlet.key, outlet.hosts, outlet.country, outlet.lang) == ("samaa", ("samaa.example",), "ZZ", "ur")
    after = add_feeds(config, [fresh(outlet=outlet.key)], [outlet])
    assert after.outlet("samaa") == outlet


def test_a_missing_line_end_is_made_good(config: Config) -> None:
    path = config.directory / "feeds.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert len(add_feeds(config, [fresh()]).feeds) == 2


@pytest.mark.parametrize("columns", ["key,outlet,url", "url,key,notes,outlet,tier"])
def test_columns_may_stand_in_any_order_and_be_left_out(tmp_path: Path, columns: str) -> None:
    row = {"key": "dawn", "outlet": "dawn", "url": "https://dawn.example/rss", "notes": "", "tier": "daily"}
    text = f"{columns}\n{','.join(row[c] for c in columns.split(','))}\n"
    config = load(write(tmp_path, feeds=text), {})
    after = add_feeds(config, [fresh()])
    assert after.feeds == (*config.feeds, fresh())


def test_a_value_without_a_column_is_not_dropped_silently(tmp_path: Path) -> None:
    config = load(write(tmp_path, feeds="key,outlet,url\ndawn,dawn,https://dawn.example/rss\n"), {})
    before = contents(config)
    with pytest.raises(KhabarError, match="tier"):
        add_feeds(config, [fresh(tier="fast")])
    assert contents(config) == before


@pytest.mark.parametrize(
    "wrong",
    [fresh(key="dawn"), fresh(url="https://dawn.example/rss"), fresh(outlet="nobody")],
    ids=["key taken", "url taken", "no such outlet"],
)
def test_files_are_put_back_when_the_result_is_wrong(config: Config, wrong: Feed) -> None:
    before = contents(config)
    outlet = new_outlet(config, "https://geo.example", "Geo", None, [])
    with pytest.raises(ConfigError):
        add_feeds(config, [fresh(key="fine", url="https://fine.example/rss"), wrong], [outlet])
    assert contents(config) == before


def test_a_feed_is_removed_and_nothing_else(tmp_path: Path) -> None:
    text = FEEDS + 'geo,dawn,https://geo.example/rss,rss,fast,yes,,"a, b"\n'
    config = load(write(tmp_path, feeds=text), {})
    remove_feed(config, "dawn")
    assert [f.key for f in load(tmp_path, {}).feeds] == ["geo"]
    assert (tmp_path / "feeds.csv").read_text(encoding="utf-8") == text.replace(FEEDS.splitlines()[1] + "\n", "")


def test_removing_what_is_not_there(config: Config) -> None:
    before = contents(config)
    with pytest.raises(KhabarError, match="no feed 'geo'"):
        remove_feed(config, "geo")
    assert contents(config) == before


def test_added_and_removed_is_as_before(config: Config) -> None:
    before = contents(config)
    add_feeds(config, [fresh()])
    remove_feed(config, "geo")
    assert contents(config) == before


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [("The Dawn!", [], "the-dawn"), ("dawn", ["dawn", "dawn-2"], "dawn-3"), ("خبر", [], "feed"), ("--a--", [], "a")],
)
def test_keys_are_made_of_texts(text: str, taken: list[str], key: str) -> None:
    assert slug(text, taken) == key
