"""The index behind the macro `search`: every run adds what is new or has changed, at a cost that follows from that.

The index is a table of postings in sorted parts, its segments, as in any text index. A run sorts what it adds into
one more segment; small ones are merged into larger. Text that has changed gets a new number: the old number is dead
until a merge drops it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tasks.batch import BatchResult, Run, batches
from tasks.load import database as db

RULES = "1"  # raise it when words or weights are made in another way: the next run builds the index anew
SMALL, LARGE = 20_000, 100_000  # articles in a segment, as runs and as `maintain` leave it
_READ = 1000  # articles read at once: of many more, DuckDB would scan the whole table


def update_index(run: Run, *, largest: int = SMALL) -> BatchResult:
    """Bring the index to the present articles, then merge segments up to ``largest`` articles.

    A killed run leaves the index as of its last batch. The caller holds the writer's lock.
    """
    taken = 0
    with db.writer(run.config.settings.warehouse) as con:
        if outdated(con):
            with db.transaction(con):
                clear(con)
        more = True
        while more:
            pending = [row["article_id"] for row in db.rows(con, db.statement("load/search_pending"), {"n": LARGE})]
            if pending:
                with db.transaction(con):
                    add_segment(con, pending, run.clock())
            taken += len(pending)
            more = len(pending) == LARGE
        with db.transaction(con):
            merge_segments(con, largest, run.clock())
    return BatchResult(taken, taken)


def outdated(con: db.Connection) -> bool:
    """Whether other rules made the index, or so many numbers are dead that it is worth building anew."""
    return bool(db.scalar(con, db.statement("load/search_outdated"), {"rules": RULES}))


def clear(con: db.Connection) -> None:
    """Empty the index: everything is pending."""
    _drop(con, 0)
    con.execute(db.statement("load/search_unnumber"))


def add_segment(con: db.Connection, ids: Sequence[str], now: datetime) -> None:
    """Index these articles anew, or take them out if they are none any more."""
    con.execute(db.statement("load/search_scratch"))
    with db.wanted(con, articles=ids):
        con.execute(db.statement("load/search_forget"))
        con.execute(db.statement("load/search_number"))
    for group in batches(ids, _READ):
        with db.wanted(con, articles=group):
            con.execute(db.statement("load/search_words"))
    _store(con, now)


def merge_segments(con: db.Connection, largest: int, now: datetime) -> None:
    """Sort the last segments into one where they are smaller than ``largest`` and together reach it.

    A search looks through what lies in small segments whole, and into each large one.
    """
    segments = db.rows(con, db.statement("load/search_segments"), {"largest": largest})
    if len(segments) < 2 or sum(s["articles"] for s in segments) < largest:
        return
    first = segments[0]["first_doc"]
    con.execute(db.statement("load/search_take"), {"first_doc": first})
    _drop(con, first)
    _store(con, now)


def _store(con: db.Connection, now: datetime) -> None:
    con.execute(db.statement("load/search_sort"))
    con.execute(db.statement("load/search_count"))
    con.execute(db.statement("load/search_segment"), {"rules": RULES, "now": now})


def _drop(con: db.Connection, first_doc: int) -> None:
    columns = {"postings": "doc", "dead": "doc", "terms": "first_doc", "segments": "first_doc"}
    for table, column in columns.items():
        query = db.statement("load/search_drop").format(table=f"search_{table}", column=column)
        con.execute(query, {"first_doc": first_doc})
