"""The command line. Each command is thin: it reads its arguments and calls one flow or one task."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from config.model import Config
from config.reader import load
from flows import prefect_env
from flows.ask_commands import explain, sql
from flows.backfill_command import backfill
from flows.feeds_commands import feeds
from flows.freeze_command import freeze
from flows.query_command import query
from flows.report_command import report
from flows.search_command import search
from tasks import __version__
from tasks.errors import KhabarError

GOOD, BAD = 0, 1


class _Group(click.Group):
    """Turns khabar's errors into one clear line and exit code 1; ``--debug`` shows the trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KhabarError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"khabar: {error}", err=True)
            sys.exit(BAD)
        except KeyboardInterrupt:
            click.echo("khabar: stopped; the next run goes on from here", err=True)
            sys.exit(130)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="khabar")
@click.option("--config", "directory", type=click.Path(path_type=Path), help="Folder of the configuration.")
@click.option("--debug", is_flag=True, help="Show the whole trace of an error.")
@click.pass_context
def main(ctx: click.Context, directory: Path | None, debug: bool) -> None:
    """khabar collects the coverage of Pakistan-US relations into DuckDB."""
    ctx.obj = {"directory": directory, "debug": debug}


main.add_command(backfill)
main.add_command(feeds)
main.add_command(freeze)
main.add_command(report)
main.add_command(search)
main.add_command(explain)
main.add_command(sql)
main.add_command(query)


def configuration(ctx: click.Context) -> Config:
    """The checked configuration of this call."""
    return load(ctx.obj["directory"])


def ready(ctx: click.Context) -> Config:
    """Configuration checked and Prefect prepared: for commands that run a flow."""
    config = configuration(ctx)
    prefect_env.prepare(config.settings.warehouse.work_path, quiet=not ctx.obj["debug"])
    return config


def introduce(config: Config) -> None:
    """Whoever asks real servers for pages should say who they are."""
    http = config.settings.http
    if "//example.org/" in http.contact and not http.allow_private:
        place = config.directory / "settings.toml"
        click.echo(f"khabar: [http] contact in {place} is still the example; put an address of yours there", err=True)


def leave(state: Any) -> None:
    """Exit by the state that the flow computed from its counts."""
    error = None if state.is_completed() or state.is_cancelled() else state.result(raise_on_failure=False)
    if isinstance(error, KhabarError):
        raise error
    click.echo(f"khabar: {state.message or state.name}", err=True)
    if not state.is_completed():
        sys.exit(BAD)


@main.command()
@click.option("--tier", type=click.Choice(["fast", "hourly", "daily"]), help="Only feeds of this tier.")
@click.option("--feed", "feed_keys", multiple=True, metavar="KEY", help="Only this feed; may be repeated.")
@click.option("--limit", type=click.IntRange(min=0), help="Fetch at most so many pages.")
@click.option("--all", "all_feeds", is_flag=True, help="All feeds, due or not.")
@click.pass_context
def ingest(
    ctx: click.Context, tier: str | None, feed_keys: tuple[str, ...], limit: int | None, all_feeds: bool
) -> None:
    """Poll the feeds that are due, fetch and extract what they bring, publish."""
    config = ready(ctx)
    known = {f.key for f in config.feeds}
    unknown = [key for key in feed_keys if key not in known]
    if unknown:
        raise KhabarError(f"no feed {', '.join(unknown)} in {config.directory / 'feeds.csv'}; see `khabar feeds list`")
    from flows.ingest import ingest as flow

    introduce(config)
    leave(
        flow(
            tier=tier,
            feeds=feed_keys,
            limit=limit,
            # a feed that is named is meant, due or not
            all_feeds=all_feeds or bool(feed_keys),
            config_dir=str(config.directory),
            return_state=True,
        )
    )


@main.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--outlet", help="Publisher, as a key of outlets.toml, where the file doesn't say.")
@click.option("--url", help="Address of the article, where the file doesn't say.")
@click.option("--published", help="When it was published (ISO 8601), where the file doesn't say.")
@click.option("--lang", help="Language (en, ur, ...), where the file doesn't say.")
@click.pass_context
def import_(ctx: click.Context, /, paths: tuple[Path, ...], **given: str | None) -> None:
    """Bring in clippings and archives: .txt, .html, .warc[.gz], .jsonl, .csv."""
    config = ready(ctx)
    from flows.importing import import_documents
    from tasks.fetch.importing import find_files

    files = [str(path.resolve()) for path in find_files(config, paths, given)]
    leave(import_documents(files, given, config_dir=str(config.directory), return_state=True))


@main.command()
@click.option(
    "--from", "stage", type=click.Choice(["extract", "enrich"]), required=True, help="First stage to run again."
)
@click.option("--where", help="SQL condition on `articles`, e.g. \"outlet_id = 'dawn'\".")
@click.option("--changed-only", is_flag=True, help="Only what an older version of the rules has seen.")
@click.pass_context
def reprocess(ctx: click.Context, stage: str, where: str | None, changed_only: bool) -> None:
    """Run stages again from stored bytes, without the network, and say what changed."""
    config = ready(ctx)
    from flows.reprocess import reprocess as flow

    leave(
        flow(
            stage=stage,
            where=where,
            changed_only=changed_only,
            config_dir=str(config.directory),
            return_state=True,
        )
    )


@main.command()
@click.pass_context
def serve(ctx: click.Context) -> None:
    """Run on a schedule until stopped."""
    config = configuration(ctx)
    prefect_env.prepare(config.settings.warehouse.work_path, quiet=False, server=True)
    from flows.supervisor import supervise

    introduce(config)
    supervise(config)


@main.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Folder to keep the demo's warehouse in.")
@click.pass_context
def demo(ctx: click.Context, keep: Path | None) -> None:
    """Show what khabar does: a small news world on this machine, ingested twice, three questions."""
    from flows.demo import run_demo

    sys.exit(GOOD if run_demo(keep, quiet=not ctx.obj["debug"]) else BAD)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Last runs, pending work, health of the feeds."""
    from flows.status import print_status

    print_status(configuration(ctx), as_json=as_json)


if __name__ == "__main__":
    main()
