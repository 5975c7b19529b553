"""What a poll means for the feed: pure decisions from old state, answer and clock.

`plan` says how to ask, `decide` what to remember and when to ask again.  Every rule of a
well-behaved poller is a few lines here, and the rule that set the next time is named in
the poll's row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from config.model import PollSettings
from tasks.errors import Code
from tasks.records import ParsedFeed

_TIER_MINUTES = {"fast": 15, "hourly": 60, "daily": 1440}
_SPEED_UP, _SLOW_DOWN = 0.7, 1.3  # a feed that brings news is asked sooner, a quiet one later
_LONGEST_WAIT = timedelta(days=7)  # a Retry-After is believed up to here


@dataclass(frozen=True, slots=True)
class FeedState:
    """The part of a ``feeds`` row that polling changes."""

    feed_id: str
    url: str
    tier: str
    state: str = "active"
    next_due_at: datetime | None = None
    due_reason: str | None = None
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None
    consecutive_failures: int = 0
    effective_url: str | None = None
    redirect_url: str | None = None
    redirect_seen: int = 0
    gone_seen: int = 0
    etag: str | None = None
    last_modified: str | None = None
    validators_lie: bool = False
    body_sha256: str | None = None
    rejected_sha256: str | None = None
    unconditional_at: datetime | None = None
    interval_minutes: float | None = None
    newest_item_at: datetime | None = None
    last_polled_at: datetime | None = None
    last_code: str | None = None

    @property
    def address(self) -> str:
        return self.effective_url or self.url


@dataclass(frozen=True, slots=True)
class Seen:
    """What one poll saw; ``code`` None is a success.

    ``entries_new`` counts sightings to be stored, ``entries_known`` those whose item or link the
    feed has shown before: after a move with new guids an item is both.
    """

    status: int | None
    code: Code | None = None
    headers: Mapping[str, str] | None = None
    conditional: bool = False
    body_sha256: str | None = None
    parsed: ParsedFeed | None = None
    permanent_url: str | None = None
    redirected: bool = False
    entries_seen: int = 0
    entries_new: int = 0
    entries_known: int = 0
    newest_item_at: datetime | None = None
    rest_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The feed's new state, the poll's outcome, and which rule set the next time."""

    state: FeedState
    outcome: str
    due_reason: str
    warning: Code | None = None


def plan(state: FeedState, now: datetime, settings: PollSettings) -> dict[str, str]:
    """Conditional headers for the next request: none when it is time to ask plainly.

    Validators are opaque and go back as they came.  Now and then, and always to servers that
    lied, the request is plain: only so a lie can be seen.
    """
    due_plain = state.unconditional_at is None or now - state.unconditional_at >= timedelta(
        hours=settings.unconditional_hours
    )
    if state.validators_lie or due_plain:
        return {}
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {k: v for k, v in headers.items() if v}


def decide(state: FeedState, seen: Seen, now: datetime, settings: PollSettings, jitter: float) -> Decision:
    """The consequences of a poll; ``jitter`` in [0, 1) spreads feeds over time."""
    state = replace(state, last_polled_at=now)
    if seen.code is Code.HOST_BACKOFF:
        # not asked at all: no failure of the feed
        due = seen.rest_until or now + timedelta(minutes=settings.error_floor_minutes)
        return Decision(replace(state, next_due_at=due, due_reason="host_rest"), "deferred", "host_rest")
    if seen.code is not None:
        return _failed(state, seen, now, settings, jitter)
    return _succeeded(state, seen, now, settings, jitter)


def _failed(state: FeedState, seen: Seen, now: datetime, settings: PollSettings, jitter: float) -> Decision:
    failures = state.consecutive_failures + 1
    gone = state.gone_seen + 1 if seen.code is Code.GONE else 0
    floor, ceiling = settings.error_floor_minutes, settings.error_ceiling_minutes
    # 2**20 is far beyond any ceiling and keeps the number small
    wait = timedelta(minutes=min(floor * 2 ** min(failures - 1, 20) * (1 + jitter / 10), ceiling))
    due, reason = now + wait, "back_off"
    if seen.rest_until and seen.rest_until > due:
        due, reason = min(seen.rest_until, now + _LONGEST_WAIT), "retry_after"
    retired = gone >= settings.gone_confirmations
    after = replace(
        state,
        consecutive_failures=failures,
        gone_seen=gone,
        last_code=str(seen.code),
        rejected_sha256=seen.body_sha256 or state.rejected_sha256,
        next_due_at=due,
        due_reason=reason,
        state="retired" if retired else state.state,
        # the count begins again; that it is this feed behind the redirect stays proven
        redirect_seen=min(state.redirect_seen, 1),
    )
    return Decision(after, "failed", "retired" if retired else reason)


def _succeeded(state: FeedState, seen: Seen, now: datetime, settings: PollSettings, jitter: float) -> Decision:
    headers = seen.headers or {}
    interval = _interval(state, seen, settings)
    never_ok = state.last_ok_at is None
    state = replace(
        state,
        consecutive_failures=0,
        gone_seen=0,
        last_code=None,
        last_ok_at=now,
        interval_minutes=interval,
        last_new_at=now if seen.entries_new else state.last_new_at,
        newest_item_at=max(filter(None, (state.newest_item_at, seen.newest_item_at)), default=None),
    )
    if seen.status != 304:
        state = _remember_validators(state, seen, now)
        state = _follow_move(state, seen, settings, never_ok=never_ok)
    due, reason = next_due(interval, seen.parsed, headers, now, settings, jitter)
    frozen = state.newest_item_at is not None and now - state.newest_item_at > timedelta(hours=settings.frozen_hours)
    warning = Code.FEED_FROZEN if frozen else None
    state = replace(state, next_due_at=due, due_reason=reason, last_code=str(warning) if warning else None)
    return Decision(state, _outcome(seen), reason, warning)


def _outcome(seen: Seen) -> str:
    if seen.status == 304:
        return "not_modified"
    if seen.entries_new:
        return "new"
    return "unchanged" if seen.entries_seen else "empty"


def _interval(state: FeedState, seen: Seen, settings: PollSettings) -> float:
    """The feed's own interval in minutes, nearer to its tier the more often it brings something."""
    shortest = max(_TIER_MINUTES.get(state.tier, 60), settings.min_interval_minutes)
    longest = max(settings.max_interval_minutes, shortest)
    interval = state.interval_minutes or shortest
    interval *= _SPEED_UP if seen.entries_new else _SLOW_DOWN
    return min(max(interval, shortest), longest)


def _remember_validators(state: FeedState, seen: Seen, now: datetime) -> FeedState:
    """Every new 200 replaces all validators; one that came back unchanged with news is a lie."""
    headers = seen.headers or {}
    etag, modified = headers.get("etag"), headers.get("last-modified")
    had = (state.etag, state.last_modified)
    # Validators belong to the address that gave them, and an index's say nothing of its parts.
    if seen.redirected or (seen.parsed is not None and seen.parsed.sitemaps):
        etag = modified = None
    changed = state.body_sha256 is not None and seen.body_sha256 != state.body_sha256
    lies = changed and seen.entries_new > 0 and any(had) and (etag, modified) == had
    return replace(
        state,
        etag=etag,
        last_modified=modified,
        body_sha256=seen.body_sha256,
        validators_lie=state.validators_lie or lies,
        unconditional_at=state.unconditional_at if seen.conditional else now,
    )


def _follow_move(state: FeedState, seen: Seen, settings: PollSettings, *, never_ok: bool) -> FeedState:
    """Adopt a permanent redirect once several polls in a row found this feed behind it."""
    target = seen.permanent_url
    if target is None or target == state.address:
        return replace(state, redirect_url=None, redirect_seen=0)
    # A maintenance page may parse as a feed with nothing in it, or with an item of its own, which
    # is known from the second poll on: what counts is what was known when the redirect appeared.
    again = state.redirect_url == target
    same_feed = seen.entries_known > 0 or (seen.entries_seen > 0 and never_ok)
    proven = state.redirect_seen if again else 0
    times = proven + 1 if same_feed and (proven or not again) else proven
    if times < settings.redirect_confirmations:
        return replace(state, redirect_url=target, redirect_seen=times)
    # validators belong to the address that gave them
    return replace(state, effective_url=target, redirect_url=None, redirect_seen=0, etag=None, last_modified=None)


def next_due(
    interval: float,
    parsed: ParsedFeed | None,
    headers: Mapping[str, str],
    now: datetime,
    settings: PollSettings,
    jitter: float,
) -> tuple[datetime, str]:
    """When to ask again, and the rule that decided: the latest of all wishes, capped.

    Jitter only shortens our own interval; what a publisher asks for is kept to the second.
    """
    cap = float(settings.max_interval_minutes)
    wishes = {"interval": interval * (1 - jitter / 20), "max_age": (max_age(headers) or 0) / 60}
    if parsed is not None:
        # a number may have hundreds of digits: cut it down before it becomes a float
        wishes["ttl"] = float(min(parsed.ttl_minutes or 0, 10**9))
        wishes["update_period"] = float(min(parsed.update_minutes or 0, 10**9))
    reason = max(wishes, key=lambda name: wishes[name])
    due = now + timedelta(minutes=min(wishes[reason], max(cap, interval)))
    if parsed is not None and (parsed.skip_hours or parsed.skip_days):
        free = _after_skips(due, parsed)
        if free != due:
            due, reason = free, "skip_hours"
    return due, reason


def _after_skips(due: datetime, parsed: ParsedFeed) -> datetime:
    """The first moment from ``due`` on that the feed doesn't ask to skip (hours and days in UTC)."""
    if len(parsed.skip_hours) >= 24 or len(parsed.skip_days) >= 7:
        return due  # asks never to be read: a mistake
    when = due
    for _ in range(24 * 7):
        if when.hour not in parsed.skip_hours and when.weekday() not in parsed.skip_days:
            return when
        when = when.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due


def max_age(headers: Mapping[str, str]) -> int | None:
    """``Cache-Control: max-age`` in seconds; None if absent, or if caching is forbidden."""
    parts = [part.strip() for part in headers.get("cache-control", "").lower().split(",")]
    if "no-cache" in parts or "no-store" in parts:
        return None
    for part in parts:
        name, _, value = part.partition("=")
        seconds = value.strip('"')
        if name == "max-age" and seconds.isascii() and seconds.isdigit():
            return int(seconds[:18])  # Python refuses to read thousands of digits
    return None
