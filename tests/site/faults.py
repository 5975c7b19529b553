"""Handlers that break the connection or the protocol: they write to the socket themselves."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .blocks import HTML, as_bytes
from .wire import Request, Response, Wire, head

BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Drip:
    """A body that arrives a few bytes at a time: each read succeeds, the whole takes for ever.

    With `head_too`, the status line and headers drip as well.
    """

    body: bytes | str
    bytes_per_second: float
    content_type: str = HTML
    head_too: bool = False

    def __call__(self, request: Request) -> Response:
        body = as_bytes(self.body)
        top = head(200, {"Content-Type": self.content_type, "Content-Length": str(len(body))})

        def drip(wire: Wire) -> None:
            slow = top + body if self.head_too else body
            if not self.head_too:
                wire.send(top)
            step = max(1, round(self.bytes_per_second / 20))  # at most 20 writes a second
            for start in range(0, len(slow), step):
                wire.send(slow[start : start + step])
                wire.wait(step / self.bytes_per_second)

        return Response(raw=drip)


@dataclass(frozen=True, slots=True)
class Huge:
    """Streams `size` bytes without saying how many: chunked, or (chunked=False) until it hangs up."""

    size: int
    content_type: str = HTML
    chunked: bool = True

    def __call__(self, request: Request) -> Response:
        def stream(wire: Wire) -> None:
            framing = {"Transfer-Encoding": "chunked"} if self.chunked else {"Connection": "close"}
            wire.send(head(200, {"Content-Type": self.content_type, **framing}))
            block = b"<p>more and more of it</p>\n" * (BLOCK // 27)
            left = self.size
            while left > 0:
                piece = block[:left]
                left -= len(piece)
                wire.send(b"%x\r\n%b\r\n" % (len(piece), piece) if self.chunked else piece)
            if self.chunked:
                wire.send(b"0\r\n\r\n")

        return Response(raw=stream)


@dataclass(frozen=True, slots=True)
class Truncated:
    """Content-Length promises `missing` bytes more than are sent before an ordinary close."""

    body: bytes | str
    missing: int = 100
    content_type: str = HTML

    def __call__(self, request: Request) -> Response:
        body = as_bytes(self.body)
        promised = str(len(body) + self.missing)
        top = head(200, {"Content-Type": self.content_type, "Content-Length": promised})
        return Response(raw=lambda wire: wire.send(top + body))


@dataclass(frozen=True, slots=True)
class Reset:
    """Sends the first `after_bytes` bytes of the body, then RST. With 0, not even the status line is sent."""

    after_bytes: int = 0
    body: bytes | str = "<html><body>" + "<p>half a page</p>" * 500

    def __call__(self, request: Request) -> Response:
        body = as_bytes(self.body)
        top = head(200, {"Content-Type": HTML, "Content-Length": str(len(body))})

        def cut(wire: Wire) -> None:
            if self.after_bytes:
                wire.send(top + body[: min(self.after_bytes, len(body) - 1)])
                wire.wait(0.05)  # else the RST may overtake the bytes
            wire.reset()

        return Response(raw=cut)


@dataclass(frozen=True, slots=True)
class NeverAnswers:
    """Takes the request and says nothing, until the client gives up or the site stops."""

    def __call__(self, request: Request) -> Response:
        return Response(raw=Wire.wait_for_client)


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that are not HTTP."""

    data: bytes = b"\x16\x03\x01 this is not\x00 HTTP\r\n\r\n\xff\xfe"

    def __call__(self, request: Request) -> Response:
        return Response(raw=lambda wire: wire.send(self.data))


@dataclass(frozen=True, slots=True)
class HugeHeaders:
    """A good small page under `size` bytes of headers, as many lines or as a single one."""

    size: int = 1 << 20
    single: bool = False
    body: bytes | str = "<p>small</p>"

    def __call__(self, request: Request) -> Response:
        body = as_bytes(self.body)
        width = self.size if self.single else 1000
        padding = {f"X-Padding-{number}": "x" * width for number in range(max(1, self.size // width))}
        top = head(200, {"Content-Type": HTML, **padding, "Content-Length": str(len(body))})
        return Response(raw=lambda wire: wire.send(top + body))


@contextmanager
def refused_port(address: str = "127.0.0.1") -> Iterator[int]:
    """A port that refuses connections for as long as the block lasts: taken, but nobody listens."""
    with socket.socket() as holder:
        holder.bind((address, 0))
        yield holder.getsockname()[1]
