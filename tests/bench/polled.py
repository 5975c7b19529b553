"""What polling found in saved feeds over HTTP, beside what the parser finds in the same bytes from disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import CodedError
from tasks.poll.identity import sightings
from tasks.poll.parse import parse_feed
from tests.bench.corpora_site import SavedFeed
from tests.bench.harness import query, say

_POLLS = """
    select feed_id, outcome, code, entries_seen, count_entries as entries
    from polls
    left join (select feed_id, count(*) as count_entries from entries group by 1) using (feed_id)
"""


def offline(feed: SavedFeed, url: str) -> tuple[str, int, int]:
    """(outcome, items, items that differ from each other) of a document parsed from disk."""
    try:
        parsed = parse_feed(
            feed.body, url=url, content_type=feed.content_type, timezone="Asia/Karachi", now=datetime.now(UTC)
        )
    except CodedError as error:
        return str(error.code.value), 0, 0
    return "ok", len(parsed.items), len(sightings("any", parsed, lambda _: None, frozenset()))


def compare(warehouse: Path, feeds: Sequence[SavedFeed], keys: Sequence[str], origins: Sequence[str]) -> bool:
    """Print the comparison; True if both found the same in every feed."""
    rows = {row["feed_id"]: row for row in query(warehouse, _POLLS)}
    total: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    differ = []
    for feed, key, origin in zip(feeds, keys, origins, strict=True):
        word, items, distinct = offline(feed, origin + feed.path)
        row = rows.get(key, {})
        seen, entries, code = row.get("entries_seen") or 0, row.get("entries") or 0, row.get("code")
        total += Counter(items=items, distinct=distinct, seen=seen, entries=entries, feeds=1, polled=bool(row))
        total["with items"] += bool(items)
        if word != "ok":
            refused[word] += 1
        if (seen, entries) != (distinct, distinct) or word not in ("ok", code):
            differ.append(f"{feed.name}: {word}, {distinct} items from disk; {code or 'ok'}, {seen} over HTTP")
    say(f"feeds {total['feeds']}, with a row in polls {total['polled']}, with items {total['with items']}")
    say(f"items from disk {total['items']} ({total['distinct']} distinct); over HTTP {total['seen']} seen, "
        f"{total['entries']} rows in entries")  # fmt: skip
    say(f"refused by the parser: {dict(refused) or 'none'}; feeds that differ: {len(differ)}")
    for line in differ:
        say(f"  {line}")
    return not differ
