"""The only door to HTTP: one GET with a deadline, caps, checked addresses and counted hops.

httpx's transport does the protocol; what it leaves open is closed here.  It times out per
operation, so the whole request gets a wall-clock deadline; it unpacks without bound, so
bodies are read raw; it keeps cookies per client, so a jar lives for one request only.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

import tasks
from config.model import HttpSettings
from tasks.errors import Code, CodedError
from tasks.fetch.addresses import is_public
from tasks.fetch.unpack import unpack
from tasks.urls import fetchable

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
Permit = Callable[[str], Awaitable[Callable[[int | None], None]]]


@dataclass(frozen=True, slots=True)
class Response:
    """A final answer.

    ``body`` is unpacked (empty for errors); ``raw_body`` and ``raw_headers`` are as sent (chunking removed), for
    the archive.  ``redirects`` are the addresses passed before ``url``; ``permanent_url`` is
    where the leading run of permanent redirects ends, or None.
    """

    url: str
    status: int
    headers: httpx.Headers
    body: bytes
    raw_body: bytes
    raw_headers: tuple[tuple[str, str], ...]
    reason: str
    redirects: tuple[str, ...] = ()
    permanent_url: str | None = None
    duration_ms: int = 0


def user_agent(contact: str) -> str:
    """How every request introduces itself."""
    return f"khabar/{tasks.__version__} (+{contact})"


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were resolved and judged here, and to no other."""

    def __init__(self, allow: Iterable[str]) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._allow = frozenset(allow)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await _resolve(host, port)
        if f"{host}:{port}" not in self._allow:
            refused = [a for a in addresses if not is_public(a)]
            if refused:
                raise CodedError(Code.BLOCKED_ADDRESS, f"{host}:{port} resolves to {refused[0]}")
        failure: Exception | None = None
        for address in addresses[:3]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@cache
def _tls() -> ssl.SSLContext:
    # reading the certificates takes 30 ms, and every batch makes a client
    return httpx.create_ssl_context(trust_env=False)


async def _resolve(host: str, port: int) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CodedError(Code.DNS, f"{host}: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Client:
    """Fetches addresses for one event loop; use as ``async with Client(settings) as client``."""

    def __init__(self, settings: HttpSettings) -> None:
        self._settings = settings
        # our own queue for connections: waiting in the pool's would count against the deadline
        self._slots = asyncio.Semaphore(settings.max_connections)
        self._transport = httpx.AsyncHTTPTransport(verify=_tls(), trust_env=False)
        # httpx has no setting for the network backend; its pool is replaced by the same kind
        # of pool over ours. This is the one private name of httpx in use.
        self._transport._pool = httpcore.AsyncConnectionPool(
            ssl_context=_tls(),
            max_connections=settings.max_connections,
            max_keepalive_connections=settings.max_connections,
            keepalive_expiry=15,
            network_backend=_GuardedBackend(settings.allow_private),
        )

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.aclose()

    async def get(self, url: str, headers: dict[str, str] | None = None, permit: Permit | None = None) -> Response:
        """GET ``url``, following redirects; raises `CodedError` when no final answer came.

        ``permit(address)`` is awaited before every hop: it waits for the host's turn and may
        refuse by raising; what it returns is called with the hop's status when it is over.
        Waiting for a turn doesn't count against the deadline.
        """
        jar = httpx.Cookies()
        passed: list[str] = []
        seen: set[tuple[str, str]] = set()
        permanent: str | None = None
        all_permanent = True
        started, waited = time.monotonic(), 0.0
        while True:
            before = time.monotonic()
            done = await permit(url) if permit else None
            status: int | None = None
            try:
                async with self._slots:
                    waited += time.monotonic() - before
                    left = self._settings.deadline_seconds - (time.monotonic() - started - waited)
                    # validators belong to the first address only, not to a redirect's target
                    answer, body = await self._hop(url, (headers or {}) if not passed else _plain(headers), jar, left)
                status = answer.status_code
            except CodedError as error:
                status = error.status  # an answer we can't use is an answer: the host is not dead
                raise
            finally:
                if done:
                    done(status)
            target = self._redirect_target(answer, url)
            if target is None:
                duration = round((time.monotonic() - started - waited) * 1000)
                return self._response(url, answer, body, tuple(passed), permanent, duration)
            passed.append(url)
            all_permanent = all_permanent and status in _PERMANENT
            permanent = target if all_permanent else permanent
            state = (target, str(jar.jar))
            # the same address with new cookies is a cookie wall that lets us in; without, a loop
            if state in seen or (target == url and not answer.headers.get("set-cookie")):
                raise CodedError(Code.REDIRECT_LOOP, " -> ".join([*passed, target]))
            seen.add(state)
            if len(passed) > self._settings.max_redirects:
                raise CodedError(Code.TOO_MANY_REDIRECTS, " -> ".join([*passed, target]))
            url = target

    def _redirect_target(self, answer: httpx.Response, url: str) -> str | None:
        location = answer.headers.get("location")
        if answer.status_code not in _REDIRECTS or not location:
            return None
        target = fetchable(location, base=url)
        if target is None:
            raise CodedError(Code.BAD_URL, f"redirect to {location[:200]!r}")
        return target

    async def _hop(
        self, url: str, headers: dict[str, str], jar: httpx.Cookies, left: float
    ) -> tuple[httpx.Response, bytes]:
        connect = min(self._settings.connect_seconds, max(left, 0.01))
        try:
            request = httpx.Request(
                "GET",
                url,
                headers={
                    "User-Agent": user_agent(self._settings.contact),
                    "Accept": "*/*",
                    "Accept-Encoding": "gzip, deflate",
                    **headers,
                },
                extensions={"timeout": {"connect": connect, "read": left, "write": left, "pool": None}},
            )
            jar.set_cookie_header(request)
            async with asyncio.timeout(max(left, 0.01)):
                answer = await self._transport.handle_async_request(request)
                answer.request = request
                try:
                    jar.extract_cookies(answer)
                    self._check_headers(answer)
                    body = await (self._read(answer) if answer.status_code < 400 else self._read_error(answer))
                finally:
                    await answer.aclose()
        except TimeoutError as error:
            raise CodedError(Code.TIMEOUT, f"over {self._settings.deadline_seconds:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
            raise _coded(error) from error
        return answer, body

    def _check_headers(self, answer: httpx.Response) -> None:
        size = sum(len(k) + len(v) for k, v in answer.headers.raw)
        if size > self._settings.max_header_bytes:
            raise CodedError(Code.TOO_LARGE, f"{size} bytes of headers", answer.status_code)

    async def _read(self, answer: httpx.Response) -> bytes:
        limit = self._settings.max_bytes
        announced = answer.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            raise CodedError(Code.TOO_LARGE, f"{announced} bytes announced, {limit} allowed", answer.status_code)
        pieces: list[bytes] = []
        size = 0
        async for piece in answer.aiter_raw():
            size += len(piece)
            if size > limit:
                raise CodedError(Code.TOO_LARGE, f"over {limit} bytes", answer.status_code)
            pieces.append(piece)
        return b"".join(pieces)

    async def _read_error(self, answer: httpx.Response) -> bytes:
        """Of an error the status is the news (a 429 lets the host rest); its page may be in any state."""
        try:
            return await self._read(answer)
        except (CodedError, httpx.HTTPError):
            return b""

    def _response(
        self, url: str, answer: httpx.Response, raw: bytes, passed: tuple[str, ...], permanent: str | None, ms: int
    ) -> Response:
        encoding = answer.headers.get("content-encoding", "")
        return Response(
            url=url,
            status=answer.status_code,
            headers=answer.headers,
            body=unpack(raw, encoding, self._settings.max_decoded_bytes) if answer.status_code < 400 else b"",
            raw_body=raw,
            raw_headers=tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in answer.headers.raw),
            reason=answer.reason_phrase,
            redirects=passed,
            permanent_url=permanent,
            duration_ms=ms,
        )


def _plain(headers: dict[str, str] | None) -> dict[str, str]:
    conditional = {"if-none-match", "if-modified-since"}
    return {k: v for k, v in (headers or {}).items() if k.lower() not in conditional}


def _coded(error: Exception) -> CodedError:
    """One function maps every failure of the network to a stable code."""
    text = str(error) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        return CodedError(Code.TIMEOUT, text)
    if isinstance(error, ssl.SSLError) or "SSL" in text or "certificate" in text.lower():
        return CodedError(Code.TLS, text)
    if isinstance(error, httpx.ConnectError):
        return CodedError(Code.CONNECT, text)
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return CodedError(Code.BAD_URL, text)
    if isinstance(error, httpx.RemoteProtocolError):
        broken = "disconnected" in text or "closed connection" in text
        return CodedError(Code.RESET if broken else Code.BAD_RESPONSE, text)
    if isinstance(error, httpx.NetworkError | OSError):
        return CodedError(Code.RESET, text)
    return CodedError(Code.BAD_RESPONSE, text)


def status_code(status: int) -> Code | None:
    """The failure code of an HTTP status; None where the status is a success."""
    exact = {
        401: Code.FORBIDDEN,
        403: Code.FORBIDDEN,
        404: Code.NOT_FOUND,
        410: Code.GONE,
        429: Code.RATE_LIMITED,
        451: Code.FORBIDDEN,
        304: Code.UNSOLICITED_304,
    }
    if 200 <= status < 300:
        return None
    other = {4: Code.CLIENT_ERROR, 5: Code.SERVER_ERROR}
    return exact.get(status) or other.get(status // 100, Code.BAD_RESPONSE)
