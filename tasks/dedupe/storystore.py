"""What a batch changes in the stories: vectors, links, and the stories that these tie together.

The stories are worked out anew for every article that a chain of links connects with the batch, and only for these:
the rest cannot change.  So any order of batches ends in the same stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from tasks.dedupe.alike import Entries, alike, parts
from tasks.dedupe.candidates import WINDOW_DAYS, days_around, days_of
from tasks.dedupe.storygroups import JOIN, LEAST_LINK, STORY_WINDOW_DAYS, Link, Member, Node, Story, stories
from tasks.dedupe.storyterms import UNIT
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
# Articles around a part of a batch: their terms take some 3 kB each while they are compared.
MOST_NEAR = 50_000
_NODE = [field.name for field in fields(Node)]


def store_stories(con: db.Connection, done: Sequence[Deduped], jobs: Sequence[Job], affected: Iterable[str]) -> None:
    """Write vectors and links of a batch and rework the stories around ``affected`` (in the batch's transaction)."""
    _clear(con, jobs)
    _link(con, done)
    mates = _chosen(con, affected, db.statement("dedupe/story_mates"))
    days = [*days_of(jobs), *(row["day"] for row in mates if row["day"])]
    _rework(con, *_reach(con, {*affected, *(row["article_id"] for row in mates)}, days))


def _chosen(con: db.Connection, ids: Iterable[str], query: str) -> list[db.Row]:
    db.relation(con, "chosen", {"article_id": sorted(ids)})
    found = db.rows(con, query)
    db.forget(con, "chosen")
    return found


def _clear(con: db.Connection, jobs: Sequence[Job]) -> None:
    known = {job.source.article_id: job.source.known_day for job in jobs if job.source.known_day is not None}
    days = [day for day in known.values() if day is not None]
    if not days:
        return
    db.relation(con, "chosen", {"article_id": sorted(known)})
    con.execute(db.statement("dedupe/clear_story_vectors").format(first=min(days), last=max(days)))
    con.execute(db.statement("dedupe/clear_story_links").format(**days_around(days, STORY_WINDOW_DAYS)))
    db.forget(con, "chosen")


def _link(con: db.Connection, done: Sequence[Deduped]) -> None:
    read = [(item.job.source, item.job.reading) for item in done if item.job.reading and item.job.reading.vector.terms]
    if not read:
        return
    columns: dict[str, Sequence[Any]] = {
        "day": [source.day for source, _ in read],
        "article_id": [source.article_id for source, _ in read],
        "arabic": [reading.arabic for _, reading in read],
        "terms": [reading.vector.terms for _, reading in read],
        "kinds": [reading.vector.kinds for _, reading in read],
        "weights": [reading.vector.weights for _, reading in read],
    }
    db.relation(con, "batch_vectors", columns)
    con.execute(db.statement("dedupe/add_story_vectors"))
    days = [source.day for source, _ in read]
    counts = con.execute(db.statement("dedupe/story_days").format(**days_around(days, STORY_WINDOW_DAYS))).fetchall()
    for part in parts(days, dict(counts), window=STORY_WINDOW_DAYS, most=MOST_NEAR):
        _link_days(con, part)
    con.execute("drop table near")
    db.forget(con, "batch_vectors")


def _link_days(con: db.Connection, part: Mapping[date, bool]) -> None:
    """Links of the batch's articles of some days, to each other and to what stands around them."""
    db.relation(con, "near_days", {"day": list(part), "own": list(part.values())})
    con.execute(db.statement("dedupe/story_near").format(first=min(part), last=max(part)))
    db.forget(con, "near_days")
    entries = Entries(**con.execute(db.statement("dedupe/story_entries")).fetchnumpy())
    least = TELLING * UNIT * UNIT
    own, others = alike(entries, least=least, actors=ACTORS_ACROSS_SCRIPTS, window=STORY_WINDOW_DAYS)
    db.relation(con, "alike", {"number": own.tolist(), "other_number": others.tolist()})
    query = db.statement("dedupe/story_links").format(
        decay=DECAY_PER_DAY,
        least=LEAST_LINK,
        join=JOIN,
        actors=ACTORS_ACROSS_SCRIPTS,
        names=NAMES_IN_COMMON,
    )
    con.execute(db.statement("dedupe/add_story_links").format(query=query))
    db.forget(con, "alike")


def _reach(con: db.Connection, start: set[str], days: Sequence[date]) -> tuple[set[str], dict[str, str]]:
    """Everything that a chain of strong links or of copies connects with ``start``, and the days it may stand on.

    ``start`` is copies of what stands on ``days`` at most: each step leads no further than a copy from its source.
    """
    reached, fresh, margin = set(start), set(start), WINDOW_DAYS
    while fresh:
        margin += WINDOW_DAYS
        query = db.statement("dedupe/story_reach").format(join=JOIN, **days_around(days, margin))
        fresh = {row["article_id"] for row in _chosen(con, fresh, query)} - reached
        reached |= fresh
    return reached, days_around(days, margin)


def _rework(con: db.Connection, reached: set[str], window: Mapping[str, str]) -> None:
    db.relation(con, "reached", {"article_id": sorted(reached)})
    known = db.rows(con, db.statement("dedupe/story_facts").format(**window))
    links = [Link(**row) for row in db.rows(con, db.statement("dedupe/story_links_of").format(**window))]
    db.forget(con, "reached")
    # of what was withdrawn only the story that it was in counts
    nodes = {row["article_id"]: Node(*(row[name] for name in _NODE)) for row in known if not row["withdrawn"]}
    found, members = stories(nodes, links)
    _write_stories(con, {row["story_id"] for row in known} - {None}, found)
    _write_members(con, reached, members)
    _mark(con, known, members)


def _columns(kind: type, key: str, ids: Iterable[str], now: Mapping[str, Any]) -> dict[str, Sequence[Any]]:
    """The fields of a dataclass for each of ``ids``, in order; where none is ``now``, null but for the ``key``."""
    keys = sorted(ids)
    columns = {field.name: [getattr(now.get(i), field.name, None) for i in keys] for field in fields(kind)}
    return columns | {key: keys}


def _write_stories(con: db.Connection, before: set[str], found: Sequence[Story]) -> None:
    now = {story.story_id: story for story in found}
    db.relation(con, "batch_stories", _columns(Story, "story_id", before | set(now), now))
    con.execute(db.statement("dedupe/write_stories"))
    db.forget(con, "batch_stories")


def _write_members(con: db.Connection, reached: set[str], members: Sequence[Member]) -> None:
    now = {member.article_id: member for member in members}
    db.relation(con, "reached", _columns(Member, "article_id", reached, now))
    con.execute(db.statement("dedupe/write_story_members"))
    db.forget(con, "reached")


def _mark(con: db.Connection, known: Sequence[db.Row], members: Sequence[Member]) -> None:
    now = {member.article_id: member.story_id for member in members}
    moved = [(row["place"], story) for row in known if (story := now.get(row["article_id"])) != row["story_id"]]
    if not moved:
        return
    db.relation(con, "moved", {"place": [place for place, _ in moved], "story_id": [story for _, story in moved]})
    con.execute(db.statement("dedupe/mark_stories"))
    db.forget(con, "moved")
