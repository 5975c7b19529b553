"""Dates in words and digits, in the languages of the press; nothing that is not written is filled in.

A date without year, month or day is no date; a time that is not written stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from tasks.text import normalize_urdu

_MONTH_NAMES = (
    "january jan januar januari enero ene janvier janv janeiro gennaio gen ocak oca "
    "января январь січня januarie jän jänner styczeń stycznia janúar जनवरी জানুয়ারি "
    "يناير جنوری ژانویه جنوري ιανουαρίου sausio ianuarie tammikuuta leden ledna",
    "february feb februar februari febrero février févr fév fevereiro fev febbraio şubat "
    "şub февраля февраль лютого februarie lutego febbr फरवरी فبراير فروری فوریه فبروري "
    "φεβρουαρίου vasario helmikuuta februára února",
    "march mar märz mär maart marzo mars março mart марта март березня martie marca "
    "मार्च مارس مارچ μαρτίου kovo maaliskuuta maa března mrz",
    "april apr abril abr avril aprile nisan nis апреля апрель квітня aprilie kwietnia "
    "अप्रैल أبريل ابریل اپریل آوریل απριλίου balandžio huhtikuuta dubna avr",
    "may mai mei mayo maio maggio mag mayıs май мая травня maja मई مايو مئی مه می μαΐου gegužės toukokuuta května",
    "june jun juni junio juin junho giugno giu haziran haz июня июнь червня iunie "
    "czerwca जून يونيو جون ژوئن ιουνίου birželio kesäkuuta června",
    "july jul juli julio juillet juil julho luglio lug temmuz tem июля июль липня iulie "
    "lipca जुलाई يوليو جولائی ژوئیه ιουλίου liepos heinäkuuta července",
    "august aug agosto ago août aout agosto ağustos ağu августа август серпня sierpnia "
    "augustus अगस्त أغسطس اگست اوت αυγούστου rugpjūčio elokuuta srpna",
    "september sep sept septiembre septembre setembro set settembre eylül eyl сентября "
    "сентябрь вересня septembrie września सितंबर सितम्बर سبتمبر ستمبر سپتامبر "
    "σεπτεμβρίου rugsėjo syyskuuta září",
    "october oct oktober okt octubre octobre outubro out ottobre ott ekim eki октября "
    "октябрь жовтня octombrie października अक्टूबर أكتوبر اکتوبر οκτωβρίου spalio "
    "lokakuuta října",
    "november nov noviembre novembre novembro kasım kas ноября ноябрь листопада "
    "noiembrie listopada नवंबर नवम्बर نوفمبر نومبر نوامبر νοεμβρίου lapkričio "
    "marraskuuta listopadu",
    "december dec dezember dez desember diciembre dic décembre déc dezembro dicembre "
    "dicembr aralık ara декабря декабрь грудня decembrie grudnia दिसंबर दिसम्बर ديسمبر "
    "دسمبر دسامبر δεκεμβρίου gruodžio joulukuuta prosince",
)
MONTHS: Final[dict[str, int]] = {
    normalize_urdu(name).casefold(): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
_NAME = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))

# Only unambiguous ones stand with an offset; ET and PT follow the season.  IST in the press of the region is India.
_ZONES: Final[dict[str, int]] = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "bst": 60,
    "cet": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
    "pkt": 300,
    "ist": 330,
    "jst": 540,
    "kst": 540,
    "sgt": 480,
    "hkt": 480,
    "aest": 600,
    "aedt": 660,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "akst": -540,
    "hst": -600,
    "sast": 120,
    "gst": 240,
    "brt": -180,
}
_SEASONAL: Final[dict[str, str]] = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}

_ZONE = (
    r"(?P<zone>Z\b|(?:UTC|GMT)?[ ]?[+\-−]\d{2}:?\d{2}\b|(?:UTC|GMT)?[+\-−]\d{1,2}\b|\(?(?:"
    + "|".join([*_ZONES, *_SEASONAL])
    + r")\b\)?)"
)
_CLOCK = (
    rf"(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?(?:[.,]\d{{1,9}})?[ "
    rf"]?(?P<half>[ap]\.?[ ]?m\b\.?)?[ ]?{_ZONE}?"
)
_CLOCK_HALF = rf"(?P<hour>\d{{1,2}})[ ]?(?P<half>[ap]\.?m\b\.?)[ ]?{_ZONE}?"
_GAP = r"[\s,|•·–—\-/\(\)at@:um]{0,9}?(?:[\s]?(?:[^\W\d_]{1,9}\.?)[\s,:]{1,2})?"

_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
    rf"(?:[T ,|•\-–()a-z]{{1,6}}?{_CLOCK})?",
    re.I,
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d|19\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    rf"(?:T?(?P<hour>\d{{2}}):?(?P<minute>\d{{2}}):?(?P<second>\d{{2}})?(?:\.\d+)?{_ZONE}?)?(?!\d)"
)
_CJK = re.compile(
    r"(?P<year>(?:19|"
    r"20)\d\d)\s*[年년.]\s*(?P<month>\d{1,2})\s*[月월.]\s*(?P<day>\d{1,2})\s*[日일]?(?:\D{0,9}?(?P<hour>\d{1,2})[:時时시]\s*(?P<minute>\d{2}))?"
)
_DAY_MONTH = re.compile(
    rf"(?<![\d:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|-an|-ci)?[\s,\-./]{{0,3}}(?:de "
    rf"|of |d['’])?(?P<name>{_NAME})\b\.?[\s,\-./]{{0,3}}(?:de |del )?(?P<year>(?:19|"
    rf"20)\d\d)(?!\d)"
    rf"(?:{_GAP}(?:{_CLOCK}))?",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"\b(?P<name>{_NAME})\b\.?[\s\-]{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?,?[\s\-]{{1,2}}(?P<year>(?:19|20)\d\d)(?!\d)(?:{_GAP}(?:{_CLOCK}))?",
    re.I,
)
_CTIME = re.compile(
    rf"\b(?P<name>{_NAME})\s+(?P<day>\d{{1,2}}),?\s+(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?\s*{_ZONE}?\s*(?P<year>(?:19|"
    rf"20)\d\d)\b",
    re.I,
)
_NUMERIC = re.compile(
    rf"(?<![\d/.])(?P<a>\d{{1,2}})(?P<sep>[-/.])\s?(?P<b>\d{{1,2}})(?P=sep)\s?(?P<year>(?:19|"
    rf"20)\d\d)(?![\d/])(?:{_GAP}(?:{_CLOCK}))?",
    re.I,
)
_CLOCK_BEFORE = re.compile(rf"(?<![\d.:]){_CLOCK}[\s,|•·–—\-/\(\)]{{0,4}}(?:on )?(?:[^\W\d_]{{3,9}}\.?,? )?$", re.I)
_HOUR_AFTER = re.compile(rf"^[\s,|•·–—\-/\(\)at@]{{0,6}}{_CLOCK_HALF}", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_EPOCH = re.compile(r"^1[0-9]{9}(?:\d{3})?$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as written: ``when`` is aware if a zone was written; ``has_time`` tells an instant from a day."""

    when: datetime
    has_time: bool

    @property
    def aware(self) -> bool:
        return self.when.tzinfo is not None


def zone_of(text: str | None, when: datetime) -> tzinfo | None:
    """The zone of '+0530', 'GMT+2', 'PKT', 'ET' …; seasonal names by the date."""
    name = (text or "").strip(" ()").casefold().replace("−", "-")
    if not name:
        return None
    if match := re.fullmatch(r"(?:utc|gmt)? ?([+-])(\d{1,2}):?(\d{2})?", name):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes <= 14 * 60 else None
    if name in _ZONES:
        return timezone(timedelta(minutes=_ZONES[name])) if _ZONES[name] else UTC
    if name in _SEASONAL:
        offset = when.replace(tzinfo=ZoneInfo(_SEASONAL[name])).utcoffset()
        return timezone(offset) if offset is not None else None
    return None


def _build(part: dict[str, str | None], month: int, day: int) -> Stamp | None:
    try:
        when = datetime(int(part["year"] or 0), month, day)  # noqa: DTZ001 -- the zone follows, if one is written
    except ValueError:
        return None
    if not part.get("hour"):
        return Stamp(when, has_time=False)
    hour, minute, second = int(part["hour"] or 0), int(part.get("minute") or 0), int(part.get("second") or 0)
    half = (part.get("half") or "").lower().replace(" ", "")
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return Stamp(when, has_time=False)
    when = when.replace(hour=hour, minute=minute, second=second)
    return Stamp(when.replace(tzinfo=zone_of(part.get("zone"), when)), has_time=True)


def _numeric(part: dict[str, str | None], month_first: bool | None) -> Stamp | None:
    a, b = int(part["a"] or 0), int(part["b"] or 0)
    # Dots and dashes put the day first everywhere; with slashes it depends on the country.
    if a > 12 or (b <= 12 and (part["sep"] != "/" or month_first is False or a == b)):
        return _build(part, b, a)
    if b > 12 or month_first:
        return _build(part, a, b)
    return None


def _with_clock(stamp: Stamp, text: str, start: int, end: int) -> Stamp:
    """Add a time that stands before the date ('16:45, 3 May 2022') or a bare hour after it ('at 5 pm')."""
    if stamp.has_time:
        return stamp
    match = _CLOCK_BEFORE.search(text[max(0, start - 40) : start]) or _HOUR_AFTER.match(text[end : end + 40])
    if not match:
        return stamp
    part = {"year": str(stamp.when.year), "minute": "0", **match.groupdict()}
    return _build(part, stamp.when.month, stamp.when.day) or stamp


def parse_date(text: str | None, *, month_first: bool | None = None) -> Stamp | None:
    """The first complete date in a short text, or None.

    ``month_first`` says how 03/04/2020 is meant; unknown (None), such a date counts as none.
    """
    text = (text or "")[:400]
    text = " ".join(text.split()) if text.isascii() else normalize_urdu(text)
    if _EPOCH.match(text):
        return Stamp(datetime.fromtimestamp(int(text[:10]), UTC), has_time=True)
    if not _YEAR.search(text):
        return None
    best: tuple[int, Stamp] | None = None
    for pattern in (_ISO, _CJK, _CTIME, _DAY_MONTH, _MONTH_DAY, _NUMERIC, _COMPACT):
        match = pattern.search(text)
        if not match or (best and match.start() >= best[0]):
            continue
        part = match.groupdict()
        if pattern is _NUMERIC:
            stamp = _numeric(part, month_first)
        else:
            month = int(part["month"] or 0) if "month" in part else MONTHS.get((part.get("name") or "").casefold(), 0)
            stamp = _build(part, month, int(part["day"] or 0))
        if stamp:
            best = (match.start(), _with_clock(stamp, text, match.start(), match.end()))
            if match.start() == 0:
                break
    return best[1] if best else None
