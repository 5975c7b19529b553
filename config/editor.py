"""Changes to `config/` made by commands: rows added to and removed from the files people edit."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from config.model import Config, Feed, Outlet
from config.reader import FEED_COLUMNS, load
from tasks.errors import KhabarError


def add_feeds(config: Config, feeds: Iterable[Feed], outlets: Iterable[Outlet] = ()) -> Config:
    """Append feeds, and outlets they need, to the files; returns the configuration read anew.

    The files are put back as they were if the result is not valid.
    """
    feeds_path, outlets_path = config.directory / "feeds.csv", config.directory / "outlets.toml"
    before = feeds_path.read_bytes(), outlets_path.read_bytes()
    columns = next(csv.reader(io.StringIO(before[0].decode("utf-8-sig"))), [])
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerows([_cells(feed, columns) for feed in feeds])
    after = (
        _ended(before[0]) + rows.getvalue().encode(),
        _ended(before[1]) + "".join(_block(outlet) for outlet in outlets).encode(),
    )
    feeds_path.write_bytes(after[0])
    outlets_path.write_bytes(after[1])
    try:
        return load(config.directory)
    except KhabarError:
        feeds_path.write_bytes(before[0])
        outlets_path.write_bytes(before[1])
        raise


def remove_feed(config: Config, key: str) -> None:
    """Take a feed's row out of feeds.csv; its history stays in the warehouse."""
    path = config.directory / "feeds.csv"
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    place = rows[0].index("key")
    kept = [row for row in rows if len(row) <= place or row[place] != key]
    if len(kept) == len(rows):
        raise KhabarError(f"{path}: there is no feed {key!r}; see `khabar feeds list`")
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(kept)
    path.write_text(out.getvalue(), encoding="utf-8")


def slug(text: str, taken: Iterable[str]) -> str:
    """A key made of a text, with a number behind it where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "feed"
    used, key, number = set(taken), base, 1
    while key in used:
        number += 1
        key = f"{base}-{number}"
    return key


def new_outlet(config: Config, url: str, name: str | None, lang: str | None, taken: Iterable[str]) -> Outlet:
    """An outlet for a host nobody has described yet: to be corrected by a person."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    return Outlet(
        key=slug(host.rsplit(".", 1)[0] if "." in host else host, [o.key for o in config.outlets] + list(taken)),
        name=name or host,
        homepage=f"{parts.scheme}://{parts.netloc}",
        hosts=(host,),
        country="ZZ",  # user-assigned in ISO 3166: nobody has said
        lang=lang or "en",
        owner_type="private",
        timezone="UTC",
        notes="added by khabar feeds add: correct country, owner_type and timezone",
    )


def _cells(feed: Feed, columns: list[str]) -> list[str]:
    """A row under the columns that the file has; a value that would get lost is an error."""
    homeless = [c for c in FEED_COLUMNS if c not in columns and c in feed.model_dump(exclude_defaults=True)]
    if homeless:
        raise KhabarError(f"feeds.csv: add the column {', '.join(homeless)}: feed {feed.key!r} has a value for it")
    values = feed.model_dump()
    values["enabled"] = "yes" if feed.enabled else "no"
    return [str(values[column]) for column in columns]


def _block(outlet: Outlet) -> str:
    values = outlet.model_dump(exclude_defaults=True)
    # a JSON text is a TOML text, but for the one control character that JSON leaves as it is
    texts = {key: json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") for key, value in values.items()}
    lines = [f"{key} = {text}" for key, text in texts.items()]
    return "\n".join(["\n[[outlet]]", *lines]) + "\n"


def _ended(data: bytes) -> bytes:
    return data if not data or data.endswith(b"\n") else data + b"\n"
