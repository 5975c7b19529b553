"""Child processes for extraction, each document with a deadline and a memory limit.

A page can make a parser loop for ever or eat all memory; that costs one document.  The
children start from a clean server process that has the parsers loaded, not as copies of
the flow's process: that one has threads.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as PoolTimeout
from contextlib import contextmanager
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from config.model import ExtractSettings
from tasks.errors import Code, CodedError
from tasks.records import Failure

Out = TypeVar("Out")
_PRELOAD = ["tasks.extract.job", "tasks.enrich.job", "tasks.dedupe.job"]
_MAX_TASKS = 2000  # then a child is replaced: parsers leak a little


def _prepare_child(megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    # what was loaded before stays; a document makes many small objects and no cycles worth
    # looking for every 700 of them
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class ChildPool:
    """Maps a function over jobs; every job gives a result or a failure."""

    def __init__(self, pool: ProcessPool, settings: ExtractSettings) -> None:
        self._pool = pool
        self._settings = settings

    def map(
        self, function: Any, jobs: Sequence[tuple[str, tuple[Any, ...], dict[str, Any]]], stage: str = "extract"
    ) -> list[Any]:
        """Run ``function(*args, **kwargs)`` for each (key, args, kwargs); results stand in the jobs' order."""
        deadline = self._settings.deadline_seconds
        futures = [
            self._pool.schedule(function, args=args, kwargs=kwargs, timeout=deadline) for _, args, kwargs in jobs
        ]
        return [self._result(stage, key, future) for (key, _, _), future in zip(jobs, futures, strict=True)]

    def _result(self, stage: str, key: str, future: Any) -> Any:
        try:
            return future.result()
        except PoolTimeout:
            return Failure(stage, key, Code.EXTRACT_DEADLINE, f"over {self._settings.deadline_seconds:g} s")
        except MemoryError:
            return Failure(stage, key, Code.EXTRACT_MEMORY, f"over {self._settings.memory_mb} MB")
        except ProcessExpired as error:
            return Failure(stage, key, Code.EXTRACT_DIED, f"exit code {error.exitcode}")
        except CodedError as error:
            return Failure(stage, key, error.code, error.detail)
        except Exception as error:
            return Failure(stage, key, Code.EXTRACT_ERROR, f"{type(error).__name__}: {error}")


_current: list[ChildPool] = []


@contextmanager
def child_pool(settings: ExtractSettings) -> Iterator[ChildPool]:
    """The pool of the time of a run, shared by its batches; on leaving all children are gone.

    Nested use gives the outer pool.  Children start with the first job, so a run without
    documents doesn't pay for them.
    """
    if _current:
        yield _current[-1]
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    pool = ProcessPool(
        max_workers=settings.workers,
        max_tasks=_MAX_TASKS,
        initializer=_prepare_child,
        initargs=(settings.memory_mb,),
        context=context,
    )
    _current.append(ChildPool(pool, settings))
    try:
        yield _current[-1]
    finally:
        _current.pop()
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
