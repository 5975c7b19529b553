"""What differs between two frozen data sets: rows by key, columns, rules and settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.freeze_set import opened, read_manifest

# parts of a manifest that say how the rows were made
_MADE_BY = ("khabar", "choice", "warehouse", "rules", "settings", "config")


def compare(before: Path, after: Path) -> dict[str, Any]:
    """Compare two data sets by content, whatever the bytes of their files.

    Returns ``tables`` (a row of counts for each), ``changes`` (table, key, what, columns) and
    ``made_by`` (what, before, after) for every rule, setting and column list that differs.
    """
    old, new = read_manifest(before), read_manifest(after)
    old_files = {file["table"]: file for file in old["files"]}
    new_files = {file["table"]: file for file in new["files"]}
    common = [table for table in old_files if table in new_files]
    tables, changes = [], []
    try:
        with opened({"before_": before, "after_": after}, common) as con:
            for table in common:
                found = _changes(con, old_files[table], new_files[table])
                counts = Counter(row["what"] for row in found)
                rows = {"before": old_files[table]["rows"], "after": new_files[table]["rows"]}
                tables.append({"table": table, **rows, **{w: counts[w] for w in ("added", "removed", "changed")}})
                changes += [{"table": table, **row} for row in found]
    except (OSError, ValueError, db.Error) as error:
        raise KhabarError(f"{before} and {after} cannot be compared, verify them first: {error}") from error
    return {"tables": tables, "changes": changes, "made_by": list(_made_by(old, new))}


def _changes(con: db.Connection, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[db.Row]:
    if old["sha256"] == new["sha256"]:
        return []
    names = [c["name"] for c in old["columns"] if c in new["columns"] and c["name"] not in old["key"]]
    key = ", ".join(f"coalesce({name}::varchar, '')" for name in old["key"])
    query = db.statement("load/freeze_changes").format(
        key=f"concat_ws(' ', {key})",
        before=f"before_{old['table']}",
        after=f"after_{old['table']}",
        differing=", ".join(f"if(before.{n} is distinct from after.{n}, '{n}', null)" for n in names) or "null",
    )
    return db.rows(con, query)


def _made_by(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    before, after = (dict(_flat({part: m.get(part) for part in _MADE_BY})) for m in (old, new))
    for what in [*before, *(name for name in after if name not in before)]:
        if before.get(what) != after.get(what):
            yield {"what": what, "before": before.get(what), "after": after.get(what)}
    columns = [{(f["table"], c["name"]): None for f in m["files"] for c in f["columns"]} for m in (old, new)]
    only = [[".".join(column) for column in columns[n] if column not in columns[1 - n]] for n in (0, 1)]
    if any(only):
        yield {"what": "columns that only one has", "before": only[0], "after": only[1]}


def _flat(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
