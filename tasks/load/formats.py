"""A result as text: csv, json, jsonl, markdown, or a table for people. Rows are written as they come."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = tuple[Any, ...]

# a terminal is no place for whole articles
_CELL = 120
_MOST_ROWS = 1000


@dataclass(frozen=True)
class Chunks:
    """The names of a result's columns, and its rows in lists as they come."""

    names: list[str]
    lists: Iterator[list[Row]]

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, once."""
        return chain.from_iterable(self.lists)


def write(out: IO[str], result: Chunks, form: str) -> None:
    """Write a result as ``form``: csv, json, jsonl, markdown or table."""
    names = result.names
    if form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        for rows in result.lists:
            writer.writerows([["" if v is None else plain_text(v) for v in row] for row in rows])
    elif form == "json":
        before = "[\n  "
        for row in result.rows:
            out.write(before + _object(names, row))
            before = ",\n  "
        out.write("[]\n" if before.startswith("[") else "\n]\n")
    elif form == "jsonl":
        for row in result.rows:
            out.write(_object(names, row) + "\n")
    elif form == "markdown":
        out.write("| " + " | ".join(names) + " |\n|" + "---|" * len(names) + "\n")
        for row in result.rows:
            cells = (("" if v is None else plain_text(v)).replace("|", "\\|").replace("\n", "<br>") for v in row)
            out.write("| " + " | ".join(cells) + " |\n")
    else:
        shown: list[Row] = []
        count = 0
        for rows in result.lists:
            shown += rows[: _MOST_ROWS - len(shown)]
            count += len(rows)
        print_table(names, shown, out, count)


def print_table(names: list[str], rows: list[Row], out: IO[str] | None = None, count: int | None = None) -> None:
    """A table for people: long cells are cut, long results end with a count (``count``: of all rows there are)."""
    out = out or sys.stdout
    count = len(rows) if count is None else count
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows[:_MOST_ROWS]:
        table.add_row(*(Text(_cut(v)) for v in row))
    if out.isatty():
        Console(file=out, highlight=False).print(table)
    else:
        # a pipe has no width; wide enough that nothing wraps
        buffer = io.StringIO()
        Console(file=buffer, width=400, highlight=False).print(table)
        out.write("\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n")
    more = count - _MOST_ROWS
    out.write(
        f"({count} row{'' if count == 1 else 's'}{f', {more} not shown: use --format csv' if more > 0 else ''})\n"
    )


def _cut(value: Any) -> str:
    text = "" if value is None else plain_text(value)
    text = " ".join(text.split())
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def plain_text(value: Any) -> str:
    """A value as text: instants in ISO form, lists and maps as JSON."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        return json.dumps(_json(value), ensure_ascii=False)
    return str(value)


def _object(names: list[str], row: Row) -> str:
    return json.dumps(dict(zip(names, map(_json, row), strict=True)), ensure_ascii=False)


def _json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no such numbers
    if isinstance(value, list | tuple):
        return [_json(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _json(v) for k, v in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)
