"""What all flows share: the lock, the run's row, its stages, its end."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from config.model import Config
from flows.progress import say, stage_progress
from tasks.batch import BatchResult, Run, Selection, Stage, Totals, utcnow
from tasks.enrich.store import sync_subject
from tasks.fetch.recover import recover_pages
from tasks.load import database as db
from tasks.load.lock import writer_lock
from tasks.load.publish import publish
from tasks.load.registry import sync_registry
from tasks.load.runs import begin_run, end_run, final_state

BatchTask = Callable[[Run, int], BatchResult]


@dataclass
class RunSession:
    """A run under way: drains stages and keeps the counts that decide how it ends."""

    run: Run
    totals: dict[str, Totals] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        return final_state(self.totals)

    def drain(self, stage: Stage[Any, Any], batch_task: BatchTask, limit: int | None = None) -> Totals:
        """Run a stage batch by batch until nothing is pending, or ``limit`` items are done."""
        total = self.totals.setdefault(stage.name, Totals())
        pending = stage.count(self.run)
        pending = pending if limit is None else min(pending, limit)
        size = stage.batch_size(self.run)
        with stage_progress(stage.name, pending) as progress:
            # what is stored is no longer pending; the bound only guards against a stage that breaks that rule
            for _ in range(math.ceil(pending / size)):
                result = batch_task(self.run, min(size, pending - total.taken))
                total.add(result)
                progress.advance(result.taken, result.failed)
                if not result.taken or total.taken >= pending:
                    break
        return total


@contextmanager
def open_run(
    flow: str, config: Config, selection: Selection, *, wait_seconds: float = 0, prefect_run_id: str | None = None
) -> Iterator[RunSession]:
    """A run of ``flow`` with the writer's lock held, from its first row to its last.

    Raises `tasks.load.lock.WriterBusyError` when another run writes.  Whatever happens
    inside, the run's row says how it ended, except after a kill: then the next run says it.
    """
    run = Run(run_id=uuid.uuid4().hex[:16], config=config, started_at=utcnow(), selection=selection)
    settings = config.settings.warehouse
    with writer_lock(settings.work_path, wait_seconds):
        with db.writer(settings) as con:
            db.migrate(con, run.started_at)
            sync_registry(con, config, run.started_at)
            sync_subject(con, config.subject)
            crashed = begin_run(con, run, flow, prefect_run_id)
            recovered = recover_pages(con, run)
        if crashed or recovered:
            say(f"a run that died was found: {crashed} marked as crashed, {recovered} pages recovered from the archive")
        session = RunSession(run)
        try:
            yield session
        except BaseException:
            # what the batches stored is good, whatever broke the run off: readers get it
            _end(session, "failed")
            publish(settings)
            raise


def close_run(session: RunSession) -> str:
    """Write the run's end, with the state that its counts give; returns the state."""
    _end(session, session.state)
    return session.state


def _end(session: RunSession, state: str) -> None:
    with db.writer(session.run.config.settings.warehouse) as con:
        end_run(con, session.run, state, session.totals, utcnow())
