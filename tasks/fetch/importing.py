"""Documents from disk instead of the network: clippings, tables, other people's WARC files.

They take the same way as fetched pages: the bytes go to the archive, with what the user
stated beside them, and extraction reads them from there, now and whenever the rules change.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import timezone as fixed_zone
from pathlib import Path
from typing import Any

from config.model import Config
from tasks.errors import Code, CodedError, KhabarError
from tasks.fetch.archive import responses
from tasks.poll.dates import read_date
from tasks.records import Failure
from tasks.urls import fetchable

SUFFIXES = (".txt", ".html", ".htm", ".warc", ".warc.gz", ".jsonl", ".csv")
COLUMNS = ("url", "title", "text", "html", "outlet", "published", "author", "lang")
_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Imported:
    """A document from disk. ``origin`` is file and row; ``given`` what the user stated of it."""

    origin: str
    url: str | None
    outlet: str | None
    content_type: str
    body: bytes
    given: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def find_files(config: Config, paths: Sequence[Path], given: Mapping[str, str | None]) -> list[Path]:
    """The files behind ``paths`` (folders are searched); raises one `KhabarError` with every problem."""
    files: list[Path] = []
    problems: list[str] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if _known(p)) if path.is_dir() else [path]
        files += [p for p in inside if p.exists()]
        problems += [f"{p}: there is no such file" for p in inside if not p.exists()]
        problems += [f"{p}: unknown kind of file; known are {', '.join(SUFFIXES)}" for p in inside if not _known(p)]
        problems += [f"{path}: holds no file that can be imported"] if path.is_dir() and not inside else []
    if given.get("outlet") and given["outlet"] not in config.rules_by_outlet:
        problems.append(f"--outlet: {given['outlet']!r} is not in {config.directory / 'outlets.toml'}")
    if given.get("url") and not fetchable(given["url"]):
        problems.append(f"--url: {given['url']!r} is not an http or https address")
    if given.get("url") and len(files) > 1:
        problems.append("--url: names one article, but there are several files")
    if given.get("published"):
        try:
            read_published(str(given["published"]), None)
        except ValueError as error:
            problems.append(f"--published: {error}")
    if problems:
        raise KhabarError("\n".join(problems))
    return files


def _known(path: Path) -> bool:
    return path.name.lower().endswith(SUFFIXES)


def read_published(text: str, timezone: str | None) -> dict[str, Any]:
    """A stated date as ``{"published": ISO 8601, "day_only": bool}``; raises `ValueError`.

    Without a zone it is in the outlet's, else UTC.
    """
    found = read_date(text, timezone or "UTC")
    if found is None:
        raise ValueError(f"{text!r} is not a date; write it as 2023-12-13 or 2023-12-13T18:30:00+05:00")
    zone = fixed_zone(timedelta(minutes=found.offset_minutes or 0))
    return {"published": found.at.astimezone(zone).isoformat(), "day_only": found.suffix.startswith(":day")}


def read_documents(
    config: Config, files: Sequence[Path], given: Mapping[str, str | None]
) -> Iterator[Imported | Failure]:
    """Every document of the files; what can't be used is a failure that names file and row."""
    defaults = {k: v for k, v in given.items() if v}
    for path in files:
        name = path.name.lower()
        try:
            if name.endswith((".warc", ".warc.gz")):
                yield from _warc(path, defaults)
            elif name.endswith(".jsonl"):
                yield from _rows(config, path, _jsonl(path), defaults)
            elif name.endswith(".csv"):
                yield from _rows(config, path, _csv(path), defaults)
            else:
                kind = "text/plain" if name.endswith(".txt") else "text/html"
                yield _document(config, str(path), {**defaults}, kind, path.read_bytes())
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            yield Failure("import", str(path), Code.BAD_ROW, f"the file cannot be read: {error}")


def _document(config: Config, origin: str, row: dict[str, Any], kind: str, body: bytes) -> Imported | Failure:
    """A document from a row of values; the row's own outweigh those of the command line."""
    outlet = row.get("outlet") or None
    if outlet and outlet not in config.rules_by_outlet:
        return Failure("import", origin, Code.BAD_ROW, f"outlet {outlet!r} is not in outlets.toml")
    if not body.strip():
        return Failure("import", origin, Code.EMPTY_BODY, "there is no text")
    url = row.get("url") or None
    if url and not fetchable(url):
        return Failure("import", origin, Code.BAD_ROW, f"{url!r} is not an http or https address")
    given = {key: row[key] for key in ("title", "author", "lang") if row.get(key)}
    if row.get("published"):
        rules = config.rules_by_outlet.get(outlet or "")
        try:
            given |= read_published(str(row["published"]), rules.timezone if rules else None)
        except ValueError:
            # the text is worth more than its date, which stays honestly unknown
            given["published_raw"] = str(row["published"])
    return Imported(origin, url, outlet, kind, body, given)


def _rows(
    config: Config, path: Path, rows: Iterator[tuple[int, Any]], defaults: dict[str, str]
) -> Iterator[Imported | Failure]:
    for number, row in rows:
        origin = f"{path}:{number}"
        if isinstance(row, CodedError):
            yield Failure("import", origin, row.code, row.detail)
            continue
        values = {**defaults, **{k: v for k, v in row.items() if k in COLUMNS and v not in (None, "")}}
        wrong = [k for k in COLUMNS if values.get(k) is not None and not isinstance(values[k], str | int | float)]
        if wrong:
            yield Failure("import", origin, Code.BAD_ROW, f"{', '.join(wrong)}: must be text")
            continue
        html = values.get("html")
        # a text that is stated as such begins with the body: its title has a column of its own
        kind, body = ("text/html", html) if html else ("text/plain", values.get("text", ""))
        charset = f"{kind}; charset=utf-8"
        yield _document(config, origin, values, charset, str(body).encode("utf-8", "replace"))


def _jsonl(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                yield number, CodedError(Code.BAD_ROW, f"not JSON: {error}")
                continue
            yield number, row if isinstance(row, dict) else CodedError(Code.BAD_ROW, "not a JSON object")


def _csv(path: Path) -> Iterator[tuple[int, Any]]:
    # an article is one cell, and longer than csv's default limit for one
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as handle:
        reader = csv.DictReader(handle)
        names = [str(n).strip().lower() for n in reader.fieldnames or ()]
        if not {"text", "html"} & set(names):
            yield 1, CodedError(Code.BAD_ROW, f"needs a column text or html; has {', '.join(names) or 'none'}")
            return
        reader.fieldnames = names
        for row in reader:
            yield reader.line_num, row


def _warc(path: Path, defaults: dict[str, str]) -> Iterator[Imported | Failure]:
    found = False
    for offset, _, stored in responses(path):
        found = True
        kind = stored.header("content-type")
        if kind.partition(";")[0].strip().lower() not in _HTML or not 200 <= stored.status < 300:
            continue
        given = {k: v for k, v in defaults.items() if k == "lang"}
        yield Imported(
            f"{path}@{offset}", stored.url, defaults.get("outlet"), kind, stored.raw_body, given, stored.at,
            stored.status, stored.headers,
        )  # fmt: skip
    if not found:
        yield Failure("import", str(path), Code.BAD_ROW, "holds no response record, or is no WARC file")
