"""Reading sitemaps for a backfill: politely, and into the archive before they are parsed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.batch import Run
from tasks.errors import CodedError
from tasks.fetch.archive import ArchiveWriter, Place, answer_record
from tasks.fetch.http import Response, status_code
from tasks.fetch.session import Session
from tasks.fetch.together import ask_all
from tasks.ids import sha256_hex
from tasks.poll.backfill import SITEMAPS, Asked, choose, may_hold
from tasks.poll.identity import Sighting, sightings
from tasks.poll.parse import parse_feed
from tasks.poll.poll import ACCEPT
from tasks.records import HostState, Item, OutletRules, ParsedFeed, WithHosts
from tasks.urls import OutletIndex


@dataclass(frozen=True, slots=True)
class Source:
    """A sitemap or list of addresses that was read. ``parts`` are the sitemaps that an index names."""

    url: str
    read_at: datetime
    format: str
    body_sha256: str
    place: Place | None
    bytes: int
    sightings: tuple[Sighting, ...]
    left_out: Mapping[str, int]
    parts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    final_url: str | None = None
    http_status: int | None = None
    duration_ms: int | None = None


def read_sitemaps(
    run: Run, urls: Sequence[str], asked: Asked, hosts: Sequence[HostState], known: Mapping[str, str]
) -> WithHosts[Source]:
    """Read a batch; every address becomes a `Source` or a failure.

    ``known`` maps addresses to the hash of the body that is in the archive already.
    """

    async def ask(session: Session, archive: ArchiveWriter, url: str) -> Source:
        return await _Reader(run, session, archive, asked, known).read(url)

    return ask_all(run, "poll", urls, hosts, str, ask)


def outlet_finder(run: Run, asked: Asked) -> Callable[[str], OutletRules | None]:
    """The outlet of an address: the one that was stated, else the one that owns the host."""
    rules = run.config.rules_by_outlet
    index, stated = OutletIndex(rules.values()), rules.get(asked.outlet or "")
    return lambda url: stated or index.find(url)


@dataclass(frozen=True)
class _Reader:
    run: Run
    session: Session
    archive: ArchiveWriter
    asked: Asked
    known: Mapping[str, str]

    async def read(self, url: str) -> Source:
        response = await self.session.client.get(url, {"Accept": ACCEPT}, self.session.permit)
        code = status_code(response.status)
        self.session.note(response, code)
        if code:
            raise CodedError(code, f"HTTP {response.status} from {response.url}", response.status)
        now, digest = self.run.clock(), sha256_hex(response.body)
        place = self._keep(url, response, now) if self.known.get(url) != digest else None
        # beside the event loop: a sitemap may have 50,000 addresses
        parsed, found, left_out = await asyncio.to_thread(self._parse, response, now)
        changed = parsed.sitemaps_changed
        return Source(
            url,
            now,
            parsed.format,
            digest,
            place,
            len(response.raw_body),
            found,
            left_out,
            tuple(part for part in parsed.sitemaps if may_hold(changed.get(part), self.asked)),
            parsed.warnings,
            response.url,
            response.status,
            response.duration_ms,
        )

    def _keep(self, url: str, response: Response, now: datetime) -> Place:
        fields = {"Feed-Id": SITEMAPS, "Requested-URI": url}
        record = answer_record(response, now, fields)
        place = self.archive.append(record)
        self.archive.flush()
        return place

    def _parse(self, response: Response, now: datetime) -> tuple[ParsedFeed, tuple[Sighting, ...], Mapping[str, int]]:
        find = outlet_finder(self.run, self.asked)
        outlet = find(response.url)
        parsed = parse_feed(
            response.body,
            url=response.url,
            content_type=response.headers.get("content-type"),
            timezone=outlet.timezone if outlet else None,
            now=now,
        )
        chosen, left_out = choose(parsed.items, self.asked)
        return parsed, sighted(self.run, SITEMAPS, parsed.format, chosen, find), left_out


def sighted(
    run: Run, name: str, form: str, items: tuple[Item, ...], find: Callable[[str], OutletRules | None]
) -> tuple[Sighting, ...]:
    """Items as sightings under the name of their kind of source."""
    aggregators = frozenset(o.key for o in run.config.outlets if o.aggregator)
    return sightings(name, ParsedFeed(format=form, items=items), find, aggregators)
