"""The data dictionary, made from the comments in the database: ``python -m tasks.load.dictionary``.

Prints Markdown to standard output; `make docs` writes it to ``warehouse/README.md``, and a
test keeps that file current.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from tasks.load import database as db

_HEAD = """# The warehouse

Open `warehouse/khabar.duckdb`, at any time, also while a run writes: it is replaced as a whole
when a run ends, and who has the old one open keeps it. Never open `.work/khabar.duckdb`.

Times are instants (`timestamptz`); a day always names its zone. An empty field means that the
value is not known: nothing is invented. Made from the comments in the database by `make docs`.
"""


def dictionary() -> str:
    """The whole dictionary: tables, then views, then macros, with all their columns."""
    con = db.memory()
    try:
        db.migrate(con, datetime.now(UTC))
        objects = db.rows(con, db.statement("load/objects"))
        columns = db.rows(con, db.statement("load/dictionary_columns"))
    finally:
        con.close()
    parts = [_HEAD]
    for kind, title in (("view", "Views: start here"), ("table", "Tables"), ("macro", "Macros")):
        chosen = [o for o in objects if o["kind"] == kind]
        if chosen:
            parts.append(f"## {title}\n")
        for item in chosen:
            parts.append(f"### {item['name']}\n\n{item['comment']}\n")
            mine = [c for c in columns if c["object"] == item["name"]]
            if mine:
                rows = [f"| `{c['name']}` | {c['type'].lower()} | {c['comment']} |" for c in mine]
                parts.append("\n".join(["| column | type | meaning |", "|---|---|---|", *rows]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(dictionary())
