"""Lists of addresses from disk: one a line, or a table with a column ``url``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from config.model import Config
from tasks.batch import Run
from tasks.errors import Code, KhabarError
from tasks.fetch.archive import ArchiveWriter, resource_record
from tasks.ids import sha256_hex
from tasks.poll.backfill import LISTS, Asked, choose
from tasks.poll.dates import read_date
from tasks.poll.sources import Source, outlet_finder, sighted
from tasks.records import Failure, Item
from tasks.urls import fetchable


def check_list(path: Path) -> None:
    """Raise `KhabarError` where a list cannot be used at all."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise KhabarError(f"--urls: {path}: cannot be read: {error}") from error
    if _is_table(path):
        names = [name.strip().lower() for name in next(csv.reader(io.StringIO(text)), [])]
        if "url" not in names:
            raise KhabarError(f"--urls: {path}: needs a column url; has {', '.join(names) or 'none'}")


def read_list(run: Run, path: Path, asked: Asked, known: str | None) -> tuple[Source, list[Failure], list[Failure]]:
    """A list as a `Source`, its rows that cannot be used, and those whose date cannot.

    ``known`` is the hash of the list as it is in the archive already.
    """
    body, now = path.read_bytes(), run.clock()
    digest, place = sha256_hex(body), None
    address = path.resolve().as_uri()
    if digest != known:
        with ArchiveWriter(run.config.settings.warehouse.archive_dir, now) as archive:
            kind = "text/csv" if _is_table(path) else "text/plain"
            place = archive.append(resource_record(address, now, kind, body, {"Feed-Id": LISTS}))
            archive.flush()
    items, outlets, failed, undated = _items(run.config, path, body.decode("utf-8-sig", "replace"), asked)
    chosen, left_out = choose(items, asked)
    find = outlet_finder(run, asked)
    rules = {url: run.config.rules_by_outlet[key] for url, key in outlets.items()}
    found = sighted(run, LISTS, "list", chosen, lambda url: rules.get(url) or find(url))
    return Source(address, now, "list", digest, place, len(body), found, left_out), failed, undated


def _items(
    config: Config, path: Path, text: str, asked: Asked
) -> tuple[list[Item], dict[str, str], list[Failure], list[Failure]]:
    """Items, the outlets that rows state for their addresses, and rows of which all or the date cannot be used."""
    items: list[Item] = []
    outlets: dict[str, str] = {}
    failed, undated = [], []
    for number, row in _table(text) if _is_table(path) else _lines(text):
        url, outlet, published = fetchable(row.get("url")), row.get("outlet"), row.get("published")
        problem = None if url else f"{row.get('url', '')!r} is not an http or https address"
        if outlet and outlet not in config.rules_by_outlet:
            problem = f"outlet {outlet!r} is not in outlets.toml"
        if problem:
            failed.append(Failure("import", f"{path}:{number}", Code.BAD_ROW, problem))
            continue
        if outlet and url:
            outlets[url] = outlet
        rules = config.rules_by_outlet.get(outlet or asked.outlet or "")
        date = read_date(published, rules.timezone if rules else "UTC")
        if published and date is None:
            # the address is worth more than its date
            said = f"published {published!r} is no date; taken without"
            undated.append(Failure("import", f"{path}:{number}", Code.BAD_ROW, said))
        items.append(
            Item(
                url=url,
                published_raw=published or None,
                published_at=date.at if date else None,
                published_offset_minutes=date.offset_minutes if date else None,
                date_source=f"published{date.suffix}" if date else None,
            )
        )
    return items, outlets, failed, undated


def _is_table(path: Path) -> bool:
    return path.name.lower().endswith(".csv")


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, {"url": line.strip()}


def _table(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text))
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    for row in reader:
        yield reader.line_num, {k: v.strip() for k, v in row.items() if isinstance(k, str) and isinstance(v, str)}
