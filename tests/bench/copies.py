"""How well copies are found and named: ``python -m tests.bench.copies CORPUS LABELS [--predictions FILE]``.

CORPUS is a folder of ``*.jsonl.gz`` with id, outlet, file_date, title, content; LABELS a file of pairs with a, b,
label, story_same.  ``--unlabelled N`` prints N found pairs that have no label, to be read.  All articles go through the
stage, as an ingest run would do it; the pairs are then looked up among what was found, so the figures include the
search for candidates.  The labels' own scorer reads the predictions and gives the same figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.tasks.dedupe.lab import Warehouse, article, outlet

COPIES = ("reprint", "excerpt")


def read_corpus(folder: Path) -> list[dict[str, Any]]:
    """The rows of a corpus of one file a day."""
    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines]
    return found


def load(rows: list[dict[str, Any]], directory: Path) -> Warehouse:
    """A warehouse with the corpus in it; only the day is known of each article."""
    names = sorted({row["outlet"] for row in rows})
    keys = {name: f"outlet{number}" for number, name in enumerate(names)}
    warehouse = Warehouse(directory, [outlet(key, name) for name, key in keys.items()])
    warehouse.add(
        article(
            row["id"],
            row["content"],
            title=row["title"],
            outlet_id=keys[row["outlet"]],
            published_at=datetime.strptime(row["file_date"], "%Y%m%d").replace(tzinfo=UTC),
            date_source="given:day",
        )
        for row in rows
    )
    return warehouse


def predictions(warehouse: Warehouse, labels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each labelled pair, what the warehouse says of it."""
    found = {(r["article_id"], r["other_id"]): r["kind"] for r in warehouse.rows("select * from shared_copy")}
    stories = {r["article_id"]: r["story_id"] for r in warehouse.rows("select article_id, story_id from articles")}
    out = []
    for pair in labels:
        kind = found.get((pair["a"], pair["b"]))
        story = stories[pair["a"]] is not None and stories[pair["a"]] == stories[pair["b"]]
        label = "excerpt" if kind == "excerpt" else "reprint" if kind else "same_event" if story else "different"
        out.append({"a": pair["a"], "b": pair["b"], "label": label, "story_same": story})
    return out


def f1(gold: list[bool], got: list[bool]) -> float:
    """F1 of a yes-or-no answer."""
    hit = sum(g and p for g, p in zip(gold, got, strict=True))
    return 2 * hit / (sum(gold) + sum(got)) if hit else 0.0


def report(labels: list[dict[str, Any]], found: list[dict[str, Any]]) -> str:
    """The figures in lines."""
    pairs = list(zip(labels, found, strict=True))
    copies, got = ([p["label"] in COPIES for p in rows] for rows in (labels, found))
    whole, got_whole = ([p["label"] == "reprint" for p in rows] for rows in (labels, found))
    lines = [
        f"shares copy   F1 {f1(copies, got):.3f}",
        f"reprint       F1 {f1(whole, got_whole):.3f}",
        f"same story    F1 {f1([p['story_same'] for p in labels], [p['story_same'] for p in found]):.3f}, "
        f"right {sum(a['story_same'] == b['story_same'] for a, b in pairs) / len(pairs):.3f}",
        f"copies found  {sum(c and g for c, g in zip(copies, got, strict=True))} of {sum(copies)}",
    ]
    lines += [
        f"  {a['label']:10} {a['story_same']!s:5} -> {b['label']:10} {b['story_same']!s:5} {a['a']} {a['b']} {a['why']}"
        for a, b in pairs
        if (a["label"] in COPIES) != (b["label"] in COPIES)
        or (a["label"] == "reprint") != (b["label"] == "reprint")
        or a["story_same"] != b["story_same"]
    ]
    return "\n".join(lines)


def unlabelled(warehouse: Warehouse, labels: list[dict[str, Any]], rows: list[dict[str, Any]], count: int) -> str:
    """Found pairs without a label, to be read: a fixed sample in the order of a hash."""
    known = {frozenset((p["a"], p["b"])) for p in labels}
    titles = {row["id"]: row["title"] for row in rows}
    query = "select * from shared_copy where article_id < other_id order by md5(article_id || other_id)"
    found = [r for r in warehouse.rows(query) if frozenset((r["article_id"], r["other_id"])) not in known]
    lines = [f"{len(found)} pairs without a label"]
    for row in found[:count]:
        a, b = row["article_id"], row["other_id"]
        measured = f"{row['kind']:8} share {row['share']:.2f} words {row['shared_words']:4}"
        lines.append(f"{measured} {a} {b} | {titles[a]} | {titles[b]}")
    return "\n".join(lines)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--unlabelled", type=int, default=0)
    parser.add_argument("--batch", type=int, default=1000)
    args = parser.parse_args()
    labels = [json.loads(line) for line in args.labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = read_corpus(args.corpus)
    with tempfile.TemporaryDirectory() as folder:
        warehouse = load(rows, Path(folder))
        start = time.perf_counter()
        taken = warehouse.dedupe(args.batch)
        seconds = time.perf_counter() - start
        found = predictions(warehouse, labels)
        out = [f"{taken} articles in {seconds:.1f} s", report(labels, found)]
        if args.unlabelled:
            out.append(unlabelled(warehouse, labels, rows, args.unlabelled))
    if args.predictions:
        args.predictions.write_text("".join(f"{json.dumps(row)}\n" for row in found), encoding="utf-8")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
