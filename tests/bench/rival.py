"""Daily questions beside SQLite on the same rows: ``python -m tests.bench.rival WAREHOUSE SQLITE_FILE [--rounds 5]``.

SQLite has plain indexes and an FTS5 table (``rival/schema.sql``, ``rival/indexes.sql``), and is built from the
warehouse if the file isn't there.  Each question of ``rival/*.sql`` is asked of both in turn: a ready question of that
name with its defaults, or the query of that name in ``rival/duckdb.sql``.  Median of the rounds, warm; rows must be as
many.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tasks.load import database as db
from tasks.load.queries import ready_queries, values

RIVAL = Path(__file__).with_name("rival")
_TIMES = ("published_at",)
_BATCH = 20_000


def build(warehouse: Path, file: Path) -> None:
    """Copy the rows that the questions need into SQLite, then make its indexes."""
    con, other = db.reader(warehouse, "4GB"), sqlite3.connect(file)
    other.executescript("pragma journal_mode = off; pragma synchronous = off; pragma page_size = 8192;")
    other.executescript((RIVAL / "schema.sql").read_text())
    tables = "select name from sqlite_master where type = 'table' and name not like 'found%'"
    for (table,) in other.execute(tables).fetchall():
        columns = [row[1] for row in other.execute(f"pragma table_info({table})")]
        wanted = ", ".join(f"epoch({c})::bigint" if c in _TIMES else c for c in columns)
        rows = con.execute(f"select {wanted} from {table}")
        slots = ", ".join("?" * len(columns))
        while block := rows.fetchmany(_BATCH):
            plain = [[v.isoformat() if hasattr(v, "isoformat") else v for v in row] for row in block]
            other.executemany(f"insert into {table} values ({slots})", plain)
        sys.stderr.write(f"{table} ")
        sys.stderr.flush()
    other.commit()
    other.executescript((RIVAL / "indexes.sql").read_text())
    other.commit()
    other.close()
    con.close()


def timed(ask: Callable[[], list[Any]], rounds: int) -> tuple[float, int]:
    """Median seconds after one run to warm up, and the number of rows."""
    rows = len(ask())
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), rows


def questions() -> dict[str, tuple[str, dict[str, Any]]]:
    """Our side of each question: SQL and parameters by name."""
    found: dict[str, tuple[str, dict[str, Any]]] = {q.name: (q.sql, dict(values(q, []))) for q in ready_queries()}
    for block in re.split(r"^-- name: ", (RIVAL / "duckdb.sql").read_text(), flags=re.M)[1:]:
        name, _, sql = block.partition("\n")
        found[name.strip()] = (sql, {})
    return found


def main() -> None:
    """Build what isn't there, ask both, print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("sqlite", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    if not args.sqlite.exists():
        start = time.perf_counter()
        build(args.warehouse, args.sqlite)
        sys.stdout.write(f"SQLite built in {time.perf_counter() - start:.0f} s\n")
    sizes = [path.stat().st_size / 1e6 for path in (args.warehouse, args.sqlite)]
    sys.stdout.write(f"bytes: khabar {sizes[0]:,.0f} MB (all tables), SQLite {sizes[1]:,.0f} MB (these tables)\n")
    con, other = db.reader(args.warehouse, "4GB"), sqlite3.connect(args.sqlite)
    other.execute("pragma mmap_size = 8000000000")
    ours = questions()
    results = []
    for path in sorted(RIVAL.glob("*.sql")):
        if path.stem in ("schema", "indexes", "duckdb"):
            continue
        sql, parameters = ours[path.stem]
        theirs = path.read_text()
        mine = timed(lambda q=sql, p=parameters: con.execute(q, p).fetchall(), args.rounds)
        rival = timed(lambda q=theirs: other.execute(q).fetchall(), max(1, args.rounds // 2))
        results.append((path.stem, *mine, *rival))
        sys.stdout.write(
            f"{path.stem:24} khabar {mine[0] * 1000:8.0f} ms {mine[1]:8,} rows   SQLite {rival[0] * 1000:8.0f} ms "
            f"{rival[1]:8,} rows   {rival[0] / mine[0]:6.1f} ×\n"
        )
    medians = [statistics.median(r[i] for r in results) for i in (1, 3)]
    sys.stdout.write(f"median: khabar {medians[0] * 1000:.0f} ms, SQLite {medians[1] * 1000:.0f} ms; ")
    sys.stdout.write(f"load of the machine {os.getloadavg()[0]:.1f}\n")


if __name__ == "__main__":
    main()
