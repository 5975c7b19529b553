"""Measure the extractor on labelled pages, beside trafilatura with its metadata.

    python -m tests.bench.extraction --shared DIR [--only CORPUS ...] [--which ours] [--out DIR] [--processes N]

DIR holds ``tools/score_extraction.py`` and ``corpora/extract-*``.  Prints a score table and pages per
second of CPU time for each extractor; the predictions stay in ``--out``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import trafilatura

from tasks.extract.document import extract_document

# Pages without a crawl date count as fetched after the corpora were made.
_LATE = datetime(2026, 11, 25, tzinfo=UTC)
_TURN = 50

Page = dict[str, Any]


def _fetched(page: Page) -> datetime:
    if not page.get("fetched"):
        return _LATE
    value = datetime.fromisoformat(str(page["fetched"]).replace("Z", "+00:00"))
    # A crawl date names a day: the page may have been fetched at its very end.
    return (value if value.tzinfo else value.replace(tzinfo=UTC)) + timedelta(days=1)


def ours(body: bytes, page: Page) -> dict[str, Any]:
    """Title, text, authors and date of a page by this project's extractor."""
    doc = extract_document(
        body, url=page.get("url") or "https://news.invalid/story", content_type=None, fetched_at=_fetched(page)
    )
    published = None
    if doc.published_at is not None:
        zone = timezone(timedelta(minutes=doc.published_offset_minutes or 0))
        local = doc.published_at.astimezone(zone)
        published = local.date().isoformat() if (doc.date_source or "").endswith(":day") else local.isoformat()
    return {
        "title": doc.title,
        "text": doc.text,
        "authors": list(doc.authors),
        "published": published,
        "verdict": doc.verdict,
        "source": doc.date_source,
        "conflict": doc.date_conflict,
        "byline": doc.byline,
        "evidence": dict(doc.evidence),
        "canonical": doc.canonical_url,
        "lang": doc.lang,
    }


def baseline(body: bytes, page: Page) -> dict[str, Any]:
    """The same by trafilatura with metadata."""
    doc = trafilatura.bare_extraction(body, url=page.get("url"), with_metadata=True)
    if doc is None:
        return {"title": None, "text": "", "authors": [], "published": None}
    authors = [name.strip() for name in (doc.author or "").split(";") if name.strip()]
    return {"title": doc.title, "text": doc.text or "", "authors": authors, "published": doc.date}


EXTRACTORS: dict[str, Callable[[bytes, Page], dict[str, Any]]] = {"ours": ours, "baseline": baseline}


def _run(name: str, root: Path, page: Page) -> tuple[dict[str, Any], float]:
    raw = (root / "corpora" / page["file"]).read_bytes()
    body = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    start = time.process_time()
    row = EXTRACTORS[name](body, page)
    return {"corpus": page["corpus"], "id": page["id"], **row}, time.process_time() - start


def measure(names: list[str], root: Path, pages: list[Page], out: Path, processes: int) -> None:
    """Predict all pages with each extractor, write the predictions, print the scores."""
    results: dict[str, list[tuple[dict[str, Any], float]]] = {name: [] for name in names}
    with multiprocessing.Pool(processes) as pool:
        # In turns of some pages: a slow spell of the machine meets all extractors.
        for start in range(0, len(pages), _TURN):
            for name in names:
                results[name] += pool.map(partial(_run, name, root), pages[start : start + _TURN], chunksize=8)
    for name, rows in results.items():
        target = out / f"{name}.jsonl"
        target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row, _ in rows), encoding="utf-8")
        seconds = sum(took for _, took in rows)
        table = subprocess.run(
            [sys.executable, str(root / "tools/score_extraction.py"), "score", str(root / "corpora"), str(target)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        sys.stdout.write(f"== {name}: {len(pages) / seconds:.1f} pages per second and core ({target})\n{table}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--which", nargs="*", choices=sorted(EXTRACTORS), default=["baseline", "ours"])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--processes", type=int, default=1)
    args = parser.parse_args()
    out = args.out or Path(tempfile.mkdtemp(prefix="khabar-bench-"))
    out.mkdir(parents=True, exist_ok=True)
    listing = subprocess.run(
        [sys.executable, str(args.shared / "tools/score_extraction.py"), "pages", str(args.shared / "corpora")],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    pages = [json.loads(line) for line in listing.splitlines()]
    pages = [page for page in pages if not args.only or page["corpus"] in args.only]
    measure(args.which, args.shared, pages, out, args.processes)


if __name__ == "__main__":
    main()
