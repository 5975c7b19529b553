"""`khabar search`: the macro `search` for those who do not write SQL."""

from __future__ import annotations

from pathlib import Path

import click

from config.reader import load
from tasks.load.ask import FORMATS


# -word is part of a query, not an option
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many articles.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: what FILE's name says, or a table.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.pass_context
def search(ctx: click.Context, words: tuple[str, ...], limit: int, form: str | None, output: Path | None) -> None:
    """Find articles by their words, best first: 'F-16 "spare parts" outlet:dawn after:2025-06'."""
    from tasks.load import database as db
    from tasks.load.ask import ask, format_of

    wanted = " ".join(words).replace("'", "''")
    query = db.statement("load/search").format(wanted=wanted, limit=limit)
    ask(load(ctx.obj["directory"]).settings.warehouse.path, query, format_of(form, output), output)
