"""Data sets of a real warehouse: same rows, same bytes; whatever is changed in one is found."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from flows.cli import main
from tasks.load.freeze_set import manifest_hash
from tests.flows.conftest import Ingested


def freeze(world: Ingested, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["--config", str(world.config), "freeze", *map(str, arguments)])


@pytest.fixture(scope="module")
def folder(ingested: Ingested, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set of everything."""
    target = tmp_path_factory.mktemp("frozen")
    done = freeze(ingested, "spring", "-o", target)
    assert done.exit_code == 0, done.output
    return target


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def test_the_same_warehouse_makes_the_same_bytes(folder: Path, ingested: Ingested, tmp_path: Path) -> None:
    assert freeze(ingested, "again", "-o", tmp_path / "b", "--title", "Another").exit_code == 0
    assert {p.name: p.read_bytes() for p in folder.glob("*.parquet")} == {
        p.name: p.read_bytes() for p in (tmp_path / "b").glob("*.parquet")
    }
    mine, other = manifest(folder), manifest(tmp_path / "b")
    assert mine["content_sha256"] == other["content_sha256"]
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in sorted(folder.glob("*.parquet"))]
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == mine["content_sha256"], "sha256sum | sha256sum"
    assert mine["content_sha256"] in mine["citation"]
    assert mine["content_sha256"] in (folder / "README.md").read_text(encoding="utf-8")


def test_sorting_in_pieces_makes_the_same_bytes(
    folder: Path, ingested: Ingested, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.load.freeze._SORTED", 7)
    assert freeze(ingested, "pieces", "-o", tmp_path / "pieces").exit_code == 0
    assert manifest(tmp_path / "pieces")["content_sha256"] == manifest(folder)["content_sha256"]


def test_every_row_is_there_and_explained(folder: Path, ingested: Ingested) -> None:
    con = duckdb.connect(str(ingested.published), read_only=True)
    for file in manifest(folder)["files"]:
        counted = con.execute(f"select count(*) from {file['table']}").fetchone()
        assert counted == (file["rows"],), file["table"]
        assert all(column["comment"] for column in file["columns"]), file["table"]
    con.close()
    assert {file["file"]: file["rows"] for file in manifest(folder)["files"]}["articles.parquet"] >= 44
    assert [r for r in manifest(folder)["references"] if r["outside"]] == [], "nothing was left out: all resolves"


def test_duckdb_and_pandas_open_it(folder: Path) -> None:
    query = """
        select articles.title, pages.archive_file, polls.archive_offset
        from read_parquet($folder || '/articles.parquet') as articles
        join read_parquet($folder || '/pages.parquet') as pages using (page_id)
        join read_parquet($folder || '/entries.parquet') as entries on entries.article_id = articles.article_id
        join read_parquet($folder || '/polls.parquet') as polls using (poll_id)
        where articles.relevance = 3
    """
    traced = duckdb.connect().execute(query, {"folder": str(folder)}).fetchall()
    assert traced
    assert all(place.endswith(".warc.gz") for _, place, _ in traced)
    articles = pd.read_parquet(folder / "articles.parquet")
    assert str(articles["published_at"].dt.tz) == "UTC"
    assert articles["article_id"].is_unique
    assert articles["article_id"].is_monotonic_increasing


def test_a_data_set_is_never_overwritten(folder: Path, ingested: Ingested, tmp_path: Path) -> None:
    done = freeze(ingested, "spring", "-o", folder)
    assert done.exit_code == 1
    assert "is there already" in done.stderr
    assert freeze(ingested, "../x").exit_code == 1
    wrong = freeze(ingested, "x", "-o", tmp_path / "x", "--where", "colour = 'red'")
    assert "is not a condition on articles" in wrong.stderr
    assert "there is no article to freeze" in freeze(ingested, "x", "-o", tmp_path / "x", "--where", "false").stderr
    assert list(tmp_path.iterdir()) == [], "nothing half-made is left"
    (tmp_path / "file").touch()
    assert "cannot be written" in freeze(ingested, "x", "-o", tmp_path / "file" / "x").stderr
    assert "give one of NAME" in freeze(ingested).stderr


def test_whatever_depends_on_an_article_follows_it(ingested: Ingested, folder: Path, tmp_path: Path) -> None:
    assert freeze(ingested, "core", "-o", tmp_path / "core", "--where", "relevance >= 2").exit_code == 0
    assert freeze(ingested, "--verify", tmp_path / "core").exit_code == 0
    chosen = set(pd.read_parquet(tmp_path / "core" / "articles.parquet")["article_id"])
    whole = pd.read_parquet(folder / "articles.parquet")
    assert chosen == set(whole[whole["relevance"] >= 2]["article_id"])
    for name in ("article_versions", "mentions", "quotes", "article_topics", "reprints", "entries"):
        mine, all_of_them = (pd.read_parquet(f / f"{name}.parquet") for f in (tmp_path / "core", folder))
        assert set(mine["article_id"]) <= chosen, name
        assert len(mine) == all_of_them["article_id"].isin(chosen).sum(), name
    outside = {(r["file"], r["column"]) for r in manifest(tmp_path / "core")["references"] if r["outside"]}
    assert outside <= {("articles", "origin_article_id"), ("reprints", "origin_article_id")}


def sentences(text: str) -> Iterator[str]:
    yield from (s.strip() for s in re.split(r"(?<=[.!?۔])\s|\n", text) if len(s.split()) >= 6)


def test_without_texts_no_sentence_of_any_article_is_in_it(ingested: Ingested, folder: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    assert freeze(ingested, "bare", "-o", bare, "--no-text").exit_code == 0
    assert freeze(ingested, "--verify", bare).exit_code == 0

    def values(place: Path) -> str:
        rows = [row for path in sorted(place.glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
        return "\n".join(str(value) for row in rows for value in row.values())

    titles = set(pd.read_parquet(folder / "article_versions.parquet")["title"].dropna())
    texts = pd.read_parquet(folder / "article_versions.parquet")["text"].dropna()
    found = {s for text in texts for s in sentences(text)} - titles
    assert len(found) > 200
    with_texts, without = values(folder), values(bare)
    assert all(s in with_texts for s in found), "the scan would see them"
    assert [s for s in found if s in without] == []
    said = manifest(bare)
    assert "no text of an article" in said["licence"]
    assert "text" in {f["table"]: f["left_out"] for f in said["files"]}["articles"]


def flip(folder: Path) -> str:
    path = folder / "mentions.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return "mentions.parquet: its SHA-256 differs"


def remove(folder: Path) -> str:
    (folder / "quotes.parquet").unlink()
    return "quotes.parquet: is missing"


def add_row(folder: Path) -> str:
    table = pq.read_table(folder / "stories.parquet")
    pq.write_table(pa.concat_tables([table, table.slice(0, 1)]), folder / "stories.parquet")
    return "stories.parquet: has"


def add_file(folder: Path) -> str:
    (folder / "extra.csv").write_text("1")
    return "extra.csv: is not in the manifest"


def edit_manifest(folder: Path) -> str:
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"where": null', '"where": "relevance = 3"'))
    return "manifest.json: was edited"


def edit_readme(folder: Path) -> str:
    path = folder / "README.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nmore\n", encoding="utf-8")
    return "README.md: has"


def cut_manifest(folder: Path) -> str:
    (folder / "manifest.json").write_text('{"files": [')
    return "manifest.json: cannot be read"


@pytest.mark.parametrize("damage", [flip, remove, add_row, add_file, edit_manifest, edit_readme, cut_manifest])
def test_damage_is_found_and_named(ingested: Ingested, copy: Path, damage: Callable[[Path], str]) -> None:
    assert freeze(ingested, "--verify", copy).exit_code == 0
    said = damage(copy)
    done = freeze(ingested, "--verify", copy)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("table", "forge", "said"),
    [
        ("stories", lambda t: pa.concat_tables([t, t.slice(0, 1)]), "stand in more than one row"),
        ("outlets", lambda t: t.slice(1), "references are not those of the files"),
        ("runs", lambda t: t.drop_columns(["flow"]), "has the columns"),
    ],
)
def test_a_forger_who_makes_the_hashes_fit_is_found_by_the_contents(
    ingested: Ingested, copy: Path, table: str, forge: Callable[[pa.Table], pa.Table], said: str
) -> None:
    path = copy / f"{table}.parquet"
    pq.write_table(forge(pq.read_table(path)), path)
    forged = manifest(copy)
    file = next(f for f in forged["files"] if f["table"] == table)
    rows = pq.read_metadata(path).num_rows
    forged["totals"]["rows"] += rows - file["rows"]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    file.update(rows=rows, bytes=path.stat().st_size, sha256=digest)
    lines = [f"{f['sha256']}  {f['file']}\n" for f in sorted(forged["files"], key=lambda f: str(f["file"]))]
    forged["content_sha256"] = hashlib.sha256("".join(lines).encode()).hexdigest()
    forged["manifest_sha256"] = manifest_hash(forged)
    (copy / "manifest.json").write_text(json.dumps(forged), encoding="utf-8")
    done = freeze(ingested, "--verify", copy)
    assert done.exit_code == 1
    assert said in done.stderr


def test_compare_says_which_rows_and_rules_differ(ingested: Ingested, folder: Path, copy: Path) -> None:
    same = json.loads(freeze(ingested, "--compare", folder, copy, "--json").stdout)
    assert (same["changes"], same["made_by"]) == ([], [])
    table = pq.read_table(copy / "articles.parquet")
    first, second = table["article_id"][0].as_py(), table["article_id"][1].as_py()
    changed = table.slice(1).to_pylist()
    changed[0] |= {"relevance": 9, "text": "Another text."}
    added = {**changed[1], "article_id": "new"}
    pq.write_table(pa.Table.from_pylist([*changed, added], schema=table.schema), copy / "articles.parquet")
    other = manifest(copy)
    other["rules"]["extractor"] = ["99"]
    next(f for f in other["files"] if f["table"] == "articles")["sha256"] = ""
    (copy / "manifest.json").write_text(json.dumps(other), encoding="utf-8")
    found = json.loads(freeze(ingested, "--compare", folder, copy, "--json").stdout)
    assert found["changes"] == [
        {"table": "articles", "key": "new", "what": "added", "columns": ""},
        {"table": "articles", "key": second, "what": "changed", "columns": "text, relevance"},
        {"table": "articles", "key": first, "what": "removed", "columns": ""},
    ]
    assert [row["what"] for row in found["made_by"]] == ["rules.extractor"]
    said = freeze(ingested, "--compare", folder, copy, "--details").stdout
    assert "text, relevance" in said
    assert "rules.extractor" in said


def test_killed_at_any_moment_there_is_a_whole_set_or_none(ingested: Ingested, tmp_path: Path) -> None:
    target = tmp_path / "set"
    command = [sys.executable, "-m", "flows.cli", "--config", str(ingested.config), "freeze", "x", "-o", str(target)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not list(tmp_path.glob(".set.tmp/quotes.parquet")) and time.monotonic() < until:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert not target.exists(), "killed before the rename"
    assert os.listdir(tmp_path) == [".set.tmp"]
    assert freeze(ingested, "x", "-o", target).exit_code == 0
    assert os.listdir(tmp_path) == ["set"], "what the killed one left is gone"
    assert freeze(ingested, "--verify", target).exit_code == 0
