"""In a batch nothing sinks the others: neither what can go wrong nor what nobody foresaw."""

from __future__ import annotations

from collections.abc import Callable

from tasks.errors import Code, CodedError
from tasks.fetch.archive import ArchiveWriter
from tasks.fetch.session import Session
from tasks.fetch.together import ask_all
from tasks.records import Failure
from tests.support import Lab


def test_each_item_becomes_a_result_or_a_failure_under_its_name(lab: Callable[..., Lab]) -> None:
    answers: dict[int, str | Exception | Failure] = {
        1: "brought",
        2: CodedError(Code.NOT_FOUND, "HTTP 404", 404),
        3: ZeroDivisionError("division by zero"),
        4: Failure("poll", "four", Code.NOT_A_FEED, "HTML"),
        5: "brought too",
    }

    async def ask(session: Session, archive: ArchiveWriter, item: int) -> str | Failure:
        answer = answers[item]
        if isinstance(answer, Exception):
            raise answer
        return answer

    outcome = ask_all(lab({}).run(), "poll", list(answers), [], lambda item: f"item-{item}", ask)
    assert outcome.ok == ("brought", "brought too")
    assert outcome.failed == (
        Failure("poll", "item-2", Code.NOT_FOUND, "HTTP 404", 404),
        Failure("poll", "item-3", Code.INTERNAL, "ZeroDivisionError: division by zero"),
        answers[4],
    )
