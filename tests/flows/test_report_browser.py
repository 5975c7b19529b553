"""The report in a real browser: drawn, readable on any screen and on paper, and deaf to what articles contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.report import write_report
from tests.browser import Browser, chromium
from tests.flows.report_world import ARTICLES, NOW, article, tables, warehouse

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
DRAWN = "[...document.querySelectorAll('.chart')].map((chart) => !!chart.querySelector('.main-svg .subplot'))"
# page and letters in the charts: light grey on dark, or dark on light
COLOURS = (
    "[getComputedStyle(document.documentElement).backgroundColor, document.querySelector('.ytick text').style.fill]"
)
LIGHT, DARK = ["rgb(255, 255, 255)", "rgb(28, 32, 36)"], ["rgb(20, 23, 26)", "rgb(230, 233, 236)"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as session:
        yield session


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    write_report(warehouse(folder, tables()), folder / "report.html", NOW)
    return folder / "report.html"


@pytest.fixture
def page(browser: Browser, page_file: Path) -> Browser:
    """The page, wide and light. It is loaded once: what a test changes of the screen, it must follow by itself."""
    browser.look()
    if browser.run("location.href") != page_file.as_uri():
        browser.open(page_file)
    return browser


@pytest.mark.parametrize("phone", [False, True])
def test_every_chart_is_drawn_and_nothing_is_wider_than_the_screen(page: Browser, phone: bool) -> None:
    page.look(width=390 if phone else 1200, phone=phone)
    assert page.run(DRAWN) == [True] * 6
    assert page.becomes(SIDEWAYS, False)
    assert page.run("[...document.querySelectorAll('.bars .point')].length") > 10
    assert page.problems() == []
    assert page.run("window.harmed === undefined") is True


def test_light_and_dark_differ_in_page_and_charts_at_once(page: Browser) -> None:
    assert page.becomes(COLOURS, LIGHT)
    page.look(dark=True)
    assert page.becomes(COLOURS, DARK)


def test_urdu_runs_from_right_to_left(page: Browser) -> None:
    directions = page.run("[...document.querySelectorAll('#changes ins')].map((x) => getComputedStyle(x).direction)")
    assert directions == ["ltr", "rtl"]


def test_the_sql_is_copied_whole(page: Browser) -> None:
    page.run("document.querySelector('#volume .sql').parentElement.open = true")
    page.run("document.querySelector('#volume .sql button').click()")
    shown = page.run("document.querySelector('#volume code').textContent")
    assert page.run("getSelection().toString()").split() == shown.split()


def test_on_paper_it_is_light_and_has_no_buttons(page: Browser) -> None:
    page.look(dark=True)
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.becomes(COLOURS, LIGHT)
    page.look(dark=True, media="print")
    assert page.run("[...document.querySelectorAll('button')].some((button) => button.checkVisibility())") is False
    page.look(dark=True)
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.becomes(COLOURS, DARK)
    paper = page.print()
    assert paper.startswith(b"%PDF")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 8


@pytest.mark.parametrize("edge", ["empty", "one article", "three years"])
def test_sparse_and_full_pages_are_drawn_without_complaint(browser: Browser, tmp_path: Path, edge: str) -> None:
    many = [article(f"a{n}", f"an outlet with a rather long name {n % 60}", -n) for n in range(0, 1096, 3)]
    rows = {"empty": {}, "one article": {"articles": ARTICLES[:1]}, "three years": {"articles": many}}[edge]
    write_report(warehouse(tmp_path, rows), tmp_path / "report.html", NOW)
    browser.look(width=390, phone=True)
    browser.open(tmp_path / "report.html")
    assert browser.problems() == []
    assert browser.becomes(SIDEWAYS, False)
    # one bar is neither a hair nor as wide as the chart
    if edge == "one article":
        assert 20 < browser.run("document.querySelector('#chart-volume .bars path').getBBox().width") < 120
    assert browser.run("document.documentElement.scrollHeight") < 12_000
