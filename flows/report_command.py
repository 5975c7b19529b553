"""`khabar report`: the page of charts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from config.reader import load
from flows.report import write_report
from tasks.batch import utcnow

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("report.html"), show_default=True,
    help="Where to write the page.",
)  # fmt: skip
@click.option("--from", "first", type=_DAY, metavar="DAY", help="First day of publication (2026-03-01).")
@click.option("--to", "last", type=_DAY, metavar="DAY", help="Last day of publication.")
@click.option(
    "--zone", type=click.Choice(["utc", "karachi", "washington"]), default="utc", show_default=True,
    help="Whose days are counted.",
)  # fmt: skip
@click.option("--min-relevance", "relevance", type=click.IntRange(1, 3), default=1, show_default=True,
              help="2: substantial, 3: on both countries above all.")  # fmt: skip
@click.pass_context
def report(
    ctx: click.Context, output: Path, first: datetime | None, last: datetime | None, zone: str, relevance: int
) -> None:
    """One HTML page with charts of the coverage, that needs no network and prints."""
    config = load(ctx.obj["directory"])
    days = {"first": first and first.date(), "last": last and last.date()}
    size = write_report(config, output, utcnow(), **days, zone=zone, relevance=relevance)
    click.echo(f"khabar: {output}, {size / 1e6:.1f} MB; open it in a browser", err=True)
