"""Search: ``python -m tests.bench.search WAREHOUSE [--rounds N] [--fts5 FILE]``.

WAREHOUSE is a file with articles; work on a copy, its index is brought up to date first. Printed: seconds and bytes
of the index, then for each query the rows found and the median milliseconds of `search` with all its columns, warm,
in two threads; with ``--fts5``, beside an index of SQLite's FTS5 over the same rows (made in FILE if it isn't there),
best first with a snippet. ``load`` is that of the machine: a busy one spoils milliseconds, CPU ones suffer less.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import time
from pathlib import Path

from config.model import Config, HttpSettings, Settings, WarehouseSettings
from config.subject import Subject
from tasks.batch import Run, utcnow
from tasks.load import database as db
from tasks.load.searchindex import update_index
from tests.bench.harness import timed

# ours, and the same for FTS5
QUERIES = (
    ("pakistan", "pakistan"),
    ("prime minister", "prime minister"),
    ('"prime minister"', '"prime minister"'),
    ('"the prime minister"', '"the prime minister"'),
    ("the prime minister of pakistan", "the prime minister of pakistan"),
    ("trade OR tariff", "trade OR tariff"),
    ("pakistan -india", "pakistan NOT india"),
    ("title:pakistan", "title:pakistan"),
    ("F-16", '"F 16"'),
    ("پاکستان", "پاکستان"),
    ("حکومت پاکستان", "حکومت پاکستان"),
    ('"وزیر اعظم"', '"وزیر اعظم"'),
    ("shakarparian", "shakarparian"),
    ("pakistan after:2026-02 lang:en", None),
)
_FTS5 = (
    "select articles.rowid, bm25(fts, 3.0, 1.0), snippet(fts, -1, '«', '»', '…', 40) from fts "
    "join articles on articles.rowid = fts.rowid where fts match ? order by 2 limit 20"
)


def bytes_by_table(con: db.Connection) -> dict[str, int]:
    """What tables hold on the disk: blocks of 256 KiB."""
    names = [r["table_name"] for r in db.rows(con, "select table_name from duckdb_tables()")]
    query = "select count(distinct block_id) from pragma_storage_info('{}') where persistent"
    return {name: 262_144 * int(db.scalar(con, query.format(name))) for name in names}


def index(path: Path) -> None:
    """Bring the index to the articles of the file, and print what that took."""
    settings = WarehouseSettings(path=path.with_suffix(".out"), work_path=path, archive_dir=path.parent / "archive")
    everything = Settings(warehouse=settings, http=HttpSettings(contact="https://example.org/bot"))
    config = Config(directory=path.parent, settings=everything, outlets=(), feeds=(), subject=Subject())
    with db.writer(settings) as con:
        db.migrate(con, utcnow())
    start, cpu = time.perf_counter(), time.process_time()
    taken = update_index(Run("bench", config, utcnow())).taken
    seconds = f"{time.perf_counter() - start:.1f} s, {time.process_time() - cpu:.1f} CPU s"
    with db.writer(settings) as con:
        sizes = bytes_by_table(con)
        count = db.scalar(con, "select count(*) from articles")
    mine = sum(size for name, size in sizes.items() if name.startswith("search_"))
    rest = sum(sizes.values()) - mine - sizes["articles"]
    sys.stdout.write(
        f"{count:,} articles; {taken:,} indexed in {seconds}; index {mine / 1e6:.0f} MB, "
        f"articles {sizes['articles'] / 1e6:.0f} MB, other tables {rest / 1e6:.0f} MB\n"
    )


def fts5(path: Path, warehouse: Path) -> sqlite3.Connection:
    """The same rows in SQLite, with an index of theirs."""
    fresh = not path.exists()
    lite = sqlite3.connect(path)
    if fresh:
        start = time.perf_counter()
        lite.execute("create table articles (article_id, title, text)")
        with db.reader(warehouse) as con:
            result = con.execute("select article_id, title, text from articles where verdict in ('article', 'brief')")
            while rows := result.fetchmany(10_000):
                lite.executemany("insert into articles values (?, ?, ?)", rows)
        plain = path.stat().st_size
        filled = time.perf_counter()
        lite.execute("create virtual table fts using fts5(title, text, content='articles', tokenize='unicode61')")
        lite.execute("insert into fts (fts) values ('rebuild')")
        lite.commit()
        sys.stdout.write(
            f"FTS5: rows in {filled - start:.1f} s, index in {time.perf_counter() - filled:.1f} s, "
            f"{(path.stat().st_size - plain) / 1e6:.0f} MB beside {plain / 1e6:.0f} MB of rows\n"
        )
    return lite


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--fts5", type=Path)
    args = parser.parse_args()
    index(args.warehouse)
    lite = fts5(args.fts5, args.warehouse) if args.fts5 else None
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f}\n")
    with db.reader(args.warehouse) as con:
        con.execute("from search('warm')").fetchall()
        for ours, theirs in QUERIES:
            wall, cpu, rows = timed(lambda q=ours: db.rows(con, "from search($q)", {"q": q}), args.rounds)  # type: ignore[misc]
            line = f"{ours:34} {len(rows):4} rows {wall:7.0f} ms {cpu:7.0f} CPU ms"
            if lite and theirs:
                wall, cpu, rows = timed(lambda q=theirs: lite.execute(_FTS5, (q,)).fetchall(), args.rounds)  # type: ignore[misc]
                line += f"   FTS5 {len(rows):4} rows {wall:7.0f} ms {cpu:7.0f} CPU ms"
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
