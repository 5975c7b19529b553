"""Dates as feeds write them: one instant, the offset that was stated, and what is in doubt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.poll.dates import date_of, read_date
from tasks.poll.notes import Notes

KARACHI = "Asia/Karachi"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("raw", "at", "offset"),
    [
        ("Tue, 14 Apr 2026 23:45:10 +0500", utc(2026, 4, 14, 18, 45, 10), 300),
        ("Tue, 14 Apr 2026 23:45:10 +05:00", utc(2026, 4, 14, 18, 45, 10), 300),
        ("14 Apr 26 23:45 -0430", utc(2026, 4, 15, 4, 15), -270),
        ("Wed, 14 Apr 2026 01:00:00 GMT", utc(2026, 4, 14, 1), 0),  # it was a Tuesday
        ("Di, 14 Apr 2026 01:00:00 CEST", utc(2026, 4, 13, 23), 120),
        ("mar., 14 avril 2026 01:00:00 +0200", utc(2026, 4, 13, 23), 120),
        ("14 août 2026 14h30 CEST", utc(2026, 8, 14, 12, 30), 120),
        ("Thu, 09 Jul 98 10:00:00 EST", utc(1998, 7, 9, 15), -300),
        ("Tue, 14 Apr 2026 05:00:00 PKT", utc(2026, 4, 14), 300),
        ("2026-04-14T05:00:00+05:00", utc(2026, 4, 14), 300),
        ("2026-04-14T00:00:00.250Z", utc(2026, 4, 14), 0),
        ("2026-04-14 00:00:00 UTC", utc(2026, 4, 14), 0),
        ("20260414T053000Z", utc(2026, 4, 14, 5, 30), 0),
        ("Tue Apr 14 05:00:00 PDT 2026", utc(2026, 4, 14, 12), -420),
        ("April 14th, 2026 1:05 PM EDT", utc(2026, 4, 14, 17, 5), -240),
        ("14 Apr 2026 12:05 a.m. GMT", utc(2026, 4, 14, 0, 5), 0),
        ("Tue, 14 Apr 2026 09:00:00 GMT+5", utc(2026, 4, 14, 4), 300),
        ("Tue, 14 Apr 2026 24:00:00 +0000", utc(2026, 4, 15), 0),
        ("Tue, 14 Apr 2026 10:00:60 +0000", utc(2026, 4, 14, 10, 0, 59), 0),
        ("14 Apr 2026 10:00 Asia/Karachi", utc(2026, 4, 14, 5), 300),
        ("1776124800", utc(2026, 4, 14), 0),
        ("1776124800000", utc(2026, 4, 14), 0),
        ("\u200f۱۴ اپریل ۲۰۲۶ ۰۵:۰۰ PKT", utc(2026, 4, 14), 300),
        ("١٤ أبريل ٢٠٢٦ ٠٥:٠٠ +0300", utc(2026, 4, 14, 2), 180),
        ("14 апреля 2026 05:00 MSK", utc(2026, 4, 14, 2), 180),
        ("14 Mär 2026 05:00:00 +0100", utc(2026, 3, 14, 4), 60),
    ],
)
def test_a_stated_zone_gives_the_instant_and_its_offset(raw: str, at: datetime, offset: int) -> None:
    found = read_date(raw, KARACHI)
    assert found is not None
    assert (found.at, found.offset_minutes, found.suffix) == (at, offset, "")


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        ("2026-04-14 05:00:07", utc(2026, 4, 14, 0, 0, 7)),
        ("Mo, 13 Apr 2026 05:00:07", utc(2026, 4, 13, 0, 0, 7)),
        ("14/04/2026 05:00", utc(2026, 4, 14)),
        ("14 اپریل 2026 شام 05:00", utc(2026, 4, 14, 12)),
    ],
)
def test_without_a_zone_the_outlets_zone_is_used_and_said(raw: str, at: datetime) -> None:
    found = read_date(raw, KARACHI)
    assert found is not None
    assert (found.at, found.offset_minutes, found.suffix) == (at, 300, ":assumed-zone")


def test_the_outlets_zone_follows_summer_time() -> None:
    winter, summer = (
        read_date("2026-01-10 12:00", "America/New_York"),
        read_date("2026-07-10 12:00", "America/New_York"),
    )
    assert winter is not None
    assert summer is not None
    assert (winter.offset_minutes, summer.offset_minutes) == (-300, -240)


def test_with_no_zone_at_all_utc_is_assumed_and_no_offset_claimed() -> None:
    for zone in (None, "Mars/Olympus"):
        found = read_date("2026-04-14 05:00:07", zone)
        assert found is not None
        assert (found.at, found.offset_minutes, found.suffix) == (utc(2026, 4, 14, 5, 0, 7), None, ":assumed-utc")


@pytest.mark.parametrize("raw", ["2026-04-14", "20260414", "Tue, 14 Apr 2026", "14.04.2026", "2026-04-14+05:00"])
def test_a_day_without_a_time_is_marked(raw: str) -> None:
    found = read_date(raw, KARACHI)
    assert found is not None
    assert (found.at, found.suffix) == (utc(2026, 4, 13, 19), ":day")


def test_pst_is_two_places_and_flagged() -> None:
    raw = "Tue, 14 Apr 2026 13:03:47 PST"
    pacific, pakistan = read_date(raw, "America/Los_Angeles"), read_date(raw, KARACHI)
    assert pacific is not None
    assert pakistan is not None
    assert (pacific.offset_minutes, pacific.ambiguous) == (-480, "PST")
    assert (pakistan.offset_minutes, pakistan.ambiguous) == (300, "PST")
    notes = Notes()
    date_of(raw, None, utc(2026, 5, 1), notes)
    assert any(line.startswith("ambiguous zone") for line in notes.lines())


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "yesterday",
        "13:03:47 PST",
        "2026-04",
        "Tue, 31 Apr 2026 10:00:00 GMT",
        "Tue, 14 Apr 2026 25:00:00 GMT",
        "Tue, 14 Apr 2026 10:00:00 +5000",
        "05/06/2026",  # May or June
        "12 صفر 1447",  # another calendar
        "0000-00-00T00:00:00",
        "Thu, 01 Jan 1970 00:00:00 +0000",  # a clock that was never set
        "Mon, 01 Jan 0001 00:00:00 +0000",
    ],
)
def test_what_cannot_be_known_is_none(raw: str) -> None:
    assert read_date(raw, KARACHI) is None


def test_the_future_is_no_date_but_a_little_of_it_is_kept() -> None:
    now = utc(2026, 4, 14, 12)
    notes = Notes()
    near, _ = date_of("2026-04-14T15:00:00Z", None, now, notes)
    far, _ = date_of("2026-04-16T15:00:00Z", None, now, notes)
    assert near is not None
    assert near.at == utc(2026, 4, 14, 15)
    assert far is None
    assert [line.split(" (")[0] for line in notes.lines()] == ["date a little in the future", "future date"]


@given(
    st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2068, 12, 31)),  # noqa: DTZ001
    st.integers(min_value=-12 * 60, max_value=14 * 60),
)
def test_rfc_822_round_trip(local: datetime, minutes: int) -> None:
    sign, size = ("-", -minutes) if minutes < 0 else ("+", minutes)
    text = local.strftime(f"%a, %d %b %Y %H:%M:%S {sign}{size // 60:02}{size % 60:02}")
    found = read_date(text, None)
    assert found is not None
    assert found.at == local.replace(microsecond=0, tzinfo=UTC) - timedelta(minutes=minutes)
    assert found.offset_minutes == minutes


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    found = read_date(text, KARACHI)
    assert found is None or found.at.tzinfo is UTC
