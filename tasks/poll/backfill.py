"""Backfill: which addresses of older material are wanted, and under which names they are sighted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from tasks.extract.urldates import url_day
from tasks.records import Item

# Names in place of a feed's in `entries` and `polls`; with a colon, which no key of feeds.csv has.
SITEMAPS, LISTS = "backfill:sitemap", "backfill:urls"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a backfill was asked to bring; both days are included."""

    outlet: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """In the words of the command line."""
        stated = {"--outlet": self.outlet, "--since": self.since, "--until": self.until}
        return tuple(f"{word} {value}" for word, value in stated.items() if value)


def entrance(url: str) -> str:
    """Where a site's sitemaps are found: of a bare host in its robots.txt, else at the address itself."""
    return f"{url}robots.txt" if urlsplit(url).path == "/" and url.endswith("/") else url


def day_of(item: Item) -> date | None:
    """The day of an item: in its address, else as stated, in the zone that is stated with it (else UTC)."""
    found = url_day(item.url or "")
    if found is not None:
        return found.when.date()
    moment = item.published_at or item.updated_at
    return (moment + timedelta(minutes=item.published_offset_minutes or 0)).date() if moment else None


def choose(items: Iterable[Item], asked: Asked) -> tuple[tuple[Item, ...], dict[str, int]]:
    """The items within the days asked for, and how many were left out as ``out_of_range`` or ``undated``.

    An item of which no day is known is wanted only if no day was asked for.
    """
    chosen, counts = [], {"out_of_range": 0, "undated": 0}
    for item in items:
        day = day_of(item) if asked.since or asked.until else None
        if day is None and (asked.since or asked.until):
            counts["undated"] += 1
        elif day and ((asked.since and day < asked.since) or (asked.until and day > asked.until)):
            counts["out_of_range"] += 1
        else:
            chosen.append(item)
    return tuple(chosen), counts


def may_hold(changed: datetime | None, asked: Asked) -> bool:
    """Whether a part of a sitemap index can hold what is asked: what was last changed before the first day cannot."""
    # a day of grace: the index may state its time in another zone than the items
    return not (changed and asked.since and changed.date() + timedelta(days=1) < asked.since)
