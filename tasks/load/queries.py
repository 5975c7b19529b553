"""The ready questions of ``warehouse/queries``: one statement a file, with its parameters declared in the header.

A header is made of comments and ends with an empty line: ``title``, ``question`` (ids of docs/questions.md),
``purpose`` and ``parameters``, each parameter as ``$name type = default`` with its meaning on the next line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tasks.errors import KhabarError

FOLDER = Path(__file__).parents[2] / "warehouse" / "queries"
_KEY = re.compile(r"^-- (title|question|purpose|parameters):\s*(.*)$")
_PARAMETER = re.compile(r"^--   \$(\w+) (\w+) =\s*(.*)$")
# strings and comments are passed over: a dollar in them is no parameter
_DOLLAR = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\$(\w+)")


@dataclass(frozen=True)
class Parameter:
    """A parameter: ``kind`` is text, integer, number, date or boolean; ``default`` as it is written."""

    name: str
    kind: str
    default: str
    meaning: str


@dataclass(frozen=True)
class ReadyQuery:
    """One file: ``text`` is all of it, ``sql`` the statement below the header."""

    name: str
    title: str
    question: str
    purpose: str
    parameters: tuple[Parameter, ...]
    sql: str
    text: str


def _boolean(written: str) -> bool:
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[written.lower()]


_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "text": (str, "text"),
    "integer": (int, "a whole number"),
    "number": (float, "a number"),
    "date": (date.fromisoformat, "a day, as 2025-05-10"),
    "boolean": (_boolean, "true or false"),
}


def ready_queries(folder: Path = FOLDER) -> list[ReadyQuery]:
    """All ready questions, by name."""
    return [parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))]


def ready_query(name: str, folder: Path = FOLDER) -> ReadyQuery:
    """One ready question; raises `KhabarError` with the nearest names where there is none of this name."""
    names = [path.stem for path in sorted(folder.glob("*.sql"))]
    if name not in names:
        near = difflib.get_close_matches(name, names, 3, 0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; `khabar query` lists them"
        raise KhabarError(f"there is no ready question {name}{hint}")
    return parse(name, (folder / f"{name}.sql").read_text(encoding="utf-8"))


def parse(name: str, text: str) -> ReadyQuery:
    """Header and statement of a file; raises `KhabarError` where the header breaks the form."""
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    parts: dict[str, list[str]] = {}
    key = ""
    for line in lines[:end]:
        if found := _KEY.match(line):
            key = found[1]
            parts[key] = [found[2]] if found[2] else []
        elif key:
            parts[key].append(line)
    if missing := {"title", "question", "purpose", "parameters"} - set(parts):
        raise KhabarError(f"{name}.sql: the header lacks {', '.join(sorted(missing))}")
    return ReadyQuery(
        name=name,
        title=parts["title"][0],
        question=parts["question"][0],
        purpose=" ".join(line[2:].strip() for line in parts["purpose"]),
        parameters=_parameters(name, parts["parameters"]),
        sql="\n".join(lines[end:]).strip(),
        text=text,
    )


def _parameters(name: str, lines: list[str]) -> tuple[Parameter, ...]:
    out = []
    for line, meaning in zip_longest(lines[::2], lines[1::2]):
        found = _PARAMETER.match(line)
        if not found or found[2] not in _READERS or not meaning:
            raise KhabarError(f"{name}.sql: {line!r} declares no parameter")
        out.append(Parameter(found[1], found[2], found[3], meaning[2:].strip()))
    return tuple(out)


def values(query: ReadyQuery, given: Iterable[str]) -> dict[str, Any]:
    """The value of every parameter: ``given`` as ``key=value``, otherwise the default.

    An empty value is no bound (null), or empty text.  Raises `KhabarError` for a parameter that the question doesn't
    have and for a value that isn't of its type.
    """
    written = {p.name: p.default for p in query.parameters}
    for pair in given:
        key, sign, value = pair.partition("=")
        if not sign:
            raise KhabarError(f"-p {pair}: write a parameter as key=value")
        if key not in written:
            raise KhabarError(f"{query.name} has no parameter {key}; it has {', '.join(written) or 'none'}")
        written[key] = value
    return {p.name: _read(query, p, written[p.name]) for p in query.parameters}


def _read(query: ReadyQuery, parameter: Parameter, written: str) -> Any:
    if parameter.kind != "text" and not written:
        return None
    read, form = _READERS[parameter.kind]
    try:
        return read(written)
    except (ValueError, KeyError) as error:
        raise KhabarError(f"{query.name}: {parameter.name}={written} is not {form}") from error


def filled_in(query: ReadyQuery, chosen: Mapping[str, Any]) -> str:
    """The file with values in place of the parameters: runs as it is in any DuckDB client."""
    head = query.text[: query.text.index(query.sql)]
    return f"{head}{_DOLLAR.sub(lambda m: _literal(chosen[m[1]]) if m[1] else m[0], query.sql)};"


def _literal(value: Any) -> str:
    if value is None or isinstance(value, bool | int | float):
        return "null" if value is None else str(value).lower()
    quoted = "'" + str(value).replace("'", "''") + "'"
    return f"date {quoted}" if isinstance(value, date) else quoted
