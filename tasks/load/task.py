"""The load stage's tasks: publishing and upkeep."""

from __future__ import annotations

from prefect import task

from tasks.batch import BatchResult, Run
from tasks.load.maintenance import verify_sample
from tasks.load.publish import publish
from tasks.load.searchindex import SMALL, update_index


@task(name="publish warehouse")
def publish_warehouse(run: Run) -> int:
    """Give readers the new file; returns its size in bytes."""
    return publish(run.config.settings.warehouse)


@task(name="verify archive")
def verify_archive_sample(run: Run) -> BatchResult:
    """Read a sample of archived pages back."""
    return verify_sample(run)


@task(name="index articles")
def index_articles(run: Run, largest: int = SMALL) -> BatchResult:
    """Let `search` find what is new or has changed."""
    return update_index(run, largest=largest)
