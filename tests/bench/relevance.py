"""Relevance and topics on labelled articles: writes predictions for `score_labels.py relevance`, and the speed.

    python -m tests.bench.relevance [PREDICTIONS.jsonl]

Needs the environment variable KHABAR_SHARED: a folder with `domain/relevance_labels.jsonl` and `corpora/`.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from config.subject import SHIPPED, load_subject
from tasks.enrich.article import enrich_article
from tasks.enrich.model import Article
from tasks.enrich.tables import build_tables

# the collections of Urdu texts state no day; offices need one
_DAYS = {"bbc_voa_urdu_2016": date(2016, 10, 15), "bend_the_truth": date(2019, 6, 1)}
_WRAP = 70  # one collection is hard-wrapped at this width, in the middle of words


def main(argv: list[str]) -> int:
    """Predict, write, and print the speed."""
    shared = Path(os.environ.get("KHABAR_SHARED", ""))
    text = (shared / "domain/relevance_labels.jsonl").read_text(encoding="utf-8")
    labels = [json.loads(line) for line in text.splitlines()]
    known = {a.article_id: a for a in articles(shared / "corpora")}
    chosen = [known[f"{label['corpus']}/{label['id']}"] for label in labels]
    problems: list[str] = []
    tables = build_tables(load_subject(SHIPPED, problems))
    assert not problems, problems
    enrich_article(chosen[0], tables)
    started = time.process_time()
    done = [enrich_article(article, tables) for article in chosen]
    seconds = time.process_time() - started
    out = Path(argv[1] if len(argv) > 1 else "predictions.jsonl")
    with out.open("w", encoding="utf-8") as handle:
        for label, result in zip(labels, done, strict=True):
            assert result.relevance is not None
            level = result.relevance.level
            topic = result.topics[0].topic_id if result.topics else ""
            handle.write(json.dumps({"id": label["id"], "level": level, "topic": topic}) + "\n")
    words = statistics.median(len(a.text.split()) for a in chosen)
    speed = len(done) / seconds
    sys.stdout.write(f"{len(done)} articles, median {words:.0f} words, {speed:.0f} articles/s and core; {out}\n")
    return 0


def articles(corpora: Path) -> Iterator[Article]:
    """Every article of the three labelled collections; ids are 'collection/id'."""
    for path in sorted((corpora / "pk-dawn-world").glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                day = date.fromisoformat(row["date"])
                key = f"pk-dawn-world/dawn_{row['article_id']}"
                yield Article(key, row["headline"], row["body"], "en", day, country="PK")
    for path in sorted((corpora / "pk-thenews-tribune-2025").glob("2*.jsonl.gz")):
        for row in lines(path):
            raw = row["file_date"]
            day = date(int(raw[:4]), int(raw[4:6]), int(raw[6:]))
            yield Article(f"pk-thenews-tribune-2025/{row['id']}", row["title"], row["content"], "en", day, country="PK")
    for path in sorted((corpora / "ur-news").glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        for row in lines(path):
            text = row.get("content") or row.get("text") or ""
            text = unwrap(text) if name.startswith("bbc_voa") else text
            title = row.get("title") or row.get("file_name") or ""
            yield Article(f"ur-news/{row['id']}", title, text, "ur", _DAYS.get(name, date(2024, 11, 20)), country="PK")


def lines(path: Path) -> Iterator[dict[str, str]]:
    """Objects of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def unwrap(text: str) -> str:
    """Undo a hard wrap: a full line goes on in the next, the last line of a paragraph is padded on the left."""
    out, goes_on = "", False
    for line in text.split("\n"):
        padded = line.startswith("   ")
        out += ("" if goes_on else "\n") + (line.strip() if padded else line)
        goes_on = len(line) == _WRAP and not padded
    return out


if __name__ == "__main__":
    sys.exit(main(sys.argv))
