"""RSS, RDF and Atom as they come: broken, mislabelled, and read all the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tasks.errors import Code, CodedError
from tasks.poll.parse import parse_feed
from tasks.records import Item, ParsedFeed

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://news.example/feeds/world.xml"
NS = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def parse(body: str | bytes, **given: str) -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, url=given.pop("url", URL), now=NOW, **given)  # type: ignore[arg-type]


def rss(*items: str, head: str = "", attributes: str = NS) -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" {attributes}><channel><title>F</title>{head}{inner}</channel></rss>'
    )


def atom(*entries: str, attributes: str = "") -> str:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>F</title>{inner}</feed>'


def only(body: str | bytes, **given: str) -> Item:
    (item,) = parse(body, **given).items
    return item


def warned(feed: ParsedFeed, kind: str) -> bool:
    return any(line.startswith(kind) for line in feed.warnings)


# --- what is not a feed -------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\x00\x00"])
def test_an_empty_body_is_a_failure(body: bytes) -> None:
    with pytest.raises(CodedError) as raised:
        parse(body)
    assert raised.value.code is Code.EMPTY_BODY


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><head><title>One moment</title></head><body>Please enable cookies</body></html>",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        "<!-- cdn --><html><body>What is an &lt;rss&gt; feed? <script>var a = '<feed>'</script></body></html>",
        "Service unavailable",
        '<?xml version="1.0"?><opml version="2.0"><body/></opml>',
        '<?xml version="1.0"?>',
    ],
)
def test_another_document_is_a_failure_with_what_it_says(body: str) -> None:
    with pytest.raises(CodedError) as raised:
        parse(body, content_type="application/rss+xml")
    assert raised.value.code is Code.NOT_A_FEED
    assert "One moment" in raised.value.detail or "One moment" not in body


@pytest.mark.parametrize("body", [rss(), atom(), "<rss/>", '<rss version="2.0"><channel/></rss>'])
def test_a_feed_without_items_is_a_feed(body: str) -> None:
    assert parse(body).items == ()


# --- letters ------------------------------------------------------------------------------

URDU = "پاکستان اور امریکا کے مذاکرات"
ARABIC = "محادثات بين باكستان والولايات المتحدة"


@pytest.mark.parametrize(
    ("title", "encoding", "declared", "content_type"),
    [
        (URDU, "utf-8", "utf-8", "text/xml"),
        (URDU, "utf-8", None, "text/xml"),
        (URDU, "utf-8-sig", None, None),
        (URDU, "utf-8", "iso-8859-1", None),
        (URDU, "utf-8", "utf-8", "text/xml; charset=windows-1256"),
        (URDU, "utf-16", "utf-16", "text/xml"),
        (URDU, "utf-16-le", "utf-16", "application/xml; charset=utf-8"),
        (URDU, "utf-16-be", None, None),
        (ARABIC, "windows-1256", "windows-1256", "text/xml"),
        (ARABIC, "windows-1256", "windows-1256", "text/xml; charset=utf-8"),
        (ARABIC, "windows-1256", None, "text/xml; charset=windows-1256"),
        (ARABIC, "windows-1256", None, "text/xml"),
        (ARABIC, "windows-1256", "utf-8", "text/xml; charset=iso-8859-1"),
        ("Переговоры в Исламабаде", "windows-1251", None, "text/xml; charset=iso-8859-1"),
        ("Le général reçu à Genève – déjà", "windows-1252", None, None),
        ("Le général reçu à Genève – déjà", "windows-1252", "iso-8859-1", None),
        ("伊斯兰堡会谈", "gb2312", "gb2312", "text/xml"),
        ("イスラマバード会談", "iso-2022-jp", "iso-2022-jp", None),
    ],
)
def test_letters_survive_every_label(title: str, encoding: str, declared: str | None, content_type: str | None) -> None:
    prolog = '<?xml version="1.0"' + (f' encoding="{declared}"' if declared else "") + "?>"
    body = prolog + rss(f"<title>{title}</title>").partition("?>")[2]
    assert parse_feed(body.encode(encoding), url=URL, content_type=content_type, now=NOW).items[0].title == title


def test_a_lying_label_is_a_warning() -> None:
    feed = parse(rss(f"<title>{URDU}</title>"), content_type="text/xml; charset=windows-1256")
    assert warned(feed, "charset mismatch")


def test_a_few_bad_bytes_are_replaced_and_counted() -> None:
    body = rss(f"<title>{URDU}</title>", f"<title>{URDU} X</title>").encode().replace(b"X", b"\xff")
    feed = parse(body)
    assert [item.title for item in feed.items] == [URDU, URDU + " \ufffd"]
    assert warned(feed, "undecodable bytes replaced (1 in utf-8)")


# --- broken XML ---------------------------------------------------------------------------


def test_control_characters_are_taken_out() -> None:
    item = only(rss("<title>Tra\x08de &#8;talks&#x1F;</title><description>a\x13b</description>"))
    assert (item.title, item.summary) == ("Trade talks", "ab")


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("D&D talks", "D&D talks"),
        ("AT&T; and R&D", "AT&T; and R&D"),
        ("Profit & loss &", "Profit & loss &"),
        ("Q&amp;A", "Q&A"),
        ("Pakistan&rsquo;s&nbsp;envoy &mdash; <![CDATA[A & B]]>", "Pakistan’s envoy — A & B"),
        ("Fish &amp;amp; chips &amp;#8217;26 &amp;quot;x&amp;quot;", 'Fish & chips ’26 "x"'),
        ("&lt;b&gt;Bold&lt;/b&gt; move&lt;br/&gt;again", "Bold move again"),
        ("<![CDATA[<em>An</em> <a href='x'>envoy</a>&#39;s]]>", "An envoy's"),
        ("Rates &lt; 5 and &gt; 3", "Rates < 5 and > 3"),
        ("List&lt;T&gt; explained", "List<T> explained"),
        ("  two\n\t lines ", "two lines"),
        ("dash &#150; emoji &#55357;&#56832;", "dash – emoji 😀"),
    ],
)
def test_titles_become_plain_text(given: str, title: str) -> None:
    assert only(rss(f"<title>{given}</title>")).title == title


def test_an_atom_text_title_keeps_what_looks_like_a_tag() -> None:
    literal, html = parse(
        atom(
            '<title type="text">The &lt;b&gt; tag</title>', '<title type="html">The &lt;b&gt;big&lt;/b&gt; tag</title>'
        )
    ).items
    assert (literal.title, html.title) == ("The <b> tag", "The big tag")


def test_a_cut_document_keeps_the_whole_items() -> None:
    whole = rss(*(f"<title>n{n}</title><link>https://news.example/{n}</link>" for n in range(3)))
    for cut in range(whole.index("n2"), len(whole) - len("</item></channel></rss>")):
        feed = parse(whole[:cut])
        assert [item.title for item in feed.items] == ["n0", "n1"]
        assert warned(feed, "truncated document")
    inside_cdata = rss("<title>n0</title>").replace("</channel></rss>", "<item><title><![CDATA[half a he")
    assert [item.title for item in parse(inside_cdata).items] == ["n0"]


@pytest.mark.parametrize(
    "root", ['<rss version="2.0" <channel>', "<rss 'x><channel>", '<rss version="2.0"/><channel>', "<rss><channel>"]
)
def test_a_broken_root_tag_does_not_sink_the_items(root: str) -> None:
    feed = parse(root + "<item><title>a</title></item><item><title>b & c</title><br></item></channel></rss>")
    assert [item.title for item in feed.items] == ["a", "b & c"]


def test_a_cut_lone_entry_is_broken() -> None:
    with pytest.raises(CodedError) as raised:
        parse('<entry xmlns="http://www.w3.org/2005/Atom"><x:y/><title>half a he')
    assert raised.value.code is Code.FEED_BROKEN


def test_junk_before_and_after_the_document() -> None:
    feed = parse("\n<br /><b>Notice</b>: Undefined index\n" + rss("<title>a</title>") + "<script>x</script>")
    assert [item.title for item in feed.items] == ["a"]
    assert warned(feed, "junk before the prolog")


def test_unclosed_tags_undeclared_prefixes_and_bare_brackets() -> None:
    body = rss(
        "<title>one</title><description><p>a<br>b</description><media:thumbnail url=x.jpg />",
        "<title>5 < 6</title><wfw:commentRss>x</wfw:commentRss><guid>g2</guid>",
    )
    feed = parse(body)
    assert [item.title for item in feed.items] == ["one", "5 < 6"]
    assert feed.items[1].guid == "g2"
    assert warned(feed, "not well-formed")


def test_entities_of_a_document_type_are_known_but_no_bomb_goes_off() -> None:
    honest = '<!DOCTYPE rss [<!ENTITY pk "Pakistan">]>' + rss("<title>&pk; today</title>").partition("?>")[2]
    assert only(honest).title == "Pakistan today"
    rings = "".join(f'<!ENTITY r{n} "{f"&r{n - 1};" * 20}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY r0 "ha">{rings}]>' + rss("<title>&r11;</title>").partition("?>")[2]
    assert len(only(bomb).title or "") < 100
    wide = f'<!DOCTYPE rss [<!ENTITY r "{"a" * 900}">]>' + rss(f"<description>{'&r;' * 100_000}</description>")
    assert len(only(wide.replace('<?xml version="1.0"?>', "")).summary or "") < 1_000_000
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("<title>&x;</title>")
    assert only(outside.replace('<?xml version="1.0"?>', "")).title == "&x;"


@pytest.mark.parametrize(
    "hostile",
    [
        "<a>" * 100_000,
        "<" * 300_000,
        "<a b='" * 100_000,
        "<![CDATA[" * 100_000,
        "<p>" * 150 + "</q>" * 200_000,
        "<![CDATA[" + "<!--" * 200_000 + "]]>",
    ],
)
def test_hostile_markup_neither_hangs_nor_sinks_the_feed(hostile: str) -> None:
    started = datetime.now(UTC)
    feed = parse(rss("<title>before</title>", f"<title>{hostile}</title>"))
    assert feed.items[0].title == "before"
    assert (datetime.now(UTC) - started).total_seconds() < 20  # seconds where quadratic work takes minutes


def test_fields_that_cost_feedparser_quadratic_time_are_bounded() -> None:
    words = ",".join(f"w{n}" for n in range(100_000))
    item = only(rss(f"<title>a</title><author>{'a.b' * 300_000}</author><category>{words}</category>"))
    assert (item.title, item.authors, item.categories) == ("a", (), ())
    with pytest.raises(CodedError) as raised:
        parse(rss("".join(f"<category>c{n}</category>" for n in range(50_000))))
    assert raised.value.code is Code.FEED_BROKEN


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
