"""What enrichment takes and returns: plain, frozen, picklable records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """An article as enrichment reads it.

    ``day`` is the date on which offices are looked up; ``day_exact`` is False where it is
    the day we first saw the article because no date of publication is known.  ``marked`` says
    that it has marks already, which the new ones replace.
    """

    article_id: str
    title: str
    text: str
    lang: str = "en"
    day: date | None = None
    day_exact: bool = True
    country: str | None = None
    verdict: str = "article"
    content_sha256: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """One place where an entity is named. ``start`` counts characters of the text, or of the headline if ``in_title``.

    ``how`` is full, context, surname, office or misprint.
    """

    surface: str
    start: int
    in_title: bool
    how: str


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity in an article. ``flags``: as in the warehouse, `mentions.flags`."""

    entity_id: str
    surface: str
    mention_count: int
    first_offset: int | None
    in_title: bool
    role_id: str | None
    how: str
    flags: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with the phrases that decided. ``rank``: 1 primary, 2 and 3 further ones, None not chosen."""

    topic_id: str
    score: float
    evidence: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Relevance:
    """How much an article is about both countries: level 0-3, score, reason, and the features behind it.

    The level is the number of thresholds that ``score`` reaches, after the presence test; ``sentence`` decided.
    """

    level: int
    score: float
    reason: str
    sentence: str
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation. ``kind`` is direct, partial or indirect; offsets count characters of the text.

    ``source_kind``: person, office, institution, document, media, anonymous or unknown.
    """

    quote_no: int
    text: str
    speaker: str | None
    speaker_entity_id: str | None
    cue: str | None
    cue_class: str | None
    kind: str
    anonymous: bool
    source_kind: str
    anonymity_reason: str | None
    start_offset: int
    end_offset: int
    confidence: float
    quote_key: str
    goes_on: bool = False  # with the sentence of the quotation before, which 'he said' interrupts


@dataclass(frozen=True, slots=True)
class Enriched:
    """Everything that enrichment says about one article."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    topics: tuple[Topic, ...] = ()
    relevance: Relevance | None = None
    quotes: tuple[Quote, ...] = ()
