"""Reading a batch and its candidates: the impure half of the stage's beginning.

The index is a table of sampled fingerprints in order of days.  The window of days is written into the query, so a
batch reads some days of it, however many the warehouse holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tasks.dedupe.work import Job, Source, Text, job_of, read_text, with_candidates
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


def read_jobs(con: db.Connection, sources: Sequence[Source]) -> list[Job]:
    """Articles with fingerprints and the texts of their candidates."""
    jobs = [job_of(source) for source in sources]
    ready = [job for job in jobs if job.text is not None]
    pairs = _pairs(con, ready)
    texts = {job.text.article_id: job.text for job in ready if job.text is not None}
    wanted = sorted({other for _, other in pairs} - set(texts))
    if wanted:
        ids = ", ".join("'{}'".format(key.replace("'", "''")) for key in wanted)
        for row in db.rows(con, db.statement("dedupe/texts").format(ids=ids)):
            texts[row["article_id"]] = read_text(**row)
    return with_candidates(jobs, pairs, texts)


def _pairs(con: db.Connection, jobs: Sequence[Job]) -> list[tuple[str, str]]:
    if not jobs:
        return []
    ids = [job.source.article_id for job in jobs]
    days = [job.source.day for job in jobs]
    db.relation(con, "batch", {"article_id": ids, "day": days, "whole_hash": [job.whole for job in jobs]})
    prints = [(job.source.article_id, job.source.day, value) for job in jobs for value in job.prints]
    names, print_days, hashes = zip(*prints, strict=True) if prints else ((), (), ())
    db.relation(con, "batch_prints", {"article_id": names, "day": print_days, "hash": hashes})
    limits = {"window": WINDOW_DAYS, "most": MOST_ARTICLES, "least": LEAST_COMMON}
    query = db.statement("dedupe/candidates").format(**days_around(days), **limits)
    found = [(row["article_id"], row["other_id"]) for row in db.rows(con, query)]
    db.forget(con, "batch")
    db.forget(con, "batch_prints")
    return found


def text_of(job: Job) -> Text:
    """The text of a job that has one."""
    assert job.text is not None
    return job.text
