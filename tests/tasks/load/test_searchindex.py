"""The search index: added to, kept current, merged, built anew, killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tasks.load import database as db
from tasks.load import searchindex
from tests.tasks.dedupe.lab import Warehouse, article

TABLES = ("search_postings", "search_terms", "search_segments", "search_dead")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path)


def index(warehouse: Warehouse, rows: Iterable[dict[str, Any]] = (), largest: int = searchindex.SMALL) -> int:
    warehouse.add(list(rows))
    return searchindex.update_index(warehouse.run(), largest=largest).taken


def found(warehouse: Warehouse, query: str) -> list[str]:
    return [row["article_id"] for row in warehouse.rows("from search($query)", query=query)]


def state(warehouse: Warehouse) -> dict[str, tuple[int, str]]:
    with db.writer(warehouse.config.settings.warehouse) as con:
        return {table: db.table_hash(con, table) for table in (*TABLES, "articles")}


def test_what_is_new_is_found_and_a_second_run_changes_nothing(warehouse: Warehouse) -> None:
    assert index(warehouse, [article("a", "The embassy opened.")]) == 1
    assert index(warehouse, [article("b", "The embassy closed.")]) == 1
    assert sorted(found(warehouse, "embassy")) == ["a", "b"]
    before = state(warehouse)
    assert index(warehouse) == 0
    assert state(warehouse) == before


def test_an_edited_article_is_found_by_its_new_words_only(warehouse: Warehouse) -> None:
    index(warehouse, [article("a", "The embassy opened.", title="Opening"), article("b", "The embassy is old.")])
    index(warehouse, [article("a", "The consulate opened.", title="Opening")])
    assert found(warehouse, "consulate") == ["a"]
    assert found(warehouse, "embassy") == ["b"]
    assert found(warehouse, "opened") == ["a"]


def test_what_is_no_article_any_more_is_not_found_and_comes_back(warehouse: Warehouse) -> None:
    index(warehouse, [article("a", "Accept cookies."), article("b", "Accept terms.")])
    index(warehouse, [article("a", "Accept cookies.", verdict="template")])
    assert found(warehouse, "accept") == ["b"]
    index(warehouse, [article("a", "Accept cookies.", verdict="brief")])
    assert sorted(found(warehouse, "accept")) == ["a", "b"]


def test_merging_keeps_results_and_drops_the_dead(warehouse: Warehouse) -> None:
    for number in range(6):
        index(warehouse, [article(f"a{number}", f"Talks on trade, round {number}.")])
    index(warehouse, [article("a0", "Talks on water.")])
    before = warehouse.rows("select article_id, score from search('talks') order by 1")
    assert warehouse.rows("select count(*) as n from search_segments") == [{"n": 7}]
    index(warehouse, largest=5)
    assert warehouse.rows("select articles, first_doc from search_segments") == [{"articles": 6, "first_doc": 0}]
    assert warehouse.rows("from search_dead") == []
    after = warehouse.rows("select article_id, score from search('talks') order by 1")
    assert [row["article_id"] for row in after] == [row["article_id"] for row in before]
    assert found(warehouse, "water") == ["a0"]
    index(warehouse, [article("late", "Talks on dams.")], largest=5)
    assert found(warehouse, "dams") == ["late"]


def test_other_rules_build_it_anew_and_anew_is_the_same(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    index(warehouse, [article(f"a{n}", f"Talks on trade, round {n}.") for n in range(5)])
    first = state(warehouse)
    with db.writer(warehouse.config.settings.warehouse) as con:
        searchindex.clear(con)
    assert found(warehouse, "talks") == []
    assert warehouse.rows("select articles, indexed, waiting from search_freshness") == [
        {"articles": 5, "indexed": 0, "waiting": 5}
    ]
    assert index(warehouse) == 5
    assert state(warehouse) == first
    monkeypatch.setattr(searchindex, "RULES", "next")
    assert index(warehouse) == 5
    assert warehouse.rows("select distinct rules from search_segments") == [{"rules": "next"}]


def test_when_many_numbers_are_dead_it_is_built_anew(warehouse: Warehouse) -> None:
    index(warehouse, [article(f"a{n}", "Talks.") for n in range(4)])
    index(warehouse, [article(f"a{n}", "Talks again.") for n in range(2)])
    assert index(warehouse) == 4
    assert warehouse.rows("from search_dead") == []
    assert len(found(warehouse, "talks")) == 4


def test_a_killed_build_leaves_a_warehouse_that_works(warehouse: Warehouse) -> None:
    index(warehouse, [article("old", "The embassy opened.")])
    words = " ".join(f"word{n}" for n in range(300))
    warehouse.add([article(f"n{n:04}", f"embassy {n} {words}") for n in range(3000)])
    code = (
        "import sys\nfrom pathlib import Path\nfrom tasks.load import searchindex\n"
        "from tests.tasks.dedupe import lab\n"
        "searchindex.LARGE = 500\n"
        "warehouse = lab.Warehouse(Path(sys.argv[1]))\n"
        "print('begin', flush=True)\nsearchindex.update_index(warehouse.run())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(warehouse.directory)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.6)
    process.send_signal(signal.SIGKILL)
    process.wait()
    waiting = warehouse.rows("select waiting from search_freshness")[0]["waiting"]
    assert waiting > 0
    assert "old" in [row["article_id"] for row in warehouse.rows("from search('embassy', most := 5000)")]
    assert index(warehouse) == waiting
    assert warehouse.rows("select count(*) as n from search('embassy', most := 5000)") == [{"n": 3001}]
