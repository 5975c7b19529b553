"""Looking at a feed without storing anything: for adding and checking feeds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from config.model import Config
from tasks.batch import utcnow
from tasks.errors import Code, CodedError
from tasks.fetch.http import Response, status_code
from tasks.fetch.session import Session
from tasks.poll.discover import discover
from tasks.poll.identity import newest
from tasks.poll.parse import parse_feed
from tasks.poll.poll import ACCEPT
from tasks.records import Failure, ParsedFeed

# Home pages list feeds of sections and of comments too; the first few are the main ones.
_MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Probed:
    """A feed that answers: where, what, and how fresh."""

    asked: str
    url: str
    parsed: ParsedFeed
    newest_item_at: datetime | None


def probe(config: Config, urls: Sequence[str]) -> list[Probed | Failure]:
    """Ask each address; one that holds a web page is searched for the feeds it announces."""
    return asyncio.run(_probe_all(config, urls))


async def _probe_all(config: Config, urls: Sequence[str]) -> list[Probed | Failure]:
    async with Session(config, (), utcnow) as session:
        return list(await asyncio.gather(*(_probe(session, url) for url in urls)))


async def _probe(session: Session, url: str) -> Probed | Failure:
    try:
        answer = await _ask(session, url)
        try:
            return _parsed(url, answer)
        except CodedError as error:
            if error.code is not Code.NOT_A_FEED:
                raise
            return await _search(session, url, answer)
    except CodedError as error:
        return Failure("probe", url, error.code, error.detail, error.status)
    except Exception as error:
        # whatever a foreign document does to a parser, the others are still looked at
        return Failure("probe", url, Code.INTERNAL, f"{type(error).__name__}: {error}")


async def _search(session: Session, url: str, page: Response) -> Probed:
    candidates = discover(page.body, page.url)[:_MOST_CANDIDATES]
    for candidate in candidates:
        try:
            return _parsed(url, await _ask(session, candidate))
        except CodedError:
            continue  # the next candidate may be the feed
    tried = f"; tried {', '.join(candidates)}" if candidates else "; the page announces none"
    raise CodedError(Code.NOT_A_FEED, f"no feed found at {page.url}{tried}", page.status)


async def _ask(session: Session, url: str) -> Response:
    answer = await session.client.get(url, {"Accept": ACCEPT}, session.gate.permit)
    code = status_code(answer.status)
    if code:
        raise CodedError(code, f"HTTP {answer.status} from {answer.url}", answer.status)
    return answer


def _parsed(asked: str, answer: Response) -> Probed:
    now = utcnow()
    kind = answer.headers.get("content-type")
    parsed = parse_feed(answer.body, url=answer.url, content_type=kind, timezone=None, now=now)
    return Probed(asked, answer.url, parsed, newest(parsed, now))
