"""Copies in Urdu: ``python -m tests.bench.copies_urdu CORPUS``.

No labelled pairs of Urdu copies exist.  This makes sixty from real articles (CORPUS: ``ha405_*.jsonl.gz`` with id,
title, content), edited by rule as English papers edit agency copy: cut, reordered, a new lead, softened words, another
house's code points, blanks lost, figures updated, a second item appended.  25 reprints, 15 excerpts and 20 pairs of
different articles, half of these sharing a page's captions.  Every choice comes from the article's identifier, so that
the pairs are the same everywhere.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from pathlib import Path

from tasks.dedupe.shingles import fingerprints
from tasks.dedupe.work import Text, edges_of, read_text
from tests.bench.copies import f1

# How one house writes what another writes otherwise; the first column occurs in the texts.
WORDS = {
    "کہا": "بتایا",
    "انہوں": "انھوں",
    "کے مطابق": "کی رو سے",
    "نے کہا کہ": "کا کہنا تھا کہ",
    "ہلاک": "جاں بحق",
    "لیے": "لئے",
    "جبکہ": "جب کہ",
    "گزشتہ": "پچھلے",
    "فیصلہ کیا": "طے کیا",
    "اجلاس": "میٹنگ",
    "رپورٹ": "خبر",
    "بھی": "نیز",
}
ARABIC = str.maketrans("یکہ0123456789", "يكه۰۱۲۳۴۵۶۷۸۹")
CAPTIONS = ("تصویر میں شہری بازار میں خریداری کر رہے ہیں", "وزیراعظم اجلاس کی صدارت کر رہے ہیں", "فائل فوٹو")
LEAD = "اسلام آباد سے ملنے والی تفصیلات میں اس معاملے کے کئی پہلو سامنے آئے ہیں جن پر متعلقہ حلقے غور کر رہے ہیں"


def chance(key: str, of: int) -> int:
    """A number below ``of`` that follows from a key alone."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % of


def sentences(text: str) -> list[str]:
    """The sentences of an article."""
    return [part.strip() for part in re.split(r"[۔.\n]", text) if len(part.split()) > 2]


def join(parts: list[str]) -> str:
    """Sentences as an article of one paragraph for every two."""
    return "\n".join("۔ ".join(parts[i : i + 2]) + "۔" for i in range(0, len(parts), 2))


def softened(parts: list[str]) -> list[str]:
    """Every known word changed in two of three sentences, and figures raised by one in a third of them."""
    out = []
    for number, part in enumerate(parts):
        text = part
        if number % 3:
            for word, other in WORDS.items():
                text = text.replace(word, other)
        else:
            text = re.sub(r"\b\d+\b", lambda m: str(int(m[0]) + 1), text)
        out.append(text)
    return out


def squeezed(text: str, key: str) -> str:
    """15 % of the blanks lost, as typists and converters lose them."""
    words = text.split(" ")
    joined = [w + ("" if chance(f"{key}{i}", 100) < 15 else " ") for i, w in enumerate(words)]
    return "".join(joined).strip()


def reprint(text: str, key: str, kind: int) -> str:
    """An article as another paper would print it; ``kind`` 0 to 4 chooses the edits."""
    parts = sentences(text)
    half = max(3, len(parts) // 2)
    edited = (
        parts[: max(3, len(parts) // 3)],
        softened(parts[:half]),
        [LEAD, *softened([*parts[2:4], *parts[:2], *parts[4:]])],
        [part for i, part in enumerate(softened(parts)) if i % 3 != 2],
        softened(parts),
    )[kind]
    out = join(edited)
    if kind in (1, 4):
        out = out.translate(ARABIC)
    return squeezed(out, key) if kind in (2, 3) else out


def excerpt(text: str, other: str, kind: int) -> str:
    """A passage of an article within another one; ``kind`` 0 to 2 says where."""
    passage, rest = sentences(text), sentences(other)
    taken = softened(passage[: max(3, len(passage) // 2)])
    if kind == 0:
        return join([*rest, *taken])
    if kind == 1:
        return join([*rest[: len(rest) // 2], *taken, *rest[len(rest) // 2 :]])
    return join([*rest, *softened(passage[len(passage) // 2 :])]).translate(ARABIC)


def make_pairs(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """(text, text, label) for 60 pairs."""
    rows = sorted(rows, key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest())
    long = [r for r in rows if 150 <= len(r["content"].split()) <= 700 and len(sentences(r["content"])) >= 6]
    out = []
    for number in range(25):
        text = long[number]["content"]
        out.append((join(sentences(text)), reprint(text, long[number]["id"], number % 5), "reprint"))
    for number in range(25, 40):
        text, other = long[number]["content"], long[number + 100]["content"]
        out.append((join(sentences(text)), excerpt(text, other, number % 3), "excerpt"))
    # the hardest of the different ones: of one subject and with the most title words in common
    for number in range(40, 60):
        a = long[number]
        same = [r for r in long[60:] if r["category"] == a["category"] and r["id"] != a["id"] and not real_copy(a, r)]
        words = set(a["title"].split())
        b = max(same, key=lambda r: (len(words & set(r["title"].split())), r["id"]))
        tail = "\n".join(CAPTIONS) if number % 2 else ""
        out.append(
            (f"{join(sentences(a['content']))}\n{tail}", f"{join(sentences(b['content']))}\n{tail}", "different")
        )
    return out


def real_copy(a: dict[str, str], b: dict[str, str]) -> bool:
    """Whether two articles share a run of six words: papers do print the same statement."""
    first, second = a["content"].split(), b["content"].split()
    runs = {tuple(first[i : i + 6]) for i in range(len(first) - 5)}
    return any(tuple(second[i : i + 6]) in runs for i in range(len(second) - 5))


def judge(a: str, b: str) -> tuple[str, bool]:
    """(label, whether the pair would have been a candidate)."""
    first, second = read_text("a", None, a), read_text("b", None, b)
    edges = edges_of(first, second)
    kind = edges[0].kind if edges else "different"
    return ("reprint" if kind == "near" else kind), common(first, second) >= 3


def common(a: Text, b: Text) -> int:
    """How many fingerprints two texts share."""
    return len(set(fingerprints(a.prepared)) & set(fingerprints(b.prepared)))


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    rows = []
    for path in sorted(parser.parse_args().corpus.glob("ha405_*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    pairs = make_pairs(rows)
    got = [judge(a, b) for a, b, _ in pairs]
    gold = [label for *_, label in pairs]
    lines = [
        f"shares copy  F1 {f1([g != 'different' for g in gold], [k != 'different' for k, _ in got]):.3f}",
        f"reprint      F1 {f1([g == 'reprint' for g in gold], [k == 'reprint' for k, _ in got]):.3f}",
        f"copies found {sum(c for g, (_, c) in zip(gold, got, strict=True) if g != 'different')} of 40 as candidates",
    ]
    lines += [f"  {i}: {g} -> {k}" for i, (g, (k, _)) in enumerate(zip(gold, got, strict=True)) if g != k]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
