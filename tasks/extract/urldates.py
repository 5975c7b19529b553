"""The day in an address: /2023/12/14/…, /14-Dec-2023/…, never less than a whole day."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from tasks.extract.datetext import MONTHS, Stamp, parse_date

_URL_DAY: Final = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/_.-]?)(?P<m>0[1-9]|1[0-2]|"
    r"[1-9](?=[/_.-]))(?P=s)(?P<d>0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]))(?![\d])"
)
_URL_MONTH_DAY: Final = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?:/(?P<m>\d\d)-?(?P<d>\d\d)|-(?P<m2>\d\d)/(?P<d2>\d\d))(?=/)"
)
_URL_NAMED: Final = re.compile(
    r"/(?:(?P<y1>20\d\d)/(?P<n1>[a-z]{3,9})/(?P<d1>\d{1,2})|"
    r"(?P<d2>\d{1,2})-(?P<n2>[A-Za-z]{3,9})-(?P<y2>20\d\d))(?=/|$)"
)


def url_day(url: str) -> Stamp | None:
    """A complete day in the path of an address; year and month alone are none."""
    path = unquote(urlsplit(url).path)
    for match in (*_URL_DAY.finditer(path), *_URL_MONTH_DAY.finditer(path)):
        parts = match.groupdict()
        # Digits without separators are a day only when they are a segment or word of their own.
        if parts.get("s") == "" and re.search(r"\d$", path[: match.start()]):
            continue
        month, day = parts["m"] or parts["m2"], parts["d"] or parts["d2"]
        return parse_date(f"{parts['y']}-{int(month):02}-{int(day):02}")
    if named := _URL_NAMED.search(path):
        which = "1" if named["y1"] else "2"
        if month_number := MONTHS.get(named["n" + which].lower()):
            return parse_date(f"{named['y' + which]}-{month_number:02}-{int(named['d' + which]):02}")
    return None
