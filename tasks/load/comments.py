"""Comments of a `.sql` file as `comment on` statements.

A definition and its explanation stand in one line, so they cannot drift apart: the block
of ``--`` lines above ``create`` explains the object, the ``-- ...`` behind a column the
column.  The statements made here store both in the database, where every client shows them.
"""

from __future__ import annotations

import re

_CREATE = re.compile(r"^create (?:or replace )?(table|view|macro) (\w+)", re.IGNORECASE)
_TABLE_COLUMN = re.compile(r"^\s+(\w+) [^-]*-- (.+)$")
_VIEW_COLUMN = re.compile(r"^\s+(?:.*?[\s.(])?(\w+),?\s*-- (.+)$")
_ADD_COLUMN = re.compile(r"^alter table (\w+) add column (?:if not exists )?(\w+) [^;]*;\s*-- (.+)$", re.IGNORECASE)


def comment_statements(sql: str) -> list[str]:
    """The `comment on` statements for every object and column that ``sql`` defines."""
    out: list[str] = []
    block: list[str] = []
    kind = name = ""
    for line in sql.splitlines():
        created = _CREATE.match(line)
        added = _ADD_COLUMN.match(line)
        if created:
            kind, name = created.group(1).lower(), created.group(2)
            if kind == "macro" and line.endswith("as table"):
                kind = "macro table"  # duckdb names it apart
            if block:
                out.append(_comment(kind, name, " ".join(block)))
        elif added:
            out.append(_comment("column", f"{added.group(1)}.{added.group(2)}", added.group(3)))
        elif kind in ("table", "view"):
            column = (_TABLE_COLUMN if kind == "table" else _VIEW_COLUMN).match(line)
            if column:
                out.append(_comment("column", f"{name}.{column.group(1)}", column.group(2)))
        if line.rstrip().endswith(";"):
            kind = name = ""
        block = [*block, line[2:].strip()] if line.startswith("--") else []
    return out


def _comment(kind: str, name: str, text: str) -> str:
    quoted = text.replace("'", "''")
    return f"comment on {kind} {name} is '{quoted}'"
