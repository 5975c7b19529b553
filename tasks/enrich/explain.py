"""One article with every mark and its evidence, as plain text.

Takes rows as the warehouse gives them: of `articles`, `mentions`, `article_topics`, `quotes` and
`reprints`, as dictionaries by column.  Nothing is computed anew, so what is shown is what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

_MOST_PLACES = 6
_QUOTE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


def explain(
    article: Row,
    mentions: Sequence[Row] = (),
    topics: Sequence[Row] = (),
    quotes: Sequence[Row] = (),
    reprints: Sequence[Row] = (),
) -> tuple[Section, ...]:
    """The sections of an explanation; sections without lines are left out."""
    sections = (
        Section(str(article.get("title") or "(no headline)"), tuple(_origin(article))),
        Section("Relevance", tuple(_relevance(article))),
        Section("Topics", tuple(_topic(t) for t in sorted(topics, key=_topic_order))),
        Section("Actors", tuple(_mention(m) for m in sorted(mentions, key=_mention_order))),
        Section("Quotations", tuple(_quote(q) for q in sorted(quotes, key=lambda q: q["quote_no"]))),
        Section("Copies", tuple(_reprint(r) for r in reprints)),
    )
    return tuple(s for s in sections if s.lines)


def render(sections: Sequence[Section]) -> str:
    """Sections as text: headings at the margin, lines indented."""
    return "\n\n".join("\n".join([s.heading, *(f"  {line}" for line in s.lines)]) for s in sections) + "\n"


def _origin(article: Row) -> list[str]:
    known = (
        ("url", "url"),
        ("outlet", "outlet_id"),
        ("verdict", "verdict"),
        ("published", "published_at"),
        ("date from", "date_source"),
        ("date confidence", "date_confidence"),
        ("date conflict", "date_conflict"),
        ("first seen", "first_seen_at"),
        ("byline", "byline"),
        ("agency", "agency"),
        ("credit", "credit"),
        ("version", "version"),
        ("page", "page_id"),
        ("extracted with", "extractor_version"),
        ("enriched with", "enricher_version"),
    )
    lines = [f"{label}: {article[key]}" for label, key in known if article.get(key) not in (None, "")]
    evidence = _object(article.get("evidence"))
    return lines + [f"evidence of {field}: {said}" for field, said in sorted(evidence.items())]


def _relevance(article: Row) -> list[str]:
    if article.get("relevance") is None:
        return []
    lines = [f"level {article['relevance']}, score {article.get('relevance_score')}"]
    if article.get("relevance_reason"):
        lines.append(str(article["relevance_reason"]))
    if article.get("relevance_sentence"):
        lines.append(f"sentence: {article['relevance_sentence']}")
    features = {k: v for k, v in _object(article.get("relevance_features")).items() if v}
    if features:
        lines.append("features: " + ", ".join(f"{name} {value:g}" for name, value in sorted(features.items())))
    return lines


def _topic_order(topic: Row) -> tuple[int, float]:
    return (topic.get("topic_rank") or 9, -(topic.get("score") or 0.0))


def _topic(topic: Row) -> str:
    rank = {1: "primary", 2: "second", 3: "third"}.get(topic.get("topic_rank") or 0, "not chosen")
    return f"{topic['topic_id']} ({rank}, score {topic['score']:g}): {topic['evidence']}"


def _mention_order(mention: Row) -> tuple[bool, int]:
    return (not mention.get("in_title"), mention.get("first_offset") or 0)


def _mention(mention: Row) -> str:
    spans = _list(mention.get("spans"))
    places = ", ".join(
        f"{s['surface']!r} {'headline' if s['in_title'] else 'at'} {s['start']} ({s['how']})"
        for s in spans[:_MOST_PLACES]
    )
    more = f" and {len(spans) - _MOST_PLACES} more" if len(spans) > _MOST_PLACES else ""
    role = f", as {mention['role_id']}" if mention.get("role_id") else ""
    flags = f" [{', '.join(mention['flags'])}]" if mention.get("flags") else ""
    return f"{mention['entity_id']} x{mention['mention_count']}{role}{flags}: {places}{more}"


def _quote(quote: Row) -> str:
    text = str(quote["text"])
    text = text if len(text) <= _QUOTE_CHARS else text[: _QUOTE_CHARS - 3] + "..."
    who = quote.get("speaker") or "nobody named"
    entity = f" = {quote['speaker_entity_id']}" if quote.get("speaker_entity_id") else ""
    why = f", {quote['anonymity_reason']}" if quote.get("anonymity_reason") else ""
    cue = f"{quote['cue']} ({quote['cue_class']})" if quote.get("cue") else "no verb"
    return f"{quote['quote_no']}. {quote['kind']}, {who}{entity} [{quote['source_kind']}{why}], {cue}: {text}"


def _reprint(reprint: Row) -> str:
    source = reprint.get("origin_article_id") or reprint.get("origin_agency") or "unknown source"
    return f"{reprint['kind']} of {source}: {reprint.get('evidence') or ''}".rstrip(": ")


def _object(value: Any) -> dict[str, Any]:
    found = json.loads(value) if isinstance(value, str) and value else value
    return dict(found) if isinstance(found, Mapping) else {}


def _list(value: Any) -> list[Any]:
    found = json.loads(value) if isinstance(value, str) and value else value
    return list(found) if isinstance(found, list | tuple) else []
