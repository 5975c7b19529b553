"""A small khabar for tests: a configuration for a local site, a warehouse, a clock that tests move, and stages to run.

Everything is real (sockets, files, DuckDB) except time. A test says what the site serves and what is asked:

    lab = Lab(tmp_path, site, feeds={"home": site.url("/rss")})
    lab.poll()
    lab.clock.forward(hours=2)
    assert lab.feed("home")["state"] == "active"
"""

from __future__ import annotations

import csv
import itertools
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.model import Config, WarehouseSettings
from config.reader import load
from tasks.batch import BatchResult, Run, Selection, Stage, run_batch
from tasks.extract.task import STAGE as EXTRACT
from tasks.fetch.task import STAGE as FETCH
from tasks.ids import make_id
from tasks.load import database as db
from tasks.load.registry import sync_registry
from tasks.poll.task import STAGE as POLL
from tasks.urls import identity_key, netloc_of
from tests.site.server import Site

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
HOSTS = {f"h{n}": f"127.0.0.{n}" for n in range(2, 12)}  # every host an address: politeness is per host
# Small enough that a test of a limit is quick, large enough for a machine that is busy.
FAST: dict[str, dict[str, Any]] = {
    "http": {
        "contact": "https://example.org/bot",
        "deadline_seconds": 5,
        "connect_seconds": 2,
        "pause_seconds": 0,
        "max_bytes": 300_000,
        "max_decoded_bytes": 600_000,
    },
    "poll": {"redirect_confirmations": 3, "batch": 100},
    "fetch": {"batch": 100},
    "extract": {"workers": 1},
}
_runs = itertools.count(1)


@dataclass
class Clock:
    """The time of a test: it stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        """Move on by a duration: ``forward(hours=2)``."""
        self.now += timedelta(**duration)


def outlets_of(site: Site) -> dict[str, dict[str, Any]]:
    """An outlet for each host of the site, by the host's name."""
    return {
        name: {
            "key": name,
            "name": name.title(),
            "homepage": site.url("/", host),
            "hosts": [site.authority(host)],
            "country": "PK",
            "lang": "en",
            "owner_type": "private",
            "timezone": "Asia/Karachi",
        }
        for name, host in [("main", None), *((name, name) for name in site.hosts)]
    }


def toml_table(title: str, values: Mapping[str, Any]) -> str:
    """A TOML table: numbers, texts and lists are written as in JSON."""
    return "\n".join(
        [title, *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()), ""]
    )


def write_config(
    directory: Path,
    site: Site,
    feeds: Mapping[str, str],
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    outlets: Mapping[str, Mapping[str, Any]] | None = None,
) -> Config:
    """Write and read a configuration for ``site``: ``feeds`` maps keys to URLs, the rest overrides defaults."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = {"path": "out/khabar.duckdb", "work_path": "out/.work/khabar.duckdb", "archive_dir": "out/archive"}
    allowed = [site.authority(), *(site.authority(name) for name in site.hosts)]
    sections = {"warehouse": paths, **FAST}
    sections["http"] = {**FAST["http"], "allow_private": allowed}
    chosen = {
        name: {**sections.get(name, {}), **(settings or {}).get(name, {})} for name in {*sections, *(settings or {})}
    }
    text = "\n".join(toml_table(f"[{name}]", values) for name, values in chosen.items())
    (directory / "settings.toml").write_text(text, encoding="utf-8")
    rows = {key: {**values, **(outlets or {}).get(key, {})} for key, values in outlets_of(site).items()}
    text = "\n".join(toml_table("[[outlet]]", values) for values in rows.values())
    (directory / "outlets.toml").write_text(text, encoding="utf-8")
    owner = {host: key for key, row in rows.items() for host in row["hosts"]}
    write_feeds(
        directory / "feeds.csv", [(key, owner.get(urlsplit(url).netloc, "main"), url) for key, url in feeds.items()]
    )
    return load(directory, environ={})


def write_feeds(
    path: Path, rows: Iterable[tuple[str, ...]], columns: tuple[str, ...] = ("key", "outlet", "url")
) -> None:
    """Write a feeds.csv."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([columns, *rows])


@cache
def empty_warehouse() -> Path:
    """A migrated file without rows, made once: migrating takes longer than most tests."""
    path = Path(tempfile.mkdtemp(prefix="khabar-test-")) / "empty.duckdb"
    settings = WarehouseSettings(path=path, work_path=path, archive_dir=path.parent)
    with db.writer(settings) as con:
        db.migrate(con, START)
    return path


def prepare_warehouse(config: Config, now: datetime) -> None:
    """What a run does before its first stage: the file, and the registry in it."""
    path = config.settings.warehouse.work_path
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(empty_warehouse(), path)
    with db.writer(config.settings.warehouse) as con:
        sync_registry(con, config, now)


def new_run(config: Config, clock: Clock, **selection: Any) -> Run:
    """A run that begins now, by the test's clock."""
    return Run(f"run{next(_runs)}", config, clock(), Selection(**selection), clock)


@dataclass
class Lab:
    """A configured khabar on a site, with a warehouse of its own. Each call of a stage is a run of its own."""

    directory: Path
    site: Site
    feeds: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    outlets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.config = write_config(self.directory / "config", self.site, self.feeds, self.settings, self.outlets)
        prepare_warehouse(self.config, self.clock())

    def run(self, **selection: Any) -> Run:
        """A run that begins now."""
        return new_run(self.config, self.clock, **selection)

    def stage(self, stage: Stage[Any, Any], run: Run | None = None) -> BatchResult:
        """One batch of a stage, whole."""
        run = run or self.run()
        return run_batch(stage, run, stage.batch_size(run))

    def poll(self, run: Run | None = None) -> BatchResult:
        """Poll the feeds that are due."""
        return self.stage(POLL, run)

    def poll_all(self) -> BatchResult:
        """Poll every feed, due or not, a minute after the last time."""
        self.clock.forward(minutes=1)
        return self.stage(POLL, self.run(all_feeds=True))

    def fetch(self, run: Run | None = None) -> BatchResult:
        """Fetch the addresses that are due."""
        return self.stage(FETCH, run)

    def extract(self, run: Run | None = None) -> BatchResult:
        """Extract what was fetched."""
        return self.stage(EXTRACT, run)

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """The result of a query on the writer's file."""
        with db.writer(self.config.settings.warehouse) as con:
            return db.rows(con, sql, parameters)

    def values(self, sql: str, **parameters: Any) -> list[Any]:
        """The first column of a query's result."""
        return [next(iter(row.values())) for row in self.rows(sql, **parameters)]

    def feed(self, key: str) -> dict[str, Any]:
        """A row of ``feeds``."""
        return self.rows("select * from feeds where feed_id = $key", key=key)[0]

    def last_poll(self, key: str) -> dict[str, Any]:
        """The last row of ``polls`` of a feed."""
        return self.rows("select * from polls where feed_id = $key order by polled_at desc limit 1", key=key)[0]

    def target(self, url: str) -> dict[str, Any]:
        """A row of ``frontier``."""
        return self.rows("select * from frontier where url = $url", url=url)[0]

    def page(self, url: str) -> dict[str, Any]:
        """The last row of ``pages`` of an address."""
        return self.rows("select * from pages where url = $url order by fetched_at desc limit 1", url=url)[0]

    def add_targets(self, *urls: str) -> None:
        """Put addresses into the frontier, as if a feed had brought them."""
        now = self.clock()
        rows = [
            {
                "target_id": make_id(identity_key(url) or url),
                "identity_key": identity_key(url) or url,
                "url": url,
                "host": netloc_of(url),
                "discovered_at": now,
                "state": "pending",
                "attempts": 0,
                "next_fetch_at": now,
            }
            for url in urls
        ]
        with db.writer(self.config.settings.warehouse) as con, db.transaction(con):
            db.upsert(con, "frontier", rows, ["target_id"], update=False)


def rss(*items: str, head: str = "") -> str:
    """An RSS 2.0 document."""
    channel = f"<channel><title>Feed</title>{head}{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0">{channel}</rss>'


def item(title: str, link: str | None = None, guid: str | None = None, date: datetime | None = None) -> str:
    """An item of an RSS 2.0 document; without ``date`` it is dated like the start of the test."""
    parts = [f"<title>{title}</title>", f"<pubDate>{(date or START):%a, %d %b %Y %H:%M:%S +0000}</pubDate>"]
    parts += [f"<link>{link}</link>"] if link else []
    parts += [f'<guid isPermaLink="false">{guid}</guid>'] if guid else []
    return f"<item>{''.join(parts)}</item>"
