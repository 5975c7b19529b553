"""What re-marking changed: hashes of every kind of mark before and after."""

from __future__ import annotations

from typing import Any

from tasks.batch import Run
from tasks.load import database as db


def mark_stale(run: Run, articles: list[str] | None) -> None:
    """Make articles pending again: those of ``articles``, or all with None."""
    with (
        db.writer(run.config.settings.warehouse) as con,
        db.wanted(con, articles=articles or []),
        db.transaction(con),
    ):
        con.execute(db.statement("enrich/mark_stale"), {"all": articles is None})


def mark_hashes(run: Run) -> Any:
    """An Arrow table for `tasks.extract.compare.field_changes`: per article a hash of each kind of mark."""
    with db.writer(run.config.settings.warehouse) as con:
        return con.execute(db.statement("enrich/mark_hashes")).to_arrow_table()
