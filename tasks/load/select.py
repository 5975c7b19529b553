"""Choosing articles by a condition a user wrote."""

from __future__ import annotations

from pathlib import Path

from tasks.errors import KhabarError
from tasks.load import database as db


def articles_where(warehouse: Path, condition: str) -> list[str]:
    """Ids of the articles for which an SQL condition holds; raises `KhabarError` where it is none.

    Runs on the published file, read-only and locked down: a condition can't change anything.
    """
    con = db.reader(warehouse)
    try:
        return choose_articles(con, condition)
    finally:
        con.close()


def choose_articles(con: db.Connection, condition: str) -> list[str]:
    """The same on a reader's connection that is open."""
    try:
        query = db.statement("load/articles_where").format(condition=condition)
        return [str(row["article_id"]) for row in db.rows(con, query)]
    except db.Error as error:
        raise KhabarError(f"--where: {condition!r} is not a condition on articles: {error}") from error
