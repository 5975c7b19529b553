"""Looking for a feed before it is added: at its address, or announced by a home page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.errors import Code
from tasks.poll.discover import discover
from tasks.poll.probe import Probed, probe
from tasks.records import Failure
from tests.site.server import Gone, NeverAnswers, Page, Redirect, Site, TooManyRequests
from tests.support import START, Lab, item, rss

MakeLab = Callable[..., Lab]
FEED = Page(rss(item("A", "/a"), item("B", "/b")), "application/rss+xml")


def home_page(*links: str) -> Page:
    return Page(f"<html><head>{''.join(links)}</head><body><a href='/about'>about</a></body></html>")


def announce(href: str, kind: str = "application/rss+xml", title: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def found(result: Probed | Failure) -> Probed:
    assert isinstance(result, Probed), result
    return result


def test_a_feed_at_its_address(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = FEED
    result = found(probe(lab().config, [site.url("/rss")])[0])
    assert (result.url, result.parsed.format, len(result.parsed.items)) == (site.url("/rss"), "rss", 2)
    assert result.newest_item_at == START


def test_a_home_page_announces_its_feed(lab: MakeLab, site: Site) -> None:
    site.routes = {"/": home_page(announce("/feeds/news.xml")), "/feeds/news.xml": FEED}
    result = found(probe(lab().config, [site.url("/")])[0])
    assert (result.asked, result.url) == (site.url("/"), site.url("/feeds/news.xml"))


def test_the_next_candidate_is_tried(lab: MakeLab, site: Site) -> None:
    site.routes = {"/": home_page(announce("/dead"), announce("/page"), announce("/rss")), "/dead": Gone()}
    site.routes |= {"/page": Page("<html>no feed</html>"), "/rss": FEED}
    assert found(probe(lab().config, [site.url("/")])[0]).url == site.url("/rss")


def test_a_moved_feed_tells_its_new_address(lab: MakeLab, site: Site) -> None:
    site.routes = {"/old": Redirect("/new"), "/new": FEED}
    result = found(probe(lab().config, [site.url("/old")])[0])
    assert (result.asked, result.url) == (site.url("/old"), site.url("/new"))


def test_two_feeds_that_lead_to_one_are_seen_as_such(lab: MakeLab, site: Site) -> None:
    """Outlets that share one system publish one feed under many addresses."""
    site.routes = {"/a.rss": Redirect("/all.rss", 302), "/b.rss": FEED, "/all.rss": FEED}
    one, other = (found(r) for r in probe(lab().config, [site.url("/a.rss"), site.url("/b.rss")]))
    assert {i.title for i in one.parsed.items} == {i.title for i in other.parsed.items}
    assert one.url == site.url("/all.rss")


def test_failures_have_codes_and_hurt_nobody_else(lab: MakeLab, site: Site) -> None:
    site.routes = {
        "/rss": FEED, "h2/never": NeverAnswers(), "h3/limit": TooManyRequests(60), "h4/": home_page(),
        "h5/": home_page(announce("/x")), "/gone": Gone(), "h6/in": Redirect("http://10.0.0.1/"), "/empty": Page(b""),
    }  # fmt: skip
    places = [
        ("/rss", None),
        ("/never", "h2"),
        ("/limit", "h3"),
        ("/", "h4"),
        ("/", "h5"),
        ("/gone", None),
        ("/in", "h6"),
    ]
    config = lab(settings={"http": {"deadline_seconds": 1}}).config
    results = probe(config, [site.url(path, host) for path, host in places] + [site.url("/empty")])
    codes = [r.code if isinstance(r, Failure) else None for r in results]
    assert codes == [
        None, Code.TIMEOUT, Code.RATE_LIMITED, Code.NOT_A_FEED, Code.NOT_A_FEED, Code.GONE, Code.BLOCKED_ADDRESS,
        Code.EMPTY_BODY,
    ]  # fmt: skip
    announced = results[4]
    assert isinstance(announced, Failure)
    assert site.url("/x", "h5") in announced.detail  # says what was tried


def test_nothing_is_stored(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = FEED
    home = lab({"home": "/rss"})
    probe(home.config, [site.url("/rss")])
    assert home.values("select count(*) from polls") == [0]
    assert home.feed("home")["last_polled_at"] is None


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        (announce("/comments/feed", title="Comments") + announce("/feed"), ["/feed", "/comments/feed"]),
        ('<a href="/rss">RSS</a>' + announce("/atom.xml", "application/atom+xml"), ["/atom.xml", "/rss"]),
        ('<base href="https://x.example/en/">' + announce("feed.xml"), ["/en/feed.xml"]),
        ('<link rel="stylesheet" type="text/css" href="/rss.css">', []),
        ('<a href="/about">the feed-mill</a>', []),
        (announce("/feed") * 3, ["/feed"]),
        (announce("javascript:alert(1)"), []),
        ("", []),
    ],
)
def test_what_a_page_announces(page: str, feeds: list[str]) -> None:
    html = f"<html><head>{page}</head></html>".encode()
    assert list(discover(html, "https://x.example/")) == [f"https://x.example{f}" for f in feeds]
