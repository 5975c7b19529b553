"""A result as an Excel file: dates are dates, text stays text, whatever it begins with."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tasks.load.formats import Chunks, plain_text

_CELL = 32_767  # Excel's limit, in UTF-16 units
_CUT = " … [cut: a cell holds 32,767 characters]"
_ROWS = 1_048_575  # on a sheet, without the head
_EXACT = 2**53  # a cell's number is a double
_RIGHT_TO_LEFT = re.compile(r"[^A-Za-z\u00c0-\u024f\u0370-\u052f]*[\u0590-\u08ff\ufb1d-\ufefc]")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_spreadsheet(path: Path, result: Chunks) -> None:
    """Write a result to ``path``; a sheet that is full is followed by another. Instants are in UTC."""
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        # the same query gives the same bytes
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            str: book.add_format({"reading_order": 2, "align": "right"}),
        }
        head = book.add_format({"bold": True})
        line, sheet = 0, None
        for row in result.rows:
            if sheet is None or line == _ROWS:
                line, sheet = 0, _new_sheet(book, result.names, head)
            line += 1
            for column, value in enumerate(row):
                _write_cell(sheet, line, column, value, formats)
        if sheet is None:
            _new_sheet(book, result.names, head)


def _new_sheet(book: Any, names: list[str], head: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.set_column(column, column, 60 if name in ("title", "text", "url") else 18)
        sheet.write_string(0, column, name, head)
    return sheet


def _write_cell(sheet: Any, line: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, int | float | Decimal) and abs(float(value)) < _EXACT:
        sheet.write_number(line, column, float(value))
    # Excel's calendar begins in 1900
    elif isinstance(value, datetime) and value.year > 1900:
        instant = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        sheet.write_datetime(line, column, instant, formats[datetime])
    elif isinstance(value, date) and value.year > 1900:
        sheet.write_datetime(line, column, value, formats[date])
    else:
        text = _fit(plain_text(value))
        sheet.write_string(line, column, text, formats[str] if _RIGHT_TO_LEFT.match(text) else None)


def _fit(text: str) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= _CELL * 2:
        return text
    return units[: (_CELL - len(_CUT)) * 2].decode("utf-16-le", "ignore") + _CUT
