"""What a batch changes in the quotations: hashes, ties, and the groups of wordings that these make.

As with stories, everything that a chain of ties connects with the batch is worked out anew, and nothing else can
change.  So any order of batches, and marking anew, ends in the same quotations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tasks.enrich.quotation import WINDOW_DAYS, Spoken, likeness, prints, speaker, wording
from tasks.enrich.quotegroups import Key, Tie, quotations
from tasks.load import database as db


def forget_quotations(con: db.Connection, article_ids: Sequence[str]) -> set[Key]:
    """Drop hashes and ties of articles that are marked anew; returns quotations of others that they were tied to."""
    with db.wanted(con, articles=article_ids):
        loose = {(r["article_id"], r["quote_no"]) for r in db.rows(con, db.statement("enrich/quote_mates_of_articles"))}
        con.execute(db.statement("enrich/clear_quote_prints"))
        con.execute(db.statement("enrich/clear_quote_ties"))
    return loose


def store_quotations(con: db.Connection, article_ids: Iterable[str], loose: set[Key]) -> None:
    """Find the wordings of a batch's quotations and mark all that belong to them (in the batch's transaction)."""
    rows = _rows(con, article_ids)
    known = {s.key: s for s in map(_spoken, rows)}
    ties = [*_sentences(rows), *_ties(con, known)] if known else []
    db.append(con, "quote_ties", ties)
    reached = _reach(con, {*known, *loose})
    if not reached:
        return
    known |= _missing(con, reached, known)
    _choose(con, reached)
    held = [Tie(**row) for row in db.rows(con, db.statement("enrich/quote_ties_of"))]
    db.forget(con, "chosen")
    placed = quotations((known[key] for key in sorted(reached)), held)
    names = ("article_id", "quote_no", "quotation_id", "wording", "left_out", "put_in")
    db.relation(con, "placed", {name: [getattr(p, name) for p in placed] for name in names})
    con.execute(db.statement("enrich/mark_quotations"))
    db.forget(con, "placed")


def _rows(con: db.Connection, article_ids: Iterable[str]) -> list[dict[str, Any]]:
    with db.wanted(con, articles=sorted(set(article_ids))):
        return db.rows(con, db.statement("enrich/quote_facts"))


def _missing(con: db.Connection, keys: Iterable[Key], known: Mapping[Key, Spoken]) -> dict[Key, Spoken]:
    return {s.key: s for s in map(_spoken, _rows(con, (key[0] for key in keys if key not in known)))}


def _spoken(row: Mapping[str, Any]) -> Spoken:
    who = speaker(
        row["speaker_entity_id"], row["entity_kind"], row["country"], row["source_kind"], row["speaker"] or ""
    )
    return Spoken(row["article_id"], row["quote_no"], row["day"], row["text"], wording(row["text"]), who)


def _sentences(rows: Sequence[Mapping[str, Any]]) -> list[Tie]:
    """Two pieces of one sentence around 'he said'."""
    ordered = sorted(rows, key=lambda r: (r["article_id"], r["quote_no"]))
    return [
        Tie(a["article_id"], a["quote_no"], b["article_id"], b["quote_no"], 1.0)
        for a, b in pairwise(ordered)
        if b["goes_on"] and a["article_id"] == b["article_id"]
    ]


def _ties(con: db.Connection, batch: Mapping[Key, Spoken]) -> list[Tie]:
    pairs = _candidates(con, batch)
    known = {**batch, **_missing(con, {key for pair in pairs for key in pair}, batch)}
    out = []
    for a, b in pairs:
        like = likeness(known[a], known[b])
        if like is not None:
            out.append(Tie(*a, *b, like))
    return out


def _candidates(con: db.Connection, batch: Mapping[Key, Spoken]) -> list[tuple[Key, Key]]:
    found = [(key, spoken.day, prints(spoken.wording)) for key, spoken in sorted(batch.items())]
    rows = [(day, value, len(values), *key) for key, day, values in found for value in values]
    if not rows:
        return []
    names = ("day", "hash", "prints", "article_id", "quote_no")
    db.relation(con, "batch_prints", dict(zip(names, zip(*rows, strict=True), strict=True)))
    con.execute(db.statement("enrich/add_quote_prints"))
    days: list[date] = [row[0] for row in rows]
    margin = timedelta(days=WINDOW_DAYS)
    query = db.statement("enrich/quote_candidates").format(
        first=min(days) - margin, last=max(days) + margin, window=WINDOW_DAYS
    )
    pairs = {tuple(sorted(((r[0], r[1]), (r[2], r[3])))) for r in (tuple(row.values()) for row in db.rows(con, query))}
    db.forget(con, "batch_prints")
    return sorted((a, b) for a, b in pairs)


def _choose(con: db.Connection, keys: Iterable[Key]) -> None:
    ordered = sorted(keys)
    db.relation(con, "chosen", {"article_id": [k[0] for k in ordered], "quote_no": [k[1] for k in ordered]})


def _reach(con: db.Connection, start: set[Key]) -> set[Key]:
    """Everything that a chain of ties connects with ``start``."""
    reached, fresh = set(start), set(start)
    while fresh:
        _choose(con, fresh)
        found = {(r["article_id"], r["quote_no"]) for r in db.rows(con, db.statement("enrich/quote_mates"))}
        db.forget(con, "chosen")
        fresh = found - reached
        reached |= fresh
    return reached
