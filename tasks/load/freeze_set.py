"""A frozen data set as it lies in its folder: what its files hold, and whether that is what its manifest says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.freeze_tables import REFERENCES

MANIFEST, README = "manifest.json", "README.md"
# what a damaged file makes the readers raise
_UNREADABLE = (OSError, pa.ArrowException, db.Error)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def content_hash(files: Iterable[Mapping[str, Any]]) -> str:
    """The hash of the whole set: of the lines that `sha256sum *.parquet` prints, in the order of the names."""
    lines = sorted((f["file"], f["sha256"]) for f in files)
    return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in lines).encode()).hexdigest()


def manifest_hash(manifest: Mapping[str, Any]) -> str:
    """The hash of a manifest without its own hash, whatever its layout."""
    rest = {key: value for key, value in manifest.items() if key != "manifest_sha256"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a data set; raises `KhabarError` where the folder holds none."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not all(str(file["table"]).isidentifier() for file in found["files"]):
            raise ValueError("a table has no proper name")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KhabarError(f"{path}: cannot be read, so this is no data set of `khabar freeze`: {error}") from error
    return dict(found)


@contextmanager
def opened(folders: Mapping[str, Path], tables: Iterable[str]) -> Iterator[db.Connection]:
    """A database in memory that shows files of data sets as ``{prefix}{table}``, for each prefix and folder."""
    con = db.memory()
    try:
        for table in tables:
            for prefix, folder in folders.items():
                con.register(f"{prefix}{table}", ds.dataset(folder / f"{table}.parquet", format="parquet"))
        yield con
    finally:
        con.close()


def repeated(con: db.Connection, table: str, keys: Iterable[str]) -> int:
    """How many keys stand in more than one row."""
    query = db.statement("load/freeze_repeated").format(table=table, keys=", ".join(keys))
    return int(db.scalar(con, query))


def references(con: db.Connection, tables: Iterable[str]) -> list[dict[str, Any]]:
    """For every reference between ``tables``: how many rows refer to something that is not in the set."""
    there = set(tables)
    out = []
    for table, column, target, target_column in REFERENCES:
        if {table, target} <= there:
            query = db.statement("load/freeze_outside").format(
                table=table, column=column, target=target, target_column=target_column
            )
            row = {"file": table, "column": column, "refers_to": target, "outside": int(db.scalar(con, query))}
            out.append(row)
    return out


def verify(folder: Path) -> dict[str, Any]:
    """Prove a data set and return its manifest; raises one `KhabarError` with every file that differs, and how."""
    manifest = read_manifest(folder)
    problems = []
    if manifest.get("manifest_sha256") != manifest_hash(manifest):
        problems.append(f"{folder / MANIFEST}: was edited: its own hash differs")
    if manifest.get("content_sha256") != content_hash(manifest["files"]):
        problems.append(f"{folder / MANIFEST}: content_sha256 is not the hash of the files it lists")
    listed = [*manifest["files"], {"file": README, **manifest.get("readme", {})}]
    problems += [problem for file in listed if (problem := _bytes_differ(folder, file))]
    unknown = {p.name for p in folder.iterdir()} - {f["file"] for f in listed} - {MANIFEST}
    problems += [f"{folder / name}: is not in the manifest" for name in sorted(unknown)]
    # what the hashes have proved needs no second look, unless manifest and files were forged together
    problems = problems or _contents_differ(folder, manifest)
    if problems:
        raise KhabarError("\n".join([f"{folder}: is not what was frozen:", *problems]))
    return manifest


def _bytes_differ(folder: Path, file: Mapping[str, Any]) -> str | None:
    path = folder / str(file["file"])
    if not path.is_file():
        return f"{path}: is missing"
    size = path.stat().st_size
    if size != file.get("bytes"):
        return f"{path}: has {size} bytes, the manifest says {file.get('bytes')}"
    if file_hash(path) != file.get("sha256"):
        return f"{path}: its SHA-256 differs from the manifest's"
    return None


def _contents_differ(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    problems = []
    tables = [file["table"] for file in manifest["files"]]
    try:
        with opened({"": folder}, tables) as con:
            for file in manifest["files"]:
                problems += [f"{folder / file['file']}: {what}" for what in _file_differs(con, folder, file)]
            if references(con, tables) != manifest["references"]:
                problems.append(f"{folder / MANIFEST}: references are not those of the files")
    except _UNREADABLE as error:
        problems.append(f"{folder}: a file cannot be read as Parquet: {error}")
    if manifest["totals"]["rows"] != sum(file["rows"] for file in manifest["files"]):
        problems.append(f"{folder / MANIFEST}: totals are not the sum of the files")
    return problems


def _file_differs(con: db.Connection, folder: Path, file: Mapping[str, Any]) -> Iterator[str]:
    data = ds.dataset(folder / file["file"], format="parquet")
    if data.count_rows() != file["rows"]:
        yield f"has {data.count_rows()} rows, the manifest says {file['rows']}"
    if data.schema.names != [column["name"] for column in file["columns"]]:
        yield f"has the columns {', '.join(data.schema.names)}, the manifest says otherwise"
        return
    twice = repeated(con, file["table"], file["key"]) if file["unique"] else 0
    if twice:
        yield f"{twice} keys ({', '.join(file['key'])}) stand in more than one row"
