"""When an article was published, and how sure that is.

The most trusted claim with an instant wins; a day without a time stays a day (local midnight,
source ``…:day``); nothing lies after the fetch; a contradiction is kept in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasks.extract.dateclaims import Claim
from tasks.extract.datetext import zone_of
from tasks.records import OutletRules

# Clocks of publishers run ahead by minutes; up to two hours have been seen in feeds.
_TOLERANCE = timedelta(minutes=5)
_CLOCK_ERROR = timedelta(hours=2)
_WIDEST_ZONE = timedelta(hours=14)
_EARLIEST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class Dates:
    """The publication instant (UTC) with its evidence; ``offset_minutes`` is the offset as stated, or the outlet's."""

    published_at: datetime | None = None
    offset_minutes: int | None = None
    modified_at: datetime | None = None
    source: str | None = None
    confidence: str | None = None
    conflict: str | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    claim: Claim
    at: datetime
    zone_known: bool
    has_time: bool
    note: str | None = None

    @property
    def day(self) -> str:
        return self.at.date().isoformat()


def _zone(outlet: OutletRules | None) -> tzinfo | None:
    try:
        return ZoneInfo(outlet.timezone) if outlet and outlet.timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def correct(when: datetime, source: str, rules: Iterable[Mapping[str, str]]) -> datetime:
    """Re-read a date by an outlet's corrections: the clock is right, the stated zone is not.

    A rule has ``zone`` (the true one: IANA name or offset) and may narrow itself by ``source``,
    ``stated`` (the wrong offset such as '+02:00', 'Z', or 'none'), ``from`` and ``until`` (days).
    """
    for rule in rules:
        if rule.get("source", source) not in (source, "*"):
            continue
        stated = rule.get("stated")
        if stated is not None:
            wrong = None if stated == "none" else zone_of(stated, when)
            if (wrong is None) != (when.tzinfo is None) or (
                wrong is not None and wrong.utcoffset(when) != when.utcoffset()
            ):
                continue
        day = when.date().isoformat()
        if not rule.get("from", "0000") <= day <= rule.get("until", "9999"):
            continue
        name = rule.get("zone", "")
        zone = zone_of(name, when)
        if zone is None:
            try:
                zone = ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError):
                continue
        return when.replace(tzinfo=zone)
    return when


def _read(claim: Claim, outlet: OutletRules | None, fetched_at: datetime) -> _Reading | None:
    when = correct(claim.stamp.when, claim.source, outlet.date_corrections if outlet else ())
    known = when.tzinfo is not None
    zone = _zone(outlet)
    if not known:
        when, known = when.replace(tzinfo=zone or UTC), zone is not None
    reading = _Reading(claim, when, known, claim.stamp.has_time)
    if when.year < _EARLIEST_YEAR:
        return None
    ahead = when - fetched_at
    if ahead <= _TOLERANCE:
        return reading
    if claim.stamp.has_time and known and ahead <= _CLOCK_ERROR:
        return replace(
            reading, at=fetched_at.astimezone(when.tzinfo), note=f"{claim.source} {claim.raw} lies after the fetch"
        )
    if not known and ahead <= _WIDEST_ZONE:
        # Only the unknown zone puts it after the fetch: the day stands, the instant does not.
        midnight = when.replace(hour=0, minute=0, second=0)
        return replace(reading, at=min(midnight, fetched_at.astimezone(UTC)), has_time=False, note="zone unknown")
    return None


def _offset_twin(pick: _Reading, readings: list[_Reading]) -> timedelta | None:
    """The local offset of an instant stated in UTC, from the same instant in local time elsewhere on the page."""
    if pick.at.utcoffset() or not pick.has_time:
        return None
    url_day = next((r.day for r in readings if r.claim.source == "url"), None)
    for other in readings:
        stamp = other.claim.stamp
        if other is pick or not other.has_time or other.claim.modified or other.claim.source == "feed":
            continue
        if stamp.aware and stamp.when.utcoffset():
            if abs(other.at - pick.at) < timedelta(minutes=1):
                return stamp.when.utcoffset()
            continue
        shift = stamp.when.replace(tzinfo=UTC) - pick.at.replace(second=stamp.when.second)
        minutes = round(shift.total_seconds() / 60)
        whole = minutes % 30 == 0 and 0 < abs(minutes) <= 14 * 60
        if whole and (not stamp.aware or (url_day and url_day == stamp.when.date().isoformat() != pick.day)):
            return timedelta(minutes=minutes)
    return None


def _better_time(pick: _Reading, readings: list[_Reading]) -> _Reading:
    """A day gets its time from another source that states the same day with a time."""
    if pick.has_time:
        return pick
    same = [r for r in readings if r.has_time and r.day == pick.day and not r.claim.modified]
    return same[0] if same else pick


def _conflict(pick: _Reading, readings: list[_Reading]) -> str | None:
    notes = [pick.note] if pick.note else []
    seen = {pick.claim.source}
    for other in readings:
        if other.claim.modified or other.claim.source in seen:
            continue
        seen.add(other.claim.source)
        # A day apart is the zone's doing; more is a contradiction.
        if abs((other.at.date() - pick.at.date()).days) > 1:
            notes.append(f"{pick.claim.source} {pick.day}, {other.claim.source} {other.day}")
    return "; ".join(notes) or None


def _confidence(pick: _Reading, readings: list[_Reading], conflict: str | None) -> str:
    agreeing = {
        r.claim.source for r in readings if abs((r.at.date() - pick.at.date()).days) <= 1 and not r.claim.modified
    }
    level = {"jsonld": 3, "meta": 3, "microdata": 3, "time": 3, "feed": 3, "visible": 2, "url": 1}.get(
        pick.claim.source, 1
    )
    if not pick.has_time:
        level = min(level - 1, 2)
    elif not pick.zone_known:
        level -= 1
    if pick.claim.source == "visible" and len(agreeing) > 1 and pick.has_time and pick.zone_known:
        level = 3
    if conflict:
        level -= 1
    return ("low", "low", "medium", "high")[max(0, min(level, 3))]


def decide_dates(claims: list[Claim], *, fetched_at: datetime, outlet: OutletRules | None = None) -> Dates:
    """Publication and modification from all claims; empty when no claim is complete and credible."""
    fetched_at = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC)
    readings = [r for claim in claims if (r := _read(claim, outlet, fetched_at))]
    modified = next((r.at.astimezone(UTC) for r in readings if r.claim.modified and r.has_time), None)
    published = [r for r in readings if not r.claim.modified]
    if not published:
        return _only_modified(claims, readings, modified)
    pick = _better_time(published[0], published)
    conflict = _conflict(pick, published)
    offset = _offset_twin(pick, readings)
    at = pick.at.astimezone(timezone(offset)) if offset is not None else pick.at
    shown = at.utcoffset() if pick.zone_known else None
    return Dates(
        published_at=at.astimezone(UTC),
        offset_minutes=int(shown.total_seconds() // 60) if shown is not None else None,
        modified_at=modified,
        source=pick.claim.source + ("" if pick.has_time else ":day"),
        confidence=_confidence(pick, published, conflict),
        conflict=conflict,
        raw=pick.claim.raw,
    )


def _only_modified(claims: list[Claim], readings: list[_Reading], modified: datetime | None) -> Dates:
    """A page that states nothing but an update was published at that time or before: the day stands, marked as such."""
    late = next((c for c in claims if not c.modified and c.stamp.when.year >= _EARLIEST_YEAR), None)
    conflict = f"{late.source} {late.raw} lies after the fetch" if late else None
    if not readings or late:
        return Dates(modified_at=modified, conflict=conflict)
    last = readings[0]
    shown = last.at.utcoffset() if last.zone_known else None
    return Dates(
        published_at=last.at.astimezone(UTC),
        offset_minutes=int(shown.total_seconds() // 60) if shown is not None else None,
        modified_at=modified,
        source=f"{last.claim.source}:modified" + ("" if last.has_time else ":day"),
        confidence="low",
        conflict="only a time of update is stated",
        raw=last.claim.raw,
    )
