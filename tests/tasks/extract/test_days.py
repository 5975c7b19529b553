"""Days of an instant: the same as the database has them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tasks.extract.days import days_of
from tasks.load import database as db


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 6, 29, 19, 30, tzinfo=UTC),
        datetime(2026, 3, 8, 4, 59, tzinfo=UTC),  # Washington's clocks go forward that night
        datetime(2026, 11, 2, 4, 30, tzinfo=UTC),
        datetime(2008, 7, 1, 18, 30, tzinfo=UTC),  # Karachi had summer time
    ],
)
def test_days_are_those_of_the_database(moment: datetime) -> None:
    zones = {"day_utc": "UTC", "day_karachi": "Asia/Karachi", "day_washington": "America/New_York"}
    query = "select " + ", ".join(f"cast($at at time zone '{zone}' as date) as {name}" for name, zone in zones.items())
    con = db.memory()
    assert days_of(moment) == db.rows(con, query, {"at": moment})[0]


def test_an_unknown_date_has_no_day() -> None:
    assert days_of(None) == {"day_utc": None, "day_karachi": None, "day_washington": None}


def test_days_follow_the_zone() -> None:
    assert days_of(datetime(2026, 3, 1, 20, 30, tzinfo=UTC)) == {
        "day_utc": date(2026, 3, 1),
        "day_karachi": date(2026, 3, 2),
        "day_washington": date(2026, 3, 1),
    }
