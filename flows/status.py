"""`khabar status`: what was done, what is due, what is ill."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click

from config.model import Config
from flows import prefect_env
from tasks.batch import utcnow
from tasks.enrich.article import marks_version
from tasks.errors import MEANING, Code
from tasks.load import database as db
from tasks.load.ask import print_table


def collect(config: Config) -> dict[str, Any]:
    """Everything `khabar status` says, from the published file."""
    now = utcnow()
    settings = config.settings.warehouse
    con = db.reader(settings.path)
    try:
        runs = db.rows(con, db.statement("load/status_runs"))
        pending = db.rows(
            con, db.statement("load/status_pending"), {"now": now, "marks": marks_version(config.subject)}
        )[0]
        health = db.rows(con, db.statement("load/feed_health"))
        failures = db.rows(con, db.statement("load/status_failures"), {"now": now})
    finally:
        con.close()
    published = datetime.fromtimestamp(settings.path.stat().st_mtime).astimezone()
    counts: dict[str, int] = {}
    for row in health:
        counts[row["health"]] = counts.get(row["health"], 0) + 1
    return {
        "warehouse": str(settings.path),
        "published_at": published,
        "schedule": prefect_env.running_server(settings.work_path),
        "runs": runs,
        "pending": pending,
        "feeds": counts,
        "troubled_feeds": [row for row in health if row["health"] not in ("ok", "not yet polled")],
        "failures_of_the_last_day": failures,
    }


def print_status(config: Config, *, as_json: bool) -> None:
    """Print the status for a person, or as JSON."""
    found = collect(config)
    if as_json:
        click.echo(json.dumps(found, default=str, ensure_ascii=False, indent=2))
        return
    click.echo(f"warehouse  {found['warehouse']}, published {found['published_at']:%Y-%m-%d %H:%M %Z}")
    click.echo(f"schedule   {found['schedule'] or 'not running (khabar serve)'}\n")
    rows = [(r["flow"], r["state"], r["started_at"], _took(r), _did(r["counts"])) for r in found["runs"]]
    print_table(["run", "state", "started", "took", "did"], rows)
    pending = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in found["pending"].items() if n)
    click.echo(f"\npending    {pending or 'nothing'}")
    click.echo("feeds      " + ", ".join(f"{n} {word}" for word, n in sorted(found["feeds"].items())))
    if found["troubled_feeds"]:
        click.echo("")
        troubled = [(r["feed_id"], r["health"], r["last_code"], _remedy(r["last_code"]), r["next_due_at"])
                for r in found["troubled_feeds"]]  # fmt: skip
        print_table(["feed", "health", "last code", "what helps", "asked again"], troubled)
    if found["failures_of_the_last_day"]:
        click.echo("\nfailures of the last day")
        codes = [(r["stage"], r["code"], r["times"], r["last_key"]) for r in found["failures_of_the_last_day"]]
        print_table(["stage", "code", "times", "last one"], codes)


def _took(run: dict[str, Any]) -> str:
    if run["finished_at"] is None:
        return ""
    return f"{(run['finished_at'] - run['started_at']).total_seconds():.0f} s"


def _did(counts: str | None) -> str:
    stages = json.loads(counts) if counts else {}
    return "; ".join(
        f"{name} {c['ok']}" + (f" ({c['failed']} failed)" if c["failed"] else "") for name, c in stages.items()
    )


def _remedy(code: str | None) -> str:
    return MEANING[Code(code)].remedy if code in set(Code) else ""
