"""The demo: the real ingest flow on a small invented news world, served on this machine."""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from flows import prefect_env
from tasks.load import database as db
from tasks.load.ask import print_table

_SETTINGS: dict[str, Any] = {
    "warehouse": {
        "path": "../khabar.duckdb",
        "work_path": "../.work/khabar.duckdb",
        "archive_dir": "../archive",
    },
    # our own server on this machine needs no pause
    "http": {"contact": "https://example.org/khabar-demo", "pause_seconds": 0.0},
}
_QUESTIONS = (
    (
        "Whose text is it?",
        "Counting articles counts reprints as reporting. These carry somebody else's text, credited or not:",
        "load/demo_1",
    ),
    (
        "What was changed after publication?",
        "The second run met two articles again; the old text is kept beside the new one:",
        "load/demo_2",
    ),
    (
        "Is a zero silence, or an outage?",
        "Every poll is a row, so the two can be told apart:",
        "load/demo_3",
    ),
)


def run_demo(keep: Path | None, *, quiet: bool) -> bool:
    """Run the demo; the warehouse goes to ``keep`` (emptied first if it is an old demo's), or away."""
    from tests.site.world import build_world

    folder = _folder(keep)
    started = time.monotonic()
    click.echo("khabar demo: 12 invented outlets on this machine, 13 feeds, English and Urdu; no network is used.\n")
    prefect_env.prepare(folder / ".work" / "khabar.duckdb", quiet=quiet)
    world = build_world(datetime.now(UTC))
    try:
        with world.serve() as site:
            (folder / "config").mkdir(parents=True, exist_ok=True)
            world.write_config(folder / "config", _SETTINGS)
            good = _two_runs(folder, site)
        _show(folder)
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    click.echo(f"\nThat took {time.monotonic() - started:.0f} s.")
    if keep:
        click.echo(f'Look around:  khabar --config {folder / "config"} sql "from coverage"')
    else:
        click.echo("`khabar demo --keep FOLDER` keeps the warehouse, to ask it questions of your own.")
    click.echo("For the real world: edit config/settings.toml (contact), then `khabar ingest` or `khabar serve`.")
    return good


def _folder(keep: Path | None) -> Path:
    if keep is None:
        return Path(tempfile.mkdtemp(prefix="khabar-demo-"))
    folder = keep.resolve()
    if (folder / "khabar.duckdb").exists() and (folder / "config" / "settings.toml").exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _two_runs(folder: Path, site: Any) -> bool:
    from flows.ingest import ingest

    flow: Any = ingest  # its return type depends on return_state
    config = str(folder / "config")
    click.echo("First run (a Prefect server starts for it, that takes some seconds):", err=True)
    first = flow(config_dir=config, return_state=True)
    site.advance()
    click.echo("Some time later, two articles edited, some new ones. Second run:", err=True)
    second = flow(config_dir=config, all_feeds=True, return_state=True)
    for state in (first, second):
        if not state.is_completed():
            click.echo(f"a run ended badly: {state.message}", err=True)
    return bool(first.is_completed() and second.is_completed())


def _show(folder: Path) -> None:
    con = db.reader(folder / "khabar.duckdb")
    try:
        landed = db.rows(con, db.statement("load/demo_summary"))[0]
        click.echo("\nWhat landed in the warehouse")
        for name, value in landed.items():
            click.echo(f"  {value:>5}  {name.replace('_', ' ')}")
        for number, (title, why, name) in enumerate(_QUESTIONS, 1):
            query = db.statement(name).strip()
            click.echo(f"\n{number}. {title}\n{why}\n")
            click.echo("\n".join(f"    {line}" for line in query.splitlines()) + "\n")
            result = con.execute(query)
            print_table([column[0] for column in result.description], result.fetchall())
    finally:
        con.close()
