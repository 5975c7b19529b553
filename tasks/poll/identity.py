"""What identifies an item within its feed, and what makes a new sighting of it.

Observed in the wild: guids that contain the headline and change with it, guids repeated
inside one document, guids re-used for another article, guids of a new format after a move,
one link under many guids.  So no single field is believed: the item is named by its guid
only if the document uses each guid once, else by its link, else by title and date; and the
*article* is named by the identity of its address, whatever the guid says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tasks.errors import Code
from tasks.ids import make_id
from tasks.records import Item, OutletRules, ParsedFeed
from tasks.urls import fetchable, identity_key


@dataclass(frozen=True, slots=True)
class Sighting:
    """An item with its identities: a row of ``entries`` before it is known to be new."""

    entry_id: str
    item_key: str
    item: Item
    url: str | None
    identity_key: str | None
    target_id: str | None
    outlet_id: str | None
    problem: Code | None


def sightings(
    feed_id: str, parsed: ParsedFeed, find_outlet: Callable[[str], OutletRules | None], aggregators: frozenset[str]
) -> tuple[Sighting, ...]:
    """Every item of a document once, in its order; equal items of one document fall together.

    ``find_outlet`` maps an address to the outlet that owns its host; links to an outlet in
    ``aggregators`` are discovery only.
    """
    times_used = Counter(item.guid for item in parsed.items if item.guid)
    times_linked: Counter[str] = Counter()
    for url in filter(None, (fetchable(item.url) for item in parsed.items)):
        times_linked[identity_key(url, find_outlet(url)) or ""] += 1
    out: dict[str, Sighting] = {}
    for item in parsed.items:
        sighting = _sighting(feed_id, item, times_used, times_linked, find_outlet, aggregators)
        out.setdefault(sighting.entry_id, sighting)
    return tuple(out.values())


def _sighting(
    feed_id: str,
    item: Item,
    times_used: Counter[str],
    times_linked: Counter[str],
    find_outlet: Callable[[str], OutletRules | None],
    aggregators: frozenset[str],
) -> Sighting:
    url = fetchable(item.url)
    outlet = find_outlet(url) if url else None
    identity = identity_key(url, outlet) if url else None
    problem = None
    if url is None:
        problem = Code.ITEM_WITHOUT_LINK
    elif outlet is not None and outlet.outlet_id in aggregators:
        problem = Code.ITEM_UNRESOLVED_LINK
    key = item_key(item, identity, times_used)
    # A changed headline or address is worth a row of its own. A changed date or guid is not:
    # some feeds give every item a new one at each poll, or all of them after a move. Only
    # where several items share a link, the guid tells them apart.
    name = f"link:{identity}" if identity and times_linked[identity] == 1 else key
    entry_id = make_id(feed_id, name, " ".join((item.title or "").split()).casefold(), identity or "")
    leads_on = url is not None and problem is None and identity is not None
    return Sighting(
        entry_id=entry_id,
        item_key=key,
        item=item,
        url=url,
        identity_key=identity,
        target_id=make_id(identity) if leads_on and identity else None,
        outlet_id=outlet.outlet_id if outlet else None,
        problem=problem,
    )


def item_key(item: Item, identity: str | None, times_used: Counter[str]) -> str:
    """The name of an item within its feed: guid if this document uses it once, else link, else title and date."""
    if item.guid and times_used[item.guid] == 1:
        return f"guid:{item.guid}"
    if identity:
        return f"link:{identity}"
    return f"title:{(item.title or item.summary or '')[:200]}|{item.published_raw or ''}"


def newest(parsed: ParsedFeed, now: datetime) -> datetime | None:
    """The date of the newest item that is not in the future."""
    dates = [d for item in parsed.items if (d := item.published_at or item.updated_at) and d <= now]
    return max(dates, default=None)
