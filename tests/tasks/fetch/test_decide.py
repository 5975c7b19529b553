"""What becomes of an address after a fetch, and which opt-out signals a page gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from config.model import FetchSettings
from tasks.errors import MEANING, Code
from tasks.fetch.decide import after_fetch, jitter, opt_out_signals

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SETTINGS = FetchSettings()
KEY = "80000000aaaaaaaa"


def test_a_success_is_done() -> None:
    after = after_fetch(KEY, 3, None, NOW, None, SETTINGS)
    assert (after.state, after.attempts, after.next_fetch_at) == ("done", 0, None)


def test_transient_failures_back_off_and_end_in_quarantine() -> None:
    attempts, waits = 0, []
    for _ in range(SETTINGS.max_attempts - 1):
        after = after_fetch(KEY, attempts, Code.TIMEOUT, NOW, None, SETTINGS)
        assert after.state == "pending"
        assert after.next_fetch_at
        attempts = after.attempts
        waits.append((after.next_fetch_at - NOW).total_seconds() / 60)
    assert waits == sorted(waits)
    assert 30 <= waits[0] <= 37.5
    assert 2 * waits[0] == pytest.approx(waits[1])
    last = after_fetch(KEY, attempts, Code.TIMEOUT, NOW, None, SETTINGS)
    assert (last.state, last.next_fetch_at) == ("quarantined", None)


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_consequence(code: Code) -> None:
    after = after_fetch(KEY, 0, code, NOW, None, SETTINGS)
    assert after.state == ("pending" if MEANING[code].retryable else "refused")
    assert (after.next_fetch_at is None) == (after.state == "refused")


def test_a_fetch_that_was_not_made_is_no_attempt() -> None:
    rest = NOW + timedelta(hours=3)
    after = after_fetch(KEY, 4, Code.HOST_BACKOFF, NOW, rest, SETTINGS)
    assert (after.state, after.attempts, after.next_fetch_at) == ("pending", 4, rest)


def test_a_rest_of_the_host_outweighs_the_back_off() -> None:
    rest = NOW + timedelta(days=1)
    assert after_fetch(KEY, 0, Code.RATE_LIMITED, NOW, rest, SETTINGS).next_fetch_at == rest


def test_jitter_is_the_same_everywhere() -> None:
    assert jitter(KEY) == 0.5
    assert 0 <= jitter("ffffffffffffffff") < 1
    assert jitter("") == 0


@pytest.mark.parametrize(
    ("headers", "body", "signals"),
    [
        ({}, b"<html><body>free</body></html>", None),
        ({"x-robots-tag": "noarchive, NoAI"}, b"", "header:noai header:noarchive"),
        ({"tdm-reservation": "1"}, b"", "header:tdm-reservation"),
        ({"tdm-reservation": "0"}, b"", None),
        ({"x-robots-tag": "max-snippet:10, all"}, b"", None),
        ({}, b'<meta name="robots" content="noindex,follow">', "meta:noindex"),
        ({}, b"<META content='noai, noimageai' NAME=robots>", "meta:noai meta:noimageai"),
        ({}, b"<meta name=robots content=noindex>", "meta:noindex"),
        ({}, b'<meta name="tdm-reservation" content="1">', "meta:tdm-reservation"),
        ({}, b'<meta name="robots" content="index, follow, max-image-preview:large">', None),
        ({}, b'<meta name="googlebot" content="noindex">', None),
        ({"x-robots-tag": "none"}, b'<meta name="robots" content="nosnippet">', "header:none meta:nosnippet"),
        ({}, b"<meta name=robots>" + b"<meta " * 10_000, None),
    ],
)
def test_opt_out_signals(headers: dict[str, str], body: bytes, signals: str | None) -> None:
    assert opt_out_signals(headers, body) == signals
