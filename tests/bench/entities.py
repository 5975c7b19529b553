"""Persons and bodies of our tables on three annotated corpora: precision and recall by place, errors on request.

    python -m tests.bench.entities [--errors]

Needs KHABAR_SHARED with `corpora/entities-re3d`, `entities-n3`, `ur-ner`.  A mention of a person,
organisation or group is right when it overlaps an annotated person or organisation (in N3: when
that is linked to a page named like our actor).  Recall: annotated ones whose words are a form of
ours that links without context.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from config.subject import SHIPPED, load_subject
from tasks.enrich.forms import spellings
from tasks.enrich.link import Context, link_actors
from tasks.enrich.offices import link_offices
from tasks.enrich.tables import FULL, Tables, build_tables
from tasks.enrich.words import Words
from tasks.text import fold_key

_KINDS = ("person", "organisation", "group")
_NIF = re.compile(r"<([^>]+)#char=(\d+),(\d+)>\s+a(.*?)\s\.\n", re.DOTALL)


@dataclass(frozen=True)
class Gold:
    """An annotated person or organisation; ``name`` is the page it is linked to."""

    start: int
    end: int
    name: str | None = None


def main(argv: list[str]) -> int:
    """Print figures for each corpus."""
    corpora = Path(os.environ.get("KHABAR_SHARED", "")) / "corpora"
    problems: list[str] = []
    tables = build_tables(load_subject(SHIPPED, problems))
    assert not problems, problems
    for name, documents, day in (
        ("entities-re3d", re3d(corpora / "entities-re3d"), date(2016, 6, 1)),
        ("entities-n3", n3(corpora / "entities-n3"), date(2012, 6, 1)),
        ("ur-ner", ur_ner(corpora / "ur-ner"), date(2016, 6, 1)),
    ):
        measure(name, documents, day, tables, errors="--errors" in argv)
    return 0


def measure(
    name: str, documents: Iterator[tuple[str, list[Gold], list[Gold]]], day: date, tables: Tables, *, errors: bool
) -> None:
    """Tally a corpus; the second list holds annotations of other kinds."""
    found = right = unmarked = wanted = hit = 0
    sure = {" ".join(f.words) for f in all_forms(tables)}
    for text, gold, other in documents:
        ours = mentions(text, day, tables)
        found += len(ours)
        for start, end, key in ours:
            good = any(g.start < end and start < g.end and named(tables, key, g) for g in gold)
            right += good
            # annotators passed over it: says nothing of us (pages of N3 that are not linked likewise)
            unmarked += not good and not any(g.start < end and start < g.end for g in (*gold, *other))
            if errors and not good:
                kind = "wrong" if any(g.start < end and start < g.end for g in (*gold, *other)) else "unmarked"
                say(f"  {kind}: {text[start:end]!r} as {key} in {text[max(0, start - 50) : end + 40]!r}")
        for g in gold:
            if fold_key(text[g.start : g.end]) in sure:
                wanted += 1
                got = any(s < g.end and g.start < e for s, e, _ in ours)
                hit += got
                if errors and not got:
                    say(f"  missed: {text[g.start : g.end]!r} in {text[max(0, g.start - 50) : g.end + 40]!r}")
    marked = found - unmarked
    say(
        f"{name}: precision {right / max(marked, 1):.3f} of {marked} at annotated places ({unmarked} elsewhere), "
        f"recall {hit / max(wanted, 1):.3f} of {wanted}"
    )


def say(line: str) -> None:
    """A line of the report."""
    sys.stdout.write(line + "\n")


def all_forms(tables: Tables) -> Iterator[object]:
    """Forms that link without context, of persons and bodies."""
    for short, longer in tables.forms.by_first.values():
        for forms in (short, *longer.values()):
            yield from (f for f in forms if any(c.grade == FULL and c.actor.kind in _KINDS for c in f.values))


def mentions(text: str, day: date, tables: Tables) -> list[tuple[int, int, str]]:
    """Our persons and bodies by place; holders named by office only do not count."""
    doc = Words("", text)
    context = Context(doc, tables, day, doc.vocabulary())
    link_offices(context, link_actors(context), None)
    return [
        (doc.starts[k.first] - doc.base, doc.ends[k.last - 1] - doc.base, k.entity)
        for k in context.links
        if tables.actors[k.entity].kind in _KINDS and k.how != "office"
    ]


def named(tables: Tables, key: str, gold: Gold) -> bool:
    """Whether an annotation is linked to a page named like the actor; true where it has no link."""
    if gold.name is None:
        return True
    page = set(fold_key(gold.name.replace("_", " ")).split())
    actor = tables.actors[key]
    forms = [set(fold_key(s).split()) for f in (actor.name, *actor.aliases) for s in spellings(f)]
    return any(page <= form or form <= page for form in forms if form)


def re3d(folder: Path) -> Iterator[tuple[str, list[Gold], list[Gold]]]:
    """Documents of re3d; ministries and governments are organisations there."""
    for path in sorted(folder.glob("*/documents.jsonl.gz")):
        gold: dict[str, list[Gold]] = {}
        other: dict[str, list[Gold]] = {}
        for row in lines(path.with_name("entities.jsonl.gz")):
            kind = gold if row["type"] in ("Person", "Organisation") else other
            kind.setdefault(str(row["documentId"]), []).append(Gold(int(str(row["begin"])), int(str(row["end"]))))
        for row in lines(path):
            yield str(row["text"]), gold.get(str(row["_id"]), []), other.get(str(row["_id"]), [])


def n3(folder: Path) -> Iterator[tuple[str, list[Gold], list[Gold]]]:
    """Documents of N3: sentences and articles with linked mentions."""
    for path in sorted(folder.glob("*.ttl.gz")):
        texts: dict[str, str] = {}
        gold: dict[str, list[Gold]] = {}
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            content = handle.read()
        for document, start, end, rest in _NIF.findall(content):
            whole = re.search(r'nif:isString\s+("""|")(.*?)\1(?:@|\^\^|\s|$)', rest, re.DOTALL)
            link = re.search(r"itsrdf:taIdentRef\s+<([^>]+)>", rest)
            if "nif:isString" in rest and whole:
                texts[document] = whole.group(2).replace('\\"', '"').replace("\\n", "\n")
            elif link:
                page = unquote(link.group(1).rsplit("/", 1)[1])
                gold.setdefault(document, []).append(Gold(int(start), int(end), page))
        for document, text in texts.items():
            yield text, gold.get(document, []), []


def ur_ner(folder: Path) -> Iterator[tuple[str, list[Gold], list[Gold]]]:
    """Sentences of the Urdu sets: inline marks, or tokens with tags."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        for row in lines(path):
            yield from [_inline(str(row["text_xml"]))] if "text_xml" in row else [_tagged(row)]


def _inline(xml: str) -> tuple[str, list[Gold], list[Gold]]:
    text, gold, other = "", [], []
    for part in re.split(r"(<(\w+)>.*?</\2>)", xml)[0::1]:
        marked = re.fullmatch(r"<(\w+)>(.*?)</\1>", part)
        if re.fullmatch(r"[A-Z]+", part):
            continue
        start = len(text)
        text += marked.group(2) if marked else part
        if marked:
            (gold if marked.group(1) in ("PERSON", "ORGANIZATION") else other).append(Gold(start, len(text)))
    return text, gold, other


def _tagged(row: dict[str, object]) -> tuple[str, list[Gold], list[Gold]]:
    text, gold, other = "", [], []
    tokens, tags = row["tokens"], row["tags"]
    assert isinstance(tokens, list)
    assert isinstance(tags, list)
    for token, tag in zip(tokens, tags, strict=True):
        start = len(text) + bool(text)
        text += (" " if text else "") + token
        if tag.upper() not in ("O", "OTHER"):
            kind = gold if tag.upper().startswith(("PER", "ORG")) else other
            kind.append(Gold(start, len(text)))
    return text, gold, other


def lines(path: Path) -> Iterator[dict[str, object]]:
    """Objects of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
