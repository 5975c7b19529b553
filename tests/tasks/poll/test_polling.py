"""Feeds as they are polled: validators, redirects, deaths and what is stored with what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

import tasks.poll.store
from tasks.errors import Code
from tasks.fetch.archive import read_response, responses
from tests.site.server import (
    Conditional,
    ForAgent,
    Gone,
    Handler,
    LyingEtag,
    Page,
    Redirect,
    Request,
    Response,
    Sequence,
    Site,
    TooManyRequests,
    Unsolicited304,
)
from tests.support import START, Lab, item, rss

MakeLab = Callable[..., Lab]
TWO = rss(item("A", "/a"), item("B", "/b"))
THREE = rss(item("A", "/a"), item("B", "/b"), item("C", "/c"))


def feed(text: str, **headers: str) -> Page:
    return Page(text, "application/rss+xml", headers=headers)


def test_a_poll_stores_entries_and_addresses(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = feed(TWO)
    home = lab({"home": "/rss"})
    assert home.poll().counts["entries_new"] == 2
    assert home.values("select url from frontier order by url") == [site.url("/a"), site.url("/b")]
    assert home.values("select distinct first_seen_at from entries") == [START]
    poll = home.last_poll("home")
    assert (poll["outcome"], poll["http_status"], poll["entries_seen"], poll["format"]) == ("new", 200, 2, "rss")
    (request,) = site.requests
    assert request.headers["user-agent"].startswith("khabar/")
    assert "application/rss+xml" in request.headers["accept"]
    assert request.path == "/rss"


def test_a_304_is_asked_for_and_believed(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = Conditional(feed(TWO), last_modified=START)
    home = lab({"home": "/rss"})
    home.poll_all()
    assert home.poll_all().counts["not_modified"] == 1
    first, second = site.requests
    assert "if-none-match" not in first.headers
    assert "if-modified-since" not in first.headers
    assert second.headers["if-none-match"] == home.feed("home")["etag"]
    assert second.headers["if-modified-since"] == "Mon, 02 Mar 2026 09:00:00 GMT"
    poll = home.last_poll("home")
    assert (poll["outcome"], poll["bytes"], poll["archive_file"]) == ("not_modified", 0, None)
    # news ends the 304
    site.routes["/rss"] = Conditional(feed(THREE), last_modified=START + timedelta(hours=1))
    assert home.poll_all().counts["entries_new"] == 1


def test_validators_are_replaced_on_every_200(lab: MakeLab, site: Site) -> None:
    """The ETag changes while Last-Modified stays; then the server sends none at all."""
    same = {"Last-Modified": "Mon, 02 Mar 2026 09:00:00 GMT"}
    answers = [feed(TWO, ETag='"1"', **same), feed(THREE, ETag='W/"2"', **same), feed(TWO), feed(TWO)]
    site.routes["/rss"] = Sequence(answers)
    home = lab({"home": "/rss"})
    for _ in answers:
        home.poll_all()
    assert [r.headers.get("if-none-match") for r in site.requests] == [None, '"1"', 'W/"2"', None]
    assert "if-modified-since" not in site.requests[3].headers


def test_a_304_that_nobody_asked_for_is_asked_again_plainly(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = Unsolicited304(feed(TWO))
    home = lab({"home": "/rss"})
    assert home.poll().counts["entries_new"] == 2
    assert site.requests[1].headers["cache-control"] == "no-cache"
    assert "if-none-match" not in site.requests[1].headers


def test_a_304_that_nobody_asked_for_twice_is_a_failure(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = Unsolicited304()
    home = lab({"home": "/rss"})
    assert home.poll().codes == {"unsolicited_304": 1}
    assert len(site.requests) == 2
    assert home.last_poll("home")["code"] == Code.UNSOLICITED_304


def test_a_304_from_a_redirect_target_answers_nothing(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = Conditional(feed(TWO))
    home = lab({"home": "/rss"})
    home.poll_all()
    site.routes |= {"/rss": Redirect("/new", 302), "/new": Unsolicited304(feed(THREE))}
    assert home.poll_all().counts["entries_new"] == 1
    assert all("if-none-match" not in r.headers for r in site.seen("/new"))


def test_an_etag_that_lies_is_found_out(lab: MakeLab, site: Site) -> None:
    """It never changes though the feed does: now and then the question is plain, and compares."""
    site.routes["/rss"] = LyingEtag(Sequence([feed(TWO), feed(THREE)]))
    home = lab({"home": "/rss"})
    home.poll_all()
    assert home.poll_all().counts["not_modified"] == 1  # believed, wrongly
    home.clock.forward(hours=25)
    assert home.poll_all().counts["entries_new"] == 1
    assert home.feed("home")["validators_lie"]
    home.poll_all()
    assert "if-none-match" not in site.requests[-1].headers


def test_validators_are_stored_only_with_their_entries(
    lab: MakeLab, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that dies in the middle of its transaction leaves both or neither: no 304 can hide an item."""
    site.routes["/rss"] = Conditional(feed(TWO))
    home = lab({"home": "/rss"})

    def die(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(tasks.poll.store, "store_failures", die)  # the last statement of the transaction
        with pytest.raises(RuntimeError, match="killed"):
            home.poll()
    assert home.values("select count(*) from entries") == [0]
    assert home.feed("home")["etag"] is None
    assert home.poll().counts["entries_new"] == 2
    assert "if-none-match" not in site.requests[-1].headers


def test_a_feed_that_did_not_parse_leaves_no_validators(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = Conditional(Sequence([Page("<html><title>Just a moment</title></html>"), feed(TWO)]))
    home = lab({"home": "/rss"})
    assert home.poll_all().codes == {"not_a_feed": 1}
    assert home.feed("home")["etag"] is None
    assert home.poll_all().counts["entries_new"] == 2


@pytest.mark.parametrize(
    ("handler", "code"),
    [
        (Page(b"", "application/rss+xml"), "empty_body"),
        (Page("<html><body>Please enable cookies</body></html>"), "not_a_feed"),
        (Page("gone fishing", status=404), "not_found"),
        (Page("no", status=403), "forbidden"),
        (Page("no", status=418), "client_error"),
        (Page("ill", status=500), "server_error"),
        (Page(b"", None, 204), "empty_body"),
    ],
)
def test_a_failure_is_never_no_news(lab: MakeLab, site: Site, handler: Handler, code: str) -> None:
    """An empty body parses as a valid empty feed, and block pages come as 200: both are failures."""
    site.routes["/rss"] = handler
    home = lab({"home": "/rss"})
    assert home.poll().codes == {code: 1}
    row = home.feed("home")
    assert (row["state"], row["consecutive_failures"], row["last_code"]) == ("active", 1, code)
    assert home.rows("select stage, key, code from failures") == [{"stage": "poll", "key": "home", "code": code}]
    # and it heals at the next poll that works
    site.routes["/rss"] = feed(TWO)
    assert home.poll_all().counts["entries_new"] == 2
    assert (home.feed("home")["consecutive_failures"], home.feed("home")["last_code"]) == (0, None)


def test_what_could_not_be_read_is_kept_once_and_found(lab: MakeLab, site: Site) -> None:
    """An error page served for months is one record, and its polls say what it was."""
    broken = "<html><body>Our database is away</body></html>"
    site.routes["/rss"] = Page(broken)
    home = lab({"home": "/rss"})
    home.poll_all()
    poll = home.last_poll("home")
    assert (poll["outcome"], poll["http_status"], poll["bytes"]) == ("failed", 200, len(broken))
    record = read_response(home.config.settings.warehouse.archive_dir, poll["archive_file"], poll["archive_offset"])
    assert record.raw_body == broken.encode()
    home.poll_all()
    again = home.last_poll("home")
    assert (again["outcome"], again["archive_file"], again["body_sha256"]) == ("failed", None, poll["body_sha256"])
    site.routes["/rss"] = Page("<html><body>Still away</body></html>")
    home.poll_all()
    assert home.last_poll("home")["archive_file"] is not None


def test_a_feed_is_not_dropped_after_failures(lab: MakeLab, site: Site) -> None:
    """Four times 500, then 200: it is asked again each time it is due, and heals."""
    site.routes["/rss"] = Sequence([*[Page("ill", status=500)] * 4, feed(TWO)])
    home = lab({"home": "/rss"})
    for _ in range(4):
        assert home.poll().failed == 1
        assert home.poll().taken == 0  # not due, so not asked
        home.clock.now = home.feed("home")["next_due_at"]
    assert home.poll().counts["entries_new"] == 2
    assert len(site.requests) == 5


def test_gone_twice_retires_the_feed_visibly(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = Gone()
    home = lab({"home": "/rss"})
    home.poll_all()
    assert home.feed("home")["state"] == "active"
    home.poll_all()
    assert home.feed("home")["state"] == "retired"
    home.clock.forward(days=30)
    assert home.poll_all().taken == 0
    assert home.last_poll("home")["due_reason"] == "retired"
    assert home.values("select health from feed_health where feed_id = 'home'") == ["retired"]


def test_a_feed_that_refuses_other_agents_serves_ours(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = ForAgent(feed(TWO), only=("khabar",))
    assert lab({"home": "/rss"}).poll().ok == 1


def test_cookies_are_not_kept_between_polls(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = feed(TWO, **{"Set-Cookie": "id=7; Path=/"})
    home = lab({"home": "/rss"})
    home.poll_all()
    home.poll_all()
    assert ["cookie" in r.headers for r in site.requests] == [False, False]


def test_numbers_beyond_reason_sink_nothing(lab: MakeLab, site: Site) -> None:
    """One odd header or element concerns its feed, not the batch."""
    site.routes |= {
        "/1": feed(TWO, **{"Cache-Control": "max-age=" + "9" * 5000}),
        "/2": feed(TWO, **{"Cache-Control": "max-age=\xb2"}),
        "/3": feed(rss(item("A", "/a"), head=f"<ttl>{'9' * 400}</ttl>")),
        "/4": Page("no", status=429, headers={"Retry-After": "9" * 5000}),
        "/5": Page("no", status=503, headers={"Retry-After": "\xb2"}),
    }
    feeds = {f"f{n}": site.url(f"/{n}", f"h{n + 1}") for n in range(1, 6)}
    result = lab(feeds).poll()
    assert (result.ok, result.codes) == (3, {"rate_limited": 1, "server_error": 1})


def test_parts_of_a_sitemap_index_are_not_hidden_by_its_validators(lab: MakeLab, site: Site) -> None:
    """The index stays as it is while its parts change: a 304 for it would hide them."""
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f"<sitemapindex {ns}><sitemap><loc>{site.url('/part.xml')}</loc></sitemap></sitemapindex>"

    def part(*paths: str) -> Page:
        urls = "".join(f"<url><loc>{site.url(p)}</loc></url>" for p in paths)
        return Page(f"<urlset {ns}>{urls}</urlset>", "application/xml")

    site.routes |= {"/map.xml": Conditional(Page(index, "application/xml")), "/part.xml": part("/a")}
    home = lab({"home": "/map.xml"})
    assert home.poll_all().counts["entries_new"] == 1
    site.routes["/part.xml"] = part("/a", "/b")
    assert home.poll_all().counts["entries_new"] == 1
    home.poll_all()  # nothing new: nothing more of the part to keep
    archive = home.run().config.settings.warehouse.archive_dir
    kept = [stored for file in archive.rglob("*.warc.gz") for _, _, stored in responses(file)]
    parts = [stored for stored in kept if stored.url == site.url("/part.xml")]
    assert [(part.raw_body.count(b"<loc>"), part.fields["feed-id"]) for part in parts] == [(1, "home"), (2, "home")]


def test_a_part_of_a_sitemap_index_that_is_limited_lets_the_host_rest(lab: MakeLab, site: Site) -> None:
    index = f"<sitemapindex><sitemap><loc>{site.url('/part.xml')}</loc></sitemap></sitemapindex>"
    site.routes |= {"/map.xml": Page(index, "application/xml"), "/part.xml": TooManyRequests(600)}
    home = lab({"home": "/map.xml"})
    assert home.poll().codes == {"rate_limited": 1}
    assert home.values("select not_before_at from hosts") == [START + timedelta(seconds=600)]


def test_twice_is_once(lab: MakeLab, site: Site) -> None:
    """The same document again adds a poll and nothing else."""

    def unmoved(request: Request) -> Response:
        return feed(TWO)(request)

    site.routes["/rss"] = unmoved
    home = lab({"home": "/rss"})
    home.poll_all()
    before = home.rows("select * from entries order by entry_id"), home.rows("select * from frontier order by url")
    home.poll_all()
    assert (
        home.rows("select * from entries order by entry_id"),
        home.rows("select * from frontier order by url"),
    ) == before
    assert home.values("select count(*) from polls where archive_file is not null") == [1]
