"""What a poll means for its feed: every rule of a well-behaved poller, from values alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.model import PollSettings
from tasks.errors import Code
from tasks.poll.decide import Decision, FeedState, Seen, decide, max_age, next_due, plan
from tasks.records import ParsedFeed

NOW = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)  # a Monday
SETTINGS = PollSettings()
STATE = FeedState("dawn", "https://dawn.example/rss", "hourly", last_ok_at=NOW - timedelta(hours=1))
PARSED = ParsedFeed("rss")
NEWS = Seen(200, parsed=PARSED, headers={}, entries_seen=10, entries_new=1, entries_known=9, newest_item_at=NOW)
QUIET = replace(NEWS, entries_new=0, entries_known=10)


def minutes(decision: Decision) -> float:
    assert decision.state.next_due_at
    return (decision.state.next_due_at - NOW).total_seconds() / 60


def due(jitter: float = 0.0, headers: dict[str, str] | None = None, **wishes: Any) -> tuple[float, str]:
    when, reason = next_due(60, ParsedFeed("rss", **wishes), headers or {}, NOW, SETTINGS, jitter)
    return (when - NOW).total_seconds() / 60, reason


# --- when to ask again --------------------------------------------------------------------


def test_ttl_and_update_period_and_max_age_are_honoured() -> None:
    assert due(ttl_minutes=240) == (240, "ttl")
    assert due(update_minutes=720) == (720, "update_period")
    assert due(headers={"cache-control": "public, max-age=7200"}) == (120, "max_age")
    assert due(ttl_minutes=90, update_minutes=100, headers={"cache-control": "max-age=6600"}) == (110, "max_age")
    assert due(ttl_minutes=5) == (60, "interval")


def test_wishes_are_capped() -> None:
    assert due(ttl_minutes=100_000)[0] == SETTINGS.max_interval_minutes
    assert due(ttl_minutes=10**400) == (SETTINGS.max_interval_minutes, "ttl")
    assert due(update_minutes=10**400)[0] == SETTINGS.max_interval_minutes


@given(jitter=st.floats(0, 0.999), ttl=st.integers(0, 1440), age=st.integers(0, 86_400), interval=st.floats(15, 1440))
def test_jitter_never_shortens_what_a_publisher_asks_for(jitter: float, ttl: int, age: int, interval: float) -> None:
    parsed = ParsedFeed("rss", ttl_minutes=ttl)
    when, _ = next_due(interval, parsed, {"cache-control": f"max-age={age}"}, NOW, SETTINGS, jitter)
    wait = when - NOW
    assert wait >= timedelta(minutes=min(ttl, 1440)) - timedelta(milliseconds=1)
    assert wait >= timedelta(seconds=age) - timedelta(milliseconds=1)
    assert wait >= timedelta(minutes=interval * 0.95) - timedelta(milliseconds=1)


def test_jitter_spreads_our_own_interval() -> None:
    assert due(0.0)[0] > due(0.5)[0] > due(0.99)[0] >= 57


def test_skip_hours_and_days() -> None:
    assert due(skip_hours=frozenset({10, 11})) == (160, "skip_hours")  # 10:20 becomes 12:00
    assert due(skip_days=frozenset({0})) == (14 * 60 + 40, "skip_hours")  # Tuesday 00:00
    assert due(skip_hours=frozenset({3})) == (60, "interval")
    night = frozenset(range(10, 24))
    assert due(skip_hours=night, skip_days=frozenset({1})) == (38 * 60 + 40, "skip_hours")


def test_a_feed_that_asks_never_to_be_read_is_read() -> None:
    assert due(skip_hours=frozenset(range(24)))[0] == 60
    assert due(skip_days=frozenset(range(7)))[0] == 60
    # Monday to Saturday by day, Sunday by hour: nothing is left
    assert due(skip_days=frozenset(range(6)), skip_hours=frozenset(range(23)))[0] > 60


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("max-age=300", 300),
        ('public, MAX-AGE="60"', 60),
        ("no-cache, max-age=300", None),
        ("max-age=300, no-store", None),
        ("max-age=-1", None),
        ("max-age=²", None),
        ("max-age=" + "9" * 5000, 999_999_999_999_999_999),
        ("s-maxage=300", None),
        ("", None),
    ],
)
def test_max_age(header: str, seconds: int | None) -> None:
    assert max_age({"cache-control": header}) == seconds


def test_the_interval_adapts_to_how_often_news_comes() -> None:
    state, waits = STATE, []
    for _ in range(20):
        state = decide(state, QUIET, NOW, SETTINGS, 0).state
        waits.append(state.interval_minutes or 0)
    assert waits == sorted(waits)
    assert waits[-1] == SETTINGS.max_interval_minutes
    for _ in range(20):
        state = decide(state, NEWS, NOW, SETTINGS, 0).state
    assert state.interval_minutes == 60  # the tier is the floor
    assert decide(replace(STATE, tier="fast"), NEWS, NOW, SETTINGS, 0).state.interval_minutes == 15
    assert decide(replace(STATE, tier="daily"), NEWS, NOW, SETTINGS, 0).state.interval_minutes == 1440


# --- failures -----------------------------------------------------------------------------


def test_failures_back_off_to_a_ceiling_and_never_die() -> None:
    state, waits = STATE, []
    for _ in range(3000):
        decision = decide(state, Seen(503, Code.SERVER_ERROR), NOW, SETTINGS, 0.9)
        state = decision.state
        waits.append(minutes(decision))
    assert waits == sorted(waits)
    assert 15 <= waits[0] <= 17
    assert 30 <= waits[1] <= 33
    assert waits[-1] == SETTINGS.error_ceiling_minutes
    assert (state.state, state.consecutive_failures, state.last_code) == ("active", 3000, "server_error")
    healed = decide(state, NEWS, NOW, SETTINGS, 0).state
    assert (healed.consecutive_failures, healed.last_code, healed.last_ok_at) == (0, None, NOW)


def test_retry_after_outweighs_a_shorter_back_off() -> None:
    rest = NOW + timedelta(hours=5)
    decision = decide(STATE, Seen(429, Code.RATE_LIMITED, rest_until=rest), NOW, SETTINGS, 0)
    assert (decision.state.next_due_at, decision.due_reason) == (rest, "retry_after")
    soon = decide(STATE, Seen(429, Code.RATE_LIMITED, rest_until=NOW + timedelta(seconds=5)), NOW, SETTINGS, 0)
    assert (minutes(soon), soon.due_reason) == (15, "back_off")


def test_a_feed_whose_host_rests_is_deferred_not_failed() -> None:
    rest = NOW + timedelta(minutes=40)
    decision = decide(STATE, Seen(None, Code.HOST_BACKOFF, rest_until=rest), NOW, SETTINGS, 0.5)
    assert (decision.outcome, decision.due_reason, decision.state.next_due_at) == ("deferred", "host_rest", rest)
    assert decision.state.consecutive_failures == 0
    assert minutes(decide(STATE, Seen(None, Code.HOST_BACKOFF), NOW, SETTINGS, 0)) == 15


def test_gone_is_confirmed_before_the_feed_retires() -> None:
    once = decide(STATE, Seen(410, Code.GONE), NOW, SETTINGS, 0)
    assert (once.state.state, once.state.gone_seen) == ("active", 1)
    twice = decide(once.state, Seen(410, Code.GONE), NOW, SETTINGS, 0)
    assert (twice.state.state, twice.outcome, twice.due_reason) == ("retired", "failed", "retired")
    # anything in between starts the count again
    between = decide(once.state, Seen(404, Code.NOT_FOUND), NOW, SETTINGS, 0)
    assert between.state.gone_seen == 0
    assert decide(once.state, NEWS, NOW, SETTINGS, 0).state.gone_seen == 0


# --- freshness ----------------------------------------------------------------------------


def test_a_frozen_feed_is_a_warning_not_a_failure() -> None:
    old = NOW - timedelta(hours=SETTINGS.frozen_hours + 1)
    decision = decide(STATE, replace(QUIET, newest_item_at=old), NOW, SETTINGS, 0)
    assert (decision.warning, decision.outcome) == (Code.FEED_FROZEN, "unchanged")
    assert (decision.state.last_code, decision.state.consecutive_failures) == ("feed_frozen", 0)
    # a 304 for ever is the same freeze
    still = decide(replace(STATE, newest_item_at=old), Seen(304, conditional=True), NOW, SETTINGS, 0)
    assert (still.warning, still.outcome) == (Code.FEED_FROZEN, "not_modified")
    assert decide(decision.state, NEWS, NOW, SETTINGS, 0).state.last_code is None
    assert decide(STATE, replace(QUIET, newest_item_at=None), NOW, SETTINGS, 0).warning is None


def test_outcomes_tell_news_from_silence() -> None:
    assert decide(STATE, NEWS, NOW, SETTINGS, 0).outcome == "new"
    assert decide(STATE, QUIET, NOW, SETTINGS, 0).outcome == "unchanged"
    empty = replace(QUIET, entries_seen=0, entries_known=0)
    assert decide(STATE, empty, NOW, SETTINGS, 0).outcome == "empty"
    assert decide(STATE, NEWS, NOW, SETTINGS, 0).state.last_new_at == NOW
    assert decide(STATE, QUIET, NOW, SETTINGS, 0).state.last_new_at is None


# --- validators ---------------------------------------------------------------------------

TAGGED = replace(STATE, etag='W/"1"', last_modified="yesterday", unconditional_at=NOW, body_sha256="a")


def test_validators_go_back_as_they_came() -> None:
    assert plan(TAGGED, NOW, SETTINGS) == {"If-None-Match": 'W/"1"', "If-Modified-Since": "yesterday"}
    assert plan(replace(TAGGED, etag=None), NOW, SETTINGS) == {"If-Modified-Since": "yesterday"}
    assert plan(STATE, NOW, SETTINGS) == {}


def test_now_and_then_the_question_is_plain() -> None:
    assert plan(TAGGED, NOW + timedelta(hours=23), SETTINGS)
    assert plan(TAGGED, NOW + timedelta(hours=24), SETTINGS) == {}
    assert plan(replace(TAGGED, validators_lie=True), NOW, SETTINGS) == {}


def test_every_200_replaces_all_validators() -> None:
    """An ETag that changes while Last-Modified stays, and one that is no longer sent."""
    state = decide(TAGGED, replace(NEWS, headers={"etag": '"2"', "last-modified": "yesterday"}), NOW, SETTINGS, 0).state
    assert (state.etag, state.last_modified) == ('"2"', "yesterday")
    state = decide(TAGGED, replace(NEWS, headers={"last-modified": "today"}), NOW, SETTINGS, 0).state
    assert (state.etag, state.last_modified) == (None, "today")


def test_a_304_or_a_failure_changes_no_validator() -> None:
    for seen in (Seen(304, conditional=True, headers={"etag": '"9"'}), Seen(500, Code.SERVER_ERROR)):
        state = decide(TAGGED, seen, NOW, SETTINGS, 0).state
        assert (state.etag, state.last_modified, state.body_sha256) == ('W/"1"', "yesterday", "a")


def test_an_etag_that_stays_while_the_body_changes_is_a_lie() -> None:
    same = {"etag": 'W/"1"', "last-modified": "yesterday"}
    liar = decide(TAGGED, replace(NEWS, headers=same, body_sha256="b"), NOW, SETTINGS, 0).state
    assert liar.validators_lie
    # a counter in the page without news is no lie, and neither is a body that stayed
    assert not decide(TAGGED, replace(QUIET, headers=same, body_sha256="b"), NOW, SETTINGS, 0).state.validators_lie
    assert not decide(TAGGED, replace(NEWS, headers=same, body_sha256="a"), NOW, SETTINGS, 0).state.validators_lie
    assert not decide(TAGGED, replace(NEWS, headers={}, body_sha256="b"), NOW, SETTINGS, 0).state.validators_lie


def test_validators_of_a_redirect_target_and_of_an_index_are_not_kept() -> None:
    """They belong to another address; and an index that stays the same says nothing of its parts."""
    tags = {"etag": '"5"', "last-modified": "today"}
    moved = decide(STATE, replace(NEWS, headers=tags, redirected=True), NOW, SETTINGS, 0).state
    index = replace(NEWS, headers=tags, parsed=ParsedFeed("sitemap_index", sitemaps=("https://x.example/1.xml",)))
    for state in (moved, decide(STATE, index, NOW, SETTINGS, 0).state):
        assert (state.etag, state.last_modified) == (None, None)
