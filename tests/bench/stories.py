"""How well events are told apart: ``python -m tests.bench.stories ECBPLUS CHAINS``, two folders.

ECBPLUS: ``documents.jsonl.gz`` with id, story, text; no dates, so all stand on one day.  CHAINS: ``articles.jsonl.gz``
with url, title, date, text and ``pairs.jsonl.gz`` with url1, url2, related: chains are what related pairs connect.  The
grouping is that of the stage, with its constants; beside it stands a plain single pass: TF-IDF over the collection's
own counts, each document to the centroid most like it, the threshold the one that is best on this very collection.
BCubed precision, recall and F1 (Bagga and Baldwin 1998); chains also as of one day, since they go on for weeks.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.tasks.dedupe.lab import START, Warehouse, article, outlet

Groups = Mapping[str, Any]


def bcubed(gold: Groups, got: Groups) -> tuple[float, float, float]:
    """Precision, recall and F1, each item counting the same."""
    precision = recall = 0.0
    for item in gold:
        same = {other for other in gold if gold[other] == gold[item]}
        found = {other for other in gold if got[other] == got[item]}
        precision += len(same & found) / len(found)
        recall += len(same & found) / len(same)
    p, r = precision / len(gold), recall / len(gold)
    return p, r, 2 * p * r / (p + r)


def words(text: str) -> list[str]:
    """Lower-case words of three letters and more."""
    return [word for word in "".join(c if c.isalnum() else " " for c in text.lower()).split() if len(word) > 2]


def single_pass(texts: Mapping[str, str], threshold: float) -> dict[str, int]:
    """The baseline: documents in order, each to the nearest centroid above a threshold."""
    counts = {i: Counter(words(text)) for i, text in texts.items()}
    df = Counter(word for found in counts.values() for word in found)
    centroids: list[Counter[str]] = []
    got: dict[str, int] = {}
    for item, found in counts.items():
        vector = Counter({w: (1 + math.log(n)) * math.log(len(texts) / df[w]) for w, n in found.items()})
        best = max(range(len(centroids)), key=lambda c: cosine(vector, centroids[c]), default=None)
        if best is None or cosine(vector, centroids[best]) < threshold:
            best = len(centroids)
            centroids.append(Counter())
        centroids[best].update(vector)
        got[item] = best
    return got


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two sparse vectors."""
    product = sum(value * b[key] for key, value in a.items() if key in b)
    lengths = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return product / lengths if lengths else 0.0


def stage(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Story of each article, by the stage."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(Path(folder), [outlet("paper")])
        warehouse.add(rows)
        warehouse.dedupe()
        return {r["article_id"]: r["story_id"] for r in warehouse.rows("select article_id, story_id from articles")}


def lines_of(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def chains(pairs: Sequence[dict[str, Any]], ids: Sequence[str]) -> dict[str, str]:
    """Groups that related pairs connect."""
    group = {i: i for i in ids}
    for pair in pairs:
        if int(pair["related"]):
            old, new = group[pair["url2"]], group[pair["url1"]]
            group = {i: new if g == old else g for i, g in group.items()}
    return group


def compare(name: str, gold: Groups, got: Groups, texts: Mapping[str, str]) -> list[str]:
    """The figures of one collection."""
    tried = {t / 100: bcubed(gold, single_pass(texts, t / 100)) for t in range(4, 60, 4)}
    threshold = max(tried, key=lambda t: tried[t][2])
    best = tried[threshold]
    sizes: dict[Any, int] = defaultdict(int)
    for story in got.values():
        sizes[story] += 1
    p, r, f = bcubed(gold, got)
    return [
        f"{name}: {len(gold)} documents, {len(set(gold.values()))} stories, {len(sizes)} found",
        f"  stage        P {p:.3f} R {r:.3f} F1 {f:.3f}",
        f"  single pass  P {best[0]:.3f} R {best[1]:.3f} F1 {best[2]:.3f} (threshold {threshold}, the best of 14)",
    ]


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ecbplus", type=Path)
    parser.add_argument("chains", type=Path)
    args = parser.parse_args()
    documents = lines_of(args.ecbplus / "documents.jsonl.gz")
    rows = [article(d["id"], d["text"], published_at=START) for d in documents]
    out = compare(
        "ECB+", {d["id"]: d["story"] for d in documents}, stage(rows), {d["id"]: d["text"] for d in documents}
    )
    found = lines_of(args.chains / "articles.jsonl.gz")
    gold = chains(lines_of(args.chains / "pairs.jsonl.gz"), [a["url"] for a in found])
    texts = {a["url"]: f"{a['title']} {a['title']} {a['title']} {' '.join(a['text'].split()[:120])}" for a in found}
    for name, dated in (("chains, dated", True), ("chains, as of one day", False)):
        rows = [
            article(
                a["url"],
                a["text"],
                title=a["title"],
                published_at=datetime.fromisoformat(a["date"]).replace(tzinfo=UTC) if dated else START,
            )
            for a in found
        ]
        out += compare(name, gold, stage(rows), texts)
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
