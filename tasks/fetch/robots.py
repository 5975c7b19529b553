"""robots.txt by RFC 9309: fetched with our own agent, judged by Protego, kept for a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego

from tasks.errors import Code, CodedError
from tasks.fetch.hosts import DEFAULT_REST, HostGate, retry_after
from tasks.fetch.http import Client

AGENT = "khabar"
_MAX_BYTES = 512 * 1024  # RFC 9309 asks for at least 500 KiB
_KEEP = timedelta(hours=24)
_KEEP_UNAVAILABLE = timedelta(hours=1)
_LONGEST_DELAY = 30.0  # seconds; a crawl-delay above it would stall a run
UNREACHABLE = 0


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What a host answered for robots.txt. ``status`` 0: it could not be reached."""

    host: str
    status: int
    body: str
    fetched_at: datetime

    @property
    def available(self) -> bool:
        """False for server errors, rate limits and network failures: nothing may be fetched."""
        return 200 <= self.status < 500 and self.status != 429

    def fresh(self, now: datetime) -> bool:
        return now - self.fetched_at < (_KEEP if self.available else _KEEP_UNAVAILABLE)


def judge(robots: RobotsFile, url: str) -> tuple[str, float]:
    """(verdict, crawl delay in seconds): allowed, disallowed, unavailable or none (no rules).

    Pure; a 4xx answer means that there are no rules, a 5xx that we may not look for now.
    """
    if not robots.available:
        return "unavailable", 0.0
    if robots.status >= 300:
        return "none", 0.0
    rules = _rules(robots.body)
    delay = min(float(rules.crawl_delay(AGENT) or 0.0), _LONGEST_DELAY)
    return ("allowed" if rules.can_fetch(url, AGENT) else "disallowed"), delay


@lru_cache(maxsize=64)
def _rules(body: str) -> Protego:
    return Protego.parse(body)


class Robots:
    """Verdicts for addresses; reads each host's file at most once in a run."""

    def __init__(
        self, client: Client, gate: HostGate, known: Mapping[str, RobotsFile], clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._gate = gate
        self._files = dict(known)
        self._clock = clock
        self._locks: dict[str, asyncio.Lock] = {}
        self.fetched: dict[str, RobotsFile] = {}

    async def verdict(self, url: str) -> str:
        """The verdict on ``url``; also tells the gate about a crawl-delay."""
        host = urlsplit(url).netloc
        async with self._locks.setdefault(host, asyncio.Lock()):
            robots = self._files.get(host)
            if robots is None or not robots.fresh(self._clock()):
                robots = self._files[host] = self.fetched[host] = await self._read(url, host)
        word, delay = judge(robots, url)
        self._gate.crawl_delay[host] = delay
        return word

    async def _read(self, url: str, host: str) -> RobotsFile:
        address = f"{urlsplit(url).scheme}://{host}/robots.txt"
        try:
            answer = await self._client.get(address, {"Accept": "text/plain"}, self._gate.permit)
        except CodedError as error:
            if error.code in (Code.HOST_BACKOFF, Code.BLOCKED_ADDRESS, Code.BAD_URL):
                raise  # says nothing about the file: it was not asked for
            # a loop or an endless chain of redirects counts as "no file" (RFC 9309, 2.3.1.2)
            looped = error.code in (Code.REDIRECT_LOOP, Code.TOO_MANY_REDIRECTS)
            return RobotsFile(host, 404 if looped else UNREACHABLE, "", self._clock())
        if answer.status in (429, 503):
            wait = retry_after(answer.headers.get("retry-after"), self._clock())
            code = Code.RATE_LIMITED if answer.status == 429 else Code.SERVER_ERROR
            self._gate.rest(host, wait or DEFAULT_REST, code)
        body = answer.body[:_MAX_BYTES].decode("utf-8", "replace").replace("\x00", "")
        return RobotsFile(host, answer.status, body if answer.status < 300 else "", self._clock())
