"""Commands that ask the published warehouse: ``khabar sql`` and ``khabar explain``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from config.reader import load
from tasks.load.ask import FORMATS


@click.command()
@click.argument("article")
@click.pass_context
def explain(ctx: click.Context, article: str) -> None:
    """One article (id or URL) with every mark and its evidence."""
    from tasks.load.explain import explain_article

    click.echo(explain_article(load(ctx.obj["directory"]).settings.warehouse.path, article))


@click.command()
@click.argument("query", required=False)
@click.option("-f", "--file", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: what FILE's name says, or a table.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.pass_context
def sql(ctx: click.Context, query: str | None, file: Path | None, form: str | None, output: Path | None) -> None:
    """Ask the published warehouse in SQL, read-only; without a query, on a terminal, a shell."""
    from tasks.load.ask import ask, format_of, read_query

    warehouse = load(ctx.obj["directory"]).settings.warehouse.path
    if not (query or file) and sys.stdin.isatty() and sys.stdout.isatty():
        from tasks.load.shell import Shell

        Shell(warehouse).run()
        return
    ask(warehouse, read_query(query, file), format_of(form, output), output)
