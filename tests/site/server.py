"""A real news site on loopback: threads, sockets, HTTP/1.1 with keep-alive, and every fault we know.

    with Site({"/a": Page("<p>hello</p>"), "press/a": Page("<p>on the host called press</p>")}) as site:
        httpx.get(site.url("/a")); httpx.get(site.url("/a", host="press"))
        assert [request.path for request in site.requests] == ["/a", "/a"]

A route's key is a path ("/a", on every host) or a host name and a path ("press/a"). A path with its query is
looked up before the path alone. `hosts` gives host names loopback addresses of their own (one port for all);
a host name that is not in `hosts` is served to requests that name it in their Host header.
"""

from __future__ import annotations

import contextlib
import errno
import os
import selectors
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import NamedTuple, Self

from .blocks import (
    BadGzip,
    Conditional,
    CookieWall,
    ForAgent,
    Gone,
    GzipBomb,
    Gzipped,
    LyingEtag,
    Page,
    Redirect,
    Sequence,
    Slow,
    TooManyRequests,
    Unsolicited304,
)
from .faults import (
    Drip,
    Garbage,
    Huge,
    HugeHeaders,
    NeverAnswers,
    Reset,
    Truncated,
    refused_port,
)
from .wire import Handler, HangUp, Request, Response, Wire, encode, read_request

__all__ = [
    "BadGzip",
    "Conditional",
    "CookieWall",
    "Drip",
    "ForAgent",
    "Garbage",
    "Gone",
    "GzipBomb",
    "Gzipped",
    "Handler",
    "Huge",
    "HugeHeaders",
    "LyingEtag",
    "NeverAnswers",
    "Page",
    "Redirect",
    "Request",
    "Reset",
    "Response",
    "Sequence",
    "Served",
    "Site",
    "Slow",
    "TooManyRequests",
    "Truncated",
    "Unsolicited304",
    "Wire",
    "refused_port",
    "serve_in_process",
]

NOT_FOUND = Page("<h1>404 Not Found</h1>", status=404)
DEFAULT_ADDRESS = "127.0.0.1"


def listen_at(address: str, port: int) -> socket.socket:
    """A listening socket; some systems own only 127.0.0.1 of the loopback block: there, a port of its own."""
    try:
        return socket.create_server((address, port), backlog=256)
    except OSError as problem:
        if problem.errno != errno.EADDRNOTAVAIL:
            raise
        return socket.create_server((DEFAULT_ADDRESS, 0), backlog=256)


def listen(addresses: list[str], port: int) -> list[socket.socket]:
    """One listening socket for each address, all on one port (chosen by the system when `port` is 0)."""
    for _ in range(20):  # a free port of one address may be taken on another: then try the next
        sockets: list[socket.socket] = []
        try:
            for address in addresses:
                chosen = sockets[0].getsockname()[1] if sockets else port
                sockets.append(listen_at(address, chosen))
        except OSError as problem:
            for opened in sockets:
                opened.close()
            if port or problem.errno != errno.EADDRINUSE:
                raise
        else:
            return sockets
    raise OSError(errno.EADDRINUSE, "no port is free on all of " + ", ".join(addresses))


class Site:
    """A running site, from `start()` (or entering the context) to `stop()`. Routes may change meanwhile."""

    def __init__(
        self,
        routes: Mapping[str, Handler],
        hosts: Mapping[str, str] | None = None,
        port: int = 0,
        default: Handler = NOT_FOUND,
    ) -> None:
        self.routes: dict[str, Handler] = dict(routes)
        self.hosts: dict[str, str] = dict(hosts or {})
        self.default = default
        self.port = port
        self.requests: list[Request] = []
        self._places: dict[str, tuple[str, int]] = {}
        self._names: dict[tuple[str, int], str] = {}
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._listeners: list[socket.socket] = []
        self._acceptor: threading.Thread | None = None

    def start(self) -> Self:
        """Listen and serve, in threads."""
        addresses = list(dict.fromkeys([DEFAULT_ADDRESS, *self.hosts.values()]))
        self._listeners = listen(addresses, self.port)
        self.port = self._listeners[0].getsockname()[1]
        bound = dict(zip(addresses, (listener.getsockname() for listener in self._listeners), strict=True))
        self._places = {name: bound[address] for name, address in self.hosts.items()}
        self._names = {place: name for name, place in self._places.items()}
        self._wake, self._alarm = socket.socketpair()
        self._acceptor = threading.Thread(target=self._accept, name="site-accept", daemon=True)
        self._acceptor.start()
        return self

    def stop(self) -> None:
        """End all connections, whatever they are doing, and give the port back."""
        self._stopping.set()
        if self._acceptor is None:
            return
        self._alarm.send(b"x")
        self._acceptor.join()
        for listener in [*self._listeners, self._wake, self._alarm]:
            listener.close()
        with self._lock:
            connections = dict(self._open)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in connections.values():
            thread.join(timeout=2)
        self._acceptor = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def authority(self, host: str | None = None) -> str:
        """'address:port' of a named host (for a name without an address: name:port)."""
        address, port = self._places.get(host or "", (host or DEFAULT_ADDRESS, self.port))
        return f"{address}:{port}"

    def url(self, path: str, host: str | None = None) -> str:
        """The absolute URL of a path."""
        return f"http://{self.authority(host)}{path}"

    def seen(self, path: str, host: str | None = None) -> list[Request]:
        """The recorded requests for a path (with its query, if any), in order."""
        return [r for r in list(self.requests) if r.path == path and host in (None, r.host)]

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            for listener in [*self._listeners, self._wake]:
                selector.register(listener, selectors.EVENT_READ)
            while not self._stopping.is_set():
                for key, _ in selector.select():
                    if key.fileobj is not self._wake:
                        self._take(key.fileobj)  # type: ignore[arg-type]

    def _take(self, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:  # the client has gone already
            return
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        thread = threading.Thread(target=self._converse, args=(connection,), name="site-talk", daemon=True)
        with self._lock:
            self._open[connection] = thread
        thread.start()

    def _converse(self, connection: socket.socket) -> None:
        """One connection, request after request."""
        place = connection.getsockname()
        wire = Wire(connection, self._stopping)
        try:
            # a file object would keep the socket open behind our back after close(); `with` drops both
            over = contextlib.suppress(HangUp, OSError, ValueError)
            with connection, connection.makefile("rb") as stream, over:
                while request := read_request(stream, lambda header: self._host(place, header)):
                    self.requests.append(request)
                    if not self._answer(request, wire):
                        break
        finally:
            with self._lock:
                self._open.pop(connection, None)

    def _answer(self, request: Request, wire: Wire) -> bool:
        """Send the answer; True if the connection goes on."""
        response = self._handler(request)(request)
        if response.raw:
            response.raw(wire)
            return False
        wire.send(encode(response, request.method))
        asked, told = request.headers.get("connection", ""), response.headers.get("Connection", "")
        return "close" not in (asked.lower(), told.lower())

    def _host(self, place: tuple[str, int], header: str) -> str:
        """The name of the host that a request is for: by address, else by Host header."""
        return self._names.get(place) or header.rpartition(":")[0] or header

    def _handler(self, request: Request) -> Handler:
        for path in (request.path, request.bare_path):
            for key in (request.host + path, path):
                if key in self.routes:
                    return self.routes[key]
        return self.default


class Served(NamedTuple):
    """A site in a child process."""

    port: int
    stop: Callable[[], None]


def serve_in_process(factory_path: str, *args: str) -> Served:
    """Start the site that `package.module:function` returns (a `Site` or routes) in a process of its own.

    Its requests are listed as JSON at `/__site/requests`. It ends with `stop()` or when this process ends,
    however that happens: it watches its standard input.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.site", factory_path, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert child.stdin
    assert child.stdout
    line = child.stdout.readline()
    if not line:
        raise RuntimeError(f"the site {factory_path} did not start (exit code {child.wait()})")

    def stop() -> None:
        child.communicate()  # closes its standard input and waits

    return Served(int(line), stop)
