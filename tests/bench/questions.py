"""How long the daily questions take: ``python -m tests.bench.questions WAREHOUSE [--rounds 5] [--only NAME ...]``.

A first look at every view (a thousand rows) and every ready question with its defaults, read-only and warm: one run to
warm up, then the median of the rounds. Slowest first, with the number of rows.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tasks.load import database as db
from tasks.load.queries import ready_queries, values
from tests.bench.harness import say

VIEWS = "select view_name from duckdb_views() where not internal order by view_name"


def timed(con: db.Connection, sql: str, parameters: Mapping[str, Any], rounds: int) -> tuple[float, float, int]:
    """(median, first) seconds and number of rows."""
    seconds = []
    rows = 0
    for _ in range(rounds + 1):
        start = time.perf_counter()
        rows = len(con.execute(sql, parameters).fetchall())
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:]), seconds[0], rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", help="only these views and questions")
    options = parser.parse_args()
    con = db.reader(options.warehouse)
    asked = [("view", row["view_name"], f"from {row['view_name']} limit 1000", {}) for row in db.rows(con, VIEWS)]
    asked += [("question", q.name, q.sql, values(q, [])) for q in ready_queries()]
    found = []
    for kind, name, sql, parameters in asked:
        if not options.only or name in options.only:
            found.append((*timed(con, sql, parameters, options.rounds), kind, name))
    say(f"{'median s':>9} {'first s':>9} {'rows':>9}  what")
    for median, first, rows, kind, name in sorted(found, reverse=True):
        say(f"{median:9.3f} {first:9.3f} {rows:9,}  {kind} {name}")
    medians = [median for median, *_ in found]
    say(f"median of {len(medians)}: {statistics.median(medians):.3f} s, slowest {max(medians):.3f} s")


if __name__ == "__main__":
    main()
