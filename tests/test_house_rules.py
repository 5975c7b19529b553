"""The house rules of the design, each as a test."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = ("config", "flows", "tasks", "warehouse")
DOORS = {
    "httpx": "tasks/fetch/http.py",
    "httpcore": "tasks/fetch/http.py",
    "feedparser": "tasks/poll/syndication.py",
    "trafilatura": "tasks/extract/maintext.py",
    "duckdb": "tasks/load/database.py",
    "warcio": "tasks/fetch/archive.py",
    "plotly": "tasks/load/report_charts.py",
}
# Modules that may touch clock, disk, network or processes: the edges. All others are pure.
EDGES = {
    "tasks/batch.py": "holds the clock",
    "tasks/fetch/archive.py": "disk",
    "tasks/fetch/hosts.py": "waits",
    "tasks/fetch/http.py": "network",
    "tasks/fetch/importing.py": "reads files",
    "tasks/fetch/pages.py": "network",
    "tasks/fetch/recover.py": "disk",
    "tasks/fetch/robots.py": "network",
    "tasks/fetch/session.py": "network",
    "tasks/fetch/store_imports.py": "disk",
    "tasks/fetch/together.py": "network",
    "tasks/enrich/job.py": "reads the tables",
    "tasks/extract/job.py": "reads the archive",
    "tasks/extract/pool.py": "processes",
    "tasks/poll/poll.py": "network",
    "tasks/poll/probe.py": "network",
    "tasks/poll/sources.py": "network",
    "tasks/poll/urllist.py": "reads files",
}
IMPURE = {"asyncio", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "sys", "tempfile", "time"}
SQL = re.compile(
    r"\b(select\s+.+\s+from|insert\s+(or\s+\w+\s+)?into|delete\s+from|merge\s+into|update\s+\w+\s+set|create\s+(or\s+replace\s+)?(table|view))\b",
    re.IGNORECASE | re.DOTALL,
)
LONG, TOO_LONG, MODULE = 40, 60, 300


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_prefect_is_imported_in_flows_and_task_modules_only() -> None:
    allowed = re.compile(r"flows/\w+\.py|tasks/\w+/task\.py")
    wrong = [name(p) for p in modules(*PRODUCT) if "prefect" in imports(p) and not allowed.fullmatch(name(p))]
    assert not wrong


def test_importing_pure_modules_does_not_load_prefect() -> None:
    names = [
        name(p)[:-3].replace("/", ".") for p in modules("tasks", "config") if p.name not in ("task.py", "__init__.py")
    ]
    code = f"import sys\nfor m in {names!r}: __import__(m)\nassert 'prefect' not in sys.modules, 'prefect was loaded'"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("library", "door"), DOORS.items())
def test_each_library_has_one_door(library: str, door: str) -> None:
    assert library in imports(ROOT / door)
    wrong = [name(p) for p in modules(*PRODUCT) if library in imports(p) and name(p) != door]
    assert not wrong, f"{library} is imported outside of {door}"


def test_pure_modules_have_no_clock_disk_network_or_chance() -> None:
    wrong = []
    for path in modules("tasks"):
        if name(path) in EDGES or path.name in ("task.py", "store.py") or name(path).startswith("tasks/load/"):
            continue
        text = path.read_text(encoding="utf-8")
        if imports(path) & IMPURE or re.search(r"datetime\.(now|utcnow|today)\(|date\.today\(|\bopen\(", text):
            wrong.append(f"{name(path)}: {', '.join(imports(path) & IMPURE)}")
    assert not wrong


def test_edges_exist() -> None:
    assert [edge for edge in EDGES if not (ROOT / edge).exists()] == []


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def test_modules_and_functions_are_small() -> None:
    files = list(modules(*PRODUCT, "tests"))
    assert [name(p) for p in files if len(p.read_text(encoding="utf-8").splitlines()) > MODULE] == []
    sizes = [(name(p), function, lines) for p in files for function, lines in functions(p)]
    assert [s for s in sizes if s[2] > TOO_LONG] == []
    long = [s for s in sizes if s[2] > LONG]
    assert len(long) <= len(sizes) // 100, f"more than one function in a hundred is long: {long}"


def strings(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_sql_lives_in_sql_files() -> None:
    # the door to DuckDB asks the engine about itself; a text for people may show a query as an example
    allowed = {"tasks/load/database.py", "tasks/load/ask.py", "tasks/load/freeze_readme.py"}
    wrong = [
        f"{name(p)}: {text[:60]!r}"
        for p in modules(*PRODUCT)
        if name(p) not in allowed
        for text in strings(p)
        if SQL.search(text)
    ]
    assert not wrong


def sql_files() -> list[Path]:
    return [*sorted((ROOT / "warehouse").rglob("*.sql")), *sorted((ROOT / "tasks").rglob("*.sql"))]


def test_sql_is_lower_case() -> None:
    keyword = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|GROUP BY|ORDER BY|INSERT|UPDATE|DELETE|CREATE|WITH|AND|OR)\b")
    wrong = []
    for path in sql_files():
        code = re.sub(r"--[^\n]*|'[^']*'", "", path.read_text(encoding="utf-8"))
        if keyword.search(code):
            wrong.append(name(path))
    assert not wrong


def test_no_sql_depends_on_what_only_one_engine_has() -> None:
    """DuckLake has no sequences, no RETURNING, no enum; foreign keys break DuckDB's own copy; indexes lose entries."""
    forbidden = re.compile(r"\b(create\s+(unique\s+)?index|references|foreign key|returning|nextval|create type)\b")
    wrong = []
    for path in sql_files():
        code = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        if forbidden.search(code):
            wrong.append(name(path))
    assert not wrong


def test_every_sql_file_is_used() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in modules(*PRODUCT))
    unused = [name(p) for p in (ROOT / "tasks").rglob("*.sql") if f"{p.parts[-3]}/{p.stem}" not in code]
    assert not unused


def test_nothing_tracked_names_a_package_host_or_a_local_path() -> None:
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    if not files:
        pytest.skip("not a git checkout: nothing is tracked")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "http://" not in lock
    assert "https://" not in lock
    assert "--hash=sha256:" in lock
