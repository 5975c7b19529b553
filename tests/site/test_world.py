"""The small news world keeps its promises: what is in it, what each feed says, and what changes."""

from __future__ import annotations

import csv
import html
import http.client
import json
import tomllib
import urllib.robotparser
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from .world import Truth, World, WorldSite, build_world

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(NOW)


@pytest.fixture
def site(world: World) -> Iterator[WorldSite]:
    with world.serve() as running:
        yield running


class Visitor:
    """Asks the site, host by host, on connections that stay open."""

    def __init__(self, site: WorldSite) -> None:
        self.site = site
        self.open: dict[str, http.client.HTTPConnection] = {}

    def get(
        self, host: str, path: str, headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = self.open.setdefault(host, http.client.HTTPConnection(self.site.authority(host), timeout=5))
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def items(body: bytes) -> list[ET.Element]:
    """The items of an XML feed, whatever its format."""
    root = ET.fromstring(body)
    return [e for e in root.iter() if e.tag.rpartition("}")[2] in ("item", "entry", "url")]


def listed(world: World, feed: str, poll: int = 1) -> list[Truth]:
    """What a feed should list."""
    return [t for t in world.truth.values() if feed in t.feeds and t.poll <= poll]


def test_inventory(world: World) -> None:
    truth = world.truth.values()
    assert len(world.outlets) >= 9
    assert len({feed.shape for feed in world.feeds}) >= 9
    assert sum(t.about for t in truth) >= 44
    assert sum(not t.about for t in truth) >= 5
    assert sum(t.lang == "ur" for t in truth) >= 9
    copies = [t for t in truth if t.copy_of]
    assert len(copies) >= 8
    assert Counter(t.copy_of for t in copies)["ipa-trade-framework"] == 4
    assert {t.copy_kind for t in copies} == {"reprint", "excerpt"}
    assert Counter(t.edited for t in truth if t.edited) == {"text": 1, "headline": 1}
    assert sum(t.poll == 2 for t in truth) == 3
    assert {t.verdict for t in truth} == {
        "article", "live_blog", "paywall_stub", "consent_wall", "video", "none"
    }  # fmt: skip
    assert Counter(t.fetch for t in truth if t.fetch != "ok") == {"missing": 1, "no-link": 1, "robots": 1}
    assert any(len(t.feeds) == 2 for t in truth)
    for t in truth:
        assert t.feeds, t.slug
        assert timedelta(minutes=5) < NOW - t.published < timedelta(days=5), t.slug
        if t.verdict == "article" and t.fetch == "ok":
            assert 120 <= len(t.text_after.split()) <= 500, t.slug


def test_copies_are_copies(world: World) -> None:
    for t in world.truth.values():
        if not t.copy_of:
            assert t.copy_kind == "original"
            continue
        origin = world.truth[t.copy_of]
        assert t.published > origin.published, t.slug
        shared = [p for p in t.text.split("\n\n")[1:] if p in origin.text]
        total = len(origin.text.split("\n\n"))
        if t.copy_kind == "reprint":
            assert len(shared) == total - 1, t.slug
        else:
            assert len(shared) < total / 2, t.slug
            assert t.text.splitlines()[-1].startswith("courtesy : "), t.slug


def test_building_twice_gives_the_same_world(world: World) -> None:
    again = build_world(NOW)
    assert again.truth == world.truth
    assert again.site_routes == world.site_routes


def test_feeds_list_what_they_should(world: World, site: WorldSite) -> None:
    visitor = Visitor(site)
    for feed in world.feeds:
        status, headers, body = visitor.get(feed.outlet, feed.path)
        want = listed(world, feed.key)
        assert b".test" not in body.replace(b"tag:harbour.test", b""), feed.key
        if feed.shape == "dead":
            assert status == 404
        elif feed.key == "potomac-rss":
            assert (status, headers["Retry-After"]) == (429, "120")
        elif feed.shape == "rss2-broken":
            with pytest.raises(ET.ParseError):
                ET.fromstring(body)
            assert body.count(b"</item>") == len(want)
            assert b" & " in body
            assert b"\x13" in body
        elif feed.kind in ("json", "wordpress"):
            rows = json.loads(body)
            assert len(rows["items"] if feed.kind == "json" else rows) == len(want)
        else:
            assert len(items(body)) == len(want), feed.key
            text = "".join(ET.fromstring(body).itertext())
            assert all(t.title in text for t in want), feed.key


def test_oddities_of_feeds(world: World, site: WorldSite) -> None:
    visitor = Visitor(site)
    _, headers, body = visitor.get("awaz", "/rss.php")
    assert headers["Content-Type"] == "text/xml"
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert Counter(e.findtext("guid") for e in items(body)).most_common(1) == [("awaz-today", 3)]
    assert sum(e.find("link") is None for e in items(visitor.get("subh", "/rss")[2])) == 1
    home = {e.findtext("link") for e in items(visitor.get("courier", "/feeds/home")[2])}
    other = {e.findtext("link") for e in items(visitor.get("courier", "/feeds/world")[2])}
    assert home & other
    assert sum("utm_source" in str(link) for link in home) == 1
    assert sum("/amp/" in str(link) for link in other) == 1
    assert b'href="story.php?id=' in visitor.get("harbour", "/feeds/atom.xml")[2]
    assert visitor.get("embassy", "/wp-json/wp/v2/press_release?per_page=20&page=2")[0] == 400


def test_every_page_is_served(world: World, site: WorldSite) -> None:
    visitor = Visitor(site)
    for t in world.truth.values():
        if t.poll == 2 or t.fetch == "no-link":
            continue
        status, headers, body = visitor.get(t.outlet, t.path)
        assert status == (404 if t.fetch == "missing" else 200), t.slug
        if t.fetch == "missing" or t.verdict == "consent_wall":
            continue
        charset = "utf-8" if "charset=utf-8" in headers["Content-Type"] else "windows-1256"
        page = html.unescape(body.decode(charset))
        assert t.title in page, t.slug
        assert all(paragraph in page for paragraph in t.text.split("\n\n")), t.slug
        assert 'rel="canonical"' in page
        assert ('dir="rtl"' in page) == (t.lang == "ur")


def test_special_pages(world: World, site: WorldSite) -> None:
    visitor = Visitor(site)
    moved = world.truth["dubai-talks-rumour"]
    short = f"/go/{moved.path.rpartition('-')[2].removesuffix('.html')}"
    status, headers, _ = visitor.get("gulf", short)
    assert (status, headers["Location"]) == (301, moved.path)
    visas = world.truth["courier-student-visas"]
    twin = visitor.get("courier", "/amp/" + visas.path.split("/")[2])[2].decode()
    assert f'<link rel="canonical" href="{world.url("courier-student-visas")}">' in twin
    assert visitor.get("courier", visas.path + "?utm_source=rss")[0] == 200
    stub = world.truth["harbour-paywall-bonds"]
    assert b'"isAccessibleForFree": false' in visitor.get("harbour", stub.path + "&utm_source=x")[2]
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(visitor.get("potomac", "/robots.txt")[2].decode().splitlines())
    closed = [t.slug for t in world.truth.values() if t.outlet == "potomac" and not rules.can_fetch("khabar", t.path)]
    assert closed == ["members-inside-the-backchannel"]


def test_advance(world: World, site: WorldSite) -> None:
    visitor = Visitor(site)
    edited = next(t for t in world.truth.values() if t.edited == "text")
    tag = {"If-None-Match": visitor.get("courier", "/feeds/home")[1]["ETag"]}
    still = {"If-Modified-Since": visitor.get("margalla", "/index.rdf")[1]["Last-Modified"]}
    assert visitor.get("courier", "/feeds/home", tag)[0] == 304
    site.advance()
    assert visitor.get("courier", "/feeds/home", tag)[0] == 200
    assert visitor.get("margalla", "/index.rdf", still)[0] == 304
    old, new = set(edited.text.split(". ")), set(edited.text_after.split(". "))
    assert len(old - new) == len(new - old) == 2
    page = html.unescape(visitor.get("courier", edited.path)[2].decode())
    assert edited.title_after in page
    assert edited.title not in page
    assert all(paragraph in page for paragraph in edited.text_after.split("\n\n"))
    status, _, body = visitor.get("potomac", "/rss091.xml")
    assert (status, len(items(body))) == (200, len(listed(world, "potomac-rss")))
    for t in world.truth.values():
        if t.poll == 2:
            assert visitor.get(t.outlet, t.path)[0] == 200, t.slug


def test_configuration_points_at_the_running_site(world: World, site: WorldSite, tmp_path: Path) -> None:
    world.write_config(tmp_path / "conf", {"warehouse": {"path": "x.duckdb"}, "http": {"timeout": 2.5}})
    settings = tomllib.loads((tmp_path / "conf" / "settings.toml").read_text())
    assert settings["warehouse"] == {"path": "x.duckdb"}
    assert settings["http"]["timeout"] == 2.5
    outlets = tomllib.loads((tmp_path / "conf" / "outlets.toml").read_text())["outlet"]
    assert sorted(settings["http"]["allow_private"]) == sorted(o["hosts"][0] for o in outlets)
    with (tmp_path / "conf" / "feeds.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(world.feeds)
    assert {row["outlet"] for row in rows} <= {o["key"] for o in outlets}
    assert rows[0]["url"] == site.url("/rss/pakistan-us.xml", "ipa")
    assert rows[0]["enabled"] == "yes"
