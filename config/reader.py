"""Reading `config/`: files to checked models, every problem reported at once."""

from __future__ import annotations

import csv
import io
import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from config.model import Config, ConfigError, Feed, Outlet, Settings
from config.subject import load_subject

DEFAULT_DIRECTORY = Path(__file__).parent
FEED_COLUMNS = ("key", "outlet", "url", "kind", "tier", "enabled", "reason", "notes")
_PREFIX = "KHABAR_"
# variables that steer khabar itself and are no settings
_NOT_SETTINGS = {"KHABAR_CONFIG", "KHABAR_SHARED", "KHABAR_PREFECT_PORT"}

M = TypeVar("M", bound=BaseModel)


def load(directory: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Read and check the configuration in ``directory``.

    ``environ`` defaults to the process's environment.  Raises `ConfigError` with every
    problem of every file.
    """
    environ = os.environ if environ is None else environ
    directory = (directory or Path(environ.get("KHABAR_CONFIG") or DEFAULT_DIRECTORY)).resolve()
    problems: list[str] = []
    settings = _settings(directory, environ, problems)
    before = len(problems)
    outlets = _outlets(directory / "outlets.toml", problems)
    complete = len(problems) == before
    feeds = _feeds(directory / "feeds.csv", problems)
    problems += cross_check(outlets, feeds, complete=complete)
    subject = load_subject(directory, problems)
    if problems or settings is None:
        raise ConfigError(problems)
    return Config(directory=directory, settings=settings, outlets=outlets, feeds=feeds, subject=subject)


def _toml(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(f"{path}: is missing")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path}: is not valid TOML: {error}")
    return {}


def _settings(directory: Path, environ: Mapping[str, str], problems: list[str]) -> Settings | None:
    path = directory / "settings.toml"
    known_before = len(problems)
    data = _toml(path, problems)
    origins = _override(data, environ)
    warehouse = data.get("warehouse")
    if isinstance(warehouse, dict):
        for key in ("path", "work_path", "archive_dir"):
            if isinstance(warehouse.get(key), str):
                warehouse[key] = (directory / warehouse[key]).resolve()
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        if len(problems) == known_before:  # a file that cannot be read says enough by itself
            problems += _lines(error, str(path), "", origins)
    return None


def _override(data: dict[str, Any], environ: Mapping[str, str]) -> dict[str, str]:
    """Lay KHABAR_SECTION__KEY variables over ``data``; returns key -> variable name."""
    origins = {}
    for name, value in environ.items():
        if not name.startswith(_PREFIX) or name in _NOT_SETTINGS:
            continue
        section, _, key = name.removeprefix(_PREFIX).lower().partition("__")
        place = data.setdefault(section, {})
        if not isinstance(place, dict):
            place = data[section] = {}
        many = section == "http" and key == "allow_private"  # the one setting that is a list
        place[key or "(no key)"] = [v for v in value.split(",") if v] if many else value
        origins[f"{section}.{key or '(no key)'}"] = name
    return origins


def _outlets(path: Path, problems: list[str]) -> tuple[Outlet, ...]:
    data = _toml(path, problems)
    rows = data.get("outlet", [])
    problems += [f"{path}: {key}: unknown table; outlets are [[outlet]]" for key in data if key != "outlet"]
    if not isinstance(rows, list):
        problems.append(f"{path}: outlet: must be a list of tables, [[outlet]]")
        return ()
    problems += [
        f"{path}: outlet {n}: must be a table, [[outlet]]" for n, r in enumerate(rows, 1) if not isinstance(r, dict)
    ]
    rows = [row for row in rows if isinstance(row, dict)]
    named = [(f"outlet {row.get('key', number)!r}", row) for number, row in enumerate(rows, 1)]
    return tuple(_each(Outlet, named, path, problems))


def _feeds(path: Path, problems: list[str]) -> tuple[Feed, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(f"{path}: is missing")
        return ()
    except UnicodeDecodeError as error:
        problems.append(f"{path}: is not UTF-8: {error}")
        return ()
    reader = csv.DictReader(io.StringIO(text), restkey="(surplus)")
    columns = reader.fieldnames or []
    missing = [c for c in ("key", "outlet", "url") if c not in columns]
    problems += [f"{path}: {c}: the column is missing" for c in missing]
    problems += [f"{path}: {c}: unknown column" for c in columns if c not in FEED_COLUMNS]
    if missing:
        return ()
    named = []
    for row in _readable(reader, path, problems):
        label = f"line {reader.line_num}, feed {row['key']!r}"
        # an empty cell means "the default"
        named.append((label, {k: v for k, v in row.items() if v not in ("", None)}))
    return tuple(_each(Feed, named, path, problems))


def _readable(reader: csv.DictReader[str], path: Path, problems: list[str]) -> Iterable[dict[str, Any]]:
    try:
        yield from reader
    except csv.Error as error:
        problems.append(f"{path}: line {reader.line_num}: cannot be read as CSV: {error}")


def _each(
    model: type[M], rows: Iterable[tuple[str, Mapping[str, Any]]], path: Path, problems: list[str]
) -> Iterable[M]:
    for label, row in rows:
        try:
            yield model.model_validate(row)
        except ValidationError as error:
            problems += _lines(error, str(path), label, {})


def _lines(error: ValidationError, path: str, label: str, origins: Mapping[str, str]) -> list[str]:
    out = []
    for item in error.errors(include_url=False):
        key = ".".join(str(part) for part in item["loc"])
        where = f"environment: {origins[key]}" if key in origins else path
        said = item["msg"].removeprefix("Value error, ")
        given = "" if item["type"] in ("missing", "value_error") else f" (given: {item['input']!r})"
        out.append(": ".join(part for part in (where, label, key, said + given) if part))
    return out


def cross_check(outlets: tuple[Outlet, ...], feeds: tuple[Feed, ...], *, complete: bool = True) -> list[str]:
    """Problems between rows: keys used twice, hosts claimed twice, feeds of nobody.

    ``complete`` False: some outlets could not be read, so none can be called missing.
    """
    problems = [f"outlets.toml: outlet {k!r}: the key is used {n} times" for k, n in _twice(o.key for o in outlets)]
    problems += [
        f"outlets.toml: host {h!r}: claimed by {n} outlets" for h, n in _twice(h for o in outlets for h in o.hosts)
    ]
    problems += [f"feeds.csv: feed {k!r}: the key is used {n} times" for k, n in _twice(f.key for f in feeds)]
    problems += [f"feeds.csv: url {u!r}: stands in {n} rows" for u, n in _twice(f.url for f in feeds)]
    known = {o.key for o in outlets}
    problems += [
        f"feeds.csv: feed {f.key!r}: outlet: {f.outlet!r} is not in outlets.toml"
        for f in feeds
        if complete and f.outlet not in known
    ]
    return problems


def _twice(keys: Iterable[str]) -> list[tuple[str, int]]:
    return [(key, n) for key, n in Counter(keys).items() if n > 1]
