"""Answers as files: streamed, whole or not at all, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tasks.errors import KhabarError
from tasks.load.ask import ask, format_of
from tests.support import empty_warehouse

ROOT = Path(__file__).parents[3]
Answer = Callable[[str, str], Path]


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    def run(query: str, form: str) -> Path:
        out = tmp_path / f"answer.{form}"
        ask(empty_warehouse(), query, form, out)
        return out

    return run


def sheet(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_a_spreadsheet_has_dates_numbers_and_plain_text(answer: Answer) -> None:
    query = (
        "select date '2026-03-01' as day, timestamptz '2026-03-01 20:30:00+05' as at, 7 as n, true as yes, null as no, "
        "'=1+1' as formula, '@sum(1)' as other, 9223372036854775807 as big, 'پاکستان' as urdu, date '1850-01-01' as old"
    )
    text = sheet(answer(query, "xlsx"))
    assert "<f>" not in text  # nothing is executed
    assert re.search(r'<c r="A2" s="\d+"><v>46082</v>', text)
    assert re.search(r'<c r="B2" s="\d+"><v>46082\.6458', text)  # 15:30 UTC
    assert '<c r="C2"><v>7</v>' in text
    assert '<c r="D2" t="b"><v>1</v>' in text
    assert 'r="E2"' not in text
    for kept in ("=1+1", "@sum(1)", "9223372036854775807", "پاکستان", "1850-01-01"):
        assert f">{kept}</t>" in text


def test_a_cell_that_is_too_long_is_cut_with_a_note(answer: Answer) -> None:
    text = sheet(answer("select repeat('x', 40000) as long, repeat('😀', 20000) as wide", "xlsx"))
    cells = [cell for cell in re.findall(r"<t[^>]*>(.*?)</t>", text) if len(cell) > 10]
    assert [len(cell.encode("utf-16-le")) // 2 for cell in cells] == [32767, 32766]  # no half of a pair
    assert all(cell.endswith("[cut: a cell holds 32,767 characters]") for cell in cells)


def test_the_same_answer_has_the_same_bytes(answer: Answer) -> None:
    query = "select range as n, 'title ' || range as title from range(100)"
    for form in ("xlsx", "parquet", "csv", "json"):
        assert answer(query, form).read_bytes() == answer(query, form).read_bytes()


def test_values_in_text_formats(answer: Answer) -> None:
    query = "select true as yes, map {'dns': 2} as codes, 'nan'::double as odd, ['a', 'b'] as topics, null as nothing"
    assert list(csv.reader(answer(query, "csv").open())) == [
        ["yes", "codes", "odd", "topics", "nothing"],
        ["true", '{"dns": 2}', "nan", '["a", "b"]', ""],
    ]
    (row,) = json.loads(answer(query, "json").read_text())
    assert row == {"yes": True, "codes": {"dns": 2}, "odd": None, "topics": ["a", "b"], "nothing": None}
    assert json.loads(answer("select 1 as n where false", "json").read_text()) == []
    assert pq.read_table(answer(query, "parquet")).num_rows == 1


@pytest.mark.parametrize(
    ("form", "name", "chosen"),
    [(None, "a.xlsx", "xlsx"), (None, "a.MD", "markdown"), (None, "a.dat", "table"), ("csv", "a.json", "csv")],
)
def test_the_name_of_the_file_chooses_the_format(form: str | None, name: str, chosen: str) -> None:
    assert format_of(form, Path(name)) == chosen


def test_a_query_that_fails_on_the_way_leaves_no_file_and_keeps_the_old_one(tmp_path: Path, answer: Answer) -> None:
    (tmp_path / "answer.csv").write_text("old")
    query = "select if(range = 90000, error('broken'), range::varchar) as n from range(100000)"
    for form in ("csv", "json", "parquet", "xlsx"):
        with pytest.raises(KhabarError, match="the query failed"):
            answer(query, form)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("answer.csv", "old")]
    with pytest.raises(KhabarError, match="cannot be written"):
        ask(empty_warehouse(), "select 1", "csv", tmp_path / "no" / "such.csv")


def test_an_error_shows_its_place_in_the_query() -> None:
    with pytest.raises(KhabarError) as caught:
        ask(empty_warehouse(), "select titel from articles", "table", None)
    lines = str(caught.value).splitlines()
    assert "title" in str(caught.value)  # a hint
    assert lines[-2:] == ["LINE 1: select titel from articles", " " * len("LINE 1: select ") + "^"]


_GROWTH = """
import resource, sys
from pathlib import Path
from tasks.load.ask import ask
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for rows in (2000, 150000):
    ask(Path(sys.argv[1]), f"select repeat('x', 1000) || range as t from range({rows})", sys.argv[2], Path(sys.argv[3]))
    before = most() if rows == 2000 else before
print(most() - before)
"""


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_large_answer_is_not_held_in_memory(tmp_path: Path, form: str) -> None:
    """150 MB of text, in much less memory than that."""
    arguments = [str(empty_warehouse()), form, str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", _GROWTH, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 90_000  # kilobytes
