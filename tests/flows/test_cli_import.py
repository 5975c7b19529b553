"""Importing, re-processing and explaining from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli import main
from tests.flows.conftest import Ingested, Khabar
from tests.flows.test_ingest import hashes

CLIPPING = """Envoys agree to meet again on trade

Staff Report

ISLAMABAD : The trade envoys of the two countries agreed on Monday to meet again in spring, officials said.

They had talked for two days about cotton, mangoes and the price of soybeans, and parted without a paper.

The talks are the third round since the tariffs were raised, and the first in which both sides brought lawyers.

courtesy : the ravi courier"""


def article(config: Path, where: str) -> dict[str, Any]:
    done = CliRunner().invoke(
        main, ["--config", str(config), "sql", f"from articles where {where}", "--format", "json"]
    )
    found = json.loads(done.stdout)
    assert len(found) == 1, found
    return dict(found[0])


def test_a_clipping_becomes_an_article_with_its_fields_apart(own_config: Path, tmp_path: Path) -> None:
    path = tmp_path / "clipping.txt"
    path.write_text(CLIPPING)
    done = CliRunner().invoke(main, ["import", str(path), "--outlet", "sentinel"])
    assert done.exit_code == 0, done.output
    found = article(own_config, "title like 'Envoys%'")
    assert (found["title"], found["byline"]) == ("Envoys agree to meet again on trade", "Staff Report")
    assert (found["dateline"], found["credit"]) == ("ISLAMABAD", "the ravi courier")
    assert found["text"].startswith("The trade envoys")
    assert found["text"].endswith("brought lawyers.")
    assert (found["published_at"], found["date_source"]) == (None, None), "honestly unknown"
    assert found["outlet_id"] == "sentinel"
    before = hashes(own_config.parent / "khabar.duckdb")
    assert CliRunner().invoke(main, ["import", str(path), "--outlet", "sentinel"]).exit_code == 0
    assert hashes(own_config.parent / "khabar.duckdb") == before, "importing twice changes nothing"
    dated = ["import", str(path), "--outlet", "sentinel", "--published", "2026-03-02"]
    assert CliRunner().invoke(main, dated).exit_code == 0
    found = article(own_config, "title like 'Envoys%'")
    assert found["published_at"].startswith("2026-03-01T19:00:00"), "midnight in Karachi"
    assert (found["date_source"], found["version"]) == ("given:day", 1)


def test_tables_pages_and_warc_files(own_config: Path, ingested: Ingested, tmp_path: Path) -> None:
    row = {
        "url": "https://a.example/story?utm_source=x",
        "title": "A story",
        "text": "One.\nTwo.",
        "lang": "en",
        "author": "A. Writer",
    }
    bad = {"url": "not an address", "text": "x"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n{broken\n" + json.dumps(bad) + "\n")
    with (tmp_path / "rows.csv").open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["URL", "Title", "Text", "Published"])
        writer.writerow(["https://a.example/other", "Other", "Text of the other.", "2 March 2026 10:00 +0500"])
    (tmp_path / "page.html").write_text(
        "<html><head><title>Page</title></head><body><p>Words of a page.</p></body></html>"
    )
    warcs = sorted((ingested.folder / "archive").glob("*/*.warc.gz"))
    done = CliRunner().invoke(main, ["import", str(tmp_path), str(warcs[0])])
    assert done.exit_code == 0, done.output
    found = article(own_config, "url = 'https://a.example/story?utm_source=x'")
    assert (found["title"], found["authors"]) == ("A story", ["A. Writer"])
    assert article(own_config, "title = 'Other'")["published_at"].startswith("2026-03-02T05:00:00")
    said = CliRunner().invoke(
        main, ["sql", "select key, detail from failures where stage = 'import'", "--format", "json"]
    )
    failures = {Path(f["key"]).name: f["detail"] for f in json.loads(said.stdout)}
    assert "not JSON" in failures["rows.jsonl:2"]
    assert "is not an http or https address" in failures["rows.jsonl:3"]
    count = CliRunner().invoke(
        main, ["sql", "select count(*) n from pages where source = 'import'", "--format", "json"]
    )
    assert json.loads(count.stdout)[0]["n"] > 50, "every HTML response of the WARC file is a page"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nosuch.txt"], "there is no such file"),
        (["clipping.pdf"], "unknown kind of file"),
        (["clipping.txt", "--outlet", "nobody"], "is not in"),
        (["clipping.txt", "--published", "soonish"], "is not a date"),
        (["clipping.txt", "--url", "nowhere"], "is not an http or https address"),
    ],
)
def test_import_says_what_is_wrong_before_anything_runs(
    own_config: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    for name in ("clipping.pdf", "clipping.txt"):
        (tmp_path / name).write_text(CLIPPING)
    done = CliRunner().invoke(main, ["import", str(tmp_path / arguments[0]), *arguments[1:]])
    assert done.exit_code == 1
    assert said in done.stderr


def test_reprocess_from_the_archive_says_what_changed(khabar: Khabar, ingested: Ingested) -> None:
    """Without the network (the site is asked for nothing), and with nothing changed."""
    done = khabar("reprocess", "--from", "extract")
    assert done.exit_code == 0, done.output
    assert "no field of any article changed" in done.stderr
    wrong = khabar("reprocess", "--from", "extract", "--where", "colour = 'red'")
    assert wrong.exit_code == 1
    assert "is not a condition on articles" in wrong.stderr


def test_a_changed_outlet_makes_its_pages_pending_again(own_config: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        {"url": f"http://127.0.0.5/{n}", "outlet": outlet, "title": outlet, "text": "Some text."}
        for n, outlet in enumerate(["sentinel", "courier"])
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert CliRunner().invoke(main, ["import", str(path)]).exit_code == 0
    outlets = (own_config / "outlets.toml").read_text()
    (own_config / "outlets.toml").write_text(outlets.replace('name = "Khyber Sentinel"', 'name = "The Sentinel"'))
    done = CliRunner().invoke(main, ["reprocess", "--from", "extract", "--changed-only"])
    assert done.exit_code == 0, done.output
    assert "extract: 1 ok" in done.stderr


def test_explain_shows_every_mark_with_its_evidence(khabar: Khabar, ingested: Ingested) -> None:
    query = "select article_id, url from coverage where relevance = 3 limit 1"
    found = json.loads(khabar("sql", query, "--format", "json").stdout)
    text = khabar("explain", found[0]["article_id"]).stdout
    for heading in ("Relevance", "Topics", "Actors"):
        assert heading in text
    assert "level 3" in text
    assert khabar("explain", found[0]["url"]).stdout == text
    wrong = khabar("explain", "https://nowhere.example/")
    assert wrong.exit_code == 1
    assert "no article has this id or address" in wrong.stderr


def test_an_edited_table_marks_again_and_says_what_changed(own_config: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    text = "The finance minister of Pakistan met officials of the United States in Washington to discuss cotton."
    path.write_text(
        json.dumps({"url": "https://a.example/cotton", "title": "Pakistan and the US talk cotton", "text": text}) + "\n"
    )
    assert CliRunner().invoke(main, ["import", str(path)]).exit_code == 0
    again = CliRunner().invoke(main, ["reprocess", "--from", "enrich", "--changed-only"])
    assert "enrich: 0 ok" in again.stderr, "nothing is pending"
    shipped = (Path(__file__).parents[2] / "config" / "topics.csv").read_text(encoding="utf-8")
    header, *rows = shipped.splitlines(keepends=True)
    (own_config / "topics.csv").write_text(header + "".join(rows[:-1]), encoding="utf-8")
    done = CliRunner().invoke(main, ["reprocess", "--from", "enrich", "--changed-only"])
    assert done.exit_code == 0, done.output
    assert "enrich: 1 ok" in done.stderr
