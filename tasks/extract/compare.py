"""What re-processing changed: hashes of every field before and after, compared in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tasks.batch import Run
from tasks.load import database as db

# "all of them": pages of older versions done again in one run
EVERYTHING = 2**31


@dataclass(frozen=True, slots=True)
class Change:
    """One field: how many articles differ in it, and one of them."""

    field: str
    changed: int
    example: str


def mark_stale(run: Run, articles: list[str] | None) -> None:
    """Make pages pending again: those of ``articles``, or all with None."""
    with (
        db.writer(run.config.settings.warehouse) as con,
        db.wanted(con, articles=articles or []),
        db.transaction(con),
    ):
        con.execute(db.statement("extract/mark_stale"), {"all": articles is None})


def field_hashes(run: Run) -> Any:
    """An Arrow table with the state of all fields: 8 bytes each, so a million articles fit."""
    with db.writer(run.config.settings.warehouse) as con:
        return con.execute(db.statement("extract/field_hashes")).to_arrow_table()


def field_changes(run: Run, before: Any, after: Any) -> list[Change]:
    """Fields that differ between two states, the most changed first."""
    with db.writer(run.config.settings.warehouse) as con:
        con.register("before_fields", before)
        con.register("after_fields", after)
        return [Change(**row) for row in db.rows(con, db.statement("extract/field_changes"))]
