"""The shape of a stage, and how a run's state follows from its counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from config.reader import DEFAULT_DIRECTORY, load
from tasks.batch import Run, Stage, Totals, batches, run_batch, tally
from tasks.errors import Code
from tasks.load.runs import final_state
from tasks.records import Failure, Outcome


def stage(outcome: Outcome[int], stored: list[Any]) -> Stage[int, int]:
    def store(_run: Run, batch: Sequence[int], done: Outcome[int]) -> dict[str, int]:
        stored.append((list(batch), done))
        return {"bytes": 7}

    return Stage("count", lambda _: 3, lambda _: 3, lambda _, n: [1, 2, 3][:n], lambda _run, _batch: outcome, store)


@pytest.fixture(scope="module")
def run() -> Run:
    return Run("r", load(DEFAULT_DIRECTORY, environ={}), datetime(2026, 1, 1, tzinfo=UTC))


def test_a_batch_keeps_count_of_everything(run: Run) -> None:
    stored: list[Any] = []
    failed = (Failure("count", "2", Code.TIMEOUT), Failure("count", "3", Code.TIMEOUT))
    result = run_batch(stage(Outcome((1,), failed), stored), run, 3)
    assert (result.taken, result.ok, result.failed) == (3, 1, 2)
    assert (result.counts, result.codes) == ({"bytes": 7}, {"timeout": 2})
    assert len(stored) == 1


def test_an_outcome_that_loses_something_is_stored_nowhere(run: Run) -> None:
    stored: list[Any] = []
    with pytest.raises(AssertionError, match="3 in, 1 ok and 1 failed out"):
        run_batch(stage(Outcome((1,), (Failure("count", "2", Code.TIMEOUT),)), stored), run, 3)
    assert stored == []


def test_nothing_pending_is_nothing_done(run: Run) -> None:
    assert run_batch(stage(Outcome(), []), run, 0).taken == 0


@pytest.mark.parametrize(
    ("totals", "state"),
    [
        ({}, "ok"),
        ({"poll": Totals()}, "ok"),
        ({"poll": Totals(taken=10, ok=9, failed=1, codes={"timeout": 1})}, "ok"),
        ({"poll": Totals(taken=10, ok=4, failed=6, codes={"timeout": 6})}, "partial"),
        ({"poll": Totals(taken=10, ok=10), "fetch": Totals(taken=3, failed=3, codes={"timeout": 3})}, "failed"),
        # not asked, because a host rests or a rule says no
        ({"poll": Totals(taken=2, failed=2, codes={"host_backoff": 2})}, "ok"),
        ({"fetch": Totals(taken=4, ok=1, failed=3, codes={"robots_disallowed": 2, "fetch_off": 1})}, "ok"),
        ({"fetch": Totals(taken=4, failed=4, codes={"host_backoff": 3, "timeout": 1})}, "failed"),
    ],
)
def test_the_state_of_a_run_is_computed_from_its_counts(totals: dict[str, Totals], state: str) -> None:
    assert final_state(totals) == state


def test_batches_read_only_what_is_needed() -> None:
    read: list[int] = []

    def source() -> Any:
        for n in range(5):
            read.append(n)
            yield n

    found = batches(source(), 2)
    assert next(found) == (0, 1)
    assert read == [0, 1]
    assert list(found) == [(2, 3), (4,)]


def test_failures_are_tallied_by_code() -> None:
    assert tally([Failure("x", "1", Code.DNS), Failure("x", "2", Code.DNS), Failure("x", "3", Code.TLS)]) == {
        "dns": 2,
        "tls": 1,
    }


def test_a_thousand_articles_make_few_task_runs(run: Run) -> None:
    """Batch sizes of the settings: at most 40 task runs for 1,000 new articles from all feeds."""
    settings = run.config.settings
    runs = [-(-len(run.config.feeds) // settings.poll.batch), -(-1000 // settings.fetch.batch)]
    runs += [-(-1000 // settings.extract.batch), 1]
    assert sum(runs) <= 40
