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
    numbers (Monday is 0).  ``sitemaps`` are the children of a sitemap index.
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
