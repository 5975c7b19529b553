"""The report as a file: its numbers, its SQL, and that nothing in it loads or runs what an article contains."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from click.testing import CliRunner

from config.model import Config
from flows.cli import main
from flows.report import write_report
from tasks.load import database as db
from tasks.load.report_charts import charts, script
from tasks.load.report_data import Scope, collect
from tests.flows.report_world import ARTICLES, EVIL, NOW, URDU, article, tables, warehouse


@dataclass
class Section:
    sql: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class Page(HTMLParser):
    """What a browser would make of the page: elements, what they load, and the sections' SQL and tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.sections: dict[str, Section] = {}
        self._path: list[str] = []
        self._section = Section()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")
        if tag in ("header", "section", "footer"):
            self._section = self.sections[dict(attrs).get("id") or tag] = Section()
        if tag == "tr":
            self._section.rows.append([])
        if tag == "td":
            self._section.rows[-1].append("")
        if tag not in ("meta", "br", "img", "link"):
            self._path.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._path.pop() == tag, "elements are not nested as they were written"

    def handle_data(self, data: str) -> None:
        if not self._path:
            return
        self.texts[self._path[-1]][-1] += data
        if self._path[-1] == "code":
            self._section.sql += data
        elif self._path[-1] == "th":
            self._section.head.append(data.replace(" ", "_"))
        elif self._path[-1] == "td":
            self._section.rows[-1][-1] += data


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return warehouse(tmp_path_factory.mktemp("report"), tables())


@pytest.fixture
def con(config: Config) -> Iterator[db.Connection]:
    connection = db.reader(config.settings.warehouse.path)
    yield connection
    connection.close()


def made(config: Config, folder: Path, **options: Any) -> str:
    write_report(config, folder / "report.html", NOW, **options)
    return (folder / "report.html").read_text(encoding="utf-8")


def answers(con: db.Connection, **options: Any) -> Any:
    values = {"zone": "utc", "relevance": 1, "first": None, "last": None, "now": NOW, **options}
    return collect(con, "w", **values)


def listed(found: Any, question: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in found.rows(question)]


def test_numbers_are_those_worked_out_by_hand(con: db.Connection) -> None:
    found = answers(con)
    assert listed(found, "summary") == [(6, 5, 3, 3, 2, 1, 1, 9)]
    assert [(f"{d:%m-%d}", *rest) for d, *rest in listed(found, "volume")] == [
        ("02-28", 1, 0, 0, 0, "not asked"),
        ("03-01", 3, 1, 4, 0, "heard"),
        ("03-02", 0, 0, 4, 0, "heard"),
        ("03-03", 0, 0, 1, 3, "outage"),
        ("03-04", 1, 0, 4, 0, "heard"),
    ]
    assert listed(found, "outlets") == [("Dawn", 3, 0, 0, 0), ("Courier <b>", 0, 0, 1, 1), ("صبح", 1, 0, 0, 0)]
    assert listed(found, "supply") == [("AFP", "Dawn", 1), ("Dawn", "Courier <b>", 1)]
    assert listed(found, "topics") == [("visits", date(2026, 3, 1), 2), ("trade", date(2026, 3, 1), 1)]
    assert listed(found, "actors") == [("Envoy & <i>Co</i>", "person", "US", 1, 1, 1)]
    assert [row[:4] for row in listed(found, "stories")] == [(EVIL, 2, 1, 2), (URDU, 1, 0, 1)]
    assert [row[2:7] for row in listed(found, "changes")] == [
        ("First headline", EVIL, 2, 15, 4),
        (URDU, f"{URDU} طے", 1, 2, 1),
    ]
    assert [row[:1] + row[2:] for row in listed(found, "listening") if row[1] == date(2026, 3, 3)] == [
        ("Courier <b>", 0, 1), ("صبح", 0, 1), ("Dawn", 1, 1),
    ]  # fmt: skip
    assert [row[:3] for row in listed(found, "feeds")] == [("صبح", "subh-home", "down")]


def test_days_zone_and_relevance_choose_the_articles(con: db.Connection) -> None:
    day = date(2026, 3, 1)
    one_day = {"first": day, "last": day}
    assert listed(answers(con, relevance=3), "summary")[0][0] == 1
    assert listed(answers(con, **one_day), "summary")[0][0] == 4
    # two of them appeared after midnight in Karachi
    assert listed(answers(con, **one_day, zone="karachi"), "summary")[0][0] == 2
    assert listed(answers(con, first=day, last=day + timedelta(days=400)), "volume")[0][0] == date(2026, 2, 23)


@pytest.mark.parametrize(("days", "bucket"), [(1, "day"), (120, "day"), (121, "week"), (1096, "week"), (4000, "month")])
def test_long_ranges_are_shown_in_longer_steps(days: int, bucket: str) -> None:
    first = date(2020, 1, 1)
    assert Scope(first, first + timedelta(days=days - 1), "utc", 1).bucket == bucket


def test_a_silent_day_and_an_outage_look_different(con: db.Connection) -> None:
    figures = charts(answers(con))
    shades = figures["volume"]["layout"]["shapes"]
    assert [(shade["x0"], shade["fillcolor"]) for shade in shades] == [
        ("2026-02-28", "var(--nothing)"),
        ("2026-03-03", "var(--outage)"),
    ]
    assert figures["topics"]["data"][0]["z"][0] == [None, 2, 0, None, 0]


def test_what_is_shown_is_what_was_run(config: Config, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    page = Page(made(config, tmp_path))
    assert len(page.sections) == 11
    con = request.getfixturevalue("con")  # only now: one reader at a time
    summary = con.execute(page.sections.pop("header").sql).fetchone()
    assert page.texts["dd"][: len(summary)] == [said(value) for value in summary]
    for key, section in page.sections.items():
        result = con.execute(section.sql)
        assert section.head == [column[0] for column in result.description], key
        rows = [[said(value) for value in row] for row in result.fetchall()]
        assert [row for row in section.rows if row] == rows, key


def said(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def test_the_page_loads_nothing_and_runs_only_its_own_scripts(config: Config, tmp_path: Path) -> None:
    text = made(config, tmp_path)
    page = Page(text)
    assert [tag for tag, attrs in page.elements if {"src", "srcset", "data", "onerror"} & set(attrs)] == []
    assert {tag for tag, attrs in page.elements if "href" in attrs} == {"a"}
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.elements}
    assert not re.search(r"url\(|@import|https?:", page.texts["style"][0])
    policy = next(attrs["content"] or "" for _, attrs in page.elements if "http-equiv" in attrs)
    assert policy.startswith("default-src 'none'")
    data, *scripts = page.texts["script"]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    assert len(scripts) == 2
    assert re.findall(r"'sha256-(.+?)'", policy) == hashes
    assert "unsafe-eval" not in policy
    assert json.loads(data)
    assert "<" not in data
    assert len(text.encode()) < len(script()) + 300_000


def test_texts_of_others_are_harmless(config: Config, tmp_path: Path) -> None:
    text = made(config, tmp_path)
    page = Page(text)
    assert EVIL in page.texts["ins"]
    assert [attrs["dir"] for tag, attrs in page.elements if tag == "ins"] == ["auto", "auto"]
    assert "<script>window.harmed" not in text
    links = [attrs["href"] for tag, attrs in page.elements if tag == "a"]
    assert links == ["#source", "https://subh.example/urdu?a=1&b=2"]
    figures = json.loads(page.texts["script"][0])
    assert "Courier &lt;b&gt;" in figures["outlets"]["data"][-1]["y"]


def test_same_warehouse_and_time_give_the_same_bytes(config: Config, tmp_path: Path) -> None:
    assert made(config, tmp_path) == made(config, tmp_path)
    assert "2026-03-04 12:00 UTC (run r1)" in made(config, tmp_path)


EDGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "empty": ({}, {}),
    "no articles": (tables(), {"first": date(2020, 1, 1), "last": date(2020, 1, 5)}),
    "one article": ({"articles": ARTICLES[:1]}, {}),
    "all": (tables(), {}),
    "long": (
        {"articles": [article(f"a{n}", f"outlet{n % 60}", -n) for n in range(0, 1100, 5)]},
        {},
    ),
    "decades": ({"articles": [article("new", "dawn", 0), article("old", "dawn", -5000)]}, {}),
}


@pytest.mark.parametrize("edge", EDGES)
def test_every_range_gives_charts_that_plotly_accepts(edge: str, tmp_path: Path) -> None:
    rows, options = EDGES[edge]
    page = Page(made(warehouse(tmp_path, rows), tmp_path, **options))
    figures = json.loads(re.sub(r"var\(--[\w-]+\)", "#000", page.texts["script"][0]))
    for figure in figures.values():
        go.Figure(figure)
    drawn = [attrs["id"] for _, attrs in page.elements if attrs.get("class") == "chart"]
    assert sorted(drawn) == sorted(f"chart-{key}" for key in figures)
    assert len(figures["volume"]["data"][0]["x"]) < 220


def test_the_command(config: Config, tmp_path: Path) -> None:
    def run(*arguments: str) -> Any:
        environment = {"KHABAR_WAREHOUSE__PATH": str(config.settings.warehouse.path)}
        return CliRunner().invoke(main, ["report", *arguments], env=environment)

    out = tmp_path / "r.html"
    done = run(
        "-o", str(out), "--from", "2026-03-01", "--to", "2026-03-02", "--zone", "karachi", "--min-relevance", "2"
    )
    assert done.exit_code == 0, done.output
    assert "1 March 2026 to 2 March 2026" in out.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == [out]
    wrong = run("-o", str(out), "--from", "2026-03-05", "--to", "2026-03-01")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (1, 1)
    assert "give a --to" in wrong.stderr
    nowhere = run("-o", str(tmp_path / "no" / "r.html"))
    assert nowhere.exit_code == 1
    assert "cannot be written" in nowhere.stderr
