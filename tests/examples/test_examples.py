"""What stands in `examples/` runs, on a warehouse made here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbclient import NotebookClient

from config.model import WarehouseSettings
from flows.cli import main
from tasks.load import database as db
from tests.site.server import Site
from tests.support import write_config
from tests.warehouse.rows import DAY
from tests.warehouse.test_views import fill

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``warehouse/khabar.duckdb``."""
    folder = tmp_path_factory.mktemp("examples")
    path = folder / "warehouse" / "khabar.duckdb"
    with db.writer(WarehouseSettings(path=path, work_path=path, archive_dir=folder)) as con:
        db.migrate(con, DAY)
        fill(con)
    return folder


def blocks(language: str) -> list[str]:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_notebook_runs_and_is_stored_without_output(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = nbformat.read(EXAMPLES / "first_look.ipynb", as_version=4)
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")
    monkeypatch.setenv("KHABAR_WAREHOUSE__PATH", str(folder / "warehouse" / "khabar.duckdb"))
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    shown = [cell.outputs[0]["data"]["text/plain"] for cell in notebook.cells if cell.get("outputs")]
    assert len(shown) == 5
    assert re.search(r"Dawn\s+4\s+4", shown[1])


@pytest.mark.parametrize("number", range(2))
def test_python_in_the_examples_runs(folder: Path, number: int) -> None:
    code = blocks("python")[number]
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Dawn" in done.stdout


def test_sql_in_the_examples_runs(folder: Path) -> None:
    import duckdb

    assert len(blocks("sql")) == 2
    with duckdb.connect(str(folder / "warehouse" / "khabar.duckdb"), read_only=True) as con:
        for block in blocks("sql"):
            assert con.execute(block).description


def test_commands_in_the_examples_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({}) as site:
        write_config(folder / "config", site, {})
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KHABAR_WAREHOUSE__PATH", str(folder / "warehouse" / "khabar.duckdb"))
    query, output = re.search(r'khabar sql "(.*)" -o (\S+)', "".join(blocks("sh"))).groups()  # type: ignore[union-attr]
    done = CliRunner().invoke(main, ["--config", str(folder / "config"), "sql", query, "-o", output])
    assert done.exit_code == 0, done.output
    assert (folder / output).stat().st_size > 1000
