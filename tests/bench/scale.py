"""What a batch costs as the warehouse grows: ``python -m tests.bench.scale CORPUS [--sizes 10000 100000 1000000]``.

1,000 new articles, three in ten of them copies cut and edited, against warehouses of so many articles at 1,000 a day.
Texts are drawn word by word from the word pairs of a corpus (``*.jsonl.gz`` with a field ``content``), so that words
and set phrases are as frequent as in real news.  The last three days are made of such texts through and through; the
history before repeats them with every rare fingerprint and word changed, so that frequent ones stay frequent and
rare ones rare.  Each size runs in a process of its own: seconds of the whole stage (reading, comparing, writing), the
highest memory, and the ratio of the largest to the smallest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from tasks.batch import run_batch
from tasks.dedupe.task import STAGE
from tasks.load import database as db
from tests.tasks.dedupe.lab import Warehouse, article, outlet

PER_DAY, RECENT, NEW = 1000, 3000, 1000
LAST = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OUTLETS = [outlet(f"paper{number}") for number in range(20)]

Chain = dict[str, list[str]]


def word_pairs(corpus: Path) -> Chain:
    """Which words follow which in a corpus, as often as they do."""
    chain: Chain = defaultdict(list)
    for path in sorted(corpus.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                words = json.loads(line)["content"].split()
                for first, second in pairwise(words):
                    chain[first].append(second)
    return chain


def draw(chain: Chain, starts: list[str], seed: int) -> str:
    """An article of 150 to 600 words in paragraphs."""
    chance = random.Random(seed)
    word = chance.choice(starts)
    out = []
    for number in range(chance.randint(150, 600)):
        out.append(word + ("\n" if number % 60 == 59 else " "))
        word = chance.choice(chain[word]) if chain.get(word) else chance.choice(starts)
    return "".join(out)


def copy_of(text: str, chain: Chain, starts: list[str], seed: int) -> str:
    """A copy as papers make them: cut, one word in twenty changed, sometimes with other text before it."""
    chance = random.Random(seed)
    lines = text.split("\n")
    kept = lines[: max(2, int(len(lines) * chance.choice((0.3, 0.5, 0.8, 1.0))))]
    words = " ".join(kept).split()
    changed = [chance.choice(starts) if chance.random() < 0.05 else word for word in words]
    lead = draw(chain, starts, seed + 1).split("\n")[0] + "\n" if chance.random() < 0.3 else ""
    return lead + " ".join(changed)


def made(name: str, text: str, days_ago: float, seed: int) -> dict[str, Any]:
    time_ = LAST - timedelta(days=days_ago)
    title = " ".join(text.split()[:9])
    paper = OUTLETS[seed % len(OUTLETS)].key
    return article(name, text, title=title, outlet_id=paper, published_at=time_, first_seen_at=time_)


def texts(corpus: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The recent articles and the new ones."""
    chain = word_pairs(corpus)
    starts = [word for word in chain if word[:1].isupper()]
    recent = [made(f"r{n:05}", draw(chain, starts, n), 1 + n / PER_DAY, n) for n in range(RECENT)]
    new = []
    for n in range(NEW):
        copied = n % 10 < 3
        text = copy_of(recent[n * 2]["text"], chain, starts, n) if copied else draw(chain, starts, RECENT + n)
        new.append(made(f"n{n:05}", text, n / NEW, n + 7))
    return recent, new


def add_history(con: db.Connection, size: int) -> None:
    """Fill up to ``size`` articles: the recent ones again and again, a thousand a day, further and further back."""
    rounds = (size - RECENT) // RECENT + 1
    con.execute("create temp table rare_prints as select hash from fingerprints group by hash having count(*) < 3")
    con.execute("create temp table rare_terms as select term from story_terms group by term having count(*) < 3")
    con.execute("create temp table recent as select * exclude (evidence) from articles")
    con.execute("create temp table recent_state as select * from dedupe_state")
    con.execute(
        "create temp table prints as select f.*, f.hash in (select hash from rare_prints) as rare from fingerprints f"
    )
    con.execute(
        "create temp table terms as select t.*, t.term in (select term from rare_terms) as rare from story_terms t"
    )
    for table in ("fingerprints", "story_terms"):
        con.execute(f"create temp table last_{table} as select * from {table}")
        con.execute(f"delete from {table}")
    for number in range(rounds, 0, -1):
        left = min(RECENT, size - RECENT - (number - 1) * RECENT)
        if left > 0:
            add_round(con, number, left)
    for table in ("fingerprints", "story_terms"):
        con.execute(f"insert into {table} from last_{table}")


def add_round(con: db.Connection, number: int, count: int) -> None:
    """Three days of history: the recent articles with other identifiers, days and rare pieces."""
    back, salt = number * RECENT // PER_DAY, number * 0x9E3779B97F4A7C1 % (1 << 62)
    these = f"article_id < 'r{count:05}'"
    name = f"'{number:03}' || article_id"
    con.execute(
        f"insert into articles by name (select * replace ({name} as article_id, {name} as identity_key, "
        f"text || ' {number}' as text, published_at - interval {back} day as published_at, "
        f"first_seen_at - interval {back} day as first_seen_at) from recent where {these})"
    )
    con.execute(
        f"insert into dedupe_state by name (select * replace ({name} as article_id, day - {back} as day, "
        f"xor(whole_hash, {salt}) as whole_hash) from recent_state where {these})"
    )
    con.execute(
        f"insert into fingerprints by name (select day - {back} as day, "
        f"case when rare then xor(hash, {salt}) else hash end as hash, {name} as article_id from prints where {these})"
    )
    con.execute(
        f"insert into story_terms by name (select * exclude (rare) replace (day - {back} as day, "
        f"case when rare then xor(term, {salt}) else term end as term, {name} as article_id) from terms where {these})"
    )


def measure(corpus: Path, size: int) -> dict[str, float]:
    """Build a warehouse of ``size`` articles, give it the new ones, and take the time."""
    recent, new = texts(corpus)
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(Path(folder), OUTLETS, now=LAST)
        warehouse.add(recent)
        warehouse.dedupe()
        with db.writer(warehouse.config.settings.warehouse) as con:
            add_history(con, size)
        warehouse.add(new)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        run = warehouse.run()
        start = time.perf_counter()
        jobs = STAGE.pending(run, NEW)
        read = time.perf_counter()
        outcome = STAGE.work(run, jobs)
        worked = time.perf_counter()
        STAGE.store(run, jobs, outcome)
        seconds = time.perf_counter() - start
        assert run_batch(STAGE, run, NEW).taken == 0
        kinds = Counter(
            row["copy_kind"] for row in warehouse.rows("select copy_kind from articles where article_id like 'n%'")
        )
        file = (Path(folder) / "work.duckdb").stat().st_size / 1e6
    copies = NEW - kinds["original"]
    return {
        "articles": size,
        "seconds": seconds,
        "reading": read - start,
        "comparing": worked - read,
        "writing": seconds - (worked - start),
        "copies": copies,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "memory_before_mb": before,
        "file_mb": file,
    }


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--here", action="store_true", help="in this process, one size only")
    args = parser.parse_args()
    if args.here:
        sys.stdout.write(json.dumps(measure(args.corpus, args.sizes[0])) + "\n")
        return
    found = []
    for size in args.sizes:
        command = [sys.executable, "-m", "tests.bench.scale", str(args.corpus), "--here", "--sizes", str(size)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        found.append(json.loads(done.stdout.splitlines()[-1]))
        sys.stdout.write(" ".join(f"{k} {v:,.2f}" for k, v in found[-1].items()) + "\n")
    sys.stdout.write(f"ratio {found[-1]['seconds'] / found[0]['seconds']:.2f}\n")


if __name__ == "__main__":
    main()
