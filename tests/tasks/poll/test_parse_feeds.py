"""RSS, RDF and Atom as they come: broken, mislabelled, and read all the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tasks.errors import Code, CodedError
from tasks.poll.parse import parse_feed
from tests.tasks.poll.feed_text import NOW, URDU, URL, atom, only, parse, rss, warned

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
