"""Items of syndication feeds: dates, links, identity and the other fields."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.tasks.poll.feed_text import URDU, atom, only, parse, rss, warned

# --- dates --------------------------------------------------------------------------------


def test_the_order_of_dates_and_their_names() -> None:
    published, updated, created = (f"2026-04-0{n}T10:00:00Z" for n in (1, 2, 3))
    items = parse(
        atom(
            f"<created>{created}</created><updated>{updated}</updated><published>{published}</published>",
            f"<updated>{updated}</updated>",
            "<title>none</title>",
        )
    ).items
    assert [item.date_source for item in items] == ["published", "updated", None]
    assert [item.published_raw for item in items] == [published, updated, None]
    assert items[0].updated_at == datetime(2026, 4, 2, 10, tzinfo=UTC)
    assert items[1].published_at == items[1].updated_at
    created_only = only(
        rss("<dcterms:created>2026-04-03</dcterms:created>", attributes='xmlns:dcterms="http://purl.org/dc/terms/"')
    )
    assert created_only.date_source == "created:day"
    dc = only(rss("<dc:date>2026-04-03T10:00:00+05:00</dc:date>"))
    assert (dc.date_source, dc.published_offset_minutes, dc.updated_at) == ("dc:date", 300, None)


def test_a_feed_without_item_dates_lends_none() -> None:
    item = only(rss("<title>a</title>", head="<lastBuildDate>Wed, 01 Apr 2026 10:00:00 GMT</lastBuildDate>"))
    assert (item.published_raw, item.published_at, item.date_source) == (None, None, None)


def test_an_offset_near_midnight_is_kept() -> None:
    item = only(rss("<pubDate>Wed, 01 Apr 2026 00:30:00 +0500</pubDate>"))
    assert item.published_at == datetime(2026, 3, 31, 19, 30, tzinfo=UTC)
    assert item.published_offset_minutes == 300


def test_zoneless_unreadable_and_future_dates() -> None:
    feed = parse(
        rss(
            "<pubDate>2026-04-30 12:00:33</pubDate>",
            "<pubDate>last Tuesday</pubDate>",
            "<pubDate>Fri, 01 May 2036 10:00:00 GMT</pubDate>",
            "<pubDate>2026-04-30</pubDate>",
        ),
        timezone="Asia/Karachi",
    )
    zoneless, unreadable, future, day = feed.items
    assert (zoneless.published_at, zoneless.date_source) == (
        datetime(2026, 4, 30, 7, 0, 33, tzinfo=UTC),
        "published:assumed-zone",
    )
    assert (unreadable.published_raw, unreadable.published_at) == ("last Tuesday", None)
    assert (future.published_raw, future.published_at) == ("Fri, 01 May 2036 10:00:00 GMT", None)
    assert (day.published_at, day.date_source) == (datetime(2026, 4, 29, 19, tzinfo=UTC), "published:day")
    assert all(warned(feed, kind) for kind in ("assumed zone", "unreadable date", "future date"))


# --- links and identity -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("<link>https://a.example/1</link>", "https://a.example/1"),
        ("<link>/news/2</link>", "https://news.example/news/2"),
        (
            "<link><![CDATA[\n  //cdn.example/my story, part 1 \n]]></link>",
            "https://cdn.example/my%20story,%20part%201",
        ),
        ("<link>https://a.example/?a=1&b=2&amp;copy=3</link>", "https://a.example/?a=1&b=2&copy=3"),
        (
            f"<link>https://a.example/{URDU.split(maxsplit=1)[0]}</link>",
            f"https://a.example/{URDU.split(maxsplit=1)[0]}",
        ),
        ("<guid>https://a.example/3</guid>", "https://a.example/3"),
        ("<link></link><guid isPermaLink='true'>https://a.example/4</guid>", "https://a.example/4"),
        ("<guid isPermaLink='false'>https://a.example/5</guid>", None),
        ("<guid>article-6</guid>", None),
        ("<guid>/story/7</guid>", "https://news.example/story/7"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>http://[broken/</link>", None),
        ("<title>no link at all</title>", None),
    ],
)
def test_links_of_rss(given: str, url: str | None) -> None:
    assert only(rss(given)).url == url


def test_links_of_atom() -> None:
    items = parse(
        atom(
            '<link rel="self" href="self"/><link rel="alternate" type="application/json" href="j"/>'
            '<link rel="alternate" href="opening/"/>',
            '<link href="b" xml:base="https://other.example/x/"/>',
            '<link rel="enclosure" href="a.mp3"/><id>urn:uuid:1</id>',
        )
    ).items
    assert [item.url for item in items] == [
        "https://news.example/feeds/opening/",
        "https://other.example/x/b",
        None,
    ]


def test_a_counting_proxy_gives_way_to_the_original_link() -> None:
    namespace = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    body = rss(
        "<link>https://proxy.example/~r/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink>",
        attributes=namespace,
    )
    assert only(body).url == "https://a.example/1"


def test_guids_are_kept_as_they_are() -> None:
    items = parse(
        rss("<guid>same</guid>", "<guid>same</guid>", "<guid>https://a.example/1</guid><link>/2</link>")
    ).items
    assert [item.guid for item in items] == ["same", "same", "https://a.example/1"]
    assert [item.guid_is_permalink for item in items] == [False, False, True]


def test_one_broken_item_does_not_sink_the_others() -> None:
    items = parse(rss("<title>a</title>", "", "<link/><pubDate/><guid/>", "<title>b</title>")).items
    assert [item.title for item in items] == ["a", None, None, "b"]


# --- the other fields ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "authors"),
    [
        ("<author>none@none.com ()</author>", ()),
        ("<author>desk@news.example (Amna Tariq)</author>", ("Amna Tariq",)),
        ("<author>Amna Tariq &lt;a@news.example&gt;</author>", ("Amna Tariq",)),
        (
            "<dc:creator><![CDATA[ Amna  Tariq ]]></dc:creator><dc:creator>John Roe</dc:creator>",
            ("Amna Tariq", "John Roe"),
        ),
        ("<dc:creator/>", ()),
    ],
)
def test_authors(given: str, authors: tuple[str, ...]) -> None:
    assert only(rss(given)).authors == authors


def test_text_source_and_categories() -> None:
    item = only(
        rss(
            "<description>&lt;p&gt;Short.&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p onclick='x'>Long <a href='/r'>one</a>.</p>]]></content:encoded>"
            "<source url='https://origin.example'>Origin &amp;amp; Co</source>"
            "<category>World</category><category domain='x'> Trade &amp;amp; Aid </category><category>World</category>"
        )
    )
    assert item.summary == "<p>Short.</p>"
    assert item.content == "<p onclick='x'>Long <a href='/r'>one</a>.</p>"
    assert (item.source_name, item.source_url) == ("Origin & Co", "https://origin.example")
    assert item.categories == ("World", "Trade & Aid")


def test_content_alone_is_not_a_summary() -> None:
    item = only(atom('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></content>'))
    assert (item.summary, item.content) == (None, "<p>a</p>")
    item = only(atom('<content type="html">&lt;p&gt;a&lt;/p&gt;</content>'))
    assert (item.summary, item.content) == (None, "<p>a</p>")


def test_the_publishers_wishes() -> None:
    head = (
        "<link>https://news.example</link><ttl>45</ttl><skipHours><hour>0</hour><hour>23</hour><hour>24</hour></skipHours>"
        "<skipDays><day>Sunday</day></skipDays>"
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    )
    feed = parse(rss(head=head, attributes='xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'))
    assert (feed.ttl_minutes, feed.update_minutes) == (45, 15)
    assert (feed.skip_hours, feed.skip_days) == ({0, 23}, {6})
    assert (feed.title, feed.home_url) == ("F", "https://news.example")


def test_formats_are_named() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="x"><title>F</title></channel>'
        '<item rdf:about="https://a.example/1"><title>a</title><link>https://a.example/1</link></item></rdf:RDF>'
    )
    assert [parse(body).format for body in (rss(), atom(), rdf)] == ["rss", "atom", "rdf"]
    assert only(rdf).url == "https://a.example/1"


def test_items_inside_items_are_not_news_of_this_feed() -> None:
    feed = parse(atom("<title>outer</title><link href='1'/><source><entry><title>inner</title></entry></source>"))
    assert len(feed.items) == 1
    assert warned(feed, "nested item left out")


def test_ten_megabytes_take_seconds() -> None:
    item = "<title>Talks</title><link>https://a.example/{}</link><description>" + "word " * 400 + "</description>"
    body = rss(*(item.format(n) for n in range(4_500))).encode()
    assert len(body) > 9_000_000
    started = datetime.now(UTC)
    assert len(parse(body).items) == 4_500
    assert (datetime.now(UTC) - started).total_seconds() < 30  # 2 s on an idle core
