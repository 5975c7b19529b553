"""`khabar feeds`: the registry of feeds, looked at and changed from the command line."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from config.editor import add_feeds, new_outlet, remove_feed, slug
from config.model import Config, Feed, Outlet
from config.reader import load
from tasks.errors import MEANING, KhabarError
from tasks.load.ask import print_table
from tasks.records import Failure
from tasks.urls import OutletIndex, fetchable


@click.group()
def feeds() -> None:
    """List, check, add and remove feeds."""


def _config(ctx: click.Context) -> Config:
    return load(ctx.obj["directory"])


@feeds.command(name="list")
@click.option("--tier", type=click.Choice(["fast", "hourly", "daily"]))
@click.option("--off", is_flag=True, help="Only feeds that are off, with the reason.")
@click.pass_context
def list_(ctx: click.Context, tier: str | None, off: bool) -> None:
    """The configured feeds."""
    found = [f for f in _config(ctx).feeds if (not tier or f.tier == tier) and (not off or not f.enabled)]
    rows = [(f.key, f.outlet, f.tier, "on" if f.enabled else f"off: {f.reason}", f.url) for f in found]
    print_table(["feed", "outlet", "tier", "state", "url"], rows)


@feeds.command()
@click.argument("keys", nargs=-1)
@click.pass_context
def check(ctx: click.Context, keys: tuple[str, ...]) -> None:
    """Ask feeds (all that are on, or KEYS) without storing anything, and say how each one is."""
    from tasks.poll.probe import probe

    config = _config(ctx)
    chosen = [f for f in config.feeds if (f.key in keys if keys else f.enabled)]
    missing = set(keys) - {f.key for f in chosen}
    if missing:
        raise KhabarError(f"no feed {', '.join(sorted(missing))}; see `khabar feeds list`")
    results = probe(config, [f.url for f in chosen])
    bad = 0
    seen: dict[frozenset[str | None], str] = {}
    for feed, result in zip(chosen, results, strict=True):
        if isinstance(result, Failure):
            bad += 1
            meaning = MEANING[result.code]
            click.echo(f"{feed.key}: {result.code}: {meaning.text} ({result.detail}); {meaning.remedy}")
            continue
        items = result.parsed.items
        links = frozenset(item.url for item in items)
        twin = seen.setdefault(links, feed.key) if links else feed.key
        same = f"; brings the same items as {twin}" if twin != feed.key else ""
        moved = f"; now at {result.url}" if result.url != feed.url else ""
        age = _age(result.newest_item_at)
        click.echo(f"{feed.key}: ok, {result.parsed.format}, {len(items)} items, newest {age}{moved}{same}")
    click.echo(f"{len(chosen) - bad} of {len(chosen)} feeds answer as feeds")
    sys.exit(1 if bad else 0)


def _age(when: datetime | None) -> str:
    if when is None:
        return "without a date"
    hours = (datetime.now(UTC) - when).total_seconds() / 3600
    return f"{hours:.0f} h old" if hours < 72 else f"{hours / 24:.0f} days old"


@feeds.command()
@click.argument("url")
@click.option("--key", help="Key of the feed; made from outlet and title otherwise.")
@click.option("--outlet", help="Key of the publisher in outlets.toml; found by host otherwise.")
@click.option("--tier", type=click.Choice(["fast", "hourly", "daily"]), default="hourly", show_default=True)
@click.option("--lang", help="Language of a publisher that is new.")
@click.pass_context
def add(ctx: click.Context, url: str, key: str | None, outlet: str | None, tier: str, lang: str | None) -> None:
    """Add the feed at URL; of a home page, the feed that it announces."""
    from tasks.poll.probe import probe

    config = _config(ctx)
    address = fetchable(url if "://" in url else f"https://{url}")
    if address is None:
        raise KhabarError(f"{url}: is not an http or https address")
    found = probe(config, [address])[0]
    if isinstance(found, Failure):
        meaning = MEANING[found.code]
        raise KhabarError(f"{address}: {found.code}: {meaning.text} ({found.detail}); {meaning.remedy}")
    twin = next((f for f in config.feeds if f.url in (found.url, address)), None)
    if twin:
        raise KhabarError(f"{found.url}: is there already, as feed {twin.key!r}")
    if outlet and outlet not in {o.key for o in config.outlets}:
        raise KhabarError(f"no outlet {outlet!r} in {config.directory / 'outlets.toml'}")
    made: list[Outlet] = []
    owner = outlet or _outlet_key(config, found.parsed.home_url or found.url, found.parsed.title, lang, made)
    name = key or slug(owner, [f.key for f in config.feeds])
    feed = Feed.model_validate({"key": name, "outlet": owner, "url": found.url, "tier": tier})
    add_feeds(config, [feed], made)
    click.echo(f"added {feed.key}: {found.url} ({found.parsed.format}, {len(found.parsed.items)} items)")
    for new in made:
        click.echo(
            f"new outlet {new.key!r}: correct country, owner and time zone in {config.directory / 'outlets.toml'}"
        )


def _outlet_key(config: Config, url: str, name: str | None, lang: str | None, made: list[Outlet]) -> str:
    """The outlet that owns the host of ``url``; a new one is put into ``made``."""
    index = OutletIndex([o.rules for o in (*config.outlets, *made)])
    known = index.find(url)
    if known:
        return known.outlet_id
    made.append(new_outlet(config, url, name, lang, [o.key for o in made]))
    return made[-1].key


@feeds.command()
@click.argument("key")
@click.pass_context
def remove(ctx: click.Context, key: str) -> None:
    """Take a feed out of the configuration; what it brought stays in the warehouse."""
    remove_feed(_config(ctx), key)
    click.echo(f"removed {key}; its history stays, and its row in `feeds` says 'removed' after the next run")


@feeds.command(name="import")
@click.argument("opml", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--tier", type=click.Choice(["fast", "hourly", "daily"]), default="hourly", show_default=True)
@click.pass_context
def import_(ctx: click.Context, opml: Path, tier: str) -> None:
    """Add the feeds of an OPML file; those that are there already are left alone."""
    from tasks.poll.opml import read_opml

    config = _config(ctx)
    known = {f.url for f in config.feeds}
    fresh: list[Feed] = []
    made: list[Outlet] = []
    skipped = 0
    for outline in read_opml(opml.read_bytes()):
        url = fetchable(outline.url)
        if url is None:
            click.echo(f"{opml}: {outline.url!r} is not an http or https address: left out", err=True)
            continue
        if url in known:
            skipped += 1
            continue
        known.add(url)
        home = fetchable(outline.home_url) or url
        owner = _outlet_key(config, home, outline.title, outline.lang, made)
        key = slug(owner, [f.key for f in (*config.feeds, *fresh)])
        row = {"key": key, "outlet": owner, "url": url, "tier": tier, "notes": outline.title or ""}
        fresh.append(Feed.model_validate(row))
    add_feeds(config, fresh, made)
    click.echo(f"{len(fresh)} feeds added, {skipped} were there already, {len(made)} new outlets to be corrected")


@feeds.command()
@click.argument("opml", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def export(ctx: click.Context, opml: Path) -> None:
    """Write the feeds that are on to an OPML file."""
    from tasks.poll.opml import Outline, write_opml

    config = _config(ctx)
    outlets = {o.key: o for o in config.outlets}
    outlines = [
        Outline(f.url, f"{outlets[f.outlet].name}: {f.key}", outlets[f.outlet].homepage, outlets[f.outlet].lang)
        for f in config.feeds
        if f.enabled
    ]
    opml.write_bytes(write_opml(outlines, "khabar feeds"))
    click.echo(f"{len(outlines)} feeds written to {opml}")
