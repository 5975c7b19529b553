"""The yardstick of the ingest bench: the same pages through trafilatura alone, in processes.

    python -m tests.bench.plain --corpora DIR --pages 1000 --workers 2

Prints one JSON line. The pages are in memory before the clock starts, and the children are forks that have
everything loaded: nothing but extraction is counted.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import resource
import sys
import time
from pathlib import Path

import trafilatura

from tests.bench.corpora_site import addresses, extract_pages, saved_pages, unpacked

_bodies: list[bytes] = []


def extract(number: int) -> int:
    """Length of a page's text; -1 where trafilatura raises."""
    try:
        document = trafilatura.bare_extraction(_bodies[number], with_metadata=True)
    except Exception:
        return -1
    return len(getattr(document, "text", None) or "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--everything", action="store_true", help="also the front pages of pk-pages")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # it has an opinion on many pages
    pages = (saved_pages if options.everything else extract_pages)(options.corpora)
    _bodies.extend(unpacked(page.file) for page in pages)
    numbers = [address.number for address in addresses(pages, options.pages)]
    started = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(options.workers) as pool:
        lengths = pool.map(extract, numbers, chunksize=4)
        pool.close()
        pool.join()
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {"texts": sum(n > 0 for n in lengths), "empty": lengths.count(0), "raised": lengths.count(-1)}
    times = {"seconds": round(seconds, 2), "cpu": round(used.ru_utime + used.ru_stime, 2)}
    sys.stdout.write(json.dumps({**times, "pages": len(numbers), **figures}) + "\n")


if __name__ == "__main__":
    main()
