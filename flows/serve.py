"""The only schedules: one deployment for each tier, and maintenance.

Runs in a process of its own, started and watched by `flows.supervisor`:
``python -m flows.serve CONFIG_DIR``.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from prefect import serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from config.model import Config
from config.reader import load
from flows.ingest import ingest
from flows.maintain import maintain
from flows.progress import say
from tasks.load.lock import WriterBusyError, writer_lock


def deployments(config: Config) -> list[Any]:
    """The schedules. A run that comes while its like is still under way is cancelled, never queued.

    Tiers start at different minutes; where they meet all the same, the writer's lock makes
    the later one wait, and skip after ``[schedule] wait_for_writer_minutes``.
    """
    schedule = config.settings.schedule
    common: dict[str, Any] = {
        "concurrency_limit": ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        # by file, flows/ would come first on sys.path
        "entrypoint_type": EntrypointType.MODULE_PATH,
    }
    given = {"config_dir": str(config.directory), "wait_seconds": schedule.wait_for_writer_minutes * 60}
    crons = {
        "fast": f"*/{schedule.fast_minutes} * * * *",
        "hourly": f"{schedule.hourly_minute} * * * *",
        "daily": _daily(schedule.daily_at),
    }
    tiers = [
        ingest.to_deployment(name=tier, cron=cron, parameters={**given, "tier": tier}, **common)
        for tier, cron in crons.items()
    ]
    return [
        *tiers,
        maintain.to_deployment(name="maintain", cron=_daily(schedule.maintain_at), parameters=given, **common),
    ]


def _daily(clock: str) -> str:
    hour, minute = clock.split(":")
    return f"{int(minute)} {int(hour)} * * *"


async def mark_stale_runs() -> int:
    """Runs that Prefect believes to be running although nobody runs them become Crashed; returns how many."""
    async with get_client() as client:
        wanted = FlowRunFilter.model_validate({"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}})
        stale = await client.read_flow_runs(flow_run_filter=wanted)
        for run in stale:
            state: Any = Crashed(message="the process that ran it is gone")
            await client.set_flow_run_state(run.id, state, force=True)
        return len(stale)


def main() -> None:
    """Register the deployments and run what is due, until stopped."""
    config = load(Path(sys.argv[1]))
    try:
        # If nobody holds the writer's lock, no run is alive, whatever Prefect remembers.
        with writer_lock(config.settings.warehouse.work_path):
            stale = asyncio.run(mark_stale_runs())
        if stale:
            say(f"{stale} runs of an earlier schedule were left over: marked as crashed")
    except WriterBusyError:
        say("a run of an earlier schedule is still writing; it is left alone")
    serve(*deployments(config), pause_on_shutdown=False, print_starting_message=False)


if __name__ == "__main__":
    main()
