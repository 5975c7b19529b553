"""Older material on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from config.model import Config
from tasks.errors import KhabarError

_PATH = click.Path(path_type=Path)


def _day(_: Any, option: click.Parameter, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise KhabarError(f"--{option.name}: {text!r} is not a day; write it as 2023-12-14") from error


@click.command()
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="Sitemap, index, or a site; may be repeated.")
@click.option("--urls", "lists", multiple=True, type=_PATH, metavar="FILE", help="Addresses, one a line or .csv.")
@click.option("--warc", "warcs", multiple=True, type=_PATH, metavar="PATH", help="WARC files, or a folder of them.")
@click.argument("more_warcs", nargs=-1, type=_PATH, metavar="")
@click.option("--outlet", help="Publisher of all of it, as a key of outlets.toml.")
@click.option("--since", callback=_day, metavar="DAY", help="Only addresses dated on this day or later.")
@click.option("--until", callback=_day, metavar="DAY", help="Only addresses dated on this day or earlier.")
@click.option("--limit", type=click.IntRange(min=0), help="Fetch or read at most so many pages.")
@click.pass_context
def backfill(
    ctx: click.Context,
    /,
    sitemaps: tuple[str, ...],
    lists: tuple[Path, ...],
    warcs: tuple[Path, ...],
    more_warcs: tuple[Path, ...],
    **narrow: Any,
) -> None:
    """Bring in older material; without a source, go on with what an earlier backfill left.

    \b
    khabar backfill --sitemap https://example.com/sitemap.xml --since 2023-12-01 --until 2023-12-31
    khabar backfill --sitemap https://example.com
    khabar backfill --urls list.csv --limit 100
    khabar backfill --warc crawl-*.warc.gz --outlet dawn
    """
    from flows.cli import introduce, leave, ready

    config = ready(ctx)
    if more_warcs and not warcs:
        raise KhabarError(f"{more_warcs[0]}: say what it is: --warc, --urls or --sitemap")
    files = _checked(config, sitemaps, lists, (*warcs, *more_warcs), **narrow)
    from flows.backfill import backfill as flow
    from tasks.poll.backfill import Asked

    introduce(config)
    leave(
        flow(
            sitemaps=sitemaps,
            lists=tuple(map(str, lists)),
            warcs=files,
            asked=Asked(narrow["outlet"], narrow["since"], narrow["until"]),
            limit=narrow["limit"],
            config_dir=str(config.directory),
            return_state=True,
        )
    )


def _checked(
    config: Config, sitemaps: tuple[str, ...], lists: tuple[Path, ...], warcs: tuple[Path, ...], **narrow: Any
) -> tuple[str, ...]:
    """The WARC files that are meant; raises `KhabarError` where an argument cannot be used."""
    from tasks.fetch.importing import find_files
    from tasks.poll.urllist import check_list
    from tasks.urls import fetchable

    for url in sitemaps:
        if not fetchable(url):
            raise KhabarError(f"--sitemap: {url!r} is not an http or https address")
    for path in lists:
        check_list(path)
    since, until = narrow["since"], narrow["until"]
    if since and until and since > until:
        raise KhabarError(f"--since {since} is after --until {until}: no day is left")
    if warcs and (since or until):
        raise KhabarError("--since and --until choose among dated addresses; a WARC set is read whole")
    found = find_files(config, warcs, {"outlet": narrow["outlet"]})
    files = [path for path in found if path.name.lower().endswith((".warc", ".warc.gz"))]
    wrong = [path for path in found if path in warcs and path not in files]
    if wrong or (warcs and not files):
        raise KhabarError(f"--warc: {(wrong or list(warcs))[0]}: is no .warc or .warc.gz file and holds none")
    return tuple(str(path.resolve()) for path in files)
