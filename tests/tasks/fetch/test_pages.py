"""Pages as they are fetched: what is stored of each, and that nothing is lost whatever the servers do."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from tasks.fetch.archive import read_response
from tasks.fetch.pages import fetch_pages
from tasks.fetch.task import STAGE as FETCH
from tasks.ids import sha256_hex
from tasks.poll.poll import poll_feeds
from tasks.poll.task import STAGE as POLL
from tests.site.server import (
    BadGzip,
    CookieWall,
    Drip,
    Garbage,
    Gone,
    GzipBomb,
    Gzipped,
    Handler,
    Huge,
    HugeHeaders,
    NeverAnswers,
    Page,
    Redirect,
    Reset,
    Site,
    Slow,
    TooManyRequests,
    Truncated,
    Unsolicited304,
)
from tests.support import Lab, item, rss

MakeLab = Callable[..., Lab]
OK = Page("<html><body><p>fine</p></body></html>")
NO_ROBOTS = Page("none", "text/plain", 404)

# every fault with the code it must have; None where it is none
FAULTS: dict[str, tuple[Handler, set[str | None]]] = {
    "ok": (OK, {None}),
    "cookie": (CookieWall(OK), {None}),
    "packed": (Gzipped(OK), {None}),
    "announced": (BadGzip(OK, "plain"), {None}),
    "cut": (BadGzip(OK, "cut"), {"bad_encoding"}),
    "drip": (Drip("x" * 10_000, 200), {"timeout"}),
    "silent": (NeverAnswers(), {"timeout"}),
    "late": (Slow(30, OK), {"timeout"}),
    "garbage": (Garbage(), {"bad_response"}),
    "gone": (Gone(), {"gone"}),
    "bomb": (GzipBomb(20_000_000), {"decoded_too_large"}),
    "huge": (Huge(3_000_000), {"too_large"}),
    "headers": (HugeHeaders(90_000), {"too_large", "bad_response"}),
    "reset": (Reset(), {"reset"}),
    "torn": (Reset(900), {"reset"}),
    "short": (Truncated("<p>half", 300), {"reset"}),
    "loop": (Redirect("/loop", 302), {"redirect_loop"}),
    "private": (Redirect("http://10.0.0.1/", 302), {"blocked_address"}),
    "304": (Unsolicited304(), {"unsolicited_304"}),
    "429": (TooManyRequests(60), {"rate_limited"}),
    "503": (TooManyRequests(60, 503), {"server_error"}),
    "500": (Page("ill", status=500), {"server_error"}),
    "403": (Page("no", status=403), {"forbidden"}),
    "empty": (Page(b""), {"empty_body"}),
    "blank": (Page(b" \r\n\t"), {"empty_body"}),
    "pdf": (Page(b"%PDF-1.7 binary", "application/pdf"), {"wrong_type"}),
    "picture": (Page(b"\x89PNG\r\n", "image/png"), {"wrong_type"}),
    "missing": (Page("not here", status=404), {"not_found"}),
}


def host_of(number: int) -> str:
    """Hosts in turn, so that no host is given up for its silence."""
    return f"h{2 + number % 10}"


def test_a_batch_with_every_fault_loses_nothing(lab: MakeLab, site: Site) -> None:
    """As many out as in; each with its code, in every table that names it."""
    home = lab(settings={"http": {"deadline_seconds": 1}, "fetch": {"respect_robots": False}})
    # a host that rests would hide what comes after: the two that ask for it come last of their hosts
    names = sorted(FAULTS, key=lambda name: name in ("429", "503"))
    urls = {name: site.url(f"/{name}", host_of(n)) for n, name in enumerate(names)}
    site.routes = {f"/{name}": FAULTS[name][0] for name in names}
    home.add_targets(*urls.values())
    run = home.run()
    batch = FETCH.pending(run, 100)
    outcome = fetch_pages(run, batch)
    assert len(outcome.ok) + len(outcome.failed) == len(batch) == len(FAULTS)
    FETCH.store(run, batch, outcome)
    codes = {row["url"]: row["last_code"] for row in home.rows("select url, last_code from frontier")}
    # what was asked has a row in `pages`; a host at rest was not asked
    asked = sum(code != "host_backoff" for code in codes.values())
    assert home.values("select count(*) from pages") == [asked]
    wrong = {n: codes[url] for n, url in urls.items() if codes[url] not in FAULTS[n][1] | {"host_backoff"}}
    assert wrong == {}
    assert home.values("select count(*) from frontier where last_attempt_at is null") == [0]
    assert home.values("select count(*) from failures") == [len(outcome.failed)]


def test_a_batch_of_feeds_with_every_fault_loses_nothing(lab: MakeLab, site: Site) -> None:
    names = sorted(FAULTS, key=lambda name: name in ("429", "503"))
    good = Page(rss(item("A", "/a")), "application/rss+xml")
    site.routes = {f"/{name}": FAULTS[name][0] for name in names} | {"/good": good}
    feeds = {f"f-{name}": site.url(f"/{name}", host_of(n)) for n, name in enumerate([*names, "good"])}
    home = lab(feeds, settings={"http": {"deadline_seconds": 1}})
    run = home.run()
    batch = POLL.pending(run, 100)
    outcome = poll_feeds(run, batch)
    assert len(outcome.ok) + len(outcome.failed) == len(batch) == len(FAULTS) + 1
    assert {p.feed_id for p in outcome.ok} == {"f-good"}
    assert not any(f.code == "internal" for f in outcome.failed)
    POLL.store(run, batch, outcome)
    assert home.values("select count(*) from polls") == [len(batch)]
    assert home.values("select count(*) from feeds where last_polled_at is null or next_due_at is null") == [0]


def test_a_page_is_archived_with_what_was_said(lab: MakeLab, site: Site) -> None:
    body = "<html><head><meta name=robots content=noarchive></head><body>امریکا</body></html>"
    page = Page(body, headers={"X-Robots-Tag": "noai"})
    site.routes = {
        "/robots.txt": Page("User-agent: *\nAllow: /", "text/plain"),
        "/go": Redirect("/a", 302),
        "/a": Gzipped(page),
    }
    home = lab()
    home.add_targets(site.url("/go"))
    home.fetch()
    row = home.page(site.url("/go"))
    assert (row["final_url"], row["redirects"], row["robots"]) == (site.url("/a"), [site.url("/go")], "allowed")
    assert row["opt_out"] == "header:noai meta:noarchive"
    assert (row["sha256"], row["decoded_bytes"]) == (sha256_hex(body.encode()), len(body.encode()))
    stored = read_response(home.config.settings.warehouse.archive_dir, row["archive_file"], row["archive_offset"])
    assert gzip.decompress(stored.raw_body).decode() == body
    assert row["bytes"] == len(stored.raw_body)
    assert (stored.url, stored.status, stored.fields["page-id"]) == (site.url("/a"), 200, row["page_id"])
    assert stored.header("x-robots-tag") == "noai"
    request = site.seen("/a")[0]
    assert "text/html" in request.headers["accept"]
    assert request.headers["user-agent"].startswith("khabar/")


@pytest.mark.parametrize("declared", ["header", "meta", "nowhere", "wrongly"])
def test_any_charset_is_archived_and_read(lab: MakeLab, site: Site, declared: str) -> None:
    """A windows-1256 page without a charset in its header is decoded or kept, never a crash."""
    urdu = "پاكستان اور امريكا كے درميان مذاكرات كا نيا دور شروع هو گيا جس ميں تجارت پر بات هوئي "
    meta = '<meta charset="windows-1256">' if declared == "meta" else ""
    text = f"<p>{urdu * 3}</p>" * 4
    body = f"<html><head>{meta}<title>مذاكرات</title></head><body><article>{text}</article></body></html>"
    kinds = {"header": "text/html; charset=windows-1256", "wrongly": "text/html; charset=x-unknown"}
    site.routes["/a"] = Page(body.encode("cp1256", "replace"), kinds.get(declared, "text/html"))
    home = lab()
    home.add_targets(site.url("/a"))
    assert home.fetch().ok == 1
    assert home.extract().ok == 1
    (text,) = home.values("select text from articles")
    assert ("مذاكرات كا نيا دور" in text) or declared in ("nowhere", "wrongly")
    assert text


def test_a_page_with_the_wrong_type_but_markup_is_a_page(lab: MakeLab, site: Site) -> None:
    site.routes["/a"] = Page("  <!doctype html><p>text", "application/octet-stream")
    site.routes["/b"] = Page("<p>text", None)
    home = lab()
    home.add_targets(site.url("/a"), site.url("/b"))
    assert home.fetch().ok == 2


def test_retries_span_runs_and_end_in_quarantine(lab: MakeLab, site: Site) -> None:
    site.routes = {"/robots.txt": NO_ROBOTS, "/a": Page("ill", status=500)}
    home = lab(settings={"fetch": {"max_attempts": 3}})
    url = site.url("/a")
    home.add_targets(url)
    for attempt in (1, 2, 3):
        run = home.run()
        assert home.fetch(run).codes == {"server_error": 1}
        assert home.fetch(run).taken == 0  # never twice in a run
        assert home.target(url)["attempts"] == attempt
        home.clock.forward(hours=3)
    assert home.target(url)["state"] == "quarantined"
    assert home.fetch().taken == 0
    assert len(site.seen("/a")) == 3


def test_a_page_that_heals_forgets_its_failures(lab: MakeLab, site: Site) -> None:
    site.routes["/a"] = Reset()
    home = lab(settings={"fetch": {"respect_robots": False}})
    home.add_targets(site.url("/a"))
    home.fetch()
    site.routes["/a"] = OK
    home.clock.forward(hours=1)
    assert home.fetch().ok == 1
    row = home.target(site.url("/a"))
    assert (row["state"], row["attempts"], row["last_code"]) == ("done", 0, None)


def test_a_link_of_seventy_thousand_letters_is_refused_at_once(lab: MakeLab, site: Site) -> None:
    home = lab(settings={"fetch": {"respect_robots": False}})
    url = site.url("/" + "x" * 70_000)
    home.add_targets(url)
    assert home.fetch().codes == {"bad_url": 1}
    assert home.target(url)["state"] == "refused"


def test_a_retitled_item_makes_its_page_due_again(lab: MakeLab, site: Site) -> None:
    """Twice is once, until the feed shows the address under another headline."""
    site.routes = {"/rss": Page(rss(item("Talks begin", "/a")), "application/rss+xml"), "/a": OK}
    home = lab({"home": "/rss"})
    home.poll_all()
    assert home.fetch().taken == 1
    home.poll_all()
    assert home.fetch().taken == 0
    site.routes["/rss"] = Page(rss(item("Talks end", "/a")), "application/rss+xml")
    home.poll_all()
    assert home.fetch().taken == 1
    assert home.values("select count(*) from frontier") == [1]
