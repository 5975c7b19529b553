"""Failures as rows: what did not work is as much a result as what did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tasks.batch import Run
from tasks.load.database import Connection, append
from tasks.records import Failure

_LONGEST_DETAIL = 1000  # characters; a detail explains, it is no dump


def store_failures(con: Connection, run: Run, failures: Sequence[Failure], now: datetime) -> None:
    """Append the failures of a batch, in the transaction of the batch."""
    append(
        con,
        "failures",
        [
            {
                "run_id": run.run_id,
                "stage": failure.stage,
                "key": failure.key,
                "code": failure.code,
                "retryable": failure.retryable,
                "detail": failure.detail[:_LONGEST_DETAIL],
                "failed_at": now,
            }
            for failure in failures
        ],
    )
