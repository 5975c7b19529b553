"""The days on which an instant falls, for those who count by day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_ZONES = {
    "day_utc": UTC,
    "day_karachi": ZoneInfo("Asia/Karachi"),
    "day_washington": ZoneInfo("America/New_York"),
}


def days_of(published_at: datetime | None) -> dict[str, date | None]:
    """The columns of ``articles`` that hold the day of publication, by name; None where the date is unknown."""
    return {name: published_at and published_at.astimezone(zone).date() for name, zone in _ZONES.items()}
