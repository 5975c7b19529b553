"""A warehouse of before is taken over: what was compared is not compared again."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from tasks.load import database as db
from tests.tasks.dedupe.lab import START, article

ROOT = Path(db.__file__).parents[2] / "warehouse"
OLD = """
    insert into dedupe_state by name
    select 'a' as article_id, 'dedupe-1' as stage_version, 'x' as extractor_version, $at as read_at,
        date '2026-03-02' as day, $at as deduped_at, null as code
    union all by name
    select 'b' as article_id, 'dedupe-1' as stage_version, 'x' as extractor_version, $at as read_at,
        date '2026-03-02' as day, $at as deduped_at, 'internal' as code
"""


def test_what_was_compared_stays_so(tmp_path: Path) -> None:
    old = shutil.copytree(ROOT, tmp_path / "old", ignore=shutil.ignore_patterns("006_*", "views", "macros"))
    con = db.memory()
    db.migrate(con, START, old)
    db.upsert(con, "articles", [article("a", "one"), article("b", "two"), article("c", "three")], ["article_id"])
    con.execute(OLD, {"at": START})
    terms = [(2, 0, 600), (1, 1, 800)]
    con.execute(
        "insert into story_terms select '2026-03-02', t[1], t[2], t[3], false, 'a' from (select unnest($t) t)",
        {"t": terms},
    )
    db.migrate(con, START)
    marks = db.rows(con, "select article_id, deduped_version, deduped_day, dedupe_failed_at from articles order by all")
    assert [(m["article_id"], m["deduped_version"], m["dedupe_failed_at"] is None) for m in marks] == [
        ("a", "dedupe-1", True),
        ("b", None, False),
        ("c", None, True),
    ]
    vectors = db.rows(con, "select article_id, terms, kinds, weights from story_vectors")
    assert vectors == [{"article_id": "a", "terms": [1, 2], "kinds": [1, 0], "weights": [800, 600]}]


def test_pairs_of_before_get_their_days(tmp_path: Path) -> None:
    old = shutil.copytree(ROOT, tmp_path / "old", ignore=shutil.ignore_patterns("012_*", "views", "macros"))
    con = db.memory()
    db.migrate(con, START, old)
    states = [{"article_id": name, "day": START.date() + timedelta(days=n)} for n, name in enumerate("ab")]
    db.upsert(con, "dedupe_state", states, ["article_id"])
    links = [{"article_a": "a", "article_b": "b", "similarity": 0.5, "sure": True}]
    db.append(con, "story_links", links)
    db.append(con, "shared_copy", [{"article_id": a, "other_id": b, "kind": "near"} for a, b in ("ab", "ba")])
    db.migrate(con, START)
    assert db.rows(con, "select day from story_links") == [{"day": states[1]["day"]}]
    assert db.rows(con, "select article_id, day from shared_copy order by all") == states
