"""Citable data sets on the command line: make one, prove one, compare two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from config.reader import load
from tasks.errors import KhabarError

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("name", required=False)
@click.option("-o", "--output", type=_FOLDER, help="Folder of the data set; default: frozen/NAME beside the warehouse.")
@click.option("--title", help="Title, for the citation.")
@click.option("--where", help='Only articles for which this SQL condition holds, e.g. "relevance >= 2".')
@click.option("--no-text", is_flag=True, help="Leave out what belongs to the publishers: texts, quotations, summaries.")
@click.option("--verify", "verified", type=_FOLDER, metavar="DIR", help="Prove a data set: hashes, counts, references.")
@click.option("--compare", "compared", type=_FOLDER, nargs=2, metavar="DIR DIR", help="What differs between two.")
@click.option("--details", is_flag=True, help="With --compare: every row that differs.")
@click.option("--json", "as_json", is_flag=True, help="With --compare: machine-readable, with the details.")
@click.pass_context
def freeze(
    ctx: click.Context, /, name: str | None, verified: Path | None, compared: tuple[Path, Path] | None, **options: Any
) -> None:
    """Freeze the published warehouse as a citable data set: hashed Parquet files with a manifest.

    \b
    khabar freeze spring-2026 --where "relevance >= 2"
    khabar freeze --verify warehouse/frozen/spring-2026
    khabar freeze --compare OLD NEW
    """
    if sum(map(bool, (name, verified, compared))) != 1:
        raise KhabarError("give one of NAME, --verify DIR or --compare DIR DIR; see `khabar freeze --help`")
    if name:
        _make(ctx, name, **options)
    elif verified:
        from tasks.load.freeze_set import verify

        manifest = verify(verified)
        click.echo(f"{verified}: is what was frozen, {_size(manifest)}")
        click.echo(manifest["citation"])
    elif compared:
        _compare(*compared, details=options["details"], as_json=options["as_json"])


def _make(ctx: click.Context, name: str, **options: Any) -> None:
    from tasks.batch import utcnow
    from tasks.load.freeze import Order
    from tasks.load.freeze import freeze as make
    from tasks.load.freeze_set import read_manifest

    order = Order(name, options["title"], options["where"], not options["no_text"])
    folder = make(load(ctx.obj["directory"]), order, options["output"], utcnow())
    manifest = read_manifest(folder)
    click.echo(f"{folder}: {_size(manifest)}")
    click.echo(manifest["citation"])


def _size(manifest: dict[str, Any]) -> str:
    totals = manifest["totals"]
    return f"{totals['articles']:,} articles, {totals['rows']:,} rows, {totals['bytes'] / 1e6:,.1f} MB"


def _compare(before: Path, after: Path, *, details: bool, as_json: bool) -> None:
    from tasks.load.ask import print_table
    from tasks.load.freeze_compare import compare

    found = compare(before, after)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
        return
    parts = {"tables": True, "changes": details, "made_by": bool(found["made_by"])}
    for part in [part for part, wanted in parts.items() if wanted]:
        names = list(found[part][0]) if found[part] else ["table", "key", "what", "columns"]
        print_table(names, [tuple(row.values()) for row in found[part]])
    if not found["made_by"]:
        click.echo("rules, settings and columns are the same")
