"""What becomes of an address after a fetch, and which opt-out signals a page gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.model import FetchSettings
from tasks.errors import MEANING, Code
from tasks.fetch.decide import NextFetch, after_fetch, jitter, next_visit, opt_out_signals, removal
from tasks.records import HostState, Target

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SETTINGS = FetchSettings()
HOUR = timedelta(hours=1)
KEY = "80000000aaaaaaaa"


def target(attempts: int = 0, *, revisit: bool = False, age: float = 0) -> Target:
    return Target(
        KEY, "https://a.example/1", "a.example", None, attempts, HostState("a.example"), NOW - HOUR * age, revisit
    )


def after(
    code: Code | None, attempts: int = 0, *, revisit: bool = False, age: float = 0, rest: datetime | None = None
) -> NextFetch:
    return after_fetch(target(attempts, revisit=revisit, age=age), code, NOW, rest, SETTINGS)


def test_a_success_is_done_until_its_first_step() -> None:
    assert after(None, 3) == NextFetch("done", 0, NOW + HOUR)


@pytest.mark.parametrize(
    ("age", "step"),
    [
        (0, 1), (0.4, 1), (0.6, 3), (1, 3), (1.9, 3), (2.2, 12), (3, 12), (12, 48), (29, 48), (31, 168), (48, 168),
        (107, 168), (109, None), (168, None), (10_000, None),
    ],
)  # fmt: skip
def test_the_schedule_decays_and_ends(age: float, step: float | None) -> None:
    """A look that comes late, or nearly at the next step, stands for that step."""
    born = NOW - HOUR * age
    assert next_visit(born, NOW, SETTINGS) == (None if step is None else born + HOUR * step)


def test_an_empty_schedule_never_looks_again() -> None:
    assert next_visit(NOW, NOW, FetchSettings(revisit_after_hours=())) is None


def test_a_linear_schedule_is_kept() -> None:
    daily = FetchSettings(revisit_after_hours=(24, 48, 72, 96, 120))
    looks, now = 0, NOW
    while step := next_visit(NOW, now, daily):
        looks, now = looks + 1, step
    assert (looks, now) == (5, NOW + HOUR * 120)


def test_ages_must_ascend() -> None:
    with pytest.raises(ValueError, match="ascend"):
        FetchSettings(revisit_after_hours=(3, 1))


@given(st.floats(0, 400), st.lists(st.floats(0.1, 400), min_size=1, max_size=6, unique=True))
def test_every_step_lies_ahead_and_is_of_the_schedule(age: float, hours: list[float]) -> None:
    schedule = FetchSettings(revisit_after_hours=tuple(sorted(hours)))
    step = next_visit(NOW - HOUR * age, NOW, schedule)
    assert step is None or (step > NOW and step in {NOW - HOUR * age + HOUR * h for h in hours})


def test_transient_failures_back_off_and_end_in_quarantine() -> None:
    attempts, waits = 0, []
    for _ in range(SETTINGS.max_attempts - 1):
        then = after(Code.TIMEOUT, attempts)
        assert then.state == "pending"
        assert then.next_fetch_at
        attempts = then.attempts
        waits.append((then.next_fetch_at - NOW).total_seconds() / 60)
    assert waits == sorted(waits)
    assert 30 <= waits[0] <= 37.5
    assert 2 * waits[0] == pytest.approx(waits[1])
    last = after(Code.TIMEOUT, attempts)
    assert (last.state, last.next_fetch_at) == ("quarantined", None)


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_consequence(code: Code) -> None:
    then = after(code)
    assert then.state == ("pending" if MEANING[code].retryable else "refused")
    assert (then.next_fetch_at is None) == (then.state == "refused")


@pytest.mark.parametrize("code", Code)
def test_an_article_that_was_there_stays_done(code: Code) -> None:
    """A look that fails is made once more, then waits for its next step; rules and a second 410 end the looks."""
    first, second, late = (
        after(code, 0, revisit=True, age=3), after(code, 1, revisit=True, age=3), after(code, 1, revisit=True, age=168),
    )  # fmt: skip
    assert {first.state, second.state, late.state} == {"done"}
    if code in (Code.HOST_BACKOFF, Code.ROBOTS_UNAVAILABLE):
        assert (first.attempts, first.next_fetch_at) == (0, NOW + HOUR / 2)
    elif MEANING[code].retryable or code is Code.GONE:
        assert first.next_fetch_at
        assert first.next_fetch_at < NOW + HOUR
        assert second.next_fetch_at == (None if code is Code.GONE else NOW + HOUR * 9)
        assert late.next_fetch_at is None
    else:
        assert first.next_fetch_at is None


def test_a_fetch_that_was_not_made_is_no_attempt() -> None:
    rest = NOW + timedelta(hours=3)
    assert after(Code.HOST_BACKOFF, 4, rest=rest) == NextFetch("pending", 4, rest)


def test_a_rest_of_the_host_outweighs_the_back_off() -> None:
    rest = NOW + timedelta(days=1)
    assert after(Code.RATE_LIMITED, rest=rest).next_fetch_at == rest


@pytest.mark.parametrize(
    ("asked", "answered", "status", "body", "code"),
    [
        ("/a", "/a", 200, b"<title>Talks begin</title>", None),
        ("/a", "/a", 200, b"<title>Body of climber not found</title>", None),
        ("/a", "/a", 200, b"<title>404 days in prison: a diary</title>", None),
        ("/a", "/a", 404, b"", Code.NOT_FOUND),
        ("/a", "/a", 410, b"", Code.GONE),
        ("/a", "/a", 500, b"", None),
        ("/a", "/", 200, b"", Code.HOME_PAGE),
        ("/a", "/index.html", 200, b"", Code.HOME_PAGE),
        ("/a", "/b-new-slug", 200, b"", None),
        ("/?p=7", "/", 200, b"", Code.HOME_PAGE),
        ("/?p=7", "/?p=7", 200, b"", None),
        ("/", "/", 200, b"", None),
        ("/a", "/a", 200, b"<TITLE class=x> 404 - Page not found | Paper</TITLE>", Code.NOT_FOUND),
        ("/a", "/a", 200, b"<title>Error 404</title>", Code.NOT_FOUND),
        ("/a", "/a", 200, b"<title>Page not found - Paper</title>", Code.NOT_FOUND),
        ("/a", "/a", 200, b"<title>Story could not be found</title>", Code.NOT_FOUND),
    ],
)
def test_how_an_address_says_that_its_article_is_gone(
    asked: str, answered: str, status: int, body: bytes, code: Code | None
) -> None:
    assert removal(f"https://a.example{asked}", f"https://a.example{answered}", status, body) is code


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
