"""The site itself: what it promises to the tests that lean on it."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import time
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from .server import (
    BadGzip,
    Conditional,
    CookieWall,
    Drip,
    ForAgent,
    Garbage,
    Gone,
    GzipBomb,
    Gzipped,
    Handler,
    Huge,
    HugeHeaders,
    LyingEtag,
    NeverAnswers,
    Page,
    Redirect,
    Reset,
    Sequence,
    Site,
    Slow,
    TooManyRequests,
    Truncated,
    Unsolicited304,
    refused_port,
    serve_in_process,
)

LONG_AGO = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def ask(
    site: Site,
    path: str,
    headers: Mapping[str, str] | None = None,
    address: str = "127.0.0.1",
    timeout: float = 2,
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection(address, site.port, timeout=timeout)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def child_routes(text: str) -> dict[str, Handler]:
    """A factory for the child process below."""
    return {"/": Page(text)}


def test_routes_hosts_and_records() -> None:
    routes = {"/a": Page("all"), "press/a": Page("press"), "named.test/a": Page("named"), "/q?x=1": Page("q")}
    with Site(routes, hosts={"press": "127.0.0.2"}) as site:
        assert ask(site, "/a")[2] == b"all"
        assert ask(site, "/a", address="127.0.0.2")[2] == b"press"
        assert ask(site, "/a", {"Host": "named.test"})[2] == b"named"
        assert ask(site, "/q?x=1")[2] == b"q"
        assert ask(site, "/a?y=2", {"User-Agent": "me"})[2] == b"all"
        assert ask(site, "/none")[0] == 404
        assert site.url("/a", "press") == f"http://127.0.0.2:{site.port}/a"
        assert [r.path for r in site.requests] == ["/a", "/a", "/a", "/q?x=1", "/a?y=2", "/none"]
        assert site.requests[4].headers["user-agent"] == "me"
        assert [r.host for r in site.seen("/a", "press")] == ["press"]


def test_conditional_requests() -> None:
    liar = LyingEtag(Sequence([Page("1"), Page("2")]))
    with Site({"/c": Conditional(Page("text"), LONG_AGO), "/lie": liar, "/x": Unsolicited304()}) as site:
        status, headers, _ = ask(site, "/c")
        assert (status, headers["Last-Modified"]) == (200, "Fri, 02 Jan 2026 03:04:05 GMT")
        assert ask(site, "/c", {"If-None-Match": headers["ETag"]})[0] == 304
        since = {"If-Modified-Since": headers["Last-Modified"]}
        assert ask(site, "/c", {"If-None-Match": '"other"', **since})[0] == 200
        assert ask(site, "/c", since)[0] == 304
        tag = ask(site, "/lie")[1]["ETag"]
        assert ask(site, "/lie", {"If-None-Match": tag})[0] == 304
        assert ask(site, "/lie")[2] == b"2"
        assert ask(site, "/x")[0] == 304


def test_statuses_redirects_and_agents() -> None:
    routes: dict[str, Handler] = {
        "/old": Redirect("/new", 308),
        "/busy": Sequence([TooManyRequests(7), Gone()]),
        "/cookie": CookieWall(Page("in")),
        "/robots.txt": ForAgent(Page("Allow: /")),
    }
    with Site(routes) as site:
        status, headers, _ = ask(site, "/old")
        assert (status, headers["Location"]) == (308, "/new")
        status, headers, _ = ask(site, "/busy")
        assert (status, headers["Retry-After"]) == (429, "7")
        assert [ask(site, "/busy")[0] for _ in range(2)] == [410, 410]
        status, headers, _ = ask(site, "/cookie")
        assert (status, headers["Location"]) == (302, "/cookie")
        assert ask(site, "/cookie", {"Cookie": headers["Set-Cookie"].partition(";")[0]})[2] == b"in"
        assert ask(site, "/robots.txt", {"User-Agent": "Python-urllib/3.11"})[0] == 403
        assert ask(site, "/robots.txt", {"User-Agent": "khabar/1"})[0] == 200


def test_bodies_that_lie() -> None:
    page = Page("good text " * 50)
    routes: dict[str, Handler] = {
        "/gz": Gzipped(page),
        "/bomb": GzipBomb(30_000_000),
        "/huge": Huge(1_000_000),
        "/close": Huge(1_000_000, chunked=False),
        "/short": Truncated("abc"),
        **{f"/{fault}": BadGzip(page, fault) for fault in ("plain", "cut", "crc")},
    }
    with Site(routes) as site:
        assert gzip.decompress(ask(site, "/gz")[2]) == page.body.encode()  # type: ignore[union-attr]
        packed = ask(site, "/bomb")[2]
        assert len(packed) < 100_000
        assert len(gzip.decompress(packed)) == 30_000_000
        assert len(ask(site, "/huge")[2]) == len(ask(site, "/close")[2]) == 1_000_000
        with pytest.raises(http.client.IncompleteRead):
            ask(site, "/short")
        for fault in ("plain", "cut", "crc"):
            with pytest.raises((OSError, EOFError)):
                gzip.decompress(ask(site, f"/{fault}")[2])


def test_broken_connections() -> None:
    routes: dict[str, Handler] = {
        "/reset": Reset(),
        "/cut": Reset(100),
        "/garbage": Garbage(),
        "/heads": HugeHeaders(200_000, single=True),
        "/silent": NeverAnswers(),
    }
    with Site(routes) as site, refused_port() as closed:
        for path in ("/reset", "/cut"):
            with pytest.raises(ConnectionResetError):
                ask(site, path)
        with pytest.raises(http.client.BadStatusLine):
            ask(site, "/garbage")
        with pytest.raises(http.client.LineTooLong):
            ask(site, "/heads")
        with pytest.raises(TimeoutError):
            ask(site, "/silent", timeout=0.1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", closed), timeout=1)


def test_drip_and_slow_and_a_fast_stop() -> None:
    routes: dict[str, Handler] = {
        "/drip": Drip("x" * 10, 100),
        "/slow": Slow(0.1, Page("late")),
        "/mute": NeverAnswers(),
    }
    with Site(routes) as site:
        started = time.monotonic()
        assert ask(site, "/drip")[2] == b"x" * 10
        assert ask(site, "/slow")[2] == b"late"
        assert time.monotonic() - started > 0.15
        waiting = socket.create_connection(("127.0.0.1", site.port))
        waiting.sendall(b"GET /mute HTTP/1.1\r\nHost: x\r\n\r\n")
        while len(site.requests) < 3:
            time.sleep(0.01)
        stopped = time.monotonic()
    assert time.monotonic() - stopped < 1
    with waiting, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", site.port), timeout=1)


def test_keep_alive_serves_a_thousand_pages_quickly() -> None:
    with Site({f"/{number}": Page(f"page {number}") for number in range(1000)}) as site:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
        started = time.monotonic()
        for number in range(1000):
            connection.request("GET", f"/{number}")
            assert connection.getresponse().read() == b"page %d" % number
        connection.close()
        assert time.monotonic() - started < 5  # 0.4 s on a quiet machine; Nagle's delay would make it 40


def test_site_in_a_child_process() -> None:
    port, stop = serve_in_process("tests.site.test_server:child_routes", "hello")
    try:
        base = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(base + "/", timeout=5) as answer:
            assert answer.read() == b"hello"
        with urllib.request.urlopen(base + "/__site/requests", timeout=5) as answer:
            assert [row["path"] for row in json.load(answer)] == ["/"]
    finally:
        stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
