"""Every ready question: its answer on a small newsroom, its header, its place in the documents."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.model import WarehouseSettings
from flows.cli import main
from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.queries import filled_in, parse, ready_queries, ready_query, values
from tests.warehouse.questions import GOLDEN, answer, open_world

ROOT = Path(__file__).parents[2]
QUERIES = ready_queries()
NAMES = [query.name for query in QUERIES]
HEADER = "-- title: T\n-- question: q01\n-- purpose:\n--   P\n-- parameters:\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Connection]:
    con = open_world(tmp_path_factory.mktemp("newsroom"))
    yield con
    con.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_golden_one(world: db.Connection, name: str) -> None:
    golden = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")
    assert golden.count("\n") >= 2, "the newsroom gives no answer"
    assert answer(world, ready_query(name)) == golden


@pytest.mark.parametrize("name", NAMES)
def test_the_shown_sql_runs_as_it_is(world: db.Connection, name: str) -> None:
    query = ready_query(name)
    shown = filled_in(query, values(query, []))
    assert len(world.execute(shown).fetchall()) == len(world.execute(query.sql, values(query, [])).fetchall())


@pytest.mark.parametrize("name", NAMES)
def test_counts_are_whole_numbers_in_parquet_too(world: db.Connection, name: str) -> None:
    query = ready_query(name)
    schema = world.execute(query.sql, values(query, [])).to_arrow_table().schema
    assert [field.name for field in schema if str(field.type).startswith("decimal")] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_in_form(name: str) -> None:
    query = ready_query(name)
    assert re.match(r"q\d\d", query.question)
    assert len(query.purpose) > 80
    assert "Beware" in query.purpose
    code = re.sub(r"'(?:[^']|'')*'|--[^\n]*", "", query.sql)
    assert {p.name for p in query.parameters} == set(re.findall(r"\$(\w+)", code))
    assert ";" not in code
    assert all(len(line) <= 140 for line in query.sql.splitlines())


def test_there_is_no_golden_answer_without_a_question() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.csv")) == NAMES


def test_the_document_names_every_question_and_every_query() -> None:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (q\d\d) \|.*\| (answered|partly|no)\b(.*)\|$", text, re.MULTILINE)
    assert [key for key, *_ in rows] == [f"q{number:02}" for number in range(1, 37)]
    named = {name: key for key, said, rest in rows if said != "no" for name in re.findall(r"`(\w+)`", rest)[:1]}
    assert sorted(named) == NAMES
    assert [q.name for q in QUERIES if not q.question.startswith(named[q.name])] == []


@pytest.mark.parametrize(
    ("name", "given", "column", "found"),
    [
        ("wording_before_after", ["reprints=true"], "either_after", ["2", "2"]),
        ("wording_before_after", ["zone=UTC"], "either_before", ["2", "0"]),
        ("syndicated_share", ["entity="], "outlet", ["Dawn", "Tribune", "The Frontier Post"]),
        ("stories_missed_by_outlet", ["outlet=express"], "reading", ["not heard"]),
        (
            "stories_missed_by_outlet",
            ["outlet=ndtv", "hours=1", "since=2025-11-01", "until=2025-11-30", "families=1"],
            "hours_until_outlet",
            ["2.0"],
        ),
        ("quoted_words_by_side", ["repeats=true"], "words_us", ["3", "16", "8"]),
        ("changes_after_publication", ["only_denials=true", "denial=nothing"], "outlet", []),
        ("topic_mix_by_government", ["areas=true"], "topic_id", ["pol", "sec", "reg", "dip"]),
        ("statements_by_person", ["persons=imran-khan", "cue_class=claiming"], "statement", ["the US wanted him out"]),
        # a wording that lacks the anchor is one of the quotation all the same
        ("quote_variants", ["anchor=strategic", "overlap=1"], "missing", ["[]", "['a', 'strategic']"]),
        ("dollar_amounts", ["near=fees", "since=", "until="], "outlet", ["Tribune"]),
    ],
)
def test_parameters_change_the_answer(
    world: db.Connection, name: str, given: list[str], column: str, found: list[str]
) -> None:
    rows = list(csv.DictReader(io.StringIO(answer(world, ready_query(name), *given))))
    cells = [row[column] for row in rows]
    if column in ("outlet", "topic_id"):
        assert set(found) <= set(cells) if found else not cells
    else:
        assert cells == found


def test_days_do_not_depend_on_the_zone_of_the_session(tmp_path: Path) -> None:
    open_world(tmp_path).close()
    with db.writer(_settings(tmp_path)) as con:
        con.execute("set timezone = 'America/New_York'")
        for query in QUERIES:
            rows = list(csv.reader(io.StringIO(answer(con, query))))
            golden = list(csv.reader(io.StringIO((GOLDEN / f"{query.name}.csv").read_text(encoding="utf-8"))))
            # an instant is printed in the zone of the session; days, hours and counts are not
            assert [_but_instants(row) for row in rows] == [_but_instants(row) for row in golden], query.name


def _settings(folder: Path) -> WarehouseSettings:
    return WarehouseSettings(path=folder / "k.duckdb", work_path=folder / "w.duckdb", archive_dir=folder / "a")


def _but_instants(row: list[str]) -> list[str]:
    return [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d", "instant", cell) for cell in row]


def test_macros() -> None:
    con = db.memory()
    for path in sorted((ROOT / "warehouse" / "macros").glob("*.sql")):
        if "as table" not in path.read_text(encoding="utf-8"):
            con.execute(path.read_text(encoding="utf-8"))
    asked = {
        "is_coverage('article', 1, 2)": False, "is_coverage('brief', 2, 2)": True, "is_coverage('video', 3, 1)": False,
        "is_coverage('article', null, 1)": True, "on_topic('sec.arms', 'sec')": True,
        "on_topic('sector', 'sec')": False,
        "is_first_print('near', 'x')": False, "is_first_print('reprint', null)": True, "share_of(1, 3)": 0.333,
        "share_of(0, 0)": None, "day_in(timestamptz '2026-03-01 20:00:00+00', 'Asia/Karachi')": date(2026, 3, 2),
        "in_period(timestamptz '2026-03-01 20:00:00+00', date '2026-03-02', date '2026-03-02', 'Asia/Karachi')": True,
        "in_period(timestamptz '2026-03-01 20:00:00+00', date '2026-03-02', null, 'UTC')": False,
        "in_period(null, null, null, 'UTC')": True, "in_period(null, date '2026-03-02', null, 'UTC')": None,
    }  # fmt: skip
    assert {call: db.scalar(con, f"select {call}") for call in asked} == asked


def test_the_command_lists_shows_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_world(tmp_path).close()
    monkeypatch.setenv("KHABAR_WAREHOUSE__PATH", str(tmp_path / "w.duckdb"))
    listed = CliRunner().invoke(main, ["query"]).stdout.splitlines()
    assert len(listed) == len(NAMES)
    assert listed[NAMES.index("syndicated_share")].split(maxsplit=1)[1].startswith("Share of articles")
    shown = CliRunner().invoke(main, ["query", "quote_variants", "--show", "-p", "words=it's"]).stdout
    assert "-- title: Variants" in shown
    assert "lower('it''s')" in shown
    done = CliRunner().invoke(main, ["query", "denials", "--format", "csv"])
    assert done.stdout == (GOLDEN / "denials.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["denial"], "there is no ready question denial; did you mean denials?"),
        (["denials", "-p", "speeker=x"], "denials has no parameter speeker; it has speaker, topic, relevance, since"),
        (["denials", "-p", "since=May 2025"], "since=May 2025 is not a day, as 2025-05-10"),
        (["denials", "-p", "relevance=high"], "relevance=high is not a whole number"),
        (["source_kinds", "-p", "reprints=perhaps"], "is not true or false"),
        (["denials", "-p", "speaker"], "write a parameter as key=value"),
    ],
)
def test_errors_are_one_clear_line(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["query", *arguments])
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_a_value_is_never_sql(world: db.Connection) -> None:
    query = ready_query("statements_by_person")
    assert answer(world, query, "persons=x') or true --").count("\n") == 1
    shown = filled_in(query, values(query, ["persons=x') or true --"]))
    assert world.execute(shown).fetchall() == []


@pytest.mark.parametrize(
    "header",
    [
        "-- title: T\n-- question: q01\n-- parameters:\n\nselect 1",
        HEADER + "--   $a colour = red\n--       c\n\nselect 1",
        HEADER + "--   $a text = red\n\nselect 1",
    ],
)
def test_a_broken_header_is_refused(header: str) -> None:
    with pytest.raises(KhabarError, match=r"x\.sql"):
        parse("x", header)
