"""How long the daily questions take: ``python -m tests.bench.questions WAREHOUSE [--rounds 5] [--only WORD ...]``.

What people ask of each view, and every ready question, read-only and warm: one run to warm up, then the median of the
rounds.  Slowest first: milliseconds by the clock, of CPU (all threads together), and rows.  The file needs the
current views: `khabar ingest --limit 0` applies them.
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path

from tasks.load import database as db
from tasks.load.queries import ready_queries, values
from tests.bench.harness import say, timed

# by view: one day, some weeks and all three years
ASKED = [
    "from about",
    "select day_karachi, count(*) from coverage group by all",
    "select topic, count(*) from coverage where relevance >= 2 group by all",
    "select outlet, count(*) from coverage where day_washington >= date '2026-05-01' group by all",
    "from coverage where day_karachi = date '2026-05-05'",
    "select outlet, count(*) from coverage_unique group by all",
    "select outlet, title, copies from coverage_unique where day_utc >= date '2026-05-01' order by copies desc limit 9",
    "select day, sum(articles_karachi), sum(unique_karachi) from outlet_daily group by all",
    "from outlet_daily where outlet_id = 'outlet07' and day >= date '2026-05-01'",
    "select topic_id, sum(articles_utc), sum(unique_utc) from topic_daily group by all",
    "from topic_daily where topic_id = 'sec.defence_arms' and day >= date '2026-05-01'",
    "select name, sum(articles_utc), sum(unique_utc) from actor_daily group by all",
    "from actor_daily where entity_id = 'donald-trump' and day >= date '2026-05-01'",
    "select verdict, count(*), sum(polls_due) from ledger group by all",
    "from ledger where feed_id = 'feed07' and day >= date '2026-05-01'",
    "select source, count(*) from syndication group by all order by all",
    "from syndication where outlet_id = 'outlet07' and published_at >= timestamptz '2026-05-01 00:00:00+00'",
    "select outlet_id, change, count(*) from changes group by all",
    "from changes where seen_at >= timestamptz '2026-05-25 00:00:00+00' order by seen_at desc limit 9",
    "from removals limit 9",
    "select story_id, count(distinct outlet_id) as n from story_coverage group by all order by n desc limit 20",
    "from story_coverage where story_id = (select max(story_id) from stories)",
    "select text, outlets from quotations where first_seen_at >= timestamptz '2026-05-01 00:00:00+00' limit 50",
    "from feed_health",
    "from search_freshness",
    "select version from article_as_of((select max(article_id) from articles), timestamptz '2030-01-01 00:00:00+00')",
]

# what the made-up outlets and texts of tests.bench.million are asked with, where the defaults would find nothing
GIVEN = {
    "courtesy_lines": ["outlet=outlet09"],
    "stories_missed_by_outlet": ["outlet=outlet09"],
    "relevance_share": ["feed=feed0"],
    "casualty_figures": ["topic=", r"near=(?i)\bpolice\b"],
}


def main() -> None:
    """Print a line for each question and the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[""], help="only what has one of these words in it")
    options = parser.parse_args()
    con = db.reader(options.warehouse)
    asked = [("view", sql, sql, {}) for sql in ASKED]
    asked += [("question", q.name, q.sql, values(q, GIVEN.get(q.name, []))) for q in ready_queries()]
    found = []
    for kind, name, sql, parameters in asked:
        if any(word in name for word in options.only):
            clock, cpu, rows = timed(lambda s=sql, p=parameters: con.execute(s, p).fetchall(), options.rounds)  # type: ignore[misc]
            found.append((clock, cpu, len(rows), kind, name))
    say(f"{'ms':>7} {'cpu ms':>7} {'rows':>9}  what")
    for clock, cpu, count, kind, name in sorted(found, reverse=True):
        say(f"{clock:7.0f} {cpu:7.0f} {count:9,}  {kind} {name}")
    for kinds in (["view"], ["question"], ["view", "question"]):
        some = [clock for clock, *_, kind, _ in found if kind in kinds]
        if some:
            what = " and ".join(f"{kind}s" for kind in kinds)
            say(f"median of {len(some)} {what}: {statistics.median(some):.0f} ms, slowest {max(some):.0f} ms")
    say(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
