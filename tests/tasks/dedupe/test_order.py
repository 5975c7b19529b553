"""Order doesn't matter: any order of articles, in any batches, ends in the same rows."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.load import database as db
from tests.tasks.dedupe.lab import START, Warehouse, article, outlet, prose, text

OUTLETS = [outlet("dawn"), outlet("nation"), outlet("courier"), outlet("arabnews", "Arab News"), outlet("app", "APP")]
ANSWERS = {
    "reprints": "select * from reprints order by all",
    "articles": "select article_id, copy_kind, origin_article_id, story_id from articles order by all",
    "stories": "select * from stories order by all",
    "members": "select * from story_members order by all",
    "shared": "select * from shared_copy order by all",
    "links": "select * from story_links order by all",
}


def world() -> list[dict[str, Any]]:
    """Copies, cuts, a round-up, a handout in four papers, a credited source, a repeat, and two developing stories."""
    flood, visit = ["Sukkur", "Guddu", "Kotri", "Rohri", "Indus", "Jamshoro"], ["Rawalpindi", "Whitcombe", "Qazalbash"]
    wire = prose(1, 24, flood)
    handout = prose(2, 14, visit)
    own = prose(3, 16, ["Lahore", "Kasur"])
    hour = timedelta(hours=1)

    def made(name: str, paper: str, lines: list[str], hours: float, **more: Any) -> dict[str, Any]:
        time = START + hours * hour
        return article(name, text(lines), outlet_id=paper, published_at=time, first_seen_at=time, **more)

    return [
        made("a-wire", "app", wire, 0, title="Sukkur barrage gates give way"),
        made("b-cut", "dawn", wire[:9], 5, title="Sukkur gates break", agency="APP"),
        made("c-cut", "nation", [*wire[2:10], *wire[14:18]], 3, title="Flood at Sukkur"),
        made("d-near", "courier", wire, 8, title="Gates of Sukkur barrage give way"),
        made("e-roundup", "dawn", [*own, *wire[4:10]], 9, title="Lahore and Kasur brace"),
        made("f-hand", "dawn", handout, 30, title="Whitcombe in Rawalpindi"),
        made("g-hand", "nation", handout[:9], 31, title="Qazalbash meets Whitcombe"),
        made("h-hand", "courier", handout[2:], 30, title="Whitcombe, Qazalbash meet"),
        made("i-arab", "arabnews", handout[2:11], 33, title="Talks in Rawalpindi"),
        made("j-credit", "nation", handout[3:11], 32, title="Talks held", credit="arab news"),
        made(
            "k-follow",
            "courier",
            prose(5, 12, flood),
            40,
            title="Sukkur barrage gates give way, Kotri and Guddu warned",
        ),
        made("l-follow", "dawn", prose(6, 12, flood), 60, title="Sukkur barrage gates give way, Rohri evacuated"),
        made("m-alone", "nation", prose(7, 10, ["Gwadar"]), 20, title="Fishermen of Gwadar"),
        made("n-repeat", "nation", prose(7, 10, ["Gwadar"]), 50, title="Gwadar's fishermen"),
    ]


@cache
def empty() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="khabar-order-"))
    Warehouse(folder, OUTLETS)
    return folder / "work.duckdb"


def answers(batches: list[list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Every table that the stage answers in, after the batches came one by one."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(empty(), Path(folder) / "work.duckdb")
        warehouse = Warehouse(Path(folder), OUTLETS)
        # connections share what this one has loaded: opening and closing the file took most of the time
        with db.writer(warehouse.config.settings.warehouse):
            for batch in batches:
                warehouse.add(batch)
                warehouse.dedupe()
            return {name: warehouse.rows(query) for name, query in ANSWERS.items()}


@cache
def at_once() -> dict[str, list[dict[str, Any]]]:
    return answers([world()])


def test_the_world_has_what_is_to_be_kept() -> None:
    kinds = {row["article_id"]: row for row in at_once()["articles"]}
    assert {i: row["copy_kind"] for i, row in kinds.items()} == {
        "a-wire": "original",
        "b-cut": "reprint",
        "c-cut": "reprint",
        "d-near": "near",
        "e-roundup": "excerpt",
        "f-hand": "original",
        "g-hand": "reprint",
        "h-hand": "near",
        "i-arab": "reprint",
        "j-credit": "near",
        "k-follow": "original",
        "l-follow": "original",
        "m-alone": "original",
        "n-repeat": "near",
    }
    assert kinds["j-credit"]["origin_article_id"] == "i-arab"
    assert kinds["d-near"]["origin_article_id"] == "a-wire"
    assert kinds["a-wire"]["story_id"] == kinds["k-follow"]["story_id"]
    assert kinds["a-wire"]["story_id"] != kinds["f-hand"]["story_id"]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(world()), cuts=st.sets(st.integers(1, 13), max_size=5))
def test_any_order_and_any_batches_give_the_same_answers(order: list[dict[str, Any]], cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[a:b] for a, b in pairwise(edges)]
    assert answers(batches) == at_once()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed=st.sampled_from(range(14)), other=st.sampled_from(range(14)), days=st.sampled_from([0, 3, -40]))
def test_a_text_or_date_that_changes_and_changes_back_leaves_no_trace(changed: int, other: int, days: int) -> None:
    rows = world()
    later = START + timedelta(days=4)
    as_other = rows[changed] | {"text": rows[other]["text"], "title": rows[other]["title"], "read_at": later}
    as_other["published_at"] += timedelta(days=days)
    back = rows[changed] | {"read_at": later + timedelta(hours=1)}
    assert answers([rows, [as_other], [back]]) == at_once()


def test_a_name_in_one_text_that_is_an_everyday_word_in_the_other_tells_nothing_in_either_order() -> None:
    name = article("name", "The vault of the CORE is shut and at the CORE is the CORE of a CORE at the CORE.")
    word = article("word", "At its core a core is a core, as its core has the core with a bridge.")
    same = article("same", word["text"].replace("core", "CORE"))
    assert [link["article_b"] for link in answers([[name, same]])["links"]] == ["same"]
    for batches in ([[name], [word]], [[word], [name]], [[name, word]]):
        assert answers(batches)["links"] == []


def weeks() -> list[dict[str, Any]]:
    """Reports of eight weeks on one event, four days apart."""
    names = ["Sukkur", "Guddu", "Kotri", "Rohri", "Indus", "Jamshoro"]
    made = []
    for number in range(14):
        time = START + timedelta(days=4 * number)
        more = {"title": "Sukkur barrage gates give way", "published_at": time, "first_seen_at": time}
        made.append(article(f"w{number:02}", text(prose(20 + number, 12, names)), outlet_id="dawn", **more))
    return made


def test_a_story_of_weeks_comes_together_and_falls_apart_at_any_time() -> None:
    rows = weeks()
    whole = answers([rows])
    assert len(whole["stories"]) == 1
    # alone, every second report is too far from the next
    assert answers([rows[::2], rows[1:6:2], rows[9::2], rows[7:8]]) == whole
    gone = rows[7] | {"verdict": "gallery", "read_at": START + timedelta(days=90)}
    found = answers([rows, [gone]])
    assert found["stories"] == answers([[*rows[:7], *rows[8:]]])["stories"]
    assert len(found["stories"]) == 2


def test_a_late_original_takes_over_its_reprints() -> None:
    rows = [row for row in world() if row["article_id"] in ("a-wire", "c-cut", "d-near")]
    before = answers([rows[1:]])["articles"]
    after = answers([rows[1:], rows[:1]])["articles"]
    assert {row["article_id"]: row["origin_article_id"] for row in before} == {"c-cut": None, "d-near": "c-cut"}
    assert {row["article_id"]: row["origin_article_id"] for row in after} == {
        "a-wire": None,
        "c-cut": "a-wire",
        "d-near": "a-wire",
    }


def test_twice_is_once() -> None:
    assert answers([world(), []]) == at_once()


def test_what_is_no_article_any_more_leaves_its_copies() -> None:
    rows = world()
    gone = rows[0] | {"verdict": "paywall_stub", "read_at": START + timedelta(days=3)}
    found = answers([rows, [gone]])
    assert not [row for row in found["shared"] if "a-wire" in (row["article_id"], row["other_id"])]
    article_row = next(row for row in found["articles"] if row["article_id"] == "a-wire")
    assert (article_row["copy_kind"], article_row["story_id"]) == (None, None)
    left = {row["article_id"]: row["origin_article_id"] for row in found["articles"]}
    assert left["d-near"] == "c-cut"
