"""Building blocks for the routes of a test site: good pages, and the ways in which real sites fail.

Each block is a handler, a callable from `Request` to `Response`; blocks that wrap another take any handler.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import zlib
from collections import abc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from http.cookies import SimpleCookie

from .wire import Handler, Request, Response, Wire, head

HTML = "text/html; charset=utf-8"


def as_bytes(body: bytes | str) -> bytes:
    """Text goes out as UTF-8."""
    return body.encode() if isinstance(body, str) else body


@dataclass(frozen=True, slots=True)
class Page:
    """A fixed answer. `content_type=None` leaves the header out."""

    body: bytes | str = b""
    content_type: str | None = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, request: Request) -> Response:
        kind = {} if self.content_type is None else {"Content-Type": self.content_type}
        return Response(as_bytes(self.body), self.status, {**kind, **self.headers})


@dataclass(frozen=True, slots=True)
class Conditional:
    """Gives a handler an ETag of its body (and a Last-Modified, if told), and answers 304 when they match."""

    page: Handler
    last_modified: datetime | None = None
    etag: bool = True

    def __call__(self, request: Request) -> Response:
        response = self.page(request)
        if response.status != 200 or response.raw:
            return response
        validators = {}
        if self.etag:
            validators["ETag"] = f'"{hashlib.sha256(response.body).hexdigest()[:16]}"'
        if self.last_modified:
            validators["Last-Modified"] = format_datetime(self.last_modified, usegmt=True)
        if self._fresh(request, validators):
            return Response(status=304, headers=validators)
        return replace(response, headers={**response.headers, **validators})

    def _fresh(self, request: Request, validators: Mapping[str, str]) -> bool:
        asked = request.headers.get("if-none-match")
        if asked is not None:  # RFC 9110: If-Modified-Since is then ignored
            return validators.get("ETag", "") in [part.strip() for part in asked.split(",")]
        since = request.headers.get("if-modified-since")
        if since is None or self.last_modified is None:
            return False
        try:
            return self.last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False


@dataclass(frozen=True, slots=True)
class LyingEtag:
    """The ETag never changes though the body does: a client that trusts it sees nothing new, ever."""

    page: Handler
    etag: str = '"constant"'

    def __call__(self, request: Request) -> Response:
        if request.headers.get("if-none-match") == self.etag:
            return Response(status=304, headers={"ETag": self.etag})
        response = self.page(request)
        return replace(response, headers={**response.headers, "ETag": self.etag})


@dataclass(slots=True)
class Sequence:
    """The n-th request gets the n-th handler; the last one repeats."""

    handlers: abc.Sequence[Handler]
    _seen: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __call__(self, request: Request) -> Response:
        with self._lock:
            handler = self.handlers[min(self._seen, len(self.handlers) - 1)]
            self._seen += 1
        return handler(request)


def Unsolicited304(then: Handler | None = None, times: int = 1) -> Handler:
    """304 whatever was asked: for ever, or `times` times and then `then`."""
    refusal = Page(status=304, content_type=None)
    return refusal if then is None else Sequence([*[refusal] * times, then])


def Redirect(to: str, status: int = 301, set_cookie: str | None = None) -> Page:
    """A redirect; `to` may be relative."""
    cookie = {} if set_cookie is None else {"Set-Cookie": set_cookie}
    return Page(b"", None, status, {"Location": to, **cookie})


@dataclass(frozen=True, slots=True)
class CookieWall:
    """Redirects to itself with a cookie until the client sends that cookie back."""

    page: Handler
    name: str = "seen"

    def __call__(self, request: Request) -> Response:
        if self.name in SimpleCookie(request.headers.get("cookie", "")):
            return self.page(request)
        return Redirect(request.path, 302, f"{self.name}=1; Path=/")(request)


def TooManyRequests(retry_after: int | str | None = 60, status: int = 429) -> Page:
    """429 (or 503) with Retry-After in seconds or as an HTTP date; None leaves the header out."""
    wait = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Page("Slow down.\n", "text/plain; charset=utf-8", status, wait)


def Gone() -> Page:
    """410: taken away for good."""
    return Page("<h1>410 Gone</h1>", HTML, 410)


@dataclass(frozen=True, slots=True)
class ForAgent:
    """Serves `page`, but `instead` (403) to user agents that contain one of `refused` (case ignored).

    With `only`, every agent that contains none of these is refused too.
    """

    page: Handler
    refused: Iterable[str] = ("python-urllib", "python-requests", "curl")
    instead: Handler = Page("<h1>403 Forbidden</h1>", HTML, 403)
    only: Iterable[str] = ()

    def __call__(self, request: Request) -> Response:
        agent = request.headers.get("user-agent", "").lower()
        only = [name.lower() for name in self.only]
        refused = any(name.lower() in agent for name in self.refused)
        if refused or (only and not any(name in agent for name in only)):
            return self.instead(request)
        return self.page(request)


@dataclass(frozen=True, slots=True)
class Slow:
    """Waits, then hands over to `then`. A client that leaves early is noticed only at the end."""

    seconds: float
    then: Handler

    def __call__(self, request: Request) -> Response:
        def late(wire: Wire) -> None:
            wire.wait(self.seconds)
            response = self.then(request)
            if response.raw:
                response.raw(wire)
                return
            headers = {**response.headers, "Content-Length": str(len(response.body)), "Connection": "close"}
            wire.send(head(response.status, headers) + response.body)

        return Response(raw=late)


@dataclass(frozen=True, slots=True)
class Gzipped:
    """The page with Content-Encoding: gzip, whatever the client accepts."""

    page: Handler

    def __call__(self, request: Request) -> Response:
        response = self.page(request)
        return replace(
            response,
            body=gzip.compress(response.body, mtime=0),
            headers={**response.headers, "Content-Encoding": "gzip"},
        )


@dataclass(frozen=True, slots=True)
class BadGzip:
    """Content-Encoding: gzip over what is not: `plain` text, a stream that is `cut`, or a wrong `crc`."""

    page: Handler
    fault: str = "plain"

    def __call__(self, request: Request) -> Response:
        response = self.page(request)
        packed = gzip.compress(response.body, mtime=0)
        bodies = {
            "plain": response.body,
            "cut": packed[: len(packed) // 2],
            "crc": packed[:-8] + bytes(4) + packed[-4:],
        }
        headers = {**response.headers, "Content-Encoding": "gzip"}
        return replace(response, body=bodies[self.fault], headers=headers)


@lru_cache(maxsize=8)
def bomb(decoded_bytes: int, layers: int = 1) -> bytes:
    """Gzip that unpacks to that many spaces; made in pieces, so that the bomb spares its maker."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)  # 31: gzip framing
    block = b" " * min(decoded_bytes, 1 << 20)
    parts = [packer.compress(block) for _ in range(decoded_bytes // max(1, len(block)))]
    parts.append(packer.compress(b" " * (decoded_bytes % max(1, len(block)))))
    packed = b"".join(parts) + packer.flush()
    for _ in range(layers - 1):
        packed = gzip.compress(packed, mtime=0)
    return packed


def GzipBomb(decoded_bytes: int, content_type: str = HTML, layers: int = 1) -> Page:
    """A small body that unpacks to `decoded_bytes`; more layers hide even its first unpacked size."""
    encoding = ", ".join(["gzip"] * layers)
    return Page(bomb(decoded_bytes, layers), content_type, 200, {"Content-Encoding": encoding})
