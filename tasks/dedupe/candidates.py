"""Reading a batch and its candidates: the impure half of the stage's beginning.

The index is a table of sampled fingerprints in order of days.  The window of days is written into the query, so a
batch reads some days of it, however many the warehouse holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tasks.dedupe.work import Job, Raw, Reading, Source
from tasks.load import database as db

# How many days apart copies are looked for: weekly papers and late imports reprint within two weeks.
WINDOW_DAYS = 14
# A fingerprint that more articles of the window have is a set phrase or page furniture.
MOST_ARTICLES = 50
# So many common fingerprints make a candidate; the texts then decide.  A handout cut to 90 words shares 3 of its 32:
# asking for 4 would lose a hundredth of the copies, asking for 2 would bring four times as many candidates.
LEAST_COMMON = 3


def days_around(days: Iterable[date], window: int = WINDOW_DAYS) -> dict[str, str]:
    """The literals of a query's window around some days."""
    known = sorted(days)
    margin = timedelta(days=window)
    return {"first": f"{known[0] - margin}", "last": f"{known[-1] + margin}"}


def days_of(jobs: Iterable[Job]) -> list[date]:
    """The days that a batch concerns: where its articles stand now and where they stood, without order."""
    return [day for job in jobs for day in (job.source.day, job.source.known_day) if day]


def with_candidates(con: db.Connection, jobs: Sequence[Job]) -> list[Job]:
    """The jobs with the texts that they may share copy with; of two of the batch, the lower one has the other."""
    found: dict[str, list[Raw]] = {}
    raws = {job.source.article_id: job.raw for job in jobs if job.reading}
    pairs = [(a, b) for a, b in _pairs(con, jobs) if b not in raws or a < b]
    if wanted := sorted({other for _, other in pairs} - set(raws)):
        ids = ", ".join("'{}'".format(key.replace("'", "''")) for key in wanted)
        query = db.statement("dedupe/texts").format(
            ids=ids, **days_around(job.source.day for job in jobs if job.reading)
        )
        raws |= {row["article_id"]: Raw(**row) for row in db.rows(con, query)}
    for article_id, other_id in pairs:
        if other_id in raws:
            found.setdefault(article_id, []).append(raws[other_id])
    return [replace(job, candidates=tuple(found.get(job.source.article_id, ()))) for job in jobs]


def prints_of(read: Iterable[tuple[Source, Reading]]) -> dict[str, list[Any]]:
    """The fingerprints of articles as columns; lists of plain values, since rows would wake the garbage collector."""
    columns: dict[str, list[Any]] = {"article_id": [], "day": [], "hash": []}
    for source, reading in read:
        count = len(reading.prints)
        columns["article_id"] += [source.article_id] * count
        columns["day"] += [source.day] * count
        columns["hash"] += reading.prints
    return columns


def _pairs(con: db.Connection, jobs: Sequence[Job]) -> list[tuple[str, str]]:
    read = [(job.source, job.reading) for job in jobs if job.reading]
    if not read:
        return []
    ids = [source.article_id for source, _ in read]
    days = [source.day for source, _ in read]
    db.relation(con, "batch", {"article_id": ids, "day": days, "whole_hash": [reading.whole for _, reading in read]})
    db.relation(con, "batch_prints", prints_of(read))
    limits = {"window": WINDOW_DAYS, "most": MOST_ARTICLES, "least": LEAST_COMMON}
    query = db.statement("dedupe/candidates").format(**days_around(days), **limits)
    found = [(row["article_id"], row["other_id"]) for row in db.rows(con, query)]
    db.forget(con, "batch")
    db.forget(con, "batch_prints")
    return found
