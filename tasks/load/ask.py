"""Ad hoc questions: one query against the published file, in any of the output formats."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.formats import Chunks, print_table, write

__all__ = ["FORMATS", "ask", "format_of", "print_table", "read_query"]

FORMATS = ("table", "csv", "json", "jsonl", "markdown", "parquet", "xlsx")
_ENDINGS = {".txt": "table", ".md": "markdown", ".ndjson": "jsonl", **{f".{form}": form for form in FORMATS[1:]}}
_CHUNK = 2000  # rows held at a time: a result may be larger than memory


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


def format_of(form: str | None, output: Path | None) -> str:
    """The format asked for, or else the one that the name of the file says, or else a table."""
    return form or _ENDINGS.get(output.suffix.lower() if output else "", "table")


def ask(
    warehouse: Path, query: str, form: str, output: Path | None, parameters: Mapping[str, Any] | None = None
) -> None:
    """Run ``query`` and write its result as ``form`` to ``output``, or to standard output.

    A file appears whole or not at all.  Raises `KhabarError` with the place of the error in the query.
    """
    if output is None and form in ("parquet", "xlsx"):
        raise KhabarError(f"{form} is not for the terminal; add -o FILE")
    con = db.reader(warehouse)
    part = output.with_name(f".{output.name}.part") if output else None
    try:
        result = con.execute(query, parameters)
        if part is None or output is None:
            write(sys.stdout, chunks_of(result), form)
            return
        _write_file(part, result, form)
        part.replace(output)
    except db.Error as error:
        raise KhabarError(f"the query failed: {error}") from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        if error.errno is None:  # Arrow's way of handing on what DuckDB says
            raise KhabarError(f"the query failed: {error}") from error
        raise KhabarError(f"{output}: cannot be written: {error.strerror}") from error
    finally:
        con.close()
        if part:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _write_file(path: Path, result: db.Connection, form: str) -> None:
    if form == "parquet":
        reader = result.to_arrow_reader(_CHUNK * 10)
        with pq.ParquetWriter(path, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
    elif form == "xlsx":
        from tasks.load.spreadsheet import write_spreadsheet

        write_spreadsheet(path, chunks_of(result))
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            write(out, chunks_of(result), form)


def chunks_of(result: db.Connection) -> Chunks:
    """The rows of a result as they come; a statement without a result has neither names nor rows."""
    names = [column[0] for column in result.description or ()]
    return Chunks(names, iter(lambda: result.fetchmany(_CHUNK), []))
