"""What becomes of an address after a fetch: pure, so that every case can be tested."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.model import FetchSettings
from tasks.errors import MEANING, Code


@dataclass(frozen=True, slots=True)
class NextFetch:
    """New values of a ``frontier`` row. ``next_fetch_at`` None: not again by itself."""

    state: str
    attempts: int
    next_fetch_at: datetime | None


def jitter(key: str) -> float:
    """A number in [0, 1) that differs between keys and is the same on every machine."""
    return int(key[:8] or "0", 16) / 0x1_0000_0000


def after_fetch(
    target_id: str,
    attempts: int,
    code: Code | None,
    now: datetime,
    rest_until: datetime | None,
    settings: FetchSettings,
) -> NextFetch:
    """``code`` None is a success; ``rest_until`` is the end of the host's rest, if it has one.

    A fetch that was not made (the host rests, its robots.txt can't be read) is no attempt.
    Others back off, doubling, with jitter, and end in quarantine: visible, and never tried
    again by itself.
    """
    if code is None:
        return NextFetch("done", 0, None)
    if code in (Code.HOST_BACKOFF, Code.ROBOTS_UNAVAILABLE):
        return NextFetch("pending", attempts, rest_until or now + timedelta(minutes=settings.retry_floor_minutes))
    if not MEANING[code].retryable:
        return NextFetch("refused", attempts + 1, None)
    attempts += 1
    if attempts >= settings.max_attempts:
        return NextFetch("quarantined", attempts, None)
    wait = timedelta(minutes=settings.retry_floor_minutes * 2 ** (attempts - 1) * (1 + jitter(target_id) / 4))
    return NextFetch("pending", attempts, max(now + wait, rest_until or now))


def opt_out_signals(headers: Mapping[str, str], body: bytes) -> str | None:
    """Signals by which a page opts out of indexing, archiving or AI use; None if it has none.

    Reads ``X-Robots-Tag`` and ``tdm-reservation`` headers and the meta tags of the same names
    in the first 64 KiB.  They are recorded, not judged: what follows from them is for people.
    """
    found = {f"header:{word}" for word in _words(headers.get("x-robots-tag", ""))}
    if headers.get("tdm-reservation", "").strip() == "1":
        found.add("header:tdm-reservation")
    for tag in _META.findall(body[:65536]):
        name, content = _NAME.search(tag), _CONTENT.search(tag)
        if not name or not content:
            continue
        value = content.group(content.lastindex or 0).decode("latin-1")
        if name.group(1).lower() == b"tdm-reservation" and value.strip() == "1":
            found.add("meta:tdm-reservation")
        elif name.group(1).lower() in (b"robots", b"khabar"):
            found |= {f"meta:{word}" for word in _words(value)}
    return " ".join(sorted(found)) or None


def _words(value: str) -> set[str]:
    return {w for w in (part.strip().lower() for part in value.split(",")) if w in _OPT_OUT}


_OPT_OUT = {"noai", "noimageai", "noindex", "noarchive", "nosnippet", "none", "nocache", "notrain"}
_META = re.compile(rb"<meta\s[^>]{0,500}>", re.IGNORECASE)
_NAME = re.compile(rb"""name\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_CONTENT = re.compile(rb"""content\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]+))""", re.IGNORECASE)
