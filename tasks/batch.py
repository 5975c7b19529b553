"""The shape that all stages share: pending, work, store; and the run they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Generic, TypeVar

from config.model import Config
from tasks.records import Failure, Outcome

In = TypeVar("In")
Out = TypeVar("Out")
T = TypeVar("T")


def utcnow() -> datetime:
    """The clock of the impure edges; pure functions get ``now`` as an argument."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Selection:
    """Which part of the work a run was asked to do."""

    tier: str | None = None
    feeds: tuple[str, ...] = ()
    all_feeds: bool = False
    limit: int | None = None
    # of pages that an older version has extracted, at most so many are done again
    stale: int = 0
    # only addresses that a backfill has named; other runs take few of them, and after the news
    backfill: bool = False
    # what a backfill was asked for, in the words of the command line: kept in the run's row
    asked: tuple[str, ...] = ()


class Run:
    """One run: its identity, configuration, selection and clock; never changed.

    Deliberately no dataclass: Prefect walks through dataclasses and models at each task call,
    and this one leads to thousands of rows of configuration.
    """

    __slots__ = ("clock", "config", "run_id", "selection", "started_at")

    def __init__(
        self,
        run_id: str,
        config: Config,
        started_at: datetime,
        selection: Selection | None = None,
        clock: Callable[[], datetime] = utcnow,
    ) -> None:
        self.run_id = run_id
        self.config = config
        self.started_at = started_at
        self.selection = selection or Selection()
        self.clock = clock


@dataclass(frozen=True)
class BatchResult:
    """What a batch did. ``taken`` is 0 when nothing was pending; ``counts`` are extra figures."""

    taken: int = 0
    ok: int = 0
    failed: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Totals:
    """What a stage did in a run: the sum of its batches."""

    taken: int = 0
    ok: int = 0
    failed: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)

    def add(self, result: BatchResult | Totals) -> None:
        """Add a batch, or the sum of several."""
        self.taken += result.taken
        self.ok += result.ok
        self.failed += result.failed
        for mine, other in ((self.counts, result.counts), (self.codes, result.codes)):
            for key, value in other.items():
                mine[key] = mine.get(key, 0) + value

    def as_dict(self) -> dict[str, object]:
        """For ``runs.counts``."""
        return {"ok": self.ok, "failed": self.failed, **self.counts, "codes": self.codes}


@dataclass(frozen=True)
class Stage(Generic[In, Out]):
    """One arrow of the way of a news item.

    ``count`` says how much is pending, ``pending`` reads at most n of it, ``work`` turns a
    batch into an outcome, ``store`` writes the outcome in one transaction and returns extra
    figures.  What ``store`` has written is no longer pending.
    """

    name: str
    batch_size: Callable[[Run], int]
    count: Callable[[Run], int]
    pending: Callable[[Run, int], Sequence[In]]
    work: Callable[[Run, Sequence[In]], Outcome[Out]]
    store: Callable[[Run, Sequence[In], Outcome[Out]], Mapping[str, int]]


def run_batch(stage: Stage[In, Out], run: Run, size: int) -> BatchResult:
    """Do one batch of at most ``size``, start to end; failures are conserved."""
    batch = stage.pending(run, size)
    if not batch:
        return BatchResult()
    outcome = stage.work(run, batch)
    if len(outcome.ok) + len(outcome.failed) != len(batch):
        raise AssertionError(
            f"stage {stage.name}: {len(batch)} in, {len(outcome.ok)} ok and {len(outcome.failed)} failed out"
        )
    counts = stage.store(run, batch, outcome)
    return BatchResult(len(batch), len(outcome.ok), len(outcome.failed), counts, tally(outcome.failed))


def tally(failures: Sequence[Failure]) -> dict[str, int]:
    """Failures by code."""
    out: dict[str, int] = {}
    for failure in failures:
        out[failure.code.value] = out.get(failure.code.value, 0) + 1
    return out


def batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Consecutive groups of at most ``size``, read as they are needed."""
    source = iter(items)
    while group := tuple(islice(source, size)):
        yield group
