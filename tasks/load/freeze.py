"""Freezing: the published warehouse, or a part of it, as a data set that can be cited and checked.

The files are written beside their place and renamed in one step: whatever kills the process,
a data set is there as a whole or not at all.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import tasks
from config.model import Config
from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.freeze_readme import citation, licence, readme
from tasks.load.freeze_set import MANIFEST, README, content_hash, file_hash, manifest_hash, opened, references
from tasks.load.freeze_tables import TABLES, Table
from tasks.load.select import choose_articles

FORMAT = "khabar-freeze/1"
# rows of one Parquet row group: always the same, or equal rows would not make equal bytes
_GROUP = 20_000
# rows that are sorted at once: some 300 MB of texts
_SORTED = 50_000
_CONFIG_FILES = ("settings.toml", "outlets.toml", "feeds.csv", "actors.csv", "roles.csv", "topics.csv")


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked to freeze. ``where`` is an SQL condition on ``articles``; ``text`` false leaves texts out."""

    name: str
    title: str | None = None
    where: str | None = None
    text: bool = True


def freeze(config: Config, order: Order, folder: Path | None, now: datetime) -> Path:
    """Write a data set to ``folder`` (default: ``frozen/NAME`` beside the published file); returns its folder."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", order.name):
        raise KhabarError(f"{order.name!r} is no name for a data set; use letters, digits, dots and dashes")
    target = (folder or config.settings.warehouse.path.parent / "frozen" / order.name).resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise KhabarError(f"{target}: is there already, and a data set is never overwritten; choose another name")
    con = db.reader(config.settings.warehouse.path, config.settings.warehouse.memory_limit)
    try:
        with _workplace(target) as place:
            _write(con, config, order, place, now)
            for path in place.iterdir():
                _sync(path)
            _sync(place)
            place.rename(target)
            _sync(target.parent)
    except OSError as error:
        raise KhabarError(f"{target}: cannot be written: {error}") from error
    finally:
        con.close()
    return target


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target``, ours alone; what a killed run left there is removed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    place = target.parent / f".{target.name}.tmp"
    lock = os.open(target.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KhabarError(f"{target.parent}: another `khabar freeze` writes there; wait for it") from error
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(lock)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(con: db.Connection, config: Config, order: Order, place: Path, now: datetime) -> None:
    chosen = choose_articles(con, order.where or "true")
    if not chosen:
        raise KhabarError("there is no article to freeze; loosen --where, or run `khabar ingest` first")
    with db.wanted(con, articles=chosen):
        con.execute(db.statement("load/freeze_choose").format(whole=str(order.where is None).lower()))
    comments = db.rows(con, db.statement("load/dictionary_columns"))
    objects = {o["name"]: o["comment"] for o in db.rows(con, db.statement("load/objects"))}
    files = []
    for table in TABLES:
        unwanted = (*table.never, *(() if order.text else table.texts))
        known = [c for c in comments if c["object"] == table.name]
        columns = [c for c in known if c["name"] not in unwanted]
        files.append(
            {
                "file": table.file,
                "table": table.name,
                "about": objects[table.name],
                "rows": _write_file(con, table, columns, place / table.file),
                "bytes": (place / table.file).stat().st_size,
                "sha256": file_hash(place / table.file),
                "key": list(table.keys),
                "unique": table.unique,
                "columns": [{"name": c["name"], "type": c["type"], "comment": c["comment"]} for c in columns],
                "left_out": [c["name"] for c in known if c["name"] in unwanted],
            }
        )
    manifest = _manifest(con, config, order, files, now)
    with opened({"": place}, [table.name for table in TABLES]) as frozen:
        manifest["references"] = references(frozen, [table.name for table in TABLES])
    (place / README).write_text(readme(manifest), encoding="utf-8")
    manifest["readme"] = {"bytes": (place / README).stat().st_size, "sha256": file_hash(place / README)}
    manifest["manifest_sha256"] = manifest_hash(manifest)
    (place / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_file(con: db.Connection, table: Table, columns: Sequence[db.Row], path: Path) -> int:
    """Write one table as Parquet; returns the number of rows."""
    batches = _sorted_rows(con, table, columns)
    first = next(batches)
    rows = 0
    with pq.ParquetWriter(path, first.schema, compression="zstd") as out:
        for group in _groups(chain([first], batches)):
            out.write_table(group, _GROUP)
            rows += group.num_rows
    return rows


def _sorted_rows(con: db.Connection, table: Table, columns: Sequence[db.Row]) -> Iterator[pa.RecordBatch]:
    """The rows in the order of the key, at least one batch; sorted range by range of the first key."""
    parts = {
        # JSON has no type of its own in Parquet
        "columns": ", ".join(
            f"{c['name']}::varchar as {c['name']}" if c["type"] == "JSON" else c["name"] for c in columns
        ),
        "table": table.name,
        "condition": table.condition,
        "key": table.keys[0],
        "keys": ", ".join(table.keys),
    }
    bounds = db.rows(con, db.statement("load/freeze_bounds").format(**parts, rows=_SORTED))
    query = db.statement("load/freeze_rows").format(**parts)
    ends = [None, *(row["key"] for row in bounds), None]
    for low, high in pairwise(ends):
        reader = con.execute(query, {"low": low, "high": high}).to_arrow_reader(_GROUP)
        yield pa.RecordBatch.from_pylist([], schema=reader.schema)
        yield from reader


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Tables of exactly ``_GROUP`` rows and a last one, however the batches are cut."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        while sum(b.num_rows for b in held) >= _GROUP:
            table = pa.Table.from_batches(held)
            yield table.slice(0, _GROUP).combine_chunks()
            held = table.slice(_GROUP).to_batches()
    if any(b.num_rows for b in held):
        yield pa.Table.from_batches(held).combine_chunks()


def _manifest(
    con: db.Connection, config: Config, order: Order, files: list[dict[str, Any]], now: datetime
) -> dict[str, Any]:
    about = db.rows(con, db.statement("load/freeze_about"))[0]
    rows = {file["table"]: file["rows"] for file in files}
    settings = config.settings
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "name": order.name,
        "title": order.title or f"Coverage of Pakistan-US relations: {order.name}",
        "created": _iso(now),
        "khabar": tasks.__version__,
        "choice": {"where": order.where, "text": order.text},
        "warehouse": {"last_run_at": _iso(about["last_run_at"]), "schema": about["schema"]},
        "published": [_iso(about["first_published_at"]), _iso(about["last_published_at"])],
        "rules": {name: about[name] or [] for name in ("extractor", "enricher", "dedupe", "subject")},
        "settings": {name: getattr(settings, name).model_dump(mode="json") for name in ("poll", "fetch", "extract")},
        "config": {
            name: file_hash(config.directory / name) for name in _CONFIG_FILES if (config.directory / name).exists()
        },
        "totals": {
            "rows": sum(rows.values()),
            "bytes": sum(file["bytes"] for file in files),
            "articles": rows["articles"],
            "outlets": about["outlets"],
        },
        "files": files,
        "content_sha256": content_hash(files),
        "licence": licence(order.text),
    }
    return {**manifest, "citation": citation(manifest)}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
