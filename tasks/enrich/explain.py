"""One article with every mark and its evidence, as plain text.

Takes rows as the warehouse gives them: of `articles`, `mentions`, `article_topics`, `quotes`, `reprints`
(the article's own and those of its copies), `changes` and `removals`, as dictionaries by column.  Nothing is
computed anew, so what is shown is what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

_MOST_PLACES = 6
_QUOTE_CHARS = 120
_DIFFERS = (("leaves out", "left_out"), ("puts in", "put_in"))


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
    versions: Sequence[Row] = (),
    removals: Sequence[Row] = (),
) -> tuple[Section, ...]:
    """The sections of an explanation; sections without lines are left out."""
    sections = (
        Section(str(article.get("title") or "(no headline)"), tuple(_origin(article))),
        Section("Relevance", tuple(_relevance(article))),
        Section("Topics", tuple(_topic(t) for t in sorted(topics, key=_topic_order))),
        Section("Actors", tuple(_mention(m) for m in sorted(mentions, key=_mention_order))),
        Section("Quotations", tuple(line for q in sorted(quotes, key=lambda q: q["quote_no"]) for line in _quote(q))),
        Section("Copies", tuple(_reprint(r) for r in reprints)),
        Section("Versions", tuple(line for v in versions for line in _version(v))),
        Section("Taken down", tuple(_removal(r) for r in removals)),
    )
    return tuple(s for s in sections if s.lines)


def render(sections: Sequence[Section]) -> str:
    """Sections as text: headings at the margin, lines indented."""
    return "\n\n".join("\n".join([s.heading, *(f"  {line}" for line in s.lines)]) for s in sections) + "\n"


def _origin(article: Row) -> list[str]:
    known = (
        ("url", "url"),
        ("outlet", "outlet_id"),
        ("feeds", "feeds"),
        ("verdict", "verdict"),
        ("because", "verdict_reason"),
        ("published", "published_at"),
        ("date from", "date_source"),
        ("date confidence", "date_confidence"),
        ("date conflict", "date_conflict"),
        ("first seen", "first_seen_at"),
        ("language", "lang"),
        ("dateline", "dateline"),
        ("byline", "byline"),
        ("authors", "authors"),
        ("desk", "desk"),
        ("agency", "agency"),
        ("credit", "credit"),
        ("caption credit", "caption_credit"),
        ("story", "story_id"),
        ("version", "version"),
        ("page", "page_id"),
        ("fetched", "fetched_at"),
        ("archived in", "archive_file"),
        ("at byte", "archive_offset"),
        ("extracted with", "extractor_version"),
        ("enriched with", "enricher_version"),
    )
    lines = [f"{label}: {_value(article[key])}" for label, key in known if article.get(key) not in (None, "", [])]
    evidence = _object(article.get("evidence"))
    return lines + [f"evidence of {field}: {said}" for field, said in sorted(evidence.items())]


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


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


def _quote(quote: Row) -> list[str]:
    who = quote.get("speaker") or "nobody named"
    entity = f" = {quote['speaker_entity_id']}" if quote.get("speaker_entity_id") else ""
    why = f", {quote['anonymity_reason']}" if quote.get("anonymity_reason") else ""
    cue = f"{quote['cue']} ({quote['cue_class']})" if quote.get("cue") else "no verb"
    source = f"{who}{entity} [{quote['source_kind']}{why}], {cue}"
    line = f"{quote['quote_no']}. {quote['kind']}, {source}, at {quote['start_offset']}: {_cut(quote['text'])}"
    return [line, *([_wordings(quote)] if quote.get("quotation_id") else [])]


def _cut(text: object) -> str:
    said = str(text)
    return said if len(said) <= _QUOTE_CHARS else said[: _QUOTE_CHARS - 3] + "..."


def _wordings(quote: Row) -> str:
    """The quotation that a quote is a wording of, and who else prints it."""
    others, wordings = quote.get("other_articles"), quote.get("other_wordings")
    where = f"in {others} more by {quote['other_outlets']}, {_count(wordings, 'wording')}" if others else "nowhere else"
    differs = [f"{label} {_cut(quote[key])!r}" for label, key in _DIFFERS if quote.get(key)]
    return "   " + ", ".join([f"quotation {quote['quotation_id']}: {quote['wording']}", *differs, where])


def _reprint(reprint: Row) -> str:
    if reprint.get("is_source"):
        what = f"{reprint['kind']} in {reprint['article_id']}"
    else:
        source = reprint.get("origin_article_id") or reprint.get("origin_agency") or "unknown source"
        what = f"{reprint['kind']} of {source}"
    other = f" ({reprint['other_outlet_id']}, {reprint['other_title']})" if reprint.get("other_title") else ""
    return f"{what}{other}: {reprint.get('evidence') or ''}".rstrip(": ")


def _version(change: Row) -> list[str]:
    """A version after the first: what changed, and the sentences."""
    words = [f"{_count(change[k], 'word')} {k[6:]}" for k in ("words_added", "words_removed") if change[k]]
    head = f"{change['version']}, seen {change['seen_at']}, page {change['page_id']}: {change['change']}"
    lines = [", ".join([head, *words])]
    if change["change"].startswith("headline"):
        lines.append(f"   headline: {change['title_before']} -> {change['title_after']}")
    if change["verdict_before"] != change["verdict_after"]:
        lines.append(f"   verdict: {change['verdict_before']} -> {change['verdict_after']}")
    lines += [f"   + {s}" for s in change["sentences_added"] or ()]
    lines += [f"   - {s}" for s in change["sentences_removed"] or ()]
    return lines + [f"   {s['before']} -> {s['after']}" for s in change["sentences_changed"] or ()]


def _removal(removal: Row) -> str:
    seen = f"last there {removal['last_seen_at']}, first found gone {removal['removed_at']}"
    return f"{seen}, {removal['how']} (status {removal['http_status']}), seen {_count(removal['times_seen'], 'time')}"


def _count(number: Any, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _object(value: Any) -> dict[str, Any]:
    found = json.loads(value) if isinstance(value, str) and value else value
    return dict(found) if isinstance(found, Mapping) else {}


def _list(value: Any) -> list[Any]:
    found = json.loads(value) if isinstance(value, str) and value else value
    return list(found) if isinstance(found, list | tuple) else []
