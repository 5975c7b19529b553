"""The records that travel between the stages: plain, frozen, picklable.

Times are aware UTC datetimes; an ``*_offset_minutes`` beside one keeps the zone that the
source stated.  A field that is unknown is ``None``, never an invented value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from tasks.errors import MEANING, Code

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that did not work; becomes a row of ``failures``."""

    stage: str
    key: str
    code: Code
    detail: str = ""
    http_status: int | None = None

    @property
    def retryable(self) -> bool:
        return MEANING[self.code].retryable


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage's work returns: ``len(ok) + len(failed) == len(input)``, always."""

    ok: tuple[T, ...] = ()
    failed: tuple[Failure, ...] = ()


# --- poll -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One item as a feed document states it.  ``url`` is absolute, or None."""

    guid: str | None = None
    guid_is_permalink: bool = False
    url: str | None = None
    title: str | None = None
    published_raw: str | None = None
    published_at: datetime | None = None
    published_offset_minutes: int | None = None
    date_source: str | None = None
    updated_at: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    content: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document, whatever its format.

    ``format`` is one of rss, rdf, atom, json, sitemap, sitemap_index, wordpress, gdelt.
    ``ttl_minutes`` and ``update_minutes`` (sy:updatePeriod / sy:updateFrequency) are the
    publisher's wishes; ``skip_hours`` holds UTC hours 0-23 and ``skip_days`` weekday
    numbers (Monday is 0).  ``sitemaps`` are the children of a sitemap index, ``sitemaps_changed`` when they
    were last changed, where it says so.
    """

    format: str
    title: str | None = None
    home_url: str | None = None
    items: tuple[Item, ...] = ()
    ttl_minutes: int | None = None
    update_minutes: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    sitemaps: tuple[str, ...] = ()
    sitemaps_changed: Mapping[str, datetime] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


# --- extract ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedEvidence:
    """What feeds said about the article of a page: evidence, never the truth."""

    title: str | None = None
    published_at: datetime | None = None
    published_offset_minutes: int | None = None
    date_source: str | None = None
    authors: tuple[str, ...] = ()
    content: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class OutletRules:
    """What ``config/outlets.toml`` says about an outlet that extraction must know."""

    outlet_id: str
    name: str = ""
    lang: str | None = None
    timezone: str | None = None
    hosts: tuple[str, ...] = ()
    id_pattern: str | None = None
    id_path: str | None = None
    keep_params: tuple[str, ...] = ()
    date_corrections: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What extraction makes of one page; every field is defended by its neighbour.

    ``verdict`` is one of the design's closed list; ``text`` is paragraphs separated by one
    newline; ``evidence`` says field by field where a value came from.
    """

    title: str | None = None
    text: str = ""
    lang: str = "und"
    word_count: int = 0
    byline: str | None = None
    authors: tuple[str, ...] = ()
    desk: str | None = None
    agency: str | None = None
    dateline: str | None = None
    credit: str | None = None
    caption_credit: str | None = None
    published_at: datetime | None = None
    published_offset_minutes: int | None = None
    modified_at: datetime | None = None
    date_source: str | None = None
    date_confidence: str | None = None
    date_conflict: str | None = None
    canonical_url: str | None = None
    verdict: str = "empty"
    verdict_reason: str = ""
    partial: bool = False
    charset: str | None = None
    replaced_chars: int = 0
    evidence: Mapping[str, str] = field(default_factory=dict)


# --- poll and fetch: what the stages take and return -------------------------------------


@dataclass(frozen=True, slots=True)
class HostState:
    """What is remembered of a host: a rest it asked for, and its robots.txt."""

    host: str
    not_before_at: datetime | None = None
    backoff_reason: str | None = None
    robots_status: int | None = None
    robots_body: str | None = None
    robots_fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WithHosts(Outcome[T]):
    """An outcome of network work: also what was learned about the hosts."""

    hosts: tuple[HostState, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """An article address that is due: a row of ``frontier`` and what is known of its host.

    With ``revisit`` it has shown its article before; ``body_sha256`` and the validators are
    those of the last good answer.
    """

    target_id: str
    url: str
    host: str
    outlet_id: str | None
    attempts: int
    host_state: HostState
    born_at: datetime
    revisit: bool = False
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A fetch of an article address: a row of ``pages``."""

    page_id: str
    url: str
    fetched_at: datetime
    outcome: str
    run_id: str
    target_id: str
    outlet_id: str | None = None
    source: str = "web"
    final_url: str | None = None
    http_status: int | None = None
    sha256: str | None = None
    archive_file: str | None = None
    archive_offset: int | None = None
    archive_length: int | None = None
    robots: str | None = None
    opt_out: str | None = None
    code: str | None = None
    content_type: str | None = None
    bytes: int | None = None
    decoded_bytes: int | None = None
    redirects: tuple[str, ...] = ()
    duration_ms: int | None = None
    etag: str | None = None
    last_modified: str | None = None
