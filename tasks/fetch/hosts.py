"""Politeness: one connection at a time to a host, a pause after it, a rest when it asks.

The gate is shared by feeds and pages.  Times of last contact live for the process (a new
process starts with a pause anyway); rests that a host asked for are kept in the warehouse.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tasks.errors import Code, CodedError
from tasks.urls import netloc_of

# a host that failed this often in a row without an answer is left alone for the run
_DEAD_AFTER = 3
_DEAD_REST = timedelta(minutes=10)
# rest after a 429 or 503 that names no time
DEFAULT_REST = timedelta(minutes=10)
_LONGEST_REST = timedelta(days=7)
_last_contact: dict[str, float] = {}


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """``Retry-After`` as a duration: seconds or an HTTP date; None if absent or senseless."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        # more digits than these are more than any rest
        wait = timedelta(seconds=min(int(text[:18]), _LONGEST_REST.total_seconds()))
    else:
        try:
            when = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        wait = (when if when.tzinfo else when.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), _LONGEST_REST)


class HostGate:
    """Admits requests; `permit` is the argument of `tasks.fetch.http.Client.get`.

    ``pause(host)`` gives seconds; ``rests`` maps hosts to when their rest is over.
    """

    def __init__(
        self, pause: Callable[[str], float], rests: Mapping[str, datetime], clock: Callable[[], datetime]
    ) -> None:
        self._pause = pause
        self._clock = clock
        self._locks: dict[str, asyncio.Lock] = {}
        self._silent: dict[str, int] = {}
        self.rests = dict(rests)
        self.new_rests: dict[str, tuple[datetime, Code]] = {}
        self.crawl_delay: dict[str, float] = {}

    def resting(self, host: str) -> datetime | None:
        """When the host's rest is over; None if it is not resting."""
        until = self.rests.get(host)
        return until if until and until > self._clock() else None

    def rest(self, host: str, wait: timedelta, code: Code) -> None:
        """Leave the host alone for ``wait``; kept in the warehouse by whoever stores."""
        until = self._clock() + wait
        self.rests[host] = until
        self.new_rests[host] = (until, code)

    async def permit(self, url: str) -> Callable[[int | None], None]:
        """Wait for the host's turn; raises `CodedError` HOST_BACKOFF while it rests."""
        host = netloc_of(url)
        lock = self._locks.setdefault(host, asyncio.Lock())
        await lock.acquire()
        try:
            until = self.resting(host)
            if until:
                raise CodedError(Code.HOST_BACKOFF, f"{host} rests until {until:%Y-%m-%d %H:%M:%SZ}")
            pause = max(self._pause(host), self.crawl_delay.get(host, 0.0))
            ready = _last_contact.get(host, 0.0) + pause
            await asyncio.sleep(max(0.0, ready - time.monotonic()))
        except BaseException:
            lock.release()
            raise

        def done(status: int | None) -> None:
            _last_contact[host] = time.monotonic()
            self._silent[host] = 0 if status else self._silent.get(host, 0) + 1
            if self._silent[host] >= _DEAD_AFTER:
                self.rests[host] = self._clock() + _DEAD_REST
            lock.release()

        return done
