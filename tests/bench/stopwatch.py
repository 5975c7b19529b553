"""Times the three parts of every stage (pending, work, store) and the publishing, inside a run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Any

from tests.bench.harness import say

_PARTS = ("pending", "work", "store")


class Stopwatch:
    """While entered, the tasks of the stages run with timed parts; the stages themselves are put back after."""

    def __init__(self) -> None:
        self.spent: dict[tuple[str, str], float] = defaultdict(float)
        self._stages: list[tuple[Any, Any]] = []

    def __enter__(self) -> Stopwatch:
        import tasks.extract.task
        import tasks.fetch.task
        import tasks.poll.task

        for module in (tasks.poll.task, tasks.fetch.task, tasks.extract.task):
            stage = module.STAGE
            self._stages.append((module, stage))
            parts = {part: self._timed(stage.name, part, getattr(stage, part)) for part in _PARTS}
            module.STAGE = replace(stage, **parts)  # type: ignore[attr-defined]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for module, stage in self._stages:
            module.STAGE = stage

    def _timed(self, stage: str, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*args)
            finally:
                self.spent[stage, part] += time.perf_counter() - started

        return timed

    def show(self) -> None:
        """Print one line per stage."""
        for stage in dict.fromkeys(stage for stage, _ in self.spent):
            parts = ", ".join(f"{part} {self.spent[stage, part]:.2f} s" for part in _PARTS)
            say(f"  {stage:8} {parts}")
