"""Redirects: addresses checked at every hop, loops, cookies, validators, and what counts as a move."""

from __future__ import annotations

import pytest

from tasks.errors import MEANING, Code
from tasks.fetch.addresses import is_public
from tests.site.server import CookieWall, Page, Redirect, Request, Response, Site

from .asking import ask, refused

PRIVATE = [
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:1/",
    "http://10.0.0.7/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://2130706433/",
    "http://127.1/",
    "http://0x7f000001/",
    "http://0.0.0.0/",
    "http://localhost/",
]


@pytest.mark.parametrize("target", PRIVATE)
def test_a_redirect_to_a_private_address_is_refused(site: Site, target: str) -> None:
    site.routes["/x"] = Redirect(target, 302)
    error = refused(site, "/x")
    assert error.code is Code.BLOCKED_ADDRESS
    assert not MEANING[error.code].retryable


def test_a_private_address_is_refused_at_every_hop(site: Site) -> None:
    site.routes |= {"/1": Redirect("/2", 301), "/2": Redirect("/3", 302), "/3": Redirect("http://10.1.2.3/feed", 301)}
    assert refused(site, "/1").code is Code.BLOCKED_ADDRESS
    assert refused(site, "http://10.1.2.3/feed").code is Code.BLOCKED_ADDRESS


def test_only_the_port_that_was_allowed_is_open(site: Site) -> None:
    site.routes["/x"] = Page("secret")
    assert refused(site, "/x", allow_private=("127.0.0.1:1",)).code is Code.BLOCKED_ADDRESS
    assert site.requests == []


@pytest.mark.parametrize("text", ["8.8.8.8", "2606:4700::1111", "1.1.1.1", "203.0.114.1", "::ffff:8.8.8.8"])
def test_public_addresses(text: str) -> None:
    assert is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        *("127.0.0.1", "10.0.0.1", "100.64.0.1", "169.254.169.254", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("0.0.0.0", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1%eth0", "ff02::1", "64:ff9b::808:808"),
        *("2002:808:808::", "::ffff:10.0.0.1", "::7f00:1", "2001:db8::1", "2001:0:808::", "not an address", ""),
    ],
)
def test_addresses_that_are_not_public(text: str) -> None:
    assert not is_public(text)


def test_loops_are_permanent(site: Site) -> None:
    """A loop is not a blip: it is never retried."""
    site.routes |= {"/self": Redirect("/self", 302), "/a": Redirect("/b"), "/b": Redirect("/a")}
    for path in ("/self", "/a"):
        error = refused(site, path)
        assert error.code is Code.REDIRECT_LOOP
        assert not MEANING[error.code].retryable


def test_endless_chains_end(site: Site) -> None:
    class Chain:
        def __call__(self, request: Request) -> Response:
            return Redirect(f"/n{int(request.path[2:]) + 1}", 302)(request)

    site.default = Chain()
    assert refused(site, "/n0").code is Code.TOO_MANY_REDIRECTS
    assert len(site.requests) == 6


def test_a_cookie_that_changes_for_ever_ends_too(site: Site) -> None:
    def wall(request: Request) -> Response:
        return Redirect("/x", 302, f"n={request.headers.get('cookie', '')[-20:]}x")(request)

    site.routes["/x"] = wall
    assert refused(site, "/x").code in (Code.TOO_MANY_REDIRECTS, Code.REDIRECT_LOOP)


def test_five_redirects_work(site: Site) -> None:
    for n in range(5):
        site.routes[f"/{n}"] = Redirect(f"{n + 1}", 302)
    site.routes["/5"] = Page("end")
    answer = ask(site, "/0")
    assert (answer.body, answer.url) == (b"end", site.url("/5"))
    assert answer.redirects == tuple(site.url(f"/{n}") for n in range(5))


def test_a_cookie_and_a_redirect_to_itself_let_us_in(site: Site) -> None:
    site.routes["/x"] = CookieWall(Page("inside"))
    assert ask(site, "/x").body == b"inside"
    # kept for that one request only
    assert ask(site, "/x").body == b"inside"
    assert ["cookie" in r.headers for r in site.requests] == [False, True, False, True]


def test_cookies_stay_with_their_host(site: Site) -> None:
    site.routes["/x"] = Redirect(site.url("/y", "h2"), 302, "id=7; Path=/")
    site.routes["h2/y"] = Page("other host")
    assert ask(site, "/x").body == b"other host"
    assert "cookie" not in site.seen("/y")[0].headers


@pytest.mark.parametrize("location", ["javascript:alert(1)", "ftp://h/", "http://a b/", "mailto:a@b"])
def test_a_redirect_to_no_address(site: Site, location: str) -> None:
    site.routes["/x"] = Redirect(location, 302)
    assert refused(site, "/x").code is Code.BAD_URL


def test_validators_go_to_the_first_address_only(site: Site) -> None:
    site.routes |= {"/old": Redirect("/new"), "/new": Page("feed")}
    ask(site, "/old", {"If-None-Match": '"1"', "If-Modified-Since": "Mon, 02 Mar 2026 09:00:00 GMT", "Accept": "x/y"})
    old, new = site.requests
    assert old.headers["if-none-match"] == '"1"'
    assert "if-none-match" not in new.headers
    assert "if-modified-since" not in new.headers
    assert new.headers["accept"] == "x/y"


def test_only_permanent_redirects_are_a_move(site: Site) -> None:
    site.routes |= {
        "/a": Redirect("/b", 301), "/b": Redirect("/c", 308), "/c": Redirect("/d", 302), "/d": Redirect("/e", 301),
        "/e": Page("end"), "/t": Redirect("/e", 302),
    }  # fmt: skip
    assert ask(site, "/a").permanent_url == site.url("/c")
    assert ask(site, "/t").permanent_url is None
    assert ask(site, "/e").permanent_url is None


@pytest.mark.parametrize("status", [300, 304, 305, 399])
def test_a_3xx_that_leads_nowhere_is_an_answer(site: Site, status: int) -> None:
    site.routes["/x"] = Page(b"", None, status, {"Location": "/y"})
    assert ask(site, "/x").status == status
