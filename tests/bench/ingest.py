"""Measures the ingest flow on saved pages, beside trafilatura alone on the same pages, in one run.

    python -m tests.bench.ingest --corpora DIR [--pages 1000] [--workers 2] [--rounds 1] [--gzip]
    python -m tests.bench.ingest --feeds-real DIR [--conformance]

The first form: plain trafilatura, the flow, plain trafilatura again, the flow again over the same input; and
the fate of every page.  The second form: only the poll stage, over the saved feeds.  Exit code 1 if a page was
lost, a second run changed an article, or the flow cost more than it may.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench import corpora_site, harness
from tests.bench.harness import LOGS, Listed, Ran, say
from tests.bench.stopwatch import Stopwatch

# The flow may cost at most so many times what plain trafilatura costs, and take so many task runs per 1,000 pages.
MOST_RATIO = 1.25
MOST_TASK_RUNS = 40
_TEXT = ("article", "brief")
_FATES = """
    select frontier.url, pages.outcome, pages.code as fetch_code, extractions.page_id, extractions.verdict,
        extractions.code as extract_code, articles.verdict_reason, coalesce(articles.word_count, 0) as words
    from frontier
    left join pages using (target_id)
    left join extractions using (page_id)
    left join articles on articles.article_id = extractions.article_id
"""
_DISTINCT = "select count(*) as articles, count(distinct article_id) as ids, sum(len(text)) as letters from articles"


def plain(options: argparse.Namespace, pages: int) -> dict[str, float]:
    """Wall and CPU seconds of plain trafilatura, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.plain", "--corpora", str(options.corpora)]
    command += ["--pages", str(pages), "--workers", str(options.workers)]
    command += ["--everything"] if options.everything else []
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(answer)
    say(f"plain trafilatura: {figures['seconds']:.2f} s, {pages / figures['seconds']:.1f} pages/s, "
        f"CPU {figures['cpu']:.2f} s ({answer.strip()}; {harness.load_average()})")  # fmt: skip
    return figures


def profiled(config: Path, profile: Path | None) -> Ran:
    """The first run, under the profiler if asked (which slows it down)."""
    if profile is None:
        return harness.run_ingest(config)
    profiler = cProfile.Profile()
    ran: Ran = profiler.runcall(harness.run_ingest, config)
    profiler.dump_stats(profile)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)
    return ran


def fate(row: dict[str, Any] | None) -> tuple[str, str]:
    """(what became of a page, in a word; the explanation)."""
    if row is None:
        return "LOST", "no feed item led to it"
    if row["outcome"] != "ok":
        return f"fetch:{row['fetch_code'] or 'LOST'}", ""
    if row["page_id"] is None:
        return "LOST", "fetched, not extracted"
    if row["extract_code"]:
        return f"extract:{row['extract_code']}", ""
    if row["verdict"] in _TEXT and not row["words"]:
        return "LOST", "an article without text"
    return row["verdict"] or "LOST", row["verdict_reason"] or ""


def fates(warehouse: Path, listed: Sequence[corpora_site.Address]) -> int:
    """Print what became of each page, by corpus; returns how many were lost or are not explained."""
    rows = {corpora_site.number_of(r["url"]): r for r in harness.query(warehouse, _FATES)}
    by_corpus: dict[str, Counter[str]] = defaultdict(Counter)
    others: Counter[str] = Counter()
    for address in listed:
        word, why = fate(rows.get((address.copy, address.number)))
        if word not in _TEXT and ":" not in word and not why:
            word = "LOST"  # a verdict without a reason explains nothing
        if address.copy == 0:
            by_corpus[address.page.corpus][word] += 1
            if word not in _TEXT:
                others[f"{address.page.corpus}/{address.page.name}: {word}: {why}"] += 1
        by_corpus["all addresses"][word] += 1
    say("fate of the pages:")
    for corpus, words in sorted(by_corpus.items()):
        parts = ", ".join(f"{word} {n}" for word, n in words.most_common())
        say(f"  {corpus:22} {words.total():5}: {parts}")
    for line in sorted(others):
        say(f"    {line}")
    return by_corpus["all addresses"]["LOST"]


def show_rows(before: dict[str, harness.Table], after: dict[str, harness.Table]) -> int:
    """Print what a second run wrote; returns the number of tables that changed and should not have."""
    wrong = 0
    for name, table in after.items():
        added, changed = harness.written(before[name], table)
        if name not in LOGS:
            wrong += table.digest != before[name].digest
        if table.count or added:
            same = "same hash" if table.digest == before[name].digest else f"{added} added, {changed} changed"
            say(f"  {name:18} {table.count:6} rows, {same}{'' if name in LOGS or same == 'same hash' else '  WRONG'}")
    return wrong


def second_run(config: Path, warehouse: Path) -> int:
    """Run again over the same input; returns the number of tables that changed and should not have."""
    before = harness.tables(warehouse)
    small = {t: (k, f"select * from {t}") for t, k in (("feeds", "feed_id"), ("hosts", "host"))}
    old = {t: harness.query(warehouse, sql) for t, (_, sql) in small.items()}
    harness.run_ingest(config, all_feeds=True).show("second run, same input")
    wrong = show_rows(before, harness.tables(warehouse))
    for name, (key, sql) in small.items():
        columns = harness.changed_columns(old[name], harness.query(warehouse, sql), key)
        say(f"  columns of {name} that changed: {dict(columns) or 'none'}")
    return wrong


def bench_pages(options: argparse.Namespace, folder: Path) -> bool:
    """The first form: yardstick and flow take turns, so that a neighbour's load falls on both."""
    places = corpora_site.loopback(options.hosts)
    pages = (corpora_site.saved_pages if options.everything else corpora_site.extract_pages)(options.corpora)
    listed = corpora_site.addresses(pages, options.pages)
    served = corpora_site.serve(
        options.corpora, options.pages, places, packed=options.gzip, everything=options.everything
    )
    feeds = [Listed(f"pages-{number}", number, "/pages.xml") for number in range(len(places))]
    netlocs = [f"{place}:{served.port}" for place in places]
    say(f"{len(listed)} addresses of {len({a.number for a in listed})} pages on {len(places)} hosts, "
        f"{'with gzip' if options.gzip else 'not compressed'}; {harness.load_average()}")  # fmt: skip
    measured, yardsticks = [], []
    try:
        with harness.prefect_server(folder) as start:
            say(f"Prefect's server and imports: {start:.1f} s")
            for number in range(options.rounds):
                yardsticks.append(plain(options, len(listed)))
                place = folder / str(number)
                harness.write_config(place / "config", netlocs, feeds, {"extract": {"workers": options.workers}})
                measured.append(first_run(place, len(listed), options.profile))
            yardsticks.append(plain(options, len(listed)))
            wrong = second_run(place / "config", place / "khabar.duckdb")
        lost = fates(place / "khabar.duckdb", listed)
    finally:
        served.stop()
    return judge(measured, yardsticks, len(listed), lost, wrong)


def first_run(place: Path, pages: int, profile: Path | None) -> Ran:
    """The flow over pages that it has never seen."""
    with Stopwatch() as watch:
        ran = profiled(place / "config", profile)
    ran.show("first run")
    watch.show()
    if ran.state != "Completed":
        raise SystemExit("the first run did not complete: there is nothing to measure")
    found = harness.query(place / "khabar.duckdb", _DISTINCT)[0]
    say(f"  {pages / ran.seconds:.1f} pages/s; {found}; {harness.load_average()}")
    return ran


def judge(measured: Sequence[Ran], yardsticks: Sequence[dict[str, float]], pages: int, lost: int, wrong: int) -> bool:
    """Print the figures that have a target; True if all are met."""
    between = [(yardsticks[n]["seconds"] + yardsticks[n + 1]["seconds"]) / 2 for n in range(len(measured))]
    ratios = [ran.seconds / seconds for ran, seconds in zip(measured, between, strict=True)]
    ratio = sum(ran.seconds for ran in measured) / sum(between)
    cpu = statistics.median(ran.cpu["flow"] + ran.cpu.get("extraction", 0.0) for ran in measured)
    plain_cpu = statistics.median(yardstick["cpu"] for yardstick in yardsticks)
    runs, allowed = max(ran.task_runs for ran in measured), MOST_TASK_RUNS * max(1.0, pages / 1000)
    say(f"ratio to plain trafilatura: {ratio:.3f} (at most {MOST_RATIO}; by round {[round(r, 3) for r in ratios]}); "
        f"of CPU time {cpu / plain_cpu:.3f}")  # fmt: skip
    say(f"task runs: {runs} (at most {allowed:.0f}); lost: {lost}; tables wrongly changed: {wrong}")
    return ratio <= MOST_RATIO and runs <= allowed and not lost and not wrong


def bench_feeds(options: argparse.Namespace, folder: Path) -> bool:
    """The second form: the poll stage over saved feeds, beside what the parser finds in the files."""
    from tests.bench.polled import compare

    root = options.feeds_real
    root = root.parent if root.name == "feeds-real" else root
    feeds = list(corpora_site.real_feeds(root))
    if options.conformance:
        feeds += corpora_site.conformance_feeds(root)
    places = corpora_site.loopback(options.hosts)
    served = corpora_site.serve(root, 0, places)
    netlocs = [f"{place}:{served.port}" for place in places]
    listed = [Listed(f"saved-{n}", n % len(places), feed.path) for n, feed in enumerate(feeds)]
    harness.write_config(folder / "config", netlocs, listed)
    try:
        with harness.prefect_server(folder) as start:
            say(f"Prefect's server and imports: {start:.1f} s")
            # no page is fetched: the items lead to the real world
            harness.run_ingest(folder / "config", limit=0).show(f"poll of {len(feeds)} saved feeds")
    finally:
        served.stop()
    origins = [f"http://{netlocs[one.host]}" for one in listed]
    return compare(folder / "khabar.duckdb", feeds, [one.key for one in listed], origins)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="folder that holds extract-*")
    parser.add_argument("--feeds-real", type=Path, help="folder that holds (or is) feeds-real: poll these instead")
    parser.add_argument("--conformance", action="store_true", help="with --feeds-real: also feeds-conformance")
    parser.add_argument("--pages", type=int, default=1000, help="addresses of pages (0: every page once)")
    parser.add_argument("--everything", action="store_true", help="also the front pages of pk-pages")
    parser.add_argument("--rounds", type=int, default=1, help="how often yardstick and flow take turns")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--hosts", type=int, default=10, help="loopback addresses; requests to one host queue up")
    parser.add_argument("--gzip", action="store_true", help="send pages compressed, as most sites do")
    parser.add_argument("--profile", type=Path, help="profile the first run's main process into this file")
    options = parser.parse_args()
    if not options.corpora and not options.feeds_real:
        parser.error("one of --corpora and --feeds-real is needed")
    with tempfile.TemporaryDirectory(prefix="khabar-bench-", ignore_cleanup_errors=True) as name:
        work = bench_feeds if options.feeds_real else bench_pages
        return 0 if work(options, Path(name)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
