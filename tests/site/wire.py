"""What goes over the wire of the test site: requests, responses and a socket that faults can take over.

Small on purpose: `http.server` cannot be talked into half of the faults that real sites show, and parsing a
request head by hand is a few lines and several times as fast.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import BinaryIO


class HangUp(Exception):  # noqa: N818 - not an error: the connection is over and its thread ends
    """The site stops or the client has gone: leave the connection without another word."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived; header names are in lower case. `time` is monotonic: it measures pauses."""

    method: str
    path: str
    headers: Mapping[str, str]
    time: float
    host: str = ""
    body: bytes = b""

    @property
    def bare_path(self) -> str:
        """The path without its query."""
        return self.path.partition("?")[0]


class Wire:
    """The socket of one connection, for handlers that answer by hand."""

    def __init__(self, sock: socket.socket, stopping: threading.Event) -> None:
        self.sock = sock
        self.stopping = stopping

    def send(self, data: bytes) -> None:
        """Send all of `data`; a client that has gone ends the connection quietly."""
        try:
            self.sock.sendall(data)
        except OSError as gone:
            raise HangUp from gone

    def wait(self, seconds: float) -> None:
        """Sleep, but wake at once when the site stops."""
        if self.stopping.wait(seconds):
            raise HangUp

    def wait_for_client(self) -> None:
        """Say nothing until the client gives up or the site stops (which shuts this socket down)."""
        try:
            while self.sock.recv(65536):
                pass
        except OSError:
            pass
        raise HangUp

    def reset(self) -> None:
        """Close so that the client gets RST, not FIN: linger with a time of zero does that."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise HangUp


@dataclass(frozen=True, slots=True)
class Response:
    """An ordinary answer, or (with `raw`) a function that writes to the wire itself, then hangs up."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[Wire], None] | None = None


Handler = Callable[[Request], Response]


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """The status line and header block."""
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = "Unknown"
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def encode(response: Response, method: str) -> bytes:
    """An ordinary response as bytes; HEAD, 1xx, 204 and 304 have no body."""
    headers = dict(response.headers)
    bodiless = response.status in (204, 304) or response.status < 200
    if not bodiless:
        headers.setdefault("Content-Length", str(len(response.body)))
    body = b"" if bodiless or method == "HEAD" else response.body
    return head(response.status, headers) + body


def read_request(stream: BinaryIO, host_of: Callable[[str], str]) -> Request | None:
    """The next request of a connection, or None at its end or when it is not HTTP."""
    parts = stream.readline(65536).decode("latin-1").split()
    if len(parts) != 3:
        return None
    headers: dict[str, str] = {}
    while True:
        line = stream.readline(65536).decode("latin-1")
        if line in ("\r\n", "\n"):
            break
        name, colon, value = line.partition(":")
        if not colon:
            return None
        headers[name.strip().lower()] = value.strip()
    length = headers.get("content-length", "0")
    body = stream.read(int(length)) if length.isdigit() and length != "0" else b""
    method, target = parts[0], parts[1]
    return Request(method, target, headers, time.monotonic(), host_of(headers.get("host", "")), body)
