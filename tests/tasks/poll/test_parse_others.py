"""JSON feeds, sitemaps, and the feeds that a home page announces."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.errors import Code, CodedError
from tasks.poll.discover import discover
from tasks.poll.parse import parse_feed
from tasks.records import ParsedFeed

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://site.example/feed"
NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def parse(body: Any, url: str = URL, timezone: str | None = None) -> ParsedFeed:
    if isinstance(body, dict | list):
        body = json.dumps(body)
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, url=url, content_type="text/html", timezone=timezone, now=NOW)


def refused(body: Any) -> Code:
    with pytest.raises(CodedError) as raised:
        parse(body)
    return raised.value.code


# --- JSON ---------------------------------------------------------------------------------


def test_json_feed() -> None:
    feed = parse(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "A &amp; B",
            "home_page_url": "/",
            "items": [
                {
                    "id": 7,
                    "url": "/a b",
                    "title": "Talks\u0008 resume",
                    "content_html": "<p>x</p>",
                    "summary": "x",
                    "date_published": "2026-04-01T05:00:00+05:00",
                    "date_modified": "2026-04-02T00:00:00Z",
                    "authors": [{"name": "Amna Tariq"}, {"url": "x"}],
                    "tags": ["World", None],
                },
                {"id": "https://site.example/2", "content_text": "plain", "date_modified": "2026-04-02"},
                {"title": ["not", "text"], "authors": 3, "tags": "x", "date_published": {}},
                "nonsense",
            ],
        }
    )
    first, second, third = feed.items
    assert (feed.format, feed.title, feed.home_url) == ("json", "A & B", "https://site.example/")
    assert (first.guid, first.url, first.title) == ("7", "https://site.example/a%20b", "Talks resume")
    assert (first.published_at, first.published_offset_minutes) == (datetime(2026, 4, 1, tzinfo=UTC), 300)
    assert first.updated_at == datetime(2026, 4, 2, tzinfo=UTC)
    assert (first.authors, first.categories, first.content) == (("Amna Tariq",), ("World",), "<p>x</p>")
    assert (second.url, second.content, second.date_source) == ("https://site.example/2", "plain", "updated:day")
    assert (third.title, third.url) == (None, None)


def test_wordpress_posts() -> None:
    feed = parse(
        [
            {
                "id": 41,
                "date": "2026-04-01T05:00:00",
                "date_gmt": "2026-04-01T09:00:00",
                "modified_gmt": "2026-04-01T10:00:00",
                "guid": {"rendered": "https://site.example/?p=41"},
                "link": "https://site.example/talks/",
                "title": {"rendered": "The Envoy&#8217;s Visit &#038; More"},
                "content": {"rendered": "<p>Body</p>\n"},
                "excerpt": {"rendered": "<p>Short</p>"},
                "_embedded": {"author": [{"name": "Press Office"}], "wp:term": [[{"name": "Asia &amp; Pacific"}]]},
            },
            {"id": 42, "date_gmt": "2026-04-01T09:00:00", "title": {"rendered": "Bare"}, "type": "post"},
            {
                "id": 43,
                "date_gmt": "0000-00-00T00:00:00",
                "date": "2026-04-01T05:00:00",
                "title": {"rendered": "Local"},
            },
        ],
        timezone="America/New_York",
    )
    first, bare, local = feed.items
    assert feed.format == "wordpress"
    assert (first.title, first.url) == ("The Envoy’s Visit & More", "https://site.example/talks/")
    assert (first.guid, first.content, first.summary) == ("https://site.example/?p=41", "<p>Body</p>", "<p>Short</p>")
    assert (first.published_at, first.published_raw) == (datetime(2026, 4, 1, 9, tzinfo=UTC), "2026-04-01T09:00:00")
    assert (first.authors, first.categories) == (("Press Office",), ("Asia & Pacific",))
    assert (bare.guid, bare.url, bare.date_source) == ("42", None, "published")
    assert (local.published_at, local.date_source) == (datetime(2026, 4, 1, 9, tzinfo=UTC), "published:assumed-zone")


def test_gdelt_articles() -> None:
    row = {"url": "https://a.example/1", "title": "Talks\\", "seendate": "20260401T120000Z", "domain": "a.example"}
    feed = parse({"articles": [row, {"url": None}]})
    assert feed.format == "gdelt"
    item = feed.items[0]
    assert (item.url, item.source_name) == ("https://a.example/1", "a.example")
    # When an aggregator saw it is not when it was published.
    assert (item.published_raw, item.published_at, item.date_source) == ("20260401T120000Z", None, "seendate")
    assert feed.items[1].url is None
    assert parse("{}", url="https://api.gdeltproject.org/api/v2/doc/doc?query=x").items == ()
    assert (
        parse('{"articles": [{"title": "It\\\'s on\x01", "url": "https://a.example/2"}]}').items[0].title == "It's on"
    )


@pytest.mark.parametrize(
    "body",
    ["{}", '{"code": "rest_no_route", "message": "No route"}', "[1, 2]", '[{"a": 1}]'],
)
def test_other_json_is_no_feed(body: str) -> None:
    assert refused(body) is Code.NOT_A_FEED


@pytest.mark.parametrize("body", ['{"version": "https://jsonfeed.org/version/1", "items": [{"id"', "[" * 100_000])
def test_broken_json_is_broken(body: str) -> None:
    assert refused(body) is Code.FEED_BROKEN


def test_an_empty_post_list_is_a_feed_without_items() -> None:
    assert parse("[]").items == ()


# --- sitemaps -----------------------------------------------------------------------------

SITEMAP = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NEWS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://site.example/1 </loc><lastmod>2026-04-02T00:00:00Z</lastmod>
    <image:image><image:loc>https://site.example/p.jpg</image:loc><image:title>A picture</image:title></image:image>
    <news:news><news:publication><news:name>The Site</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2026-04-01T05:00:00+05:00</news:publication_date>
      <news:title>Trade & aid</news:title><news:keywords>Asia, trade</news:keywords></news:news></url>
  <url><loc>/2</loc><lastmod>2026-04-02</lastmod></url>
  <url><loc>https://site.example/3</loc></url>
</urlset>"""


@pytest.mark.parametrize("body", [SITEMAP.encode(), gzip.compress(SITEMAP.encode())])
def test_news_sitemap(body: bytes) -> None:
    feed = parse(body, timezone="Asia/Karachi")
    news, plain, bare = feed.items
    assert feed.format == "sitemap"
    assert (news.url, news.title, news.source_name) == ("https://site.example/1", "Trade & aid", "The Site")
    assert (news.published_at, news.date_source) == (datetime(2026, 4, 1, tzinfo=UTC), "published")
    assert (news.updated_at, news.categories) == (datetime(2026, 4, 2, tzinfo=UTC), ("Asia", "trade"))
    assert (plain.url, plain.title, plain.date_source) == ("https://site.example/2", None, "lastmod:day")
    assert (bare.published_raw, bare.date_source) == (None, None)


def test_a_cut_sitemap_keeps_the_whole_urls() -> None:
    feed = parse(SITEMAP[: SITEMAP.index("site.example/3") + 6])
    assert [item.url for item in feed.items][:2] == ["https://site.example/1", "https://site.example/2"]
    assert any(line.startswith("truncated document") for line in feed.warnings)
    assert all(item.url is None or not item.url.endswith("site.e") for item in feed.items)


def test_sitemap_index() -> None:
    feed = parse(
        f"<sitemapindex {NEWS}><sitemap><loc>https://site.example/a.xml.gz</loc></sitemap>"
        "<sitemap><loc>b.xml</loc><lastmod>2026-04-01</lastmod></sitemap></sitemapindex>"
    )
    assert (feed.format, feed.items) == ("sitemap_index", ())
    assert feed.sitemaps == ("https://site.example/a.xml.gz", "https://site.example/b.xml")


def test_a_list_of_addresses_is_a_sitemap() -> None:
    """As the sitemaps protocol allows, with the mark and line ends of any system, each address once."""
    body = "\ufeffhttps://site.example/1\r\n\r\nhttps://site.example/2\nhttps://site.example/1\nftp://site.example/3\n"
    feed = parse(body.encode())
    assert (feed.format, [item.url for item in feed.items]) == (
        "sitemap",
        ["https://site.example/1", "https://site.example/2"],
    )
    assert refused(b"Error: see https://site.example/1") is Code.NOT_A_FEED


def test_robots_txt_is_an_index_of_the_sitemaps_it_names() -> None:
    robots = (
        "User-agent: *\nDisallow: /x\nSitemap: https://site.example/a.xml\n sitemap:/b.xml # ours\n#Sitemap: /c.xml\n"
    )
    feed = parse(robots, url="https://site.example/robots.txt")
    assert (feed.format, feed.sitemaps) == (
        "sitemap_index",
        ("https://site.example/a.xml", "https://site.example/b.xml"),
    )
    assert parse("User-agent: *", url="https://site.example/robots.txt").sitemaps == (
        "https://site.example/sitemap.xml",
    )


def test_gzip_bombs_and_broken_gzip() -> None:
    assert refused(gzip.compress(b" " * 70_000_000)) is Code.DECODED_TOO_LARGE
    assert refused(b"\x1f\x8bnonsense") is Code.BAD_ENCODING


# --- discovery ----------------------------------------------------------------------------


def test_discovery_puts_the_best_feed_first() -> None:
    page = b"""<html><head><base href="/en/">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
      <link rel="alternate" hreflang="ur" href="/ur/"><link rel="stylesheet" href="/feed.css">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
      <link rel="Alternate" type="application/atom+xml; charset=utf-8" href="atom.xml"></head>
      <body><a href="/rss/world">RSS</a><a href="/feedback">write</a><a href="atom.xml">again</a></body></html>"""
    assert discover(page, "https://site.example/home") == (
        "https://site.example/en/atom.xml",
        "https://site.example/rss/world",
        "https://site.example/en/comments/feed",
    )


@pytest.mark.parametrize("page", [b"", b"\x00", b"just words", b"<?xml version='1.0'?><html/>", b"\xff\xfe<\x00"])
def test_discovery_never_raises(page: bytes) -> None:
    assert discover(page, "https://site.example") == ()
