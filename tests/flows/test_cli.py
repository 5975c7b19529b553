"""The command line as a user meets it: what it prints, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from flows.cli import main
from tests.flows.conftest import Khabar
from tests.site.server import Page, Site

QUERY = "select feed_id, state from feeds where feed_id like '%o%-rss' order by 1 limit 2"
ROWS = [{"feed_id": "bolan-rss", "state": "active"}, {"feed_id": "potomac-rss", "state": "active"}]


def test_sql_in_every_format(khabar: Khabar, tmp_path: Path) -> None:
    assert json.loads(khabar("sql", QUERY, "--format", "json").stdout) == ROWS
    assert [json.loads(x) for x in khabar("sql", QUERY, "--format", "jsonl").stdout.splitlines()] == ROWS
    assert list(csv.DictReader(io.StringIO(khabar("sql", QUERY, "--format", "csv").stdout))) == ROWS
    assert "| bolan-rss | active |" in khabar("sql", QUERY, "--format", "markdown").stdout
    table = khabar("sql", QUERY).stdout
    assert "bolan-rss" in table
    assert "(2 rows)" in table
    out = tmp_path / "health.parquet"
    assert khabar("sql", QUERY, "--format", "parquet", "-o", out).exit_code == 0
    assert pq.read_table(out).to_pylist() == ROWS


def test_sql_from_a_file_and_into_a_file(khabar: Khabar, tmp_path: Path) -> None:
    (tmp_path / "q.sql").write_text(QUERY)
    done = khabar("sql", "-f", tmp_path / "q.sql", "--format", "json", "-o", tmp_path / "out.json")
    assert done.exit_code == 0
    assert json.loads((tmp_path / "out.json").read_text()) == ROWS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["select nothing from nowhere"], "nowhere"),
        (["copy runs to '/tmp/x.csv'"], "the query failed"),
        (["select 1", "--format", "parquet"], "add -o FILE"),
        (["select 1", "-f", "x.sql"], "not both"),
        (["-f", "/nonexistent.sql"], "cannot be read"),
    ],
)
def test_sql_errors_are_one_clear_line(khabar: Khabar, arguments: list[str], said: str) -> None:
    done = khabar("sql", *arguments)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_status_for_people_and_machines(khabar: Khabar) -> None:
    text = khabar("status").stdout
    assert "bolan-rss" in text
    assert "look for a new address" in text
    found = json.loads(khabar("status", "--json").stdout)
    assert found["pending"]["feeds_due"] >= 0
    assert {run["state"] for run in found["runs"]} <= {"ok", "partial", "failed"}


def test_a_command_without_a_warehouse_says_what_to_do(own_config: Path) -> None:
    done = CliRunner().invoke(main, ["status"])
    assert done.exit_code == 1
    assert "there is no warehouse yet; run `khabar ingest`" in done.stderr


def test_a_broken_configuration_is_reported_whole(own_config: Path) -> None:
    (own_config / "feeds.csv").write_text("key,outlet,url,tier\nA b,nobody,ftp://x,weekly\n")
    (own_config / "settings.toml").write_text("[warehouse\n")
    done = CliRunner().invoke(main, ["ingest"])
    assert done.exit_code == 1
    for said in ("settings.toml: is not valid TOML", "key", "url", "tier"):
        assert said in done.stderr
    assert "Traceback" not in done.output


def test_an_unknown_feed_is_an_error(own_config: Path) -> None:
    done = CliRunner().invoke(main, ["ingest", "--feed", "nosuch"])
    assert done.exit_code == 1
    assert "no feed nosuch" in done.stderr


def test_feeds_are_added_by_home_page_and_removed_without_losing_history(own_config: Path) -> None:
    item = "<item><title>A</title><link>/a</link></item>"
    rss = f"<rss version='2.0'><channel><title>New Paper</title>{item}</channel></rss>"
    home = (
        "<html><head><link rel='alternate' type='application/rss+xml' href='/feed.xml'></head><body>Hello</body></html>"
    )
    with Site({"/": Page(home), "/feed.xml": Page(rss, "application/rss+xml")}) as site:
        text = (
            (own_config / "settings.toml")
            .read_text()
            .replace("allow_private = [", f'allow_private = ["127.0.0.1:{site.port}", ')
        )
        (own_config / "settings.toml").write_text(text)
        done = CliRunner().invoke(main, ["feeds", "add", site.url("/"), "--key", "new-paper"])
        assert done.exit_code == 0, done.output
        assert "/feed.xml (rss, 1 items)" in done.stdout
        again = CliRunner().invoke(main, ["feeds", "add", site.url("/feed.xml")])
        assert again.exit_code == 1
        assert "is there already, as feed 'new-paper'" in again.stderr
        checked = CliRunner().invoke(main, ["feeds", "check", "new-paper"])
        assert checked.exit_code == 0
        assert "new-paper: ok, rss, 1 items" in checked.stdout
    assert "new-paper" in CliRunner().invoke(main, ["feeds", "list"]).stdout
    assert CliRunner().invoke(main, ["feeds", "remove", "new-paper"]).exit_code == 0
    assert "new-paper" not in (own_config / "feeds.csv").read_text()
    assert CliRunner().invoke(main, ["feeds", "remove", "new-paper"]).exit_code == 1


def test_opml_out_and_in_again(own_config: Path, tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    assert CliRunner().invoke(main, ["feeds", "export", str(opml)]).exit_code == 0
    done = CliRunner().invoke(main, ["feeds", "import", str(opml)])
    assert "0 feeds added" in done.stdout
    text = opml.read_text().replace("</body>", '<outline text="More" xmlUrl="https://more.example/rss"/></body>')
    opml.write_text(text)
    done = CliRunner().invoke(main, ["feeds", "import", str(opml)])
    assert "1 feeds added" in done.stdout
    assert "https://more.example/rss" in (own_config / "feeds.csv").read_text()


def test_search_finds_what_the_run_brought(khabar: Khabar) -> None:
    titles = json.loads(khabar("sql", "select title from coverage order by title limit 1", "--format", "json").stdout)
    word = max(titles[0]["title"].split(), key=len)
    rows = json.loads(khabar("search", word, "-zebra", "--limit", "3", "--format", "json").stdout)
    assert 1 <= len(rows) <= 3
    assert "«" in rows[0]["snippet"] or word in rows[0]["title"]
    assert khabar("search", "o'zebra").exit_code == 0


def test_a_search_for_nothing_is_one_clear_line(khabar: Khabar) -> None:
    done = khabar("search", "?!")
    assert done.exit_code == 1
    assert "the query has no word to look for" in done.stderr
    assert "Traceback" not in done.output
