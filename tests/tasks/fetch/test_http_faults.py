"""One GET against servers that misbehave: every fault has a code, an end and a bound."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest

from tasks.errors import MEANING, Code, CodedError
from tasks.fetch.http import Client
from tests.site.server import (
    BadGzip,
    Drip,
    Garbage,
    GzipBomb,
    Gzipped,
    Handler,
    Huge,
    HugeHeaders,
    NeverAnswers,
    Page,
    Reset,
    Site,
    Slow,
    Truncated,
    refused_port,
)

from .asking import ask, refused, settings

PATIENCE = 4  # seconds: far above every deadline here, far below what the faults would take

FAULTS: dict[str, tuple[Handler, set[Code]]] = {
    "huge body without a length": (Huge(5_000_000), {Code.TOO_LARGE}),
    "huge body until it hangs up": (Huge(5_000_000, chunked=False), {Code.TOO_LARGE}),
    "huge body announced": (Page(b"x" * 300_000), {Code.TOO_LARGE}),
    "gzip bomb": (GzipBomb(30_000_000), {Code.DECODED_TOO_LARGE}),
    "gzip bomb in two layers": (GzipBomb(30_000_000, layers=2), {Code.DECODED_TOO_LARGE}),
    "huge headers": (HugeHeaders(80_000), {Code.TOO_LARGE, Code.BAD_RESPONSE}),
    "endless headers": (HugeHeaders(1 << 20), {Code.TOO_LARGE, Code.BAD_RESPONSE}),
    "endless single header": (HugeHeaders(1 << 20, single=True), {Code.TOO_LARGE, Code.BAD_RESPONSE}),
    "truncated": (Truncated("<p>half", 500), {Code.RESET}),
    "reset before the answer": (Reset(), {Code.RESET}),
    "reset in the body": (Reset(2000), {Code.RESET}),
    "no HTTP": (Garbage(), {Code.BAD_RESPONSE}),
    "gzip cut off": (BadGzip(Page("text " * 500), "cut"), {Code.BAD_ENCODING}),
    "gzip with a wrong checksum": (BadGzip(Page("text " * 500), "crc"), {Code.BAD_ENCODING}),
    "unknown encoding": (Page("x", headers={"Content-Encoding": "zstd"}), {Code.BAD_ENCODING}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_end_with_their_code(site: Site, fault: str) -> None:
    handler, codes = FAULTS[fault]
    site.routes["/x"] = handler
    assert refused(site, "/x").code in codes


@pytest.mark.parametrize(
    "handler",
    [NeverAnswers(), Drip("x" * 5000, 100), Drip("x" * 5000, 100, head_too=True), Slow(60, Page("late"))],
    ids=["never answers", "drips", "drips its head", "slow"],
)
def test_the_wall_clock_ends_what_never_ends(site: Site, handler: Handler) -> None:
    """httpx times out per operation: a drip satisfies it for ever."""
    site.routes["/x"] = handler
    before = time.monotonic()
    assert refused(site, "/x", deadline_seconds=0.4).code is Code.TIMEOUT
    assert time.monotonic() - before < PATIENCE


def test_redirects_share_one_deadline(site: Site) -> None:
    for n in range(5):
        site.routes[f"/{n}"] = Slow(0.3, Page(status=302, headers={"Location": f"/{n + 1}"}))
    site.routes["/5"] = Page("end")
    assert refused(site, "/0", deadline_seconds=0.7).code is Code.TIMEOUT
    assert len(site.requests) < 5


def test_no_connection(site: Site) -> None:
    with refused_port() as port:
        error = refused(site, f"http://127.0.0.1:{port}/", allow_private=(f"127.0.0.1:{port}",))
    assert error.code is Code.CONNECT
    assert MEANING[error.code].retryable


def test_a_name_that_does_not_resolve(site: Site) -> None:
    assert refused(site, "http://no-such-host.invalid/").code is Code.DNS


def test_tls_that_fails_is_never_retried_without_verification(site: Site) -> None:
    """A peer falls back to unverified TLS; here a bad handshake is an answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        met: list[bytes] = []

        def plain_text() -> None:
            for _ in range(2):
                connection, _ = server.accept()
                met.append(connection.recv(1000))
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.close()

        threading.Thread(target=plain_text, daemon=True).start()
        place = f"127.0.0.1:{server.getsockname()[1]}"
        assert refused(site, f"https://{place}/", allow_private=(place,)).code is Code.TLS
        assert len(met) == 1


@pytest.mark.parametrize("url", ["http://h/" + "x" * 70_000, "gopher://h/", "http://h\x7f/"])
def test_an_address_that_is_none(site: Site, url: str) -> None:
    assert refused(site, url).code is Code.BAD_URL


def test_a_body_within_the_limits_arrives_whole(site: Site) -> None:
    text = "سرخی " * 20_000
    site.routes["/x"] = Gzipped(Page(text))
    answer = ask(site, "/x")
    assert answer.body.decode() == text
    assert len(answer.raw_body) < len(answer.body)
    assert answer.status == 200


def test_plain_text_announced_as_gzip_is_read(site: Site) -> None:
    site.routes["/x"] = BadGzip(Page("<p>not packed</p>"), "plain")
    assert ask(site, "/x").body == b"<p>not packed</p>"


def test_what_every_request_says(site: Site) -> None:
    site.routes["/x"] = Page("ok")
    ask(site, "/x?a=1", {"Accept": "text/html"})
    (request,) = site.requests
    assert request.path == "/x?a=1"  # nothing added to the query
    assert request.headers["user-agent"].startswith("khabar/")
    assert request.headers["user-agent"].endswith("(+https://example.org/bot)")
    assert request.headers["accept"] == "text/html"
    assert "zstd" not in request.headers["accept-encoding"]  # only what can be unpacked with a bound
    assert "cookie" not in request.headers


def test_the_environment_is_not_trusted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.routes["/x"] = Page("ok")
    assert ask(site, "/x").body == b"ok"


def test_an_error_page_that_cannot_be_unpacked_keeps_its_status(site: Site) -> None:
    """The status is the news, not the page around it: a 429 must reach whoever lets the host rest."""
    site.routes["/x"] = BadGzip(Page("slow down " * 100, status=429, headers={"Retry-After": "60"}), "cut")
    answer = ask(site, "/x")
    assert (answer.status, answer.headers["retry-after"]) == (429, "60")


def test_hosts_that_never_answer_do_not_eat_the_time_of_others(site: Site) -> None:
    """Waiting for a free connection is waiting for a turn: it doesn't count against the deadline."""

    async def all_of_them() -> list[object]:
        async with Client(settings(site, max_connections=2, deadline_seconds=0.6)) as client:
            urls = [site.url("/x", f"h{n}") for n in range(2, 9)]
            return list(await asyncio.gather(*(client.get(url) for url in urls), return_exceptions=True))

    site.routes["/x"] = Page("ok")
    for host in ("h2", "h3", "h4"):
        site.routes[f"{host}/x"] = NeverAnswers()
    results = asyncio.run(all_of_them())
    assert [type(r) is CodedError for r in results] == [True] * 3 + [False] * 4


def test_the_address_that_was_checked_is_the_one_that_is_called(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to a public address first and a private one next (rebinding) is resolved once."""
    calls: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *args: object, **how: object) -> object:
        calls.append(host)
        return real(host, *args, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.routes["/x"] = Page("ok")
    ask(site, f"http://localhost:{site.port}/x", allow_private=(f"localhost:{site.port}",))
    assert [c for c in calls if c == "localhost"] == ["localhost"]
