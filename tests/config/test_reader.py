"""Configuration: read whole, checked whole, and every mistake reported at once by file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.model import Config, ConfigError
from config.reader import DEFAULT_DIRECTORY, load
from tasks.errors import KhabarError

SETTINGS = """
[warehouse]
path = "../data/khabar.duckdb"
work_path = "work/khabar.duckdb"
archive_dir = "/var/khabar/archive"
[http]
contact = "https://example.org/bot"
"""
OUTLET = """
[[outlet]]
key = "dawn"
name = "Dawn"
homepage = "https://dawn.example"
hosts = ["dawn.example"]
country = "PK"
lang = "en"
owner_type = "private"
timezone = "Asia/Karachi"
"""
FEEDS = "key,outlet,url,kind,tier,enabled,reason,notes\ndawn,dawn,https://dawn.example/rss,,,,,\n"


def write(directory: Path, settings: str = SETTINGS, outlets: str = OUTLET, feeds: str = FEEDS) -> Path:
    (directory / "settings.toml").write_text(settings, encoding="utf-8")
    (directory / "outlets.toml").write_text(outlets, encoding="utf-8")
    (directory / "feeds.csv").write_text(feeds, encoding="utf-8")
    return directory


def problems(directory: Path, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(directory, environ or {})
    assert isinstance(raised.value, KhabarError)
    for problem in raised.value.problems:
        assert problem in str(raised.value)
    return raised.value.problems


def one(found: list[str], *words: str) -> None:
    """Exactly one problem holds all the words."""
    assert len([p for p in found if all(word in p for word in words)]) == 1, (words, found)


def test_a_small_configuration_is_complete(tmp_path: Path) -> None:
    config = load(write(tmp_path), {})
    assert [f.key for f in config.feeds] == ["dawn"]
    feed = config.feeds[0]
    assert (feed.kind, feed.tier, feed.enabled) == ("auto", "hourly", True)  # an empty cell is the default
    assert config.settings.poll.min_interval_minutes == 15
    assert config.outlet("dawn").rules.timezone == "Asia/Karachi"


def test_paths_are_relative_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    warehouse = load(write(tmp_path / "config"), {}).settings.warehouse
    assert warehouse.path == tmp_path / "data/khabar.duckdb"
    assert warehouse.work_path == tmp_path / "config/work/khabar.duckdb"
    assert warehouse.archive_dir == Path("/var/khabar/archive")


def test_the_folder_may_come_from_the_environment(tmp_path: Path) -> None:
    assert load(environ={"KHABAR_CONFIG": str(write(tmp_path))}).directory == tmp_path.resolve()


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    settings = SETTINGS.replace("https://example.org/bot", "me")
    settings += "dedline_seconds = 3\n[poll]\nbatch = 0\n[extra]\na = 1\n"
    geo = OUTLET.replace('"dawn"', '"geo"').replace("dawn.example", "geo.example")
    outlets = "".join(
        [
            OUTLET.replace("Asia/Karachi", "Asia/Karachee").replace('"PK"', '"Pakistan"'),
            geo + "id_pattern = '(?P<id>'\nid_path = '/{id}'\n",
            OUTLET.replace('"dawn"', '"app"'),
            OUTLET.replace('"dawn"', '"bol"'),
        ]
    )
    feeds = FEEDS + (
        "a,app,ftp://x/rss,,,,,\nb,app,https://b.example/rss,,weekly,,,\nc,app,https://c.example/rss,,,no,,\n"
        "d,app,https://d.example/rss,,,,,\nd,app,https://d.example/rss,,,,,\n"
        "e,app,https://e.example/rss,,,,,,surplus\nF G,app,https://f.example/rss,,,,,\n"
    )
    found = problems(write(tmp_path, settings, outlets, feeds))
    one(found, "settings.toml", "http.contact")
    one(found, "settings.toml", "http.dedline_seconds")
    one(found, "settings.toml", "poll.batch")
    one(found, "settings.toml", "extra")
    one(found, "outlets.toml", "'dawn'", "timezone", "Karachee")
    one(found, "outlets.toml", "'dawn'", "country", "Pakistan")
    one(found, "outlets.toml", "'geo'", "regular expression")
    one(found, "outlets.toml", "dawn.example", "claimed by 2 outlets")
    one(found, "feeds.csv", "'a'", "line 3", "url")
    one(found, "feeds.csv", "'b'", "tier", "weekly")
    one(found, "feeds.csv", "'c'", "needs a reason")
    one(found, "feeds.csv", "'d'", "key is used 2 times")
    one(found, "feeds.csv", "https://d.example/rss", "2 rows")
    one(found, "feeds.csv", "'e'", "surplus")
    one(found, "feeds.csv", "'F G'", "key")
    # outlets that could not be read are not called missing
    assert not [p for p in found if "is not in outlets.toml" in p]


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    found = problems(tmp_path)
    assert [Path(p.split(":")[0]).name for p in found] == ["settings.toml", "outlets.toml", "feeds.csv"]
    write(tmp_path, settings="[warehouse\n", outlets="[outlet]\nkey = 'x'\n[other]\n", feeds="key;outlet;url\n")
    found = problems(tmp_path)
    one(found, "settings.toml", "not valid TOML")
    one(found, "outlets.toml", "[[outlet]]", "must be a list")
    one(found, "outlets.toml", "other")
    one(found, "feeds.csv", "url: the column is missing")
    (tmp_path / "feeds.csv").write_bytes(b"key,outlet,url\nx,y,\xff\n")
    one(problems(tmp_path), "feeds.csv", "not UTF-8")


@pytest.mark.parametrize("outlets", ["outlet = ['dawn']", "outlet = 3", "outlet = [[1]]"])
def test_outlets_of_the_wrong_shape_are_a_mistake_not_a_crash(tmp_path: Path, outlets: str) -> None:
    assert problems(write(tmp_path, outlets=outlets))


def test_a_feed_of_nobody(tmp_path: Path) -> None:
    found = problems(write(tmp_path, feeds=FEEDS + "x,nobody,https://x.example/rss,,,,,\n"))
    one(found, "feeds.csv", "'x'", "outlet", "'nobody' is not in outlets.toml")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("id_pattern = '/(?P<id>x)'", "go together"),
        ("id_pattern = '/(x)'\nid_path = '/{id}'", "group named id"),
        ("id_pattern = '/(?P<id>x)'\nid_path = '/'", "place holder"),
    ],
)
def test_rules_that_cannot_work(tmp_path: Path, rule: str, said: str) -> None:
    one(problems(write(tmp_path, outlets=OUTLET + rule + "\n")), "outlets.toml", "'dawn'", said)


def test_the_environment_overrides(tmp_path: Path) -> None:
    environ = {
        "KHABAR_HTTP__DEADLINE_SECONDS": "3.5",
        "KHABAR_HTTP__ALLOW_PRIVATE": "127.0.0.1:80,localhost:81",
        "KHABAR_WAREHOUSE__PATH": "elsewhere.duckdb",
        "KHABAR_FETCH__RESPECT_ROBOTS": "false",
        "KHABAR_CONFIG": "/not/this",
        "OTHER": "x",
    }
    config = load(write(tmp_path), environ)
    assert config.settings.http.deadline_seconds == 3.5
    assert config.settings.http.allow_private == ("127.0.0.1:80", "localhost:81")
    assert config.settings.warehouse.path == tmp_path / "elsewhere.duckdb"
    assert config.settings.fetch.respect_robots is False


def test_a_mistake_in_the_environment_names_the_variable(tmp_path: Path) -> None:
    environ = {
        "KHABAR_HTTP__DEADLINE_SECONDS": "soon",
        "KHABAR_POLL__BATCHES": "3",
        "KHABAR_NOTHING__AT_ALL": "1",
        "KHABAR_HTTP": "x",
    }
    found = problems(write(tmp_path), environ)
    one(found, "KHABAR_HTTP__DEADLINE_SECONDS", "soon")
    one(found, "KHABAR_POLL__BATCHES")
    one(found, "nothing")
    assert any("KHABAR_HTTP" in p and "DEADLINE" not in p for p in found)


# --- the registry that comes with khabar --------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Config:
    return load(DEFAULT_DIRECTORY, environ={})


def test_the_registry_is_large_enough(real: Config) -> None:
    assert sum(f.enabled for f in real.feeds) >= 150
    assert {f.tier for f in real.feeds} == {"fast", "hourly", "daily"}
    assert {o.country for o in real.outlets} >= {"PK", "US"}
    assert {o.owner_type for o in real.outlets} >= {"private", "state", "government", "public"}
    assert "ur" in {o.lang for o in real.outlets}


def test_feeds_that_are_off_say_why(real: Config) -> None:
    off = [f for f in real.feeds if not f.enabled]
    assert off
    assert all(len(f.reason) > 10 for f in off)


def test_the_registry_allows_no_private_address(real: Config) -> None:
    assert real.settings.http.allow_private == ()


def test_the_registry_can_be_copied_elsewhere(tmp_path: Path, real: Config) -> None:
    for name in ("settings.toml", "outlets.toml", "feeds.csv"):
        shutil.copy(DEFAULT_DIRECTORY / name, tmp_path / name)
    copy = load(tmp_path, environ={})
    assert (copy.outlets, copy.feeds) == (real.outlets, real.feeds)
    assert copy.settings.warehouse.path == tmp_path.parent / "warehouse/khabar.duckdb"
