"""`khabar explain`: the rows of one article, put into words by `tasks.enrich.explain`."""

from __future__ import annotations

from pathlib import Path

from tasks.enrich.explain import explain, render
from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.urls import identity_key

_MARKS = (
    "load/explain_mentions",
    "load/explain_topics",
    "load/explain_quotes",
    "load/explain_reprints",
    "load/explain_versions",
    "load/explain_removals",
)


def explain_article(warehouse: Path, wanted: str) -> str:
    """The explanation of an article named by its id or an address; raises `KhabarError` if there is none."""
    con = db.reader(warehouse)
    try:
        names = {"wanted": wanted, "identity_key": identity_key(wanted) or ""}
        found = db.rows(con, db.statement("load/explain_article"), names)
        if not found:
            raise KhabarError(f'{wanted}: no article has this id or address; see `khabar sql "from articles"`')
        article = found[0]
        key = {"article_id": article["article_id"]}
        marks = [db.rows(con, db.statement(name), key) for name in _MARKS]
        return render(explain(article, *marks))
    finally:
        con.close()
