"""What Prefect's pages show of a run: a summary, and the health of the feeds."""

from __future__ import annotations

from typing import Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.session import RunSession
from tasks.load import database as db


def show_run(session: RunSession) -> None:
    """Make the two artifacts of a run. Their loss (a Prefect server that is ill) costs nothing else."""
    try:
        create_markdown_artifact(summary(session), key="run-summary", description="What the run did")
        rows = feed_health(session)
        if rows:
            create_table_artifact(rows, key="feed-health", description="Feeds, the troubled ones first")
    except Exception as error:
        session.notes.append(f"the artifacts could not be stored in Prefect: {error}")


def summary(session: RunSession) -> str:
    """The run as Markdown."""
    lines = [
        f"## Run `{session.run.run_id}`: {session.state}",
        "",
        f"Started {session.run.started_at:%Y-%m-%d %H:%M:%S} UTC.",
        "",
        "| stage | done | failed | figures |",
        "|---|---:|---:|---|",
    ]
    for name, total in session.totals.items():
        figures = ", ".join(f"{key.replace('_', ' ')} {value:,}" for key, value in total.counts.items() if value)
        lines.append(f"| {name} | {total.ok:,} | {total.failed:,} | {figures} |")
    codes = [(n, name, code) for name, total in session.totals.items() for code, n in total.codes.items()]
    if codes:
        lines += ["", "| failures | stage | reason |", "|---:|---|---|"]
        lines += [f"| {n} | {name} | `{code}` |" for n, name, code in sorted(codes, reverse=True)]
    return "\n".join([*lines, "", *session.notes])


def feed_health(session: RunSession) -> list[dict[str, Any]]:
    """The view ``feed_health`` as a table for people."""
    with db.reader(session.run.config.settings.warehouse.path) as con:
        rows = db.rows(con, db.statement("load/feed_health"))
    return [{key: str(value) if value is not None else "" for key, value in row.items()} for row in rows]
