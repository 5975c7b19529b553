"""What a batch changes in the stories: vectors, links, and the stories that these tie together.

The stories are worked out anew for every article that a chain of links connects with the batch, and only for these:
the rest cannot change.  So any order of batches ends in the same stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tasks.dedupe.candidates import days_around
from tasks.dedupe.storygroups import JOIN, LEAST_LINK, STORY_WINDOW_DAYS, Link, Member, Node, stories
from tasks.dedupe.work import Deduped, Job
from tasks.load import database as db

# Each day between two articles costs so much of their likeness.
DECAY_PER_DAY = 0.03
# Of the likeness, so much has to come from other than everyday words.
TELLING = 0.25
# In two scripts, so many common actors (half of all that the two name) and a figure make a link that isn't sure.
# Measured on a proxy only, English pairs of two papers with their words left out: two in three were on one event, of
# those with actors alone one in ten. The rule was chosen among variants on these pairs: expect less of Urdu ones.
ACTORS_ACROSS_SCRIPTS = 3
# With other figures and fewer names in common than this, it is another event of the same kind.
NAMES_IN_COMMON = 3


def store_stories(con: db.Connection, done: Sequence[Deduped], jobs: Sequence[Job], affected: Iterable[str]) -> None:
    """Write vectors and links of a batch and rework the stories around ``affected`` (in the batch's transaction)."""
    _clear(con, jobs)
    _link(con, done)
    start = {*affected, *_ids(con, "chosen", affected, db.statement("dedupe/story_mates"))}
    _rework(con, _reach(con, start))


def _ids(con: db.Connection, name: str, ids: Iterable[str], query: str) -> list[str]:
    db.relation(con, name, {"article_id": sorted(ids)})
    found = [row["article_id"] for row in db.rows(con, query)]
    db.forget(con, name)
    return found


def _clear(con: db.Connection, jobs: Sequence[Job]) -> None:
    known = {job.source.article_id: job.source.known_day for job in jobs if job.source.known_day is not None}
    days = [day for day in known.values() if day is not None]
    if not days:
        return
    db.relation(con, "chosen", {"article_id": sorted(known)})
    con.execute(db.statement("dedupe/clear_story_vectors").format(first=min(days), last=max(days)))
    con.execute(db.statement("dedupe/clear_story_links"))
    db.forget(con, "chosen")


def _link(con: db.Connection, done: Sequence[Deduped]) -> None:
    read = [(item.job.source, item.job.reading) for item in done if item.job.reading and item.job.reading.terms]
    if not read:
        return
    columns: dict[str, Sequence[Any]] = {
        "day": [source.day for source, _ in read],
        "article_id": [source.article_id for source, _ in read],
        "arabic": [reading.arabic for _, reading in read],
        "terms": [[term.term for term in reading.terms] for _, reading in read],
        "kinds": [[term.kind for term in reading.terms] for _, reading in read],
        "weights": [[term.weight for term in reading.terms] for _, reading in read],
    }
    db.relation(con, "batch_vectors", columns)
    con.execute(db.statement("dedupe/add_story_vectors"))
    query = db.statement("dedupe/story_links").format(
        **days_around((source.day for source, _ in read), STORY_WINDOW_DAYS),
        window=STORY_WINDOW_DAYS,
        decay=DECAY_PER_DAY,
        least=LEAST_LINK,
        telling=TELLING,
        join=JOIN,
        actors=ACTORS_ACROSS_SCRIPTS,
        names=NAMES_IN_COMMON,
    )
    con.execute(db.statement("dedupe/add_story_links").format(query=query))
    db.forget(con, "batch_vectors")


def _reach(con: db.Connection, start: set[str]) -> set[str]:
    """Everything that a chain of strong links or of copies connects with ``start``."""
    reached, fresh = set(start), set(start)
    query = db.statement("dedupe/story_reach").format(join=JOIN)
    while fresh:
        fresh = set(_ids(con, "chosen", fresh, query)) - reached
        reached |= fresh
    return reached


def _rework(con: db.Connection, reached: set[str]) -> None:
    db.relation(con, "reached", {"article_id": sorted(reached)})
    nodes = {row["article_id"]: Node(**row) for row in db.rows(con, db.statement("dedupe/story_facts"))}
    links = [Link(**row) for row in db.rows(con, db.statement("dedupe/story_links_of"))]
    found, members = stories(nodes, links)
    con.execute(db.statement("dedupe/clear_stories"))
    con.execute(db.statement("dedupe/clear_story_members"))
    db.forget(con, "reached")
    db.append(con, "stories", found)
    db.append(con, "story_members", members)
    _mark(con, reached, members)


def _mark(con: db.Connection, reached: set[str], members: Sequence[Member]) -> None:
    story = {member.article_id: member.story_id for member in members}
    ids = sorted(reached)
    db.relation(con, "reached", {"article_id": ids, "story_id": [story.get(i) for i in ids]})
    con.execute(db.statement("dedupe/mark_stories"))
    db.forget(con, "reached")
