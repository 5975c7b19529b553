"""A warehouse of a million articles: ``python -m tests.bench.million FILE --corpus DIR [--urdu DIR] [--articles N]``.

Three years of 60 outlets in two scripts; three articles in ten are copies.  Texts are drawn word by word from the word
pairs of a corpus (``*.jsonl.gz`` with a field ``content``), so that words and set phrases are as frequent as in real
news; one word in a hundred is a figure, so that the vocabulary grows as it does there.  The other tables
(``million.sql``) have the sizes that such articles bring: about 8 mentions, 2 topics and 2 quotations each.

``python -m tests.bench.million FILE --publish`` measures what publishing the built FILE takes, three times: to write a
run's row into it and close it, which includes the checkpoint; and to copy it and put the copy in place. It needs as
much space again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from config.model import WarehouseSettings
from config.reader import load
from tasks.batch import Run
from tasks.enrich.store import sync_subject
from tasks.load import database as db
from tasks.load.publish import publish
from tasks.load.searchindex import LARGE, update_index
from tests.bench.harness import say

BLOCK = 20_000
NOW = datetime(2026, 6, 1, tzinfo=UTC)
_SHORTEST, _LONGEST = 150, 600
_PARAGRAPH = 60  # words
_FIGURES = 100_000
_TITLE = 9  # words
_BACK = 400  # a copy's original stands at most so many articles before it


class Chain:
    """The words of a corpus and which of them follow which, as often as they do."""

    def __init__(self, corpus: Path, seed: int) -> None:
        words: dict[str, int] = {}
        texts = [[words.setdefault(w, len(words)) for w in text.split()] for text in _texts(corpus)]
        first = np.concatenate([np.array(t[:-1], dtype=np.int32) for t in texts if t])
        second = np.concatenate([np.array(t[1:], dtype=np.int32) for t in texts if t])
        order = np.argsort(first, kind="stable")
        self.following = second[order]
        self.start = np.searchsorted(first[order], np.arange(len(words) + 1))
        self.figures = len(words)
        plain = [*words, *map(str, range(_FIGURES))]
        self.size = len(plain)
        self.words = pa.array([*plain, *(word + "\n" for word in plain)], pa.string())
        self.chance = np.random.default_rng(seed)

    def draw(self, count: int) -> np.ndarray[Any, Any]:
        """``count`` articles as rows of word numbers, all of the greatest length."""
        rows = np.empty((count, _LONGEST), dtype=np.int64)
        word = self.following[self.chance.integers(0, len(self.following), count)].astype(np.int64)
        for column in range(_LONGEST):
            rows[:, column] = word
            choices = self.start[word + 1] - self.start[word]
            next_ = self.start[word] + (self.chance.random(count) * choices).astype(np.int64)
            restart = self.chance.integers(0, len(self.following), count)
            word = self.following[np.where(choices > 0, next_, restart)].astype(np.int64)
        figure = self.chance.random(rows.shape) < 0.01
        rows[figure] = self.figures + self.chance.integers(0, _FIGURES, int(figure.sum()))
        return rows

    def texts(self, rows: np.ndarray[Any, Any], lengths: np.ndarray[Any, Any]) -> pa.Array:
        """The rows as texts, cut to their lengths, in paragraphs."""
        marked = rows.copy()
        marked[:, _PARAGRAPH - 1 :: _PARAGRAPH] += self.size
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        flat = marked[np.arange(_LONGEST) < lengths[:, None]]
        return pc.binary_join(pa.ListArray.from_arrays(offsets.astype(np.int32), self.words.take(pa.array(flat))), " ")


def _texts(corpus: Path) -> Iterator[str]:
    for path in sorted(corpus.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line).get("content") or "" for line in lines)


def origin_of(numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which earlier article each one copies: never a copy, in the same language; -1: none."""
    found = (numbers // 10 - 5 * (1 + numbers % 7)) * 10 + 3 + numbers % 7
    return np.where((numbers % 10 < 3) & (found >= 0), found, -1)


def blocks(english: Chain, urdu: Chain, articles: int) -> Iterator[pa.Table]:
    """All articles in order: number, origin, title, text."""
    chance = np.random.default_rng(3)
    kept = np.empty((0, _LONGEST), dtype=np.int64)
    for first in range(0, articles, BLOCK):
        numbers = np.arange(first, min(first + BLOCK, articles))
        in_urdu = numbers // 10 % 5 == 0
        rows = np.empty((len(numbers), _LONGEST), dtype=np.int64)
        for chain, chosen in ((english, ~in_urdu), (urdu, in_urdu)):
            rows[chosen] = chain.draw(int(chosen.sum()))
        origin = origin_of(numbers)
        copies = np.flatnonzero(origin >= 0)
        before = np.concatenate([kept, rows])
        original = before[origin[copies] - first + len(kept)]
        # an editor changes one word in twenty, and cuts
        edited = chance.random(original.shape) < 0.05
        rows[copies] = np.where(edited, rows[copies], original)
        lengths = chance.integers(_SHORTEST, _LONGEST + 1, len(numbers))
        kept = rows[-_BACK:]
        text = np.empty(len(numbers), dtype=object)
        title = np.empty(len(numbers), dtype=object)
        for chain, chosen in ((english, ~in_urdu), (urdu, in_urdu)):
            text[chosen] = chain.texts(rows[chosen], lengths[chosen]).to_numpy(zero_copy_only=False)
            short = np.full(int(chosen.sum()), _TITLE)
            title[chosen] = chain.texts(rows[chosen], short).to_numpy(zero_copy_only=False)
        yield pa.table({"number": numbers, "origin": origin, "title": title, "text": text, "words": lengths})


def _statements() -> list[str]:
    text = Path(__file__).with_name("million.sql").read_text(encoding="utf-8")
    return [s for s in text.split(";\n") if s.strip()]


def build(settings: WarehouseSettings, corpus: Path, urdu: Path, articles: int) -> None:
    """Make the file anew, as the writer makes it."""
    settings.work_path.unlink(missing_ok=True)
    chains = Chain(corpus, 1), Chain(urdu, 2)
    with db.writer(settings) as con:
        db.migrate(con, NOW)
        subject = load().subject
        sync_subject(con, subject)
        con.execute(f"set variable n = {articles}")
        topics = ", ".join(f"'{topic.key}'" for topic in subject.topics if topic.parent)
        con.execute(f"set variable topics = [{topics}]")
        statements = _statements()
        macros = [statement for statement in statements if "create temp macro" in statement]
        per_block, *rest = statements[len(macros) :]
        for macro in macros:
            con.execute(macro)
        for block in blocks(*chains, articles):
            con.register("block", block)
            con.execute(per_block)
            con.unregister("block")
            sys.stderr.write(".")
            sys.stderr.flush()
        for statement in rest:
            start = time.perf_counter()
            con.execute(statement)
            sys.stderr.write(f" {' '.join(statement.split()[:4])} {time.perf_counter() - start:.1f} s\n")


def index(settings: WarehouseSettings) -> None:
    """Make the search index, as the first run after an upgrade does."""
    config = load()
    config = config.model_copy(update={"settings": config.settings.model_copy(update={"warehouse": settings})})
    start = time.perf_counter()
    update_index(Run("bench", config, NOW, clock=lambda: NOW), largest=LARGE)
    sys.stderr.write(f"search index {time.perf_counter() - start:.0f} s\n")


def publication(file: Path, rounds: int = 3) -> None:
    """Publish the file beside itself, and remove that again."""
    settings = WarehouseSettings(path=file.with_suffix(".published"), work_path=file, archive_dir=file.parent)
    for _ in range(rounds):
        start = time.perf_counter()
        with db.writer(settings) as con:
            con.execute("update runs set finished_at = finished_at where run_id = 'run0'")
        closed, cpu = time.perf_counter(), time.process_time()
        size = publish(settings)
        seconds = time.perf_counter() - closed
        say(
            f"written and closed in {closed - start:.2f} s, published in {seconds:.2f} s "
            f"({time.process_time() - cpu:.2f} CPU s): {size / 1e6:,.0f} MB, {size / 1e6 / seconds:,.0f} MB/s"
        )
    settings.path.unlink()
    say(f"load {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Build it and say how large it is, or publish it and say how long that takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--urdu", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--publish", action="store_true")
    args = parser.parse_args()
    if args.publish:
        publication(args.file)
        return
    if not (args.corpus and args.urdu):
        parser.error("to build needs --corpus and --urdu")
    start = time.perf_counter()
    path: Path = args.file
    settings = WarehouseSettings(path=path, work_path=path, archive_dir=path.parent, memory_limit="8GB")
    build(settings, args.corpus, args.urdu, args.articles)
    index(settings)
    seconds = time.perf_counter() - start
    say(f"{args.articles:,} articles in {seconds:.0f} s, {args.file.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
