"""What a batch of compared articles writes: fingerprints, overlaps, reprints, and what each article is.

An article's answer depends on its neighbours', so the neighbours of the batch, before and after, are answered anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime

from tasks.batch import Run
from tasks.dedupe.candidates import WINDOW_DAYS, days_around, days_of, prints_of
from tasks.dedupe.origins import Decision, Edge, decide, facts, known_outlets
from tasks.dedupe.storystore import store_stories
from tasks.dedupe.work import Deduped, Job
from tasks.load import database as db
from tasks.load.failures import store_failures
from tasks.records import Failure


def store_deduped(
    run: Run, done: Sequence[Deduped], failed: Sequence[Failure], jobs: Sequence[Job], stage_version: str
) -> dict[str, int]:
    """Write a batch in one transaction; returns figures for the run's summary."""
    now = run.clock()
    with db.writer(run.config.settings.warehouse) as con, db.transaction(con):
        ids = [job.source.article_id for job in jobs]
        days = days_of(jobs)
        neighbours = _neighbours(con, ids, days)
        _clear(con, jobs)
        _add_fingerprints(con, done)
        _add_shared_copy(con, done)
        _add_state(con, done, failed, jobs)
        affected = sorted({*ids, *neighbours, *_neighbours(con, ids, days)})
        decisions, places = _decide(con, affected, days)
        _mark(con, jobs, failed, stage_version, now, places)
        _write_decisions(con, affected, decisions, places)
        store_stories(con, done, jobs, affected)
        store_failures(con, run, failed, now)
    kinds: dict[str, int] = defaultdict(int)
    own = set(ids)
    for decision in decisions:
        if decision.article_id in own:
            kinds[decision.copy_kind] += 1
    return {f"copies_{kind}": count for kind, count in sorted(kinds.items()) if kind != "original"}


def _choose(con: db.Connection, name: str, ids: Iterable[str]) -> None:
    db.relation(con, name, {"article_id": sorted(ids)})


def _neighbours(con: db.Connection, ids: Sequence[str], days: Sequence[date]) -> list[str]:
    _choose(con, "chosen", ids)
    query = db.statement("dedupe/neighbours").format(**days_around(days))
    found = [row["other_id"] for row in db.rows(con, query)]
    db.forget(con, "chosen")
    return found


def _clear(con: db.Connection, jobs: Sequence[Job]) -> None:
    """Forget what is known of articles that are looked at again."""
    known = {job.source.article_id: job.source.known_day for job in jobs if job.source.known_day is not None}
    if not known:
        return
    _choose(con, "chosen", known)
    days = [day for day in known.values() if day is not None]
    con.execute(db.statement("dedupe/clear_fingerprints").format(first=min(days), last=max(days)))
    con.execute(db.statement("dedupe/clear_shared_copy").format(**days_around(days)))
    db.forget(con, "chosen")


def _add_fingerprints(con: db.Connection, done: Sequence[Deduped]) -> None:
    columns = prints_of((item.job.source, item.job.reading) for item in done if item.job.reading)
    if not columns["hash"]:
        return
    db.relation(con, "batch_prints", columns)
    con.execute(db.statement("dedupe/add_fingerprints"))
    db.forget(con, "batch_prints")


def _add_shared_copy(con: db.Connection, done: Sequence[Deduped]) -> None:
    edges = [edge for item in done for edge in item.edges]
    if not edges:
        return
    days = {raw.article_id: raw.day for item in done for raw in (item.job.raw, *item.job.candidates)}
    columns = {field.name: [getattr(edge, field.name) for edge in edges] for field in fields(Edge)}
    db.relation(con, "batch_shared_copy", columns | {"day": [days[edge.article_id] for edge in edges]})
    con.execute(db.statement("dedupe/add_shared_copy"))
    db.forget(con, "batch_shared_copy")


def _add_state(con: db.Connection, done: Sequence[Deduped], failed: Sequence[Failure], jobs: Sequence[Job]) -> None:
    compared = {item.job.source.article_id for item in done}
    codes = {failure.key: failure.code for failure in failed}
    rows = []
    for job in jobs:
        reading = job.reading if job.source.article_id in compared else None
        rows.append(
            {
                "article_id": job.source.article_id,
                "day": job.source.day,
                "whole_hash": reading.whole if reading else None,
                "handout": reading.handout if reading else None,
                "told": reading.told if reading else None,
                "told_full": reading.told_full if reading else None,
                "withdrawn": job.source.gone,
                "code": codes.get(job.source.article_id),
            }
        )
    db.upsert(con, "dedupe_state", rows, ["article_id"])


def _mark(
    con: db.Connection,
    jobs: Sequence[Job],
    failed: Sequence[Failure],
    stage_version: str,
    now: datetime,
    places: Mapping[str, int],
) -> None:
    """Say of each article what it was compared as, so that it is no longer pending."""
    broken = {failure.key for failure in failed}
    sources = [job.source for job in jobs]
    done = [not source.gone and source.article_id not in broken for source in sources]
    db.relation(
        con,
        "batch_marks",
        {
            "place": [places[source.article_id] for source in sources],
            "deduped_version": [stage_version if ok else None for ok in done],
            "deduped_extractor": [source.extractor_version for source in sources],
            "deduped_read_at": [source.read_at for source in sources],
            "deduped_day": [source.day if ok else None for source, ok in zip(sources, done, strict=True)],
            "dedupe_failed_at": [now if source.article_id in broken else None for source in sources],
        },
    )
    con.execute(db.statement("dedupe/mark_deduped"))
    db.forget(con, "batch_marks")


def _decide(con: db.Connection, affected: Sequence[str], days: Sequence[date]) -> tuple[list[Decision], dict[str, int]]:
    """What each article is, of those that still count, and the place of each in its table (for this transaction)."""
    _choose(con, "affected", affected)
    edges: dict[str, list[Edge]] = defaultdict(list)
    # neighbours are so many days away, and theirs again
    window = days_around(days, 2 * WINDOW_DAYS)
    for row in db.rows(con, db.statement("dedupe/shared_copy_of").format(**window)):
        edges[row["article_id"]].append(Edge(**row))
    db.forget(con, "affected")
    _choose(con, "wanted", {*affected, *(e.other_id for found in edges.values() for e in found)})
    rows = db.rows(con, db.statement("dedupe/facts").format(**window))
    db.forget(con, "wanted")
    outlets = known_outlets(db.rows(con, db.statement("dedupe/outlets")))
    known = {row["article_id"]: facts(row, outlets) for row in rows if not row["withdrawn"]}
    decisions = [decide(known[i], edges[i], known) for i in affected if i in known]
    return decisions, {row["article_id"]: row["place"] for row in rows}


def _write_decisions(
    con: db.Connection, affected: Sequence[str], decisions: Sequence[Decision], places: Mapping[str, int]
) -> None:
    _choose(con, "affected", affected)
    con.execute(db.statement("dedupe/clear_reprints"))
    db.forget(con, "affected")
    db.append(con, "reprints", [row for decision in decisions for row in decision.reprints])
    by_id = {decision.article_id: decision for decision in decisions}
    held = [i for i in affected if i in places]
    db.relation(
        con,
        "decisions",
        {
            "place": [places[i] for i in held],
            # what was withdrawn is neither copy nor original
            "copy_kind": [by_id[i].copy_kind if i in by_id else None for i in held],
            "origin_article_id": [by_id[i].origin_article_id if i in by_id else None for i in held],
        },
    )
    con.execute(db.statement("dedupe/mark_copies"))
    db.forget(con, "decisions")
