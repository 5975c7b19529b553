"""A warehouse with articles in it and nothing before them: what tests and benchmarks of the dedupe stage start from."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.model import Config, HttpSettings, Outlet, Settings, WarehouseSettings
from config.subject import Subject
from tasks.batch import Run, Selection, run_batch
from tasks.dedupe.task import STAGE
from tasks.extract.pool import child_pool
from tasks.load import database as db
from tasks.load.registry import sync_registry

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_runs = itertools.count(1)


def outlet(key: str, name: str | None = None, **more: Any) -> Outlet:
    """An outlet that differs from others by key and name."""
    host = f"{key}.example"
    values = {"homepage": f"https://{host}/", "hosts": (host,), "country": "PK", "lang": "en", "owner_type": "private"}
    return Outlet(key=key, name=name or key.title(), **{**values, "timezone": "Asia/Karachi", **more})


def article(article_id: str, text: str, **more: Any) -> dict[str, Any]:
    """A row of ``articles``; ``more`` overrides what most tests don't care about."""
    row = {
        "article_id": article_id,
        "outlet_id": None,
        "url": f"https://example.org/{article_id}",
        "title": "",
        "text": text,
        "lang": "en",
        "word_count": len(text.split()),
        "byline": None,
        "authors": [],
        "agency": None,
        "dateline": None,
        "credit": None,
        "published_at": START,
        "date_source": "jsonld",
        "date_confidence": "high",
        "first_seen_at": START,
        "verdict": "article",
        "version": 1,
        "extractor_version": "x",
        "identity_key": f"example.org/{article_id}",
        "read_at": START,
        "evidence": {},
    }
    row |= more
    return row | {"content_sha256": hashlib.sha256(f"{row['title']}{row['text']}".encode()).hexdigest()}


@dataclass
class Warehouse:
    """A warehouse in a folder, and the stage on it."""

    directory: Path
    outlets: Sequence[Outlet] = ()
    now: datetime = START
    config: Config = field(init=False)

    def __post_init__(self) -> None:
        paths = WarehouseSettings(
            path=self.directory / "khabar.duckdb",
            work_path=self.directory / "work.duckdb",
            archive_dir=self.directory / "archive",
        )
        settings = Settings(warehouse=paths, http=HttpSettings(contact="https://example.org/bot"))
        self.config = Config(
            directory=self.directory, settings=settings, outlets=tuple(self.outlets), feeds=(), subject=Subject()
        )
        with db.writer(paths) as con:
            db.migrate(con, self.now)
            sync_registry(con, self.config, self.now)

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put articles in, or replace them."""
        with db.writer(self.config.settings.warehouse) as con, db.transaction(con):
            db.upsert(con, "articles", list(rows), ["article_id"])

    def run(self, **selection: Any) -> Run:
        """A run that begins now."""
        return Run(f"run{next(_runs)}", self.config, self.now, Selection(**selection), lambda: self.now)

    def dedupe(self, size: int = 1000, **selection: Any) -> int:
        """Drain the stage; returns the number of articles taken."""
        run = self.run(**selection)
        taken = 0
        with child_pool(self.config.settings.extract):
            while result := run_batch(STAGE, run, size).taken:
                taken += result
        return taken

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """The result of a query."""
        with db.writer(self.config.settings.warehouse) as con:
            return db.rows(con, sql, parameters)


_SYLLABLES = ("ba", "ri", "ko", "mel", "tan", "sho", "ve", "nur", "di", "pal", "gu", "fen", "ost", "hy", "ark", "zim")


def vocabulary(size: int, seed: int = 0) -> list[str]:
    """Invented words, each once."""
    draw = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4)))] = None
    return list(found)


def prose(seed: int, sentences: int, about: Sequence[str] = ()) -> list[str]:
    """Invented sentences, frequent words first as in real text; ``about`` are names, three in each."""
    draw = random.Random(seed)
    words = vocabulary(3000)
    out = []
    for number in range(sentences):
        # three in ten are among the fifty that every text has
        chosen = [words[draw.randrange(50 if draw.random() < 0.3 else 3000)] for _ in range(draw.randint(9, 16))]
        if about:
            chosen[2:2] = [about[(number + step) % len(about)] for step in range(min(3, len(about)))]
        out.append(" ".join(chosen).capitalize() + ".")
    return out


def text(sentences: Sequence[str]) -> str:
    """Sentences as paragraphs of two."""
    return "\n".join(" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2))
