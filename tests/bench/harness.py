"""What the benches share: a configuration, a Prefect server of their own, a run, and a look at the tables.

Prefect is imported inside functions only: the children that extract import the main module too, and must
not pay for it.
"""

from __future__ import annotations

import csv
import os
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tasks.load import database as db
from tests.site.world import toml

# Tables that a second poll writes to by design: that it looked is news.
LOGS = ("runs", "polls", "feeds", "hosts", "failures")
_COLUMNS = ["key", "outlet", "url", "kind", "tier", "enabled", "reason", "notes"]


def say(line: str = "") -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def timed(ask: Callable[[], list[Any]], rounds: int) -> tuple[float, float, list[Any]]:
    """Median milliseconds by the clock and of CPU (all threads together), after one run to warm up, and the rows."""
    rows = ask()
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        ask()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return statistics.median(walls), statistics.median(cpus), rows


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed of a bench: its key, the number of its host, and its path there."""

    key: str
    host: int
    path: str


def write_config(
    folder: Path,
    netlocs: Sequence[str],
    feeds: Sequence[Listed],
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """A configuration with one outlet per host; the warehouse lies beside it. ``settings`` add to sections."""
    folder.mkdir(parents=True, exist_ok=True)
    sections: dict[str, dict[str, Any]] = {
        "warehouse": {"path": "../khabar.duckdb", "work_path": "../.work/khabar.duckdb", "archive_dir": "../archive"},
        # our own server needs no pause
        "http": {"contact": "https://example.org/khabar-bench", "pause_seconds": 0.0, "allow_private": [*netlocs]},
    }
    for name, more in (settings or {}).items():
        sections[name] = {**sections.get(name, {}), **more}
    (folder / "settings.toml").write_text(toml(sections), "utf-8")
    outlets = [
        {"key": f"h{number}", "name": f"Host {number}", "homepage": f"http://{netloc}/", "hosts": [netloc],
         "country": "PK", "lang": "en", "owner_type": "private", "timezone": "Asia/Karachi"}
        for number, netloc in enumerate(netlocs)
    ]  # fmt: skip
    (folder / "outlets.toml").write_text("\n".join("[[outlet]]\n" + toml(outlet) for outlet in outlets), "utf-8")
    with (folder / "feeds.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for feed in feeds:
            url = f"http://{netlocs[feed.host]}{feed.path}"
            rows.writerow([feed.key, f"h{feed.host}", url, "auto", "hourly", "yes", "", ""])


@contextmanager
def prefect_server(folder: Path) -> Iterator[float]:
    """A throw-away Prefect server; gives the seconds that it took to start, imports included."""
    from flows import prefect_env

    os.environ["PREFECT_HOME"] = str(folder / "prefect")
    os.environ.pop("PREFECT_API_URL", None)  # never the server of somebody's schedule
    prefect_env.prepare(folder / ".work" / "khabar.duckdb", quiet=True)
    started = time.perf_counter()
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        import flows.ingest  # noqa: F401  the flow's own import is no part of a run either

        yield time.perf_counter() - started


_ROLES = {"forkserver": "extraction", "tests.site": "site", "prefect": "Prefect server", "uvicorn": "Prefect server"}


def processor_time() -> dict[str, float]:
    """CPU seconds so far by role: this process, and its descendants with those that they have outlived."""
    me = psutil.Process()
    own = me.cpu_times()
    spent = defaultdict(float, {"flow": own.user + own.system})
    for child in me.children(recursive=True):
        try:
            words, times = " ".join(child.cmdline()), child.cpu_times()
        except psutil.Error:  # it ended meanwhile
            continue
        role = next((role for mark, role in _ROLES.items() if mark in words), "other")
        spent[role] += sum(times[:4])
    return spent


@dataclass
class Ran:
    """A run of the flow: wall time, the state, CPU time by role, and what Prefect knows of its tasks."""

    seconds: float
    state: str
    message: str
    cpu: dict[str, float]
    runs: Counter[str] = field(default_factory=Counter)
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def task_runs(self) -> int:
        return self.runs.total()

    def show(self, title: str) -> None:
        """Print the run: time per kind of task, and what lies between the tasks."""
        say(f"{title}: {self.seconds:.2f} s, {self.state}: {self.message}")
        stages = ", ".join(f"{name} {self.spent[name]:.2f} s in {n}" for name, n in self.runs.items())
        between = self.seconds - sum(self.spent.values())
        say(f"  Prefect task runs {self.task_runs}: {stages}; between tasks {between:.2f} s")
        say("  CPU: " + ", ".join(f"{role} {seconds:.2f} s" for role, seconds in self.cpu.items()))


def run_ingest(config: Path, **arguments: Any) -> Ran:
    """Run the ingest flow once in this process."""
    from flows.ingest import ingest

    flow: Any = ingest
    before, started = processor_time(), time.perf_counter()
    state = flow(config_dir=str(config), return_state=True, **arguments)
    seconds = time.perf_counter() - started
    used = {role: spent - before.get(role, 0.0) for role, spent in processor_time().items()}
    ran = Ran(seconds, state.name, state.message or "", used)
    for task in _task_runs(state.state_details.flow_run_id):
        ran.runs[task.name.rpartition("-")[0]] += 1
        ran.spent[task.name.rpartition("-")[0]] += task.total_run_time.total_seconds()
    return ran


def _task_runs(flow_run_id: Any) -> list[Any]:
    """The task runs of a flow run; they reach the server a moment late, so wait until all have ended."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    chosen = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id]))
    before = -1
    with get_client(sync_client=True) as client:
        for _ in range(30):
            found = client.read_task_runs(flow_run_filter=chosen, limit=200)
            if len(found) == before and all(t.state and t.state.is_final() for t in found):
                return list(found)
            before = len(found)
            time.sleep(1)
    raise RuntimeError("Prefect did not record the end of every task run")


@dataclass(frozen=True)
class Table:
    """A table at a moment: rows, hash of the contents, and how often each row's hash occurs."""

    count: int
    digest: str
    rows: Counter[int]


def tables(path: Path) -> dict[str, Table]:
    """Every table of the published file."""
    with db.reader(path) as con:
        names = db.rows(con, "select table_name as name from duckdb_tables() where not internal order by 1")
        found = {}
        for name in (row["name"] for row in names):
            count, digest = db.table_hash(con, name)
            hashes = db.rows(con, f"select hash(t) as h from {name} as t")
            found[name] = Table(count, digest, Counter(row["h"] for row in hashes))
    return found


def written(before: Table, after: Table) -> tuple[int, int]:
    """(rows added, rows changed)."""
    added = after.count - before.count
    return added, (after.rows - before.rows).total() - max(added, 0)


def changed_columns(before: Sequence[db.Row], after: Sequence[db.Row], key: str) -> Counter[str]:
    """In how many rows each column has another value."""
    old = {row[key]: row for row in before}
    pairs = [(old[row[key]], row) for row in after if row[key] in old]
    return Counter(name for was, now in pairs for name in now if was[name] != now[name])


def query(path: Path, sql: str) -> list[db.Row]:
    """A query on the published file."""
    with db.reader(path) as con:
        return db.rows(con, sql)


def load_average() -> str:
    """How busy the machine is: figures of a disturbed run are worth nothing."""
    return "load " + " ".join(f"{value:.2f}" for value in os.getloadavg())
