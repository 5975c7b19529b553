"""Reads the dates that feeds write: any offset, any of many languages, and honest about doubt."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from tasks.poll.datewords import AM, AMBIGUOUS, MONTHS, PM, ZONES
from tasks.poll.notes import Notes

# A feed date that no article can have: before newspapers were on the web, after four digits end.
_FIRST_YEAR, _LAST_YEAR = 1970, 2200
_UNSET_CLOCK = date(1970, 1, 1)
# Clocks are wrong by hours (a zone left out), not by days.
_FUTURE = timedelta(days=1)
_MAX_CHARS = 120
# Bidirectional marks around dates in right-to-left feeds.
_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CLOCK = re.compile(r"(?<![\d:+-])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?\s?m\b\.?)?", re.I)
_HOUR_ONLY = re.compile(r"(?<![\d:])(\d{1,2})\s*([ap])\.?m\b\.?", re.I)
_DOTTED = re.compile(r"(?<![\d.+-])(\d{1,2})[.hH](\d{2})(?![\d.])")
_OFFSET = re.compile(r"(?:\b(?:gmt|utc|ut|z)\s*)?([+\u2212\u2013-])(\d{1,2})(?::?(\d{2}))?(?!\d)\s*\)?", re.I)
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\A(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_EPOCH = re.compile(r"\A(\d{10}|\d{13})\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u097f\u0980-\u09ff]+[^\W\d_]*)*")
_ZONE_NAME = re.compile(r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?")


@dataclass(frozen=True, slots=True)
class FeedDate:
    """A date that was read.

    ``at`` is aware UTC; ``offset_minutes`` the offset that was stated, or the outlet's one, or
    None if neither is known.  ``suffix`` belongs behind ``date_source``: ``:day`` (no time was
    given: ``at`` is 00:00 in the outlet's zone), ``:assumed-zone`` (the outlet's zone was used),
    ``:assumed-utc`` (no zone is known at all).
    """

    at: datetime
    offset_minutes: int | None
    suffix: str = ""
    ambiguous: str | None = None


def read_date(raw: str | None, zone: str | None) -> FeedDate | None:
    """The moment that a feed's date text means, or None if that cannot be said.

    ``zone`` is the outlet's IANA zone, used only when the text has none.  Day and month as bare
    numbers (``05/06/2024``) are read only if one of them cannot be a month.
    """
    text = _normal(raw or "")
    if not text:
        return None
    try:
        return _read(text, zone)
    except (ValueError, OverflowError):  # 31 February, hour 25, year 0
        return None


def date_of(raw: str, zone: str | None, now: datetime, notes: Notes) -> tuple[FeedDate | None, str]:
    """``read_date`` with the guard against the future: the date (or None) and the source suffix.

    More than a day after ``now`` is no date; a little after it is kept. Both are noted.
    """
    found = read_date(raw, zone)
    if found is None:
        notes.add("unreadable date", raw)
        return None, ""
    if found.ambiguous:
        notes.add("ambiguous zone", f"{found.ambiguous} in {raw}")
    if found.suffix in (":assumed-zone", ":assumed-utc"):
        notes.add("assumed zone", f"{zone or 'UTC'} for {raw}")
    if found.at - now > _FUTURE:
        notes.add("future date", raw)
        return None, found.suffix
    if found.at > now:
        notes.add("date a little in the future", raw)
    return found, found.suffix


def _normal(raw: str) -> str:
    text = _MARKS.sub("", raw[: _MAX_CHARS * 4]).strip()
    digits = "".join(str(unicodedata.digit(char)) if char.isdecimal() and not char.isascii() else char for char in text)
    return " ".join(digits.split())[:_MAX_CHARS]


def _read(text: str, zone: str | None) -> FeedDate | None:
    epoch = _EPOCH.match(text)
    if epoch:
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return _checked(datetime.fromtimestamp(seconds, UTC), 0)
    compact = _COMPACT.match(text)
    if compact:
        year, month, day, hour, minute, second = compact.groups()
        clock = (int(hour), int(minute), int(second or 0)) if hour else None
        return _moment(date(int(year), int(month), int(day)), clock, text[compact.end() :], zone)
    clock, rest = _clock(text)
    found = _day(rest)
    if found is None:
        return None
    day, rest = found
    if clock is None:
        clock, rest = _dotted_clock(rest)
    return _moment(day, clock, rest, zone)


def _clock(text: str) -> tuple[tuple[int, int, int] | None, str]:
    """The time of day, and the text with a ``|`` in its place (so that the zone stays findable)."""
    match = _CLOCK.search(text.replace("T", " ", 1) if re.match(r"\d{4}-\d{1,2}-\d{1,2}T", text) else text)
    if match:
        hour, minute, second, half = match.group(1), match.group(2), match.group(3), match.group(4)
    else:
        match = _HOUR_ONLY.search(text)
        if not match:
            return None, text
        hour, minute, second, half = match.group(1), "00", "00", match.group(2)
    rest = text[: match.start()].rstrip("T ") + " | " + text[match.end() :]
    hours = int(hour)
    words = {word.lower() for word in _WORD.findall(rest)} if not half else {half.lower()}
    if hours <= 12 and words & PM:
        hours = hours % 12 + 12
    elif hours <= 12 and words & AM:
        hours %= 12
    return (hours, int(minute), min(int(second or 0), 59)), rest  # a leap second is the 59th here


def _dotted_clock(text: str) -> tuple[tuple[int, int, int] | None, str]:
    """``14h30`` and ``11.41``: a clock only once the day, which may have dots too, is taken out."""
    match = _DOTTED.search(text)
    if not match:
        return None, text
    return (int(match.group(1)), int(match.group(2)), 0), "|" + text[match.end() :]


def _day(text: str) -> tuple[date, str] | None:
    """The calendar day in a text, and the text without it."""
    iso = _ISO.search(text)
    if iso:
        day = date(int(iso.group(1)), int(iso.group(3)), int(iso.group(4)))
        return day, text[: iso.start()] + " " + text[iso.end() :]
    numeric = _NUMERIC.search(text)
    if numeric:
        first, second, year = int(numeric.group(1)), int(numeric.group(3)), _year(numeric.group(4))
        if first != second and first <= 12 and second <= 12 and numeric.group(2) != ".":
            return None  # 5/6: the fifth of June or the sixth of May?
        a_month_first = second > 12
        day = date(year, first, second) if a_month_first else date(year, second, first)
        return day, text[: numeric.start()] + " " + text[numeric.end() :]
    return _day_with_month_name(text)


def _day_with_month_name(text: str) -> tuple[date, str] | None:
    words = [(word, MONTHS[name]) for word in _WORD.finditer(text) if (name := _fold(word.group())) in MONTHS]
    for word, month in words:  # day, month, year: tried first, as French "mar." is also a weekday
        before, after = text[: word.start()], text[word.end() :]
        day = re.search(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?:\s+de|\s+of)?[\s,./-]*\Z", before)
        year = re.match(r"[\s,./'’-]*(?:de\s+)?(\d{4}|\d{2})(?![\d:])", after)
        if day and year:
            return date(_year(year.group(1)), month, int(day.group(1))), after[year.end() :]
    for word, month in words:  # month, day, year: American, or ctime with the clock before the year
        after = text[word.end() :]
        tail = re.match(r"[\s.,]*(\d{1,2})(?:st|nd|rd|th)?(?!\d)", after)
        late = re.search(r"(?<![\d+:-])(\d{4})(?!\d)", after[tail.end() :]) if tail else None
        if tail and late:
            rest = after[tail.end() :]
            cut = rest[: late.start()] + " " + rest[late.end() :]
            return date(int(late.group(1)), month, int(tail.group(1))), cut
    return None


def _fold(word: str) -> str:
    """Lower case without accents: ``Août`` and ``AOUT`` are one month."""
    lowered = word.casefold()
    if lowered.isascii() or lowered[0] > "\u0400":  # letters beyond Latin keep their marks
        return lowered
    plain = unicodedata.normalize("NFKD", lowered.replace("ı", "i"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _year(digits: str) -> int:
    value = int(digits)
    if len(digits) == 4:
        return value
    return value + (2000 if value < 70 else 1900)  # the pivot of POSIX


def _moment(day: date, clock: tuple[int, int, int] | None, rest: str, zone: str | None) -> FeedDate | None:
    hour, minute, second = clock or (0, 0, 0)
    extra = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta()
    local = datetime.combine(day, time(0 if extra else hour, minute, second)) + extra
    if clock is None:
        alone = _OFFSET.fullmatch(rest.strip())  # 2026-05-30+05:00, the date of XML Schema
        offset = _stated_offset(rest, zone, local)[0] if alone else _zone_offset(zone, local)
        return _checked(local, offset, suffix=":day")
    stated, ambiguous = _stated_offset(rest.partition("|")[2] or rest, zone, local)
    if stated is not None:
        return _checked(local, stated, ambiguous=ambiguous)
    outlet = _zone_offset(zone, local)
    return _checked(local, outlet, suffix=":assumed-utc" if outlet is None else ":assumed-zone")


def _stated_offset(rest: str, zone: str | None, local: datetime) -> tuple[int | None, str | None]:
    """Minutes east of UTC that the text states, and the abbreviation if it has several readings."""
    match = _OFFSET.search(rest)
    if match:
        minutes = int(match.group(2)) * 60 + int(match.group(3) or 0)
        if minutes > 14 * 60:  # no place on earth
            raise ValueError("offset")
        return (minutes if match.group(1) == "+" else -minutes), None
    named = _ZONE_NAME.search(rest)
    if named:
        return _zone_offset(named.group(), local), None
    for word in _WORD.findall(rest):
        lowered = word.casefold()
        if lowered in ZONES:
            return ZONES[lowered], None
        if lowered in AMBIGUOUS:
            readings = AMBIGUOUS[lowered]
            home = _zone_offset(zone, local)
            return (home if home in readings else readings[0]), word
    return None, None


def _zone_offset(zone: str | None, local: datetime) -> int | None:
    found = _zone(zone) if zone else None
    delta = local.replace(tzinfo=found).utcoffset() if found else None
    return None if delta is None else int(delta.total_seconds() // 60)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _checked(local: datetime, offset: int | None, suffix: str = "", ambiguous: str | None = None) -> FeedDate | None:
    if not _FIRST_YEAR <= local.year <= _LAST_YEAR or local.date() == _UNSET_CLOCK:
        return None
    at = local.replace(tzinfo=timezone(timedelta(minutes=offset or 0))).astimezone(UTC)
    return FeedDate(at, offset, suffix, ambiguous)
