"""The load stage's tasks: publishing."""

from __future__ import annotations

from prefect import task

from tasks.batch import Run
from tasks.load.publish import publish


@task(name="publish warehouse")
def publish_warehouse(run: Run) -> int:
    """Give readers the new file; returns its size in bytes."""
    return publish(run.config.settings.warehouse)
