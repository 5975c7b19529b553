"""Politeness: one connection to a host, a pause after it, a rest when it asks, over feeds and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest

from tasks.fetch.hosts import retry_after
from tests.site.server import (
    BadGzip,
    Huge,
    NeverAnswers,
    Page,
    Redirect,
    Request,
    Response,
    Site,
    Slow,
    TooManyRequests,
)
from tests.support import START, Lab, item, rss

MakeLab = Callable[..., Lab]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OK = Page("<p>fine</p>")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("Mon, 02 Mar 2026 10:00:00 GMT", 3600),
        ("Mon, 02 Mar 2026 15:00:00 +0500", 3600),
        ("Monday, 02-Mar-26 09:30:00 GMT", 1800),
        ("Mon, 02 Mar 2026 08:00:00 GMT", 0),
        ("99999999999", 7 * 86400),
        ("9" * 5000, 7 * 86400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 7 * 86400),
        ("²", None),
        ("soon", None),
        ("-5", None),
        ("Mon, 02 Mar 2026 10:00:00 +99999999999999999999", None),
        ("Mon, 99 Foo 2026", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: int | None) -> None:
    assert retry_after(value, NOW) == (None if seconds is None else timedelta(seconds=seconds))


def gaps(requests: list[Request]) -> list[float]:
    return [after.time - before.time for before, after in pairwise(sorted(requests, key=lambda r: r.time))]


def test_feeds_and_pages_of_a_host_share_its_pause(lab: MakeLab, site: Site) -> None:
    """Forty feeds on one host are no burst; and the fetch stage waits after the poll stage."""
    site.default = Page(rss(item("A", "/a")), "application/rss+xml")
    site.routes |= {"/robots.txt": Page("no", status=404), "/a": OK}
    home = lab({f"f{n}": f"/rss{n}" for n in range(4)}, settings={"http": {"pause_seconds": 0.1}})
    assert home.poll().ok == 4
    assert home.fetch().ok == 1
    assert [r.path for r in site.requests[4:]] == ["/robots.txt", "/a"]
    assert min(gaps(site.requests)) >= 0.09


def test_an_outlet_may_ask_for_a_longer_pause(lab: MakeLab, site: Site) -> None:
    site.default = OK
    home = lab(outlets={"h2": {"pause_seconds": 0.15}}, settings={"fetch": {"respect_robots": False}})
    home.add_targets(*(site.url(f"/{n}", host) for n in range(3) for host in ("h2", "h3")))
    home.fetch()
    assert min(gaps([r for r in site.requests if r.host == "h2"])) >= 0.14


class Busy:
    """Counts how many requests a host works on at once."""

    def __init__(self) -> None:
        self.now: dict[str, int] = {}
        self.most: dict[str, int] = {}

    def __call__(self, request: Request) -> Response:
        host = request.host
        self.now[host] = self.now.get(host, 0) + 1
        self.most[host] = max(self.most.get(host, 0), self.now[host])

        def then(_: Request) -> Response:
            self.now[host] -= 1
            return OK(request)

        return Slow(0.05, then)(request)


def test_one_connection_to_a_host_and_many_hosts_at_once(lab: MakeLab, site: Site) -> None:
    busy = Busy()
    site.default = busy
    home = lab(settings={"fetch": {"respect_robots": False}})
    home.add_targets(*(site.url(f"/{n}", host) for n in range(4) for host in ("h2", "h3", "h4", "h5")))
    assert home.fetch().ok == 16
    assert set(busy.most.values()) == {1}
    first = {r.host: r.time for r in reversed(site.requests)}
    last = {r.host: r.time for r in site.requests}
    assert max(first.values()) < min(last.values())  # the hosts took turns beside each other


RESTS: list[tuple[int, Any, timedelta]] = [
    (429, 1800, timedelta(minutes=30)),
    (503, format_datetime(START + timedelta(hours=3), usegmt=True), timedelta(hours=3)),
    (429, None, timedelta(minutes=10)),
]


@pytest.mark.parametrize(("status", "retry", "rest"), RESTS, ids=["seconds", "date", "nothing"])
def test_a_limited_host_rests_whole_and_across_runs(
    lab: MakeLab, site: Site, status: int, retry: Any, rest: timedelta
) -> None:
    """All feeds and pages of the host wait; nothing is asked twice in a run; the rest survives the process."""
    feed = Page(rss(item("A", "/a")), "application/rss+xml")
    limit = TooManyRequests(retry, status)
    site.routes = {"h2/1": limit, "h2/2": limit, "h2/3": limit, "/4": feed, "/a": OK}
    feeds = {f"f{n}": site.url(f"/{n}", "h2") for n in (1, 2, 3)} | {"f4": site.url("/4")}
    home = lab(feeds)
    home.add_targets(site.url("/page", "h2"))
    run = home.run()
    result = home.poll(run)
    code = "rate_limited" if status == 429 else "server_error"
    assert result.codes == {code: 1, "host_backoff": 2}
    assert result.ok == 1
    assert home.poll(run).taken == 0
    (row,) = home.rows("select * from hosts where not_before_at is not null")
    assert (row["host"], row["not_before_at"], row["backoff_reason"]) == (site.authority("h2"), START + rest, code)
    fetched = home.fetch(run)
    assert fetched.codes == {"host_backoff": 1}
    assert len([r for r in site.requests if r.host == "h2"]) == 1
    page = home.target(site.url("/page", "h2"))
    assert (page["attempts"], page["next_fetch_at"]) == (0, START + rest)
    outcomes = home.values("select outcome from polls where feed_id <> 'f4' order by outcome")
    assert outcomes == ["deferred", "deferred", "failed"]
    assert home.values("select consecutive_failures from feeds order by feed_id").count(1) == 1
    # the rest is over: everything is asked again
    home.clock.forward(seconds=rest.total_seconds() + 3600)
    site.routes |= {f"h2/{n}": feed for n in (1, 2, 3)} | {"h2/page": OK}
    assert home.poll().ok == 4
    assert home.fetch().failed == 0


def test_a_page_that_limits_lets_the_feeds_rest(lab: MakeLab, site: Site) -> None:
    site.routes = {"/rss": Page(rss(item("A", "/a")), "application/rss+xml"), "/a": TooManyRequests(7200)}
    home = lab({"home": "/rss"})
    home.poll()
    assert home.fetch().codes == {"rate_limited": 1}
    assert home.poll_all().codes == {"host_backoff": 1}
    assert home.target(site.url("/a"))["next_fetch_at"] == START + timedelta(hours=2)


def test_a_limit_with_a_broken_page_around_it_is_a_limit(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = BadGzip(Page("slow down " * 50, status=429, headers={"Retry-After": "900"}), "cut")
    home = lab({"home": "/rss"})
    assert home.poll().codes == {"rate_limited": 1}
    assert home.values("select not_before_at from hosts") == [START + timedelta(minutes=15)]


def test_a_rest_is_not_wiped_out_by_a_redirect_to_the_host(lab: MakeLab, site: Site) -> None:
    """The host of a redirect's target comes without its row: what stands there stays."""
    site.routes = {"h2/rss": TooManyRequests(7200), "/go": Redirect(site.url("/x", "h2"), 302)}
    home = lab({"limited": site.url("/rss", "h2")})
    home.poll()
    home.add_targets(site.url("/go"))
    home.fetch()
    rests = home.values("select not_before_at from hosts where host = $host", host=site.authority("h2"))
    assert rests == [START + timedelta(hours=2)]


def test_a_silent_host_is_left_alone_for_the_run(lab: MakeLab, site: Site) -> None:
    site.default = NeverAnswers()
    home = lab(settings={"http": {"deadline_seconds": 0.3}, "fetch": {"respect_robots": False}})
    home.add_targets(*(site.url(f"/{n}") for n in range(8)))
    assert home.fetch().codes == {"timeout": 3, "host_backoff": 5}
    assert len(site.requests) == 3


def test_a_host_that_answers_too_much_is_not_silent(lab: MakeLab, site: Site) -> None:
    site.routes = {f"/{n}": Huge(2_000_000) for n in range(4)} | {f"/ok{n}": OK for n in range(3)}
    home = lab(settings={"fetch": {"respect_robots": False}})
    home.add_targets(*(site.url(path) for path in site.routes))
    result = home.fetch()
    assert (result.ok, result.codes) == (3, {"too_large": 4})
