"""Daily questions beside SQLite on the same rows: ``python -m tests.bench.rival WAREHOUSE SQLITE_FILE [--rounds 5]``.

SQLite has plain indexes and an FTS5 table (``rival/schema.sql``, ``rival/indexes.sql``), and is built from the
warehouse if the file isn't there.  Each question of ``rival/*.sql`` is asked of both: a ready question of that name
with its defaults, or the query of that name in ``rival/duckdb.sql``.  Median of the rounds, warm, by the clock, and of
CPU for ours, which takes two threads.  All rows and columns must be the same; where they cannot be, a line
``-- differs:`` in the file of the question says why.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from tasks.load import database as db
from tasks.load.queries import ready_queries, values
from tests.bench.harness import say, timed

RIVAL = Path(__file__).with_name("rival")
_TIMES = ("published_at",)
_BATCH = 20_000
_HALF = 0.011  # ratios are rounded to two decimals or three
_MEMORY = "2GB"  # as much as the other's cache


def build(warehouse: Path, file: Path) -> None:
    """Copy the rows that the questions need into SQLite, then make its indexes."""
    con, other = db.reader(warehouse, _MEMORY), sqlite3.connect(file)
    other.executescript("pragma journal_mode = off; pragma synchronous = off; pragma page_size = 8192;")
    other.executescript((RIVAL / "schema.sql").read_text())
    tables = "select name from sqlite_master where type = 'table' and name not like 'found%'"
    for (table,) in other.execute(tables).fetchall():
        columns = [row[1] for row in other.execute(f"pragma table_info({table})")]
        wanted = ", ".join(f"floor(epoch({c}))::bigint" if c in _TIMES else c for c in columns)
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


def questions() -> dict[str, tuple[str, dict[str, Any]]]:
    """Our side of each question: SQL and parameters by name."""
    found: dict[str, tuple[str, dict[str, Any]]] = {q.name: (q.sql, dict(values(q, []))) for q in ready_queries()}
    for block in re.split(r"^-- name: ", (RIVAL / "duckdb.sql").read_text(), flags=re.M)[1:]:
        name, _, sql = block.partition("\n")
        found[name.strip()] = (sql, {})
    return found


def _plain(value: Any) -> Any:
    """A value as SQLite has it: days as text."""
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else float(value)


def _equal(mine: Any, theirs: Any) -> bool:
    """The two round halves in their own way."""
    ours, other = _plain(mine), _plain(theirs)
    if isinstance(ours, float) and isinstance(other, float) and not ours.is_integer():
        return abs(ours - other) < _HALF
    return bool(ours == other)


def same(mine: list[Any], theirs: list[Any], sql: str) -> str:
    """Whether all rows are the same in the same order, or else why not, or how many aren't."""
    pairs = list(zip(mine, theirs, strict=False))
    wrong = [pair for pair in pairs if not all(map(_equal, *pair))]
    if len(mine) == len(theirs) and not wrong:
        return "same"
    known = re.search(r"^-- differs: (.*)$", sql, flags=re.M)
    if known:
        return f"differ: {known.group(1)}"
    return f"DIFFERENT: {len(wrong)} of {len(mine)} and {len(theirs)}, the first {wrong[:1]}"


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
        say(f"SQLite built in {time.perf_counter() - start:.0f} s")
    sizes = [path.stat().st_size / 1e6 for path in (args.warehouse, args.sqlite)]
    con, other = db.reader(args.warehouse, _MEMORY), sqlite3.connect(args.sqlite)
    other.executescript("pragma mmap_size = 8000000000; pragma cache_size = -2000000; pragma threads = 2;")
    ours = questions()
    walls = []
    say(f"{'question':22} {'DuckDB ms':>10} {'CPU ms':>8} {'SQLite ms':>10} {'ratio':>7} {'rows':>8}  rows are")
    for path in sorted(RIVAL.glob("*.sql")):
        if path.stem in ("schema", "indexes", "duckdb"):
            continue
        sql, parameters = ours[path.stem]
        theirs = path.read_text()
        wall, cpu, rows = timed(lambda q=sql, p=parameters: con.execute(q, p).fetchall(), args.rounds)
        rival, _, found = timed(lambda q=theirs: other.execute(q).fetchall(), args.rounds)
        walls.append((wall, rival))
        what = same(rows, found, theirs)
        say(f"{path.stem:22} {wall:10.0f} {cpu:8.0f} {rival:10.0f} {rival / wall:6.2f}× {len(rows):8,}  {what}")
    mine, rivals = (statistics.median(w) for w in zip(*walls, strict=True))
    ratio = statistics.median(r / w for w, r in walls)
    say(f"{'median':22} {mine:10.0f} {'':8} {rivals:10.0f} {ratio:6.2f}×")
    say(f"bytes: DuckDB {sizes[0]:,.0f} MB with all tables, SQLite {sizes[1]:,.0f} MB with those of the questions")
    say(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
