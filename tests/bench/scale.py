"""What a batch costs as the warehouse grows: ``python -m tests.bench.scale CORPUS [--sizes 10000 100000 1000000]``.

1,000 new articles, three in ten of them copies cut and edited, against warehouses of so many articles at 1,000 a day.
Texts are drawn word by word from the word pairs of a corpus (``*.jsonl.gz`` with a field ``content``), so that words
and set phrases are as frequent as in real news.  The last three days are made of such texts through and through; the
history before repeats them, their copies and stories, with every rare fingerprint and word changed, so that frequent
ones stay frequent and rare ones rare.  A warehouse is built in one process and measured in another, ``--repeat``
times, each on a fresh copy: seconds of the whole stage (reading, comparing, writing), CPU seconds with those of its
child processes, the highest memory of the process, that of the largest child, and the ratio of the largest size to the
smallest.  The child processes are there already, as they are when a run comes to this stage.  ``--keep FOLDER`` keeps
what was built.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

from tasks.batch import run_batch
from tasks.dedupe.task import STAGE
from tasks.extract.pool import child_pool
from tasks.ids import make_id
from tasks.load import database as db
from tests.bench.harness import processor_time
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
    return article(make_id(name), text, title=title, outlet_id=paper, published_at=time_, first_seen_at=time_)


def texts(corpus: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The recent articles and the new ones."""
    chain = word_pairs(corpus)
    starts = [word for word in chain if word[:1].isupper()]
    recent: list[dict[str, Any]] = []
    for n in range(RECENT):
        copied = n % 10 < 3 and n > PER_DAY
        text = copy_of(recent[n - 501]["text"], chain, starts, n) if copied else draw(chain, starts, n)
        recent.append(made(f"r{n:05}", text, 1 + n / PER_DAY, n))
    new = []
    for n in range(NEW):
        copied = n % 10 < 3
        text = copy_of(recent[n * 2]["text"], chain, starts, n) if copied else draw(chain, starts, RECENT + n)
        new.append(made(f"n{n:05}", text, n / NEW, n + 7))
    return recent, new


# Each with the columns that name an article or story, and those that name a day or time.
TABLES = {
    "articles": (("article_id", "identity_key", "story_id", "origin_article_id"), ("published_at", "first_seen_at")),
    "dedupe_state": (("article_id",), ("day",)),
    "fingerprints": (("article_id",), ("day",)),
    "story_vectors": (("article_id",), ("day",)),
    "shared_copy": (("article_id", "other_id"), ("day",)),
    "reprints": (("article_id", "origin_article_id"), ()),
    "story_links": (("article_a", "article_b"), ("day",)),
    "story_members": (("article_id", "story_id"), ()),
    "stories": (("story_id",), ("first_seen_at", "last_seen_at")),
}
# A piece or word that fewer articles have than three is another one in each round.
RARE = {
    "fingerprints": (
        "select f.*, count(*) over (partition by hash) < 3 as rare from fingerprints as f",
        "case when rare then xor(hash, number * 92821) else hash end as hash",
    ),
    "story_vectors": (
        "with found as (select article_id, unnest(terms) as term from story_vectors), "
        "marked as (select article_id, term, count(*) over (partition by term) < 3 as rare from found), "
        "flags as (select article_id, list(rare order by term) as rare from marked group by all) "
        "from story_vectors join flags using (article_id)",
        "[case when x[2] then xor(x[1], number * 92821) else x[1] end for x in list_zip(terms, rare)] as terms",
    ),
}
AT_ONCE = 20


def add_history(con: db.Connection, size: int) -> None:
    """Fill up to ``size`` articles: the recent ones again and again, a thousand a day, further and further back."""
    rounds = (size - RECENT) // RECENT
    for table, (names, times) in TABLES.items():
        query, changed = RARE.get(table, (f"select *, false as rare from {table}", ""))
        con.execute(f"create temp table recent as {query}")
        con.execute(f"delete from {table}")
        new = [f"left(sha256(number || {name}), 16) as {name}" for name in names]
        new += [f"cast({time} - to_days(cast(number * 3 as integer)) as {kind(time)}) as {time}" for time in times]
        if table == "articles":
            # nothing reads the texts of the history
            new += [
                "left(text, 300) as text",
                "cast(deduped_day - to_days(cast(number * 3 as integer)) as date) as deduped_day",
            ]
        if table == "dedupe_state":
            new.append("xor(whole_hash, number * 92821) as whole_hash")
        new += [changed] if changed else []
        for last in range(rounds, 0, -AT_ONCE):
            con.execute(
                f"insert into {table} by name (select * exclude (number, rare) replace ({', '.join(new)}) "
                f"from recent, range({max(0, last - AT_ONCE) + 1}, {last + 1}) as rounds(number) order by number desc)"
            )
        con.execute(f"insert into {table} by name (select * exclude (rare) from recent)")
        con.execute("drop table recent")


def kind(column: str) -> str:
    return "date" if column == "day" else "timestamptz"


def build(corpus: Path, size: int, folder: Path) -> None:
    """A warehouse of ``size`` articles, with the new ones in it that the stage has not seen."""
    recent, new = texts(corpus)
    folder.mkdir(parents=True)
    warehouse = Warehouse(folder, OUTLETS, now=LAST)
    warehouse.add(recent)
    warehouse.dedupe()
    with db.writer(warehouse.config.settings.warehouse) as con:
        add_history(con, size)
    warehouse.add(new)


def measure(folder: Path) -> dict[str, float]:
    """Give a warehouse the new articles and take the time."""
    warehouse = Warehouse(folder, OUTLETS, now=LAST)
    run = warehouse.run()
    with child_pool(warehouse.config.settings.extract) as pool:
        pool.map(time.sleep, [("", (0.5,), {})] * 4)
        spent, start = sum(processor_time().values()), time.perf_counter()
        jobs = STAGE.pending(run, NEW)
        read = time.perf_counter()
        outcome = STAGE.work(run, jobs)
        worked = time.perf_counter()
        copies = STAGE.store(run, jobs, outcome)
        done = time.perf_counter()
        spent = sum(processor_time().values()) - spent
        children = max((c.memory_info().rss for c in psutil.Process().children(recursive=True)), default=0)
    assert run_batch(STAGE, run, NEW).taken == 0
    return {
        "seconds": done - start,
        "reading": read - start,
        "comparing": worked - read,
        "writing": done - worked,
        "cpu": spent,
        "copies": sum(copies.values()),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "child_mb": children / 2**20,
        "file_mb": (folder / "work.duckdb").stat().st_size / 1e6,
    }


def here(*arguments: str) -> str:
    """The output of this module in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.scale", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def measured(corpus: Path, size: int, folder: Path, repeat: int) -> list[dict[str, float]]:
    """The figures of one size, of each repetition."""
    built = folder / str(size)
    if not built.exists():
        here(str(corpus), "--build", str(built), "--sizes", str(size))
    found = []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            copy = shutil.copytree(built, Path(place) / "copy")
            found.append(json.loads(here(str(corpus), "--measure", str(copy)).splitlines()[-1]))
        figures = " ".join(f"{key} {value:,.2f}" for key, value in found[-1].items())
        sys.stdout.write(f"articles {size:,} {figures}\n")
        sys.stdout.flush()
    return found


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="folder for what is built; what is there is used")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.build:
        build(args.corpus, args.sizes[0], args.build)
        return
    if args.measure:
        sys.stdout.write(json.dumps(measure(args.measure)) + "\n")
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = [measured(args.corpus, size, folder, args.repeat) for size in args.sizes]
    for name in ("seconds", "cpu"):
        least = [min(one[name] for one in size) for size in found]
        sys.stdout.write(f"ratio of the lowest {name}: {least[-1] / least[0]:.2f}\n")


if __name__ == "__main__":
    main()
