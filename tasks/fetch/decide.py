"""What becomes of an address after a fetch: pure, so that every case can be tested."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from config.model import FetchSettings
from tasks.errors import MEANING, Code
from tasks.records import Target


@dataclass(frozen=True, slots=True)
class NextFetch:
    """New values of a ``frontier`` row. ``next_fetch_at`` None: not again by itself."""

    state: str
    attempts: int
    next_fetch_at: datetime | None


def jitter(key: str) -> float:
    """A number in [0, 1) that differs between keys and is the same on every machine."""
    return int(key[:8] or "0", 16) / 0x1_0000_0000


def next_visit(born_at: datetime, now: datetime, settings: FetchSettings) -> datetime | None:
    """When an article that was looked at ``now`` is looked at again; None: never.

    Steps that were missed are not made up for, and a look that comes nearer to a step than
    to the one before stands for it: after an outage there is one look, not five.
    """
    before = timedelta(0)
    for age in (timedelta(hours=hours) for hours in settings.revisit_after_hours):
        if born_at + age - now >= (age - before) / 2:
            return born_at + age
        before = age
    return None


def after_fetch(
    target: Target, code: Code | None, now: datetime, rest_until: datetime | None, settings: FetchSettings
) -> NextFetch:
    """``code`` None is a success; ``rest_until`` is the end of the host's rest, if it has one.

    A fetch that was not made (the host rests, its robots.txt can't be read) is no attempt.
    Others back off, doubling, with jitter, and end in quarantine: visible, and never tried
    again by itself.  An address that has shown its article stays done: a look that fails is
    made once more, then it waits for its next step; what rules forbid, or a 410 says twice, ends.
    """
    visit = next_visit(target.born_at, now, settings)
    if code is None:
        return NextFetch("done", 0, visit)
    state, attempts = ("done" if target.revisit else "pending"), target.attempts + 1
    if code in (Code.HOST_BACKOFF, Code.ROBOTS_UNAVAILABLE):
        floor = now + timedelta(minutes=settings.retry_floor_minutes)
        return NextFetch(state, target.attempts, rest_until or floor)
    wait = timedelta(minutes=settings.retry_floor_minutes * 2 ** (attempts - 1) * (1 + jitter(target.target_id) / 4))
    again = max(now + wait, rest_until or now)
    if target.revisit:
        once_more = attempts == 1 and (MEANING[code].retryable or code is Code.GONE)
        return NextFetch(state, attempts, again if once_more else visit if MEANING[code].retryable else None)
    if not MEANING[code].retryable:
        return NextFetch("refused", attempts, None)
    if attempts >= settings.max_attempts:
        return NextFetch("quarantined", attempts, None)
    return NextFetch(state, attempts, again)


def removal(asked: str, answered: str, status: int, body: bytes) -> Code | None:
    """How an address that has shown an article says that it is gone; None where it does not.

    Sites answer 404 or 410, send readers to the home page, or say "not found" with status 200.
    """
    if status in _REMOVED:
        return _REMOVED[status]
    here, there = urlsplit(asked), urlsplit(answered)
    if _HOME.fullmatch(there.path) and not there.query and (here.path, here.query) != (there.path, ""):
        return Code.HOME_PAGE
    title = _TITLE.search(body[:65536])
    return Code.NOT_FOUND if title and _MISSING.search(title.group(1)) else None


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
_REMOVED = {404: Code.NOT_FOUND, 410: Code.GONE}
_HOME = re.compile(r"/*(?:(?:index|default|home)\.\w+)?/*")
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_MISSING = re.compile(
    rb"^\s*404\s*(?:[^\w\s]|$)|\b404 (?:error|not found)|\berror 404|"
    rb"^\s*(?:page|article|story) (?:(?:was |is )?not|could ?n[o']t be|cannot be) found",
    re.IGNORECASE,
)
_META = re.compile(rb"<meta\s[^>]{0,500}>", re.IGNORECASE)
_NAME = re.compile(rb"""name\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_CONTENT = re.compile(rb"""content\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]+))""", re.IGNORECASE)
