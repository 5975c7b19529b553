"""`khabar query`: the ready questions."""

from __future__ import annotations

from pathlib import Path

import click

from config.reader import load
from tasks.load.ask import FORMATS


@click.command()
@click.argument("name", required=False)
@click.option("-p", "--parameter", "given", multiple=True, metavar="KEY=VALUE", help="A parameter; may be repeated.")
@click.option("--show", is_flag=True, help="Print the SQL with the values filled in, for any DuckDB client.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: what FILE's name says, or a table.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.pass_context
def query(
    ctx: click.Context, name: str | None, given: tuple[str, ...], show: bool, form: str | None, output: Path | None
) -> None:
    """Ask a ready question; without NAME, list them all."""
    from tasks.load.ask import ask, format_of
    from tasks.load.queries import filled_in, ready_queries, ready_query, values

    if name is None:
        for one in ready_queries():
            click.echo(f"{one.name:<27}{one.title}")
        return
    chosen = ready_query(name)
    parameters = values(chosen, given)
    if show:
        click.echo(filled_in(chosen, parameters))
        return
    warehouse = load(ctx.obj["directory"]).settings.warehouse.path
    ask(warehouse, chosen.sql, format_of(form, output), output, parameters)
