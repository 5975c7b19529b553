"""The report: one page with what an analyst looks at first, from the published file. Nothing of it needs Prefect."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from config.model import Config
from tasks.errors import KhabarError
from tasks.load import database as db


def write_report(
    config: Config,
    output: Path,
    now: datetime,
    *,
    first: date | None = None,
    last: date | None = None,
    zone: str = "utc",
    relevance: int = 1,
) -> int:
    """Write the page to ``output``, whole or not at all; returns its bytes.

    Raises `KhabarError` where there is no warehouse, the days are in the wrong order or the file cannot be written.
    """
    from tasks.load.report_data import collect
    from tasks.load.report_page import page

    warehouse = config.settings.warehouse.path
    con = db.reader(warehouse)
    try:
        findings = collect(con, str(warehouse), zone, relevance, first, last, now)
    finally:
        con.close()
    text = page(findings, now)
    unfinished = output.with_name(f"{output.name}.tmp")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        os.replace(unfinished, output)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise KhabarError(f"{output}: cannot be written: {error.strerror}; choose another place with -o") from error
    return output.stat().st_size
