"""Permanent redirects: adopted late, on evidence, and never for a maintenance page."""

from __future__ import annotations

from dataclasses import replace

from tasks.errors import Code
from tasks.poll.decide import FeedState, Seen, decide

from .test_decide import NEWS, NOW, QUIET, SETTINGS, STATE

TARGET = "https://new.example/rss"
MOVED = replace(QUIET, permanent_url=TARGET, redirected=True)
FAILED = Seen(None, Code.TIMEOUT)


def after(state: FeedState, *polls: Seen) -> FeedState:
    """The state after some polls."""
    for seen in polls:
        state = decide(state, seen, NOW, SETTINGS, 0).state
    return state


def test_a_move_is_adopted_after_several_polls_in_a_row() -> None:
    twice = after(STATE, MOVED, MOVED)
    assert (twice.address, twice.redirect_url, twice.redirect_seen) == (STATE.url, TARGET, 2)
    done = after(twice, MOVED)
    assert (done.address, done.url, done.redirect_url, done.redirect_seen) == (TARGET, STATE.url, None, 0)
    # at the new address the same answer is no redirect
    assert after(done, QUIET).address == TARGET


def test_a_temporary_redirect_changes_nothing() -> None:
    state = after(STATE, *[replace(QUIET, redirected=True)] * 10)
    assert (state.address, state.redirect_url) == (STATE.url, None)


def test_a_redirect_that_goes_away_is_forgotten() -> None:
    assert after(STATE, MOVED, MOVED, QUIET, MOVED, MOVED).address == STATE.url


def test_another_target_starts_anew() -> None:
    other = replace(MOVED, permanent_url="https://third.example/rss")
    state = after(STATE, MOVED, MOVED, other)
    assert (state.redirect_url, state.redirect_seen) == (other.permanent_url, 1)


def test_a_maintenance_feed_with_an_item_of_its_own_is_never_adopted() -> None:
    """From the second poll on its item is known, but only from behind the redirect."""
    first = replace(NEWS, permanent_url=TARGET, entries_seen=1, entries_new=1, entries_known=0)
    later = replace(first, entries_new=0, entries_known=1)
    assert after(STATE, first, *[later] * 20).address == STATE.url
    assert after(STATE, first, later, FAILED, *[later] * 20).address == STATE.url


def test_an_empty_feed_behind_a_redirect_is_never_adopted() -> None:
    empty = replace(QUIET, permanent_url=TARGET, entries_seen=0, entries_known=0)
    assert after(STATE, *[empty] * 20).address == STATE.url


def test_a_move_that_changes_all_guids_is_known_by_its_links() -> None:
    flood = replace(NEWS, permanent_url=TARGET, entries_seen=10, entries_new=10, entries_known=10)
    assert after(STATE, flood, MOVED, MOVED).address == TARGET


def test_a_busy_feed_keeps_its_proof() -> None:
    """Once the feed is proven, a poll that brings only news neither counts nor starts anew."""
    busy = replace(NEWS, permanent_url=TARGET, entries_new=10, entries_known=0)
    assert after(STATE, MOVED, MOVED, busy).redirect_seen == 2
    assert after(STATE, MOVED, MOVED, busy, MOVED).address == TARGET


def test_a_failure_in_between_starts_the_count_again() -> None:
    assert after(STATE, MOVED, MOVED, FAILED, MOVED).address == STATE.url
    assert after(STATE, MOVED, MOVED, FAILED, MOVED, MOVED).address == TARGET


def test_a_feed_that_was_always_redirected() -> None:
    """Nothing is known of it that could be lost: the first answer counts."""
    fresh = replace(STATE, last_ok_at=None)
    first = replace(NEWS, permanent_url=TARGET, entries_new=10, entries_known=0)
    assert after(fresh, first, MOVED).address == STATE.url
    assert after(fresh, first, MOVED, MOVED).address == TARGET
