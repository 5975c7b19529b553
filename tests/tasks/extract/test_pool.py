"""Child processes: a document that hangs, eats memory or kills its process costs one document."""

from __future__ import annotations

import os
import time

from config.model import ExtractSettings
from tasks.errors import Code, CodedError
from tasks.extract.pool import child_pool
from tasks.records import Failure


def behave(how: str) -> str:
    """What a document may do to the process that reads it."""
    if how == "hang":
        time.sleep(60)
    if how == "die":
        os._exit(9)
    if how == "eat":
        return "x" * 4_000_000_000
    if how == "raise":
        raise ValueError("odd document")
    if how == "coded":
        raise CodedError(Code.ARCHIVE_MISSING, "not there")
    return how.upper()


def test_each_misbehaviour_is_one_failure() -> None:
    settings = ExtractSettings(workers=2, deadline_seconds=3, memory_mb=1500)
    words = ["a", "hang", "b", "die", "c", "eat", "d", "raise", "e", "coded", "f"]
    with child_pool(settings) as pool:
        results = pool.map(behave, [(word, (word,), {}) for word in words])
    good = [r for r in results if not isinstance(r, Failure)]
    bad = {r.key: r.code for r in results if isinstance(r, Failure)}
    assert good == ["A", "B", "C", "D", "E", "F"]
    assert bad == {
        "hang": Code.EXTRACT_DEADLINE,
        "die": Code.EXTRACT_DIED,
        "eat": Code.EXTRACT_MEMORY,
        "raise": Code.EXTRACT_ERROR,
        "coded": Code.ARCHIVE_MISSING,
    }
    assert len(results) == len(words)


def test_nested_use_shares_the_children() -> None:
    settings = ExtractSettings(workers=1)
    with child_pool(settings) as outer, child_pool(settings) as inner:
        assert inner is outer
