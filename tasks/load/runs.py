"""Runs as rows, and the one rule that says how a run ended: its counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

import tasks
from tasks.batch import Run, Totals
from tasks.errors import Code
from tasks.load import database as db

# not asked, because the host rests or a rule says no: neither a success nor a failure
_NEUTRAL = {Code.HOST_BACKOFF.value, Code.FETCH_OFF.value, Code.ROBOTS_DISALLOWED.value}
# Above this share of failures a run is partial: one dead feed among many is daily life.
_MANY = 0.5


def final_state(totals: Mapping[str, Totals]) -> str:
    """ok, partial or failed: from what was counted, never from "nothing raised".

    A stage that was given work and did none of it makes the run failed; one in which more
    than half failed makes it partial.
    """
    worst = "ok"
    for total in totals.values():
        neutral = sum(n for code, n in total.codes.items() if code in _NEUTRAL)
        failed = total.failed - neutral
        tried = total.ok + failed
        if failed and not total.ok:
            return "failed"
        if tried and failed / tried > _MANY:
            worst = "partial"
    return worst


def begin_run(con: db.Connection, run: Run, flow: str, prefect_run_id: str | None) -> int:
    """Write the run's row, and mark those that died; returns how many did."""
    with db.transaction(con):
        db.upsert(
            con,
            "runs",
            [
                {
                    "run_id": run.run_id,
                    "flow": flow,
                    "started_at": run.started_at,
                    "state": "running",
                    "parameters": json.dumps(asdict(run.selection)),
                    "code_version": tasks.__version__,
                    "prefect_run_id": prefect_run_id,
                }
            ],
            ["run_id"],
        )
        return int(db.scalar(con, db.statement("load/mark_crashed"), {"run_id": run.run_id, "now": run.clock()}) or 0)


def end_run(con: db.Connection, run: Run, state: str, totals: Mapping[str, Totals], now: datetime) -> None:
    """Write how the run ended and what it did."""
    counts = {name: total.as_dict() for name, total in totals.items()}
    row = {"run_id": run.run_id, "finished_at": now, "state": state, "counts": json.dumps(counts)}
    with db.transaction(con):
        db.upsert(con, "runs", [row], ["run_id"])
