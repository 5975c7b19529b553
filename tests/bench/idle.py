"""Measures a poll that finds nothing new: feeds that all answer 304.

    python -m tests.bench.idle [--feeds 200]

A first run reads the feeds and the few pages that they list.  The second is measured: seconds, bytes, rows
written per table, Prefect task runs.  Exit code 1 if it takes more task runs than it may, or writes articles.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
from pathlib import Path
from urllib.request import urlopen

from tests.bench import harness
from tests.bench.corpora_site import ROBOTS, loopback
from tests.bench.harness import LOGS, Listed, say
from tests.site.server import Conditional, Handler, Page, Request, Response, Site, serve_in_process
from tests.site.wire import encode

MOST_TASK_RUNS = 10
ITEMS = 20
COUNTERS = "/__bench/counters"
_STORY = "<p>The two delegations met again on day {number} and agreed to go on with the talks about trade.</p>"


class Counted:
    """Counts what a handler sends over the wire, heads included, by status."""

    def __init__(self, totals: dict[str, int], handler: Handler) -> None:
        self._totals = totals
        self._handler = handler
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Response:
        response = self._handler(request)
        size = len(encode(response, request.method))
        with self._lock:
            for key, more in ((f"answers {response.status}", 1), ("bytes", size)):
                self._totals[key] = self._totals.get(key, 0) + more
        return response


def story(number: int) -> Page:
    """A short page; that there is one is all that matters here."""
    title = f"Talks, day {number}"
    text = _STORY.format(number=number) * 8
    return Page(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )


class StoryFeed:
    """An RSS feed of the stories of its host; ``name`` keeps feeds of one host apart."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, request: Request) -> Response:
        origin = f"http://{request.headers['host']}"
        items = "".join(
            f"<item><title>Talks, day {n}</title><link>{origin}/story/{n}</link><guid>{origin}/story/{n}</guid></item>"
            for n in range(ITEMS)
        )
        body = f'<rss version="2.0"><channel><title>{self._name}</title>{items}</channel></rss>'
        return Response(body.encode(), 200, {"Content-Type": "application/rss+xml"})


def site(feeds: str, listen_on: str) -> Site:
    """The site, from strings: it starts in a process of its own."""
    totals: dict[str, int] = {}
    routes: dict[str, Handler] = {"/robots.txt": ROBOTS}
    routes |= {f"/story/{n}": story(n) for n in range(ITEMS)}
    routes |= {f"/feed/{n}": Conditional(StoryFeed(f"Feed {n}")) for n in range(int(feeds))}
    counted: dict[str, Handler] = {path: Counted(totals, handler) for path, handler in routes.items()}
    counted[COUNTERS] = lambda _: Response(json.dumps(totals).encode(), 200, {"Content-Type": "application/json"})
    return Site(counted, {f"h{number}": place for number, place in enumerate(listen_on.split(","))})


def counters(netloc: str) -> dict[str, int]:
    """What the site has sent so far."""
    with urlopen(f"http://{netloc}{COUNTERS}", timeout=10) as answer:
        found: dict[str, int] = json.load(answer)
        return found


def bench(feeds: int, hosts: int, folder: Path) -> bool:
    """Run twice, report on the second run."""
    places = loopback(hosts)
    served = serve_in_process("tests.bench.idle:site", str(feeds), ",".join(places))
    netlocs = [f"{place}:{served.port}" for place in places]
    listed = [Listed(f"feed-{n}", n % len(places), f"/feed/{n}") for n in range(feeds)]
    harness.write_config(folder / "config", netlocs, listed)
    warehouse = folder / "khabar.duckdb"
    try:
        with harness.prefect_server(folder) as start:
            say(f"Prefect's server and imports: {start:.1f} s")
            harness.run_ingest(folder / "config").show(f"first run, {feeds} feeds on {len(places)} hosts")
            before, sent = harness.tables(warehouse), counters(netlocs[0])
            idle = harness.run_ingest(folder / "config", all_feeds=True)
            after, now = harness.tables(warehouse), counters(netlocs[0])
    finally:
        served.stop()
    idle.show("idle run")
    traffic = {key: value - sent.get(key, 0) for key, value in now.items() if value != sent.get(key, 0)}
    say(f"  over the wire: {traffic}; {harness.load_average()}")
    wrong = 0
    for name, table in after.items():
        added, changed = harness.written(before[name], table)
        wrong += bool(added or changed) and name not in LOGS
        if added or changed:
            say(f"  {name}: {added} rows added, {changed} changed")
    say(f"task runs {idle.task_runs} (at most {MOST_TASK_RUNS}); other tables written to: {wrong}")
    return idle.task_runs <= MOST_TASK_RUNS and not wrong and traffic.get("answers 304") == feeds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=50, help="loopback addresses; requests to one host queue up")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabar-idle-", ignore_cleanup_errors=True) as name:
        return 0 if bench(options.feeds, options.hosts, Path(name)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
