"""The poll stage's work: due feeds in, parsed documents out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.batch import Run
from tasks.errors import CodedError
from tasks.fetch.archive import ArchiveWriter, Place, answer_record
from tasks.fetch.http import Response, status_code
from tasks.fetch.session import Session
from tasks.fetch.together import ask_all
from tasks.ids import sha256_hex
from tasks.poll.decide import FeedState, plan
from tasks.poll.identity import Sighting, newest, sightings
from tasks.poll.parse import parse_feed
from tasks.records import Failure, HostState, ParsedFeed, WithHosts
from tasks.urls import OutletIndex

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
# Of a sitemap index only the newest parts can hold news.
_MOST_SITEMAPS = 3


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed that is due, as the poll stage takes it."""

    state: FeedState
    outlet_id: str
    timezone: str | None
    host_state: HostState | None


@dataclass(frozen=True, slots=True)
class Polled:
    """A poll that brought an answer we understand; ``parsed`` is None after a 304."""

    feed_id: str
    polled_at: datetime
    response: Response
    conditional: bool
    body_sha256: str | None
    parsed: ParsedFeed | None
    sightings: tuple[Sighting, ...]
    newest_item_at: datetime | None
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable(Failure):
    """An answer that came and could not be read as a feed, with the place of its bytes; None: kept before."""

    response: Response
    body_sha256: str
    place: Place | None


def poll_feeds(run: Run, feeds: Sequence[DueFeed]) -> WithHosts[Polled]:
    """Poll a batch; every feed becomes a `Polled` or a failure."""
    states = [f.host_state for f in feeds if f.host_state]
    index = OutletIndex(run.config.rules_by_outlet.values())
    aggregators = frozenset(o.key for o in run.config.outlets if o.aggregator)

    async def ask(session: Session, archive: ArchiveWriter, feed: DueFeed) -> Polled | Failure:
        return await _Poller(run, session, archive, index, aggregators).poll(feed)

    return ask_all(run, "poll", feeds, states, lambda feed: feed.state.feed_id, ask)


@dataclass(frozen=True)
class _Poller:
    run: Run
    session: Session
    archive: ArchiveWriter
    outlets: OutletIndex
    aggregators: frozenset[str]

    async def poll(self, feed: DueFeed) -> Polled | Failure:
        state, now = feed.state, self.run.clock()
        conditions = plan(state, now, self.run.config.settings.poll)
        response = await self._ask(state.address, conditions)
        # the conditions go to the first address only: at a redirect's target nothing was asked
        asked = bool(conditions) and not response.redirects
        if response.status == 304 and not asked:
            # an answer to a question that was not asked: ask once more, telling caches to stay out
            response = await self._ask(state.address, {"Cache-Control": "no-cache"})
        if response.status != 304 or not asked:
            self._check(response)
        else:
            return Polled(state.feed_id, now, response, True, state.body_sha256, None, (), None, None)
        digest = sha256_hex(response.body)
        # a feed that serves the same error page for months doesn't fill the archive with it
        new = digest not in (state.body_sha256, state.rejected_sha256)
        place = self._keep(feed, state.address, response, now) if new else None
        try:
            parsed = await self._parse(feed, response, now)
            if parsed.sitemaps:
                parsed, digest = await self._with_parts(feed, parsed, digest, now)
        except CodedError as error:
            return Unreadable(
                "poll",
                state.feed_id,
                error.code,
                error.detail,
                error.status,
                response=response,
                body_sha256=digest,
                place=place,
            )
        found = sightings(state.feed_id, parsed, self.outlets.find, self.aggregators)
        return Polled(state.feed_id, now, response, asked, digest, parsed, found, newest(parsed, now), place)

    def _check(self, response: Response) -> None:
        """Raise where the status is no success; a host that asks for a rest gets it."""
        code = status_code(response.status)
        self.session.note(response, code)
        if code:
            raise CodedError(code, f"HTTP {response.status} from {response.url}", response.status)

    async def _ask(self, url: str, headers: dict[str, str]) -> Response:
        return await self.session.client.get(url, {"Accept": ACCEPT, **headers}, self.session.gate.permit)

    def _keep(self, feed: DueFeed, url: str, response: Response, now: datetime) -> Place:
        fields = {"Feed-Id": feed.state.feed_id, "Requested-URI": url}
        record = answer_record(response, now, fields)
        return self.archive.append(record)

    async def _parse(self, feed: DueFeed, response: Response, now: datetime) -> ParsedFeed:
        """Parse beside the event loop, so that a big document doesn't eat the others' deadlines."""

        def parse(answer: Response) -> ParsedFeed:
            kind = answer.headers.get("content-type")
            try:
                return parse_feed(answer.body, url=answer.url, content_type=kind, timezone=feed.timezone, now=now)
            except CodedError as error:
                raise CodedError(error.code, error.detail, answer.status) from error

        return await asyncio.to_thread(parse, response)

    async def _with_parts(self, feed: DueFeed, index: ParsedFeed, digest: str, now: datetime) -> tuple[ParsedFeed, str]:
        """A sitemap index with the items of its parts, and the hash of them all: an index stays when a part changes."""
        parts = {url: await self._ask(url, {}) for url in index.sitemaps[:_MOST_SITEMAPS]}
        for part in parts.values():
            self._check(part)
        digest = sha256_hex("".join([digest, *(sha256_hex(part.body) for part in parts.values())]).encode())
        if digest != feed.state.body_sha256:
            for url, part in parts.items():
                self._keep(feed, url, part, now)
        items = [item for part in parts.values() for item in (await self._parse(feed, part, now)).items]
        return replace(index, items=(*index.items, *items)), digest
