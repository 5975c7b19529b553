"""Quotations on an annotated corpus: direct and indirect apart, beside a baseline of plain quotation marks.

    python -m tests.bench.quotes [SPLIT ...]

Needs KHABAR_SHARED: a folder with `corpora/quotes-polnear`.  A direct quotation is a segment between
quotation marks of six words and more.  It is right when half of it lies in an annotated content; its
speaker is right when the words of subject and annotated source overlap.  Indirect: an annotated
content without quotation marks, half of which we found (or half of ours lies in it).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.enrich.quotes import Found, speech
from tasks.enrich.words import Words

_QUOTED = re.compile("(?:[“\"]|''|``)((?:(?!'')[^“”\"\n])+)(?:[”\"]|'')")
_MARK = re.compile("[“”\"]|''")
_LEAST = 6


def main(argv: list[str]) -> int:
    """Print figures for each split."""
    path = Path(os.environ.get("KHABAR_SHARED", "")) / "corpora/quotes-polnear/articles.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    for split in argv[1:] or ["train", "dev", "test"]:
        chosen = [r for r in rows if r["split_original"] == split]
        total: dict[str, Tally] = {}
        seconds = 0.0
        for row in chosen:
            seconds += score(row, total)
        say(f"{split}: {len(chosen)} articles, {len(chosen) / seconds:.0f}/s")
        for name, tally in total.items():
            say(f"  {name:34}{tally}")
    return 0


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(line + "\n")


class Tally:
    """Right ones among those found and among those annotated."""

    def __init__(self) -> None:
        self.found = self.right = self.gold = self.hit = 0

    def __str__(self) -> str:
        p, r = self.right / max(self.found, 1), self.hit / max(self.gold, 1)
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return f"precision {p:.3f} recall {r:.3f} F1 {f1:.3f}  ({self.found} found, {self.gold} annotated)"


def score(row: dict[str, Any], total: dict[str, Tally]) -> float:
    """Add an article to the tallies; returns the seconds that finding took."""
    text = row["text"]
    gold = list(contents(row))
    started = time.process_time()
    doc = Words("", text)
    direct, indirect = speech(doc)
    seconds = time.process_time() - started
    quoted = [f for f in direct if words(text_of(doc, f)) >= _LEAST]
    marks = [(m.start(1), m.end(1)) for m in _QUOTED.finditer(text) if words(m.group(1)) >= _LEAST]
    # annotated units: marked segments that lie in a content, with the sources of it
    units = [(a, b, s) for a, b in marks for c, d, s in gold if overlap(a, b, c, d) * 2 >= b - a]
    units = list({(a, b): (a, b, s) for a, b, s in units}.values())
    ours = [(f.start - doc.base, f.end - doc.base, speaker(doc, f)) for f in quoted]
    add(total, "direct", ours, units, gold, with_speaker=False)
    add(total, "direct with speaker", [o for o in ours if o[2]], units, gold, with_speaker=True)
    add(total, "baseline: marks alone", [(a, b, None) for a, b in marks], units, gold, with_speaker=False)
    plain = [g for g in gold if not _MARK.search(text[g[0] : g[1]]) and words(text[g[0] : g[1]]) >= 3]
    told = [(f.start - doc.base, f.end - doc.base, speaker(doc, f)) for f in indirect]
    add(total, "indirect", told, plain, plain, with_speaker=False)
    add(total, "indirect with speaker", told, plain, plain, with_speaker=True)
    return seconds


def add(
    total: dict[str, Tally], name: str, ours: list[Any], units: list[Any], gold: list[Any], *, with_speaker: bool
) -> None:
    """Add an article: what we found is right by the annotated contents, what is annotated is hit as a unit."""
    tally = total.setdefault(name, Tally())
    tally.found += len(ours)
    tally.gold += len(units)
    tally.right += sum(any(same(o, g, with_speaker) for g in gold) for o in ours)
    tally.hit += sum(any(same(o, g, with_speaker) for o in ours) for g in units)


def same(ours: Any, gold: Any, with_speaker: bool) -> bool:
    """Whether half of one lies in the other, and the speakers share words."""
    shared = overlap(ours[0], ours[1], gold[0], gold[1])
    if shared * 2 < min(ours[1] - ours[0], gold[1] - gold[0]):
        return False
    if not with_speaker:
        return True
    if ours[2] is None:
        return False
    a, b = ours[2]
    return any(overlap(a, b, c, d) > 0 for c, d in gold[2])


def contents(row: dict[str, Any]) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Annotated contents (start, end, spans of sources); one of several pieces counts from first to last."""
    for standoff in row["ann"].values():
        spans: dict[str, list[tuple[int, int]]] = {}
        events = []
        for line in standoff.splitlines():
            parts = line.split("\t")
            if line.startswith("T") and len(parts) >= 2:
                _kind, _, rest = parts[1].partition(" ")
                spans[parts[0]] = [(int(p.split()[0]), int(p.split()[1])) for p in rest.split(";")]
            elif line.startswith("E"):
                events.append([pair.split(":", 1) for pair in parts[1].split()])
        for event in events:
            sources = [s for role, t in event if role.startswith("Source") for s in spans.get(t, [])]
            for role, t in event:
                if role.startswith("Content"):
                    yield from ((a, b, sources) for a, b in spans.get(t, []))


def speaker(doc: Words, found: Found) -> tuple[int, int] | None:
    """Characters of the subject, in the coordinates of the text."""
    said = found.said
    if said is None or said.last <= said.first:
        return None
    return doc.starts[said.first] - doc.base, doc.ends[said.last - 1] - doc.base


def text_of(doc: Words, found: Found) -> str:
    """The words found."""
    return doc.text[found.start : found.end]


def words(text: str) -> int:
    """Number of words."""
    return len(text.split())


def overlap(a: int, b: int, c: int, d: int) -> int:
    """Characters shared by two spans."""
    return max(0, min(b, d) - max(a, c))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
