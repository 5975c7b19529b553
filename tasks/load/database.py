"""The only door to DuckDB.

The writer's file is opened here and nowhere else, under a lock of our own; readers get
the published copy.  Facts about the engine that shape this module stand in
`docs/decisions.md`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from config.model import WarehouseSettings
from tasks.errors import KhabarError
from tasks.load.comments import comment_statements
from tasks.load.definitions import in_order

Connection = duckdb.DuckDBPyConnection
Error = duckdb.Error
Row = dict[str, Any]

_ROOT = Path(__file__).parents[2]
_DEFINITIONS = ("schema", "macros", "views")  # in the order they depend on each other


@cache
def statement(name: str) -> str:
    """The text of ``tasks/<stage>/sql/<name>.sql``, named as 'stage/name'."""
    stage, _, file = name.partition("/")
    return (_ROOT / "tasks" / stage / "sql" / f"{file}.sql").read_text(encoding="utf-8")


@contextmanager
def writer(settings: WarehouseSettings) -> Iterator[Connection]:
    """A connection to the writer's file; the caller holds `tasks.load.lock.writer_lock`.

    Everything is flushed into the main file on leaving, so a copy of it is complete.
    """
    path = settings.work_path
    path.parent.mkdir(parents=True, exist_ok=True)
    con = _open_writer(path, settings)
    try:
        # First thing after opening: a file that a killed writer left gets its log merged
        # before anything else touches it.
        con.execute("checkpoint")
        yield con
    finally:
        con.close()


def _open_writer(path: Path, settings: WarehouseSettings) -> Connection:
    options: dict[str, Any] = {
        # long text is ZSTD-compressed only in this format: a third of the size
        "storage_compatibility_version": "v1.5.0",
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "preserve_insertion_order": True,
    }
    try:
        con = duckdb.connect(str(path), config=options)
    except duckdb.Error as error:
        wal = Path(f"{path}.wal")
        if isinstance(error, duckdb.IOException) and "lock" in str(error).lower():
            raise KhabarError(
                f"{path}: another program has the writer's file open; close it, and open {settings.path} instead"
            ) from error
        if not wal.exists():
            raise KhabarError(f"{path}: cannot be opened: {error}") from error
        quarantine_wal(wal)
        con = duckdb.connect(str(path), config=options)
    con.execute("set timezone = 'UTC'")
    return con


def memory() -> Connection:
    """An empty database in memory, for looking at definitions."""
    return duckdb.connect()


def quarantine_wal(wal: Path) -> Path:
    """Put aside a log that cannot be replayed (a full disk tears it); returns its new place.

    The warehouse is then as of its last checkpoint; what is missing is in the archive and
    comes back with the next run's recovery.
    """
    aside = wal.with_name(f"{wal.name}.broken-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    wal.rename(aside)
    return aside


def broken_wals(work_path: Path) -> list[Path]:
    """Logs put aside and not yet made good by a recovery."""
    return sorted(work_path.parent.glob(f"{work_path.name}.wal.broken-*"))


def reader(path: Path, memory_limit: str = "2GB") -> Connection:
    """A read-only connection to the published file that can touch nothing else.

    Raises `KhabarError` where there is no warehouse yet.
    """
    if not path.exists():
        raise KhabarError(
            f"{path}: there is no warehouse yet; run `khabar ingest`, `khabar import` or `khabar demo` first"
        )
    con = duckdb.connect(str(path), read_only=True, config={"memory_limit": memory_limit})
    con.execute("set timezone = 'UTC'; set enable_progress_bar = false; set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def copy_database(source: Path, target: Path, settings: WarehouseSettings) -> None:
    """Copy a database into a new file without holes; comments, views and macros come along."""
    con = _open_writer(target, settings)
    try:
        con.execute(f"attach '{source}' as source (read_only)")
        con.execute(f'copy from database source to "{con.execute("select current_database()").fetchall()[0][0]}"')
        con.execute("detach source")
        con.execute("checkpoint")
    finally:
        con.close()


@contextmanager
def transaction(con: Connection) -> Iterator[Connection]:
    """All or nothing: one per batch."""
    con.execute("begin")
    try:
        yield con
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def migrate(con: Connection, now: datetime, definitions: Path = _ROOT / "warehouse") -> list[str]:
    """Bring the file to the current schema; returns the names of what was applied.

    Files of ``schema/`` are forward-only: applied once, in order of name, and never edited. Views and
    macros are applied again when their text changed. Objects and columns get their comments from it.
    """
    applied: list[str] = []
    known = _applied(con)
    for folder in _DEFINITIONS:
        for path in in_order((definitions / folder).glob("*.sql")):
            name = f"{folder}/{path.name}"
            text = path.read_text(encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            if known.get(name) == digest:
                continue
            if folder == "schema" and name in known:
                raise KhabarError(f"{path}: was applied with other text; migrations are never edited, add a new file")
            with transaction(con):
                con.execute(text)
                for comment in comment_statements(text):
                    con.execute(comment)
                con.execute(statement("load/log_definition"), {"name": name, "sha256": digest, "applied_at": now})
            applied.append(name)
    return applied


def _applied(con: Connection) -> dict[str, str]:
    known = con.execute("select 1 from duckdb_tables() where table_name = 'schema_log'").fetchone()
    return dict(con.execute("select name, sha256 from schema_log").fetchall()) if known else {}


def rows(con: Connection, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
    """The result of a query as dictionaries."""
    result = con.execute(sql, parameters or {})
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def scalar(con: Connection, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
    """The first value of the first row, or None."""
    found = con.execute(sql, parameters or {}).fetchone()
    return found[0] if found else None


def table_hash(con: Connection, table: str) -> tuple[int, str]:
    """Number of rows and an order-independent hash of the contents of a table."""
    count, digest = con.execute(
        f"select count(*), coalesce(bit_xor(hash(t)), 0) from {_identifier(table)} as t"  # noqa: S608
    ).fetchall()[0]
    return int(count), f"{digest:016x}"


def upsert(con: Connection, table: str, records: Sequence[Any], keys: Sequence[str], *, update: bool = True) -> int:
    """Merge ``records`` (dataclasses or mappings with the table's column names) into ``table``.

    Columns that the records lack keep their value, or their default in new rows.  With ``update=False`` rows that
    exist are left alone.  Of equal keys the last wins.  Returns the number of rows inserted or updated.
    """
    if not records:
        return 0
    incoming = _arrow(con, table, records)
    # a key that is set, to the same value, has the engine write the whole row anew, texts and all
    changed = [
        f"{_identifier(name)} = source.{_identifier(name)}" for name in incoming.column_names[:-1] if name not in keys
    ]
    matched = f"when matched then update set {', '.join(changed)}" if update and changed else ""
    con.register("incoming", incoming)
    try:
        names = {"table": _identifier(table), "keys": ", ".join(map(_identifier, keys)), "matched": matched}
        return int(scalar(con, statement("load/upsert").format(**names, rank="rank_in_batch")) or 0)
    finally:
        con.unregister("incoming")


def append(con: Connection, table: str, records: Sequence[Any]) -> int:
    """Append records to a table without a key (``failures``); returns their number."""
    if not records:
        return 0
    con.register("incoming", _arrow(con, table, records))
    try:
        con.execute(f"insert into {_identifier(table)} by name (select * exclude (rank_in_batch) from incoming)")  # noqa: S608
    finally:
        con.unregister("incoming")
    return len(records)


def relation(con: Connection, name: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Make a set of values known to the next queries under ``name``; see `forget`."""
    con.register(name, pa.table({k: pa.array(list(v)) for k, v in columns.items()}))


@contextmanager
def wanted(con: Connection, **sets: Sequence[str]) -> Iterator[None]:
    """Sets of ids for the queries inside: ``wanted(con, pages=ids)`` makes ``wanted_pages (id)``.

    Not a list parameter: for every element of one DuckDB looks for pandas, 0.1 ms each.
    """
    for name, ids in sets.items():
        con.register(f"wanted_{name}", pa.table({"id": pa.array(list(ids), pa.string())}))
    try:
        yield
    finally:
        for name in sets:
            con.unregister(f"wanted_{name}")


def forget(con: Connection, name: str) -> None:
    """Undo `relation`."""
    con.unregister(name)


def _arrow(con: Connection, table: str, records: Sequence[Any]) -> pa.Table:
    """Records as an Arrow table with the types of ``table``, and their order as a column."""
    types = con.execute(f"from {_identifier(table)} limit 0").to_arrow_table().schema
    plain = [_plain(record) for record in records]
    columns = {
        field.name: pa.array([row[field.name] for row in plain], type=_storage_type(field.type))
        for field in types
        if field.name in plain[0]
    }
    unknown = set(plain[0]) - set(columns)
    if unknown:
        raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
    columns["rank_in_batch"] = pa.array(range(len(plain)), type=pa.int64())
    return pa.table(columns)


def _storage_type(kind: pa.DataType) -> pa.DataType:
    # JSON columns come as an Arrow extension type; their values travel as text
    return kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind


def _plain(record: Any) -> Row:
    row = (
        {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}
        if dataclasses.is_dataclass(record)
        else dict(record)
    )
    for key, value in row.items():
        if isinstance(value, Enum):
            row[key] = value.value
        elif isinstance(value, tuple | frozenset):
            row[key] = list(value)
        elif isinstance(value, Mapping):
            row[key] = json.dumps(dict(value), ensure_ascii=False, sort_keys=True, default=str)
        elif isinstance(value, str):
            # a lone surrogate (from a broken page) has no UTF-8 form
            row[key] = value.encode("utf-8", "replace").decode("utf-8")
    return row


def _identifier(name: str) -> str:
    if not name.isidentifier():
        raise ValueError(f"not a name: {name!r}")
    return name
