"""A batch that asks the network: one session and one archive for all, and no item that sinks the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar

from tasks.batch import Run
from tasks.errors import Code, CodedError
from tasks.fetch.archive import ArchiveWriter
from tasks.fetch.session import Session
from tasks.records import Failure, HostState, WithHosts

In = TypeVar("In")
Out = TypeVar("Out")
# What is done for one item; raises `CodedError` for what can go wrong.
Ask = Callable[[Session, ArchiveWriter, In], Awaitable[Out | Failure]]


def ask_all(
    run: Run, stage: str, items: Sequence[In], hosts: Iterable[HostState], name: Callable[[In], str], ask: Ask[In, Out]
) -> WithHosts[Out]:
    """Do a batch at once; every item becomes a result or a failure under its ``name``.

    ``hosts`` is what is known of the hosts; the outcome says what was learned.  Bodies are in the archive on return.
    """

    async def all_of_them() -> WithHosts[Out]:
        with ArchiveWriter(run.config.settings.warehouse.archive_dir, run.clock()) as archive:
            async with Session(run.config, hosts, run.clock) as session:
                done = await asyncio.gather(*(one(session, archive, item) for item in items))
                archive.flush()
                return WithHosts(
                    ok=tuple(d for d in done if not isinstance(d, Failure)),
                    failed=tuple(d for d in done if isinstance(d, Failure)),
                    hosts=session.learned(),
                )

    async def one(session: Session, archive: ArchiveWriter, item: In) -> Out | Failure:
        try:
            return await ask(session, archive, item)
        except CodedError as error:
            return Failure(stage, name(item), error.code, error.detail, error.status)
        except Exception as error:
            # what we did not foresee is a row as well
            return Failure(stage, name(item), Code.INTERNAL, f"{type(error).__name__}: {error}")

    return asyncio.run(all_of_them())
