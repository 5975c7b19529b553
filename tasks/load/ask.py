"""Ad hoc questions: one query against the published file, in any of the output formats."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tasks.errors import KhabarError
from tasks.load import database as db

# a terminal is no place for whole articles
_CELL = 120
_MOST_ROWS = 1000


def read_query(query: str | None, file: Path | None) -> str:
    """The text of a query from argument, file or standard input; raises `KhabarError` if there is none."""
    if query and file:
        raise KhabarError("give either a query or -f FILE, not both")
    if file:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KhabarError(f"{file}: cannot be read: {error}") from error
    text = query if query and query != "-" else ("" if sys.stdin.isatty() else sys.stdin.read())
    if not text.strip():
        raise KhabarError('give a query, e.g. khabar sql "select count(*) from articles", or -f FILE')
    return text


def ask(
    warehouse: Path, query: str, form: str, output: Path | None, parameters: Mapping[str, Any] | None = None
) -> None:
    """Run ``query`` and write its result as ``form`` to ``output``, or to standard output."""
    con = db.reader(warehouse)
    try:
        try:
            result = con.execute(query, parameters)
        except db.Error as error:
            raise KhabarError(f"the query failed: {error}") from error
        if form == "parquet":
            if output is None:
                raise KhabarError("parquet is not for the terminal; add -o FILE")
            pq.write_table(result.to_arrow_table(), output)
            return
        names = [column[0] for column in result.description]
        rows = result.fetchall()
    finally:
        con.close()
    if output is None:
        _write(sys.stdout, names, rows, form)
    else:
        with output.open("w", encoding="utf-8", newline="") as handle:
            _write(handle, names, rows, form)


def _write(out: IO[str], names: list[str], rows: list[tuple[Any, ...]], form: str) -> None:
    if form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([["" if v is None else _text(v) for v in row] for row in rows])
    elif form == "json":
        json.dump([dict(zip(names, map(_json, row), strict=True)) for row in rows], out, ensure_ascii=False, indent=2)
        out.write("\n")
    elif form == "jsonl":
        for row in rows:
            out.write(json.dumps(dict(zip(names, map(_json, row), strict=True)), ensure_ascii=False) + "\n")
    elif form == "markdown":
        out.write("| " + " | ".join(names) + " |\n|" + "---|" * len(names) + "\n")
        for row in rows:
            cells = (("" if v is None else _text(v)).replace("|", "\\|").replace("\n", "<br>") for v in row)
            out.write("| " + " | ".join(cells) + " |\n")
    else:
        print_table(names, rows, out)


def print_table(names: list[str], rows: list[tuple[Any, ...]], out: IO[str] | None = None) -> None:
    """A table for people: long cells are cut, long results end with a count."""
    out = out or sys.stdout
    # a pipe has no width; wide enough that nothing wraps
    console = Console(file=out, width=None if out.isatty() else 400, highlight=False)
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows[:_MOST_ROWS]:
        table.add_row(*(Text(_cut(v)) for v in row))
    buffer = io.StringIO()
    if out.isatty():
        console.print(table)
    else:
        Console(file=buffer, width=400, highlight=False).print(table)
        out.write("\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n")
    more = len(rows) - _MOST_ROWS
    out.write(f"({len(rows)} rows{f', {more} not shown: use --format csv' if more > 0 else ''})\n")


def _cut(value: Any) -> str:
    text = "" if value is None else _text(value)
    text = " ".join(text.split())
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, list | dict):
        return json.dumps(_json(value), ensure_ascii=False)
    return str(value)


def _json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_json(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _json(v) for k, v in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)
