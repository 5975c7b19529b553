"""What each view costs in a large warehouse: ``python -m tests.bench.views WAREHOUSE [--rounds 3]``.

One typical question for each view and macro, the best of some rounds: milliseconds by the clock and of CPU (of all
threads together), with 2 threads.  The file needs the current views: `khabar ingest --limit 0` applies them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

from tasks.load import database as db

QUESTIONS = [
    "from about",
    "select count(*) from coverage",
    "select day_karachi, count(*) from coverage group by all",
    "select topic, count(*) from coverage where relevance >= 2 group by all",
    "select outlet, count(*) from coverage where day_washington >= date '2025-01-01' group by all",
    "select count(*) from coverage_unique",
    "select outlet, count(*) from coverage_unique group by all",
    "select sum(articles_utc), sum(unique_karachi) from outlet_daily",
    "select sum(articles_utc), sum(unique_karachi) from topic_daily",
    "select sum(articles_utc), sum(unique_karachi) from actor_daily",
    "select verdict, count(*), sum(polls_due) from ledger group by all",
    "select source, count(*) from syndication group by all",
    "select count(*) from changes where title_changed",
    "select story_id, count(distinct outlet_id) as n from story_coverage group by all order by n desc limit 20",
    "from feed_health",
    "select version from article_as_of((select max(article_id) from articles), timestamptz '2030-01-01 00:00:00+00')",
]


def main() -> None:
    """Print a line for each question, and the median."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    con = db.reader(arguments.warehouse)
    walls, cpus = [], []
    for question in QUESTIONS:
        took = [_ask(con, question) for _ in range(arguments.rounds)]
        walls.append(min(wall for wall, _ in took))
        cpus.append(min(cpu for _, cpu in took))
        _say(f"{walls[-1]:7.0f} ms {cpus[-1]:7.0f} cpu  {question}")
    _say(
        f"{statistics.median(walls):7.0f} ms {statistics.median(cpus):7.0f} cpu  median; load {os.getloadavg()[0]:.1f}"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _ask(con: db.Connection, question: str) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    con.execute(question).fetchall()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


if __name__ == "__main__":
    main()
