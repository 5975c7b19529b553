"""The enrich stage on a real warehouse: what it writes, that twice is once, and what makes articles pending again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.reader import load
from config.subject import SHIPPED, Subject
from tasks.enrich.compare import mark_hashes, mark_stale
from tasks.enrich.task import STAGE, stage_version
from tasks.enrich.work import enrich_batch_of
from tasks.extract.compare import field_changes
from tasks.load import database as db
from tests.support import Lab
from tests.tasks.enrich.marks import tables

TABLES = ("mentions", "article_topics", "quotes", "entities", "roles")
ALL = 10**9


def article(key: str, text: str, title: str = "", **how: Any) -> dict[str, Any]:
    at = datetime(2025, 6, 20, 9, tzinfo=UTC)
    return {
        "article_id": key, "url": f"http://main/{key}", "title": title, "text": text, "lang": "en",
        "verdict": "article",
        "published_at": at, "first_seen_at": at, "version": 1, "extractor_version": "1", "identity_key": key,
        "content_sha256": f"sha-{text}", **how,
    }  # fmt: skip


@pytest.fixture
def marked(lab: Callable[..., Lab]) -> Lab:
    """A warehouse with three articles, enriched."""
    world = lab()
    put(
        world,
        article(
            "a", "“We will talk to Pakistan,” Marco Rubio said. The COAS agreed.", "Rubio calls Pakistan's army chief"
        ),
        article("b", "The bus was late, and the mayor apologised."),
        article("c", "Nothing to read.", verdict="consent_wall"),
    )
    assert world.stage(STAGE, world.run(stale=ALL)).ok == 3
    return world


def put(world: Lab, *rows: dict[str, Any]) -> None:
    with db.writer(world.config.settings.warehouse) as con:
        db.upsert(con, "articles", list(rows), ["article_id"])


def state(world: Lab) -> list[tuple[int, str]]:
    with db.writer(world.config.settings.warehouse) as con:
        return [db.table_hash(con, table) for table in TABLES]


def pending(world: Lab) -> int:
    return STAGE.count(world.run(stale=ALL))


def test_marks_are_rows_with_their_evidence(marked: Lab) -> None:
    rows = {r["entity_id"]: r for r in marked.rows("select * from mentions where article_id = 'a'")}
    assert rows["asim-munir"]["role_id"] == "pk-coas"
    assert rows["marco-rubio"]["mention_count"] == 2
    assert [s["surface"] for s in json.loads(rows["marco-rubio"]["spans"])] == ["Rubio", "Marco Rubio"]
    assert {r["rule_version"] for r in rows.values()} == {stage_version(marked.run())}
    (quote,) = marked.rows("select * from quotes")
    assert (quote["speaker_entity_id"], quote["cue"], quote["quote_no"]) == ("marco-rubio", "said", 1)
    levels = dict(tuple(r.values()) for r in marked.rows("select article_id, relevance from articles"))
    assert levels["a"] >= 2
    assert (levels["b"], levels["c"]) == (0, None)
    features = marked.values("select relevance_features from articles where article_id = 'a'")[0]
    assert json.loads(features)["h_link"] == 1


def test_an_office_can_be_asked_for_its_holder(marked: Lab) -> None:
    both = marked.values("select entity_id from holder_of('pk-coas', date '2022-11-29')")
    assert both == ["qamar-javed-bajwa", "asim-munir"]
    assert marked.rows("select * from holder_of('no-office', date '2022-11-29')") == []


def test_twice_is_once(marked: Lab) -> None:
    before = state(marked)
    assert pending(marked) == 0
    mark_stale(marked.run(), None)
    assert pending(marked) == 3
    marked.stage(STAGE, marked.run(stale=ALL))
    again = state(marked)
    assert again[:-1] == before[:-1]
    assert pending(marked) == 0


def test_a_changed_text_or_date_is_enriched_again(marked: Lab) -> None:
    put(marked, article("b", "Donald Trump thanked Pakistan."))
    assert pending(marked) == 1
    marked.stage(STAGE, marked.run())
    assert marked.values("select count(*) from mentions where article_id = 'b'") == [2]
    put(marked, {**article("b", "Donald Trump thanked Pakistan."), "published_at": datetime(2025, 7, 1, tzinfo=UTC)})
    assert pending(marked) == 1


def test_editing_a_table_makes_enrichment_pending_and_changes_are_counted(marked: Lab) -> None:
    before = mark_hashes(marked.run())
    with (SHIPPED / "actors.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        if row["key"] == "marco-rubio":
            row["aliases"] = "Nobody At All"
    write(marked.config.directory / "actors.csv", rows)
    marked.config = load(marked.config.directory, environ={})  # as the next run does
    assert pending(marked) == 3
    assert STAGE.count(marked.run(stale=1)) == 1  # old ones are done a few at a time
    marked.stage(STAGE, marked.run(stale=ALL))
    assert pending(marked) == 0
    assert marked.values("select count(*) from mentions where entity_id = 'marco-rubio'") == [0]
    changed = {c.field: c.changed for c in field_changes(marked.run(), before, mark_hashes(marked.run()))}
    assert changed["mentions"] == 1


def test_status_counts_articles_with_pending_marks(marked: Lab) -> None:
    def due() -> tuple[int, int]:
        given = {"now": datetime(2025, 7, 1, tzinfo=UTC), "marks": stage_version(marked.run())}
        with db.writer(marked.config.settings.warehouse) as con:
            (row,) = db.rows(con, db.statement("load/status_pending"), given)
        return row["articles_to_mark"], row["articles_marked_by_older_rules"]

    assert due() == (0, 0)
    put(marked, article("b", "Donald Trump thanked Pakistan."))
    assert due() == (pending(marked), 0) == (1, 0)
    marked.stage(STAGE, marked.run())
    mark_stale(marked.run(), ["a", "c"])
    assert due() == (0, pending(marked)) == (0, 2)


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_failures_are_conserved(monkeypatch: pytest.MonkeyPatch, marked: Lab) -> None:
    def broken(given: Any, _tables: Any) -> None:
        raise ValueError(f"no {given.article_id}")

    monkeypatch.setattr("tasks.enrich.work.enrich_article", broken)
    mark_stale(marked.run(), ["a"])
    result = marked.stage(STAGE, marked.run(stale=ALL))
    assert (result.taken, result.ok, result.failed) == (1, 0, 1)
    assert marked.values("select detail from failures where stage = 'enrich'") == ["ValueError: no a"]
    assert pending(marked) == 0  # it waits for the next version
    assert tables().version


def test_a_batch_is_pure() -> None:
    assert enrich_batch_of([], Subject()).ok == ()
