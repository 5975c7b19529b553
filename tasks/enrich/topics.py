"""Topics of an article: weighted phrases and actors; one primary topic and up to two more.

A phrase counts by strength (key 3, weak 1) and place (headline 3, lead 2, body 1), repeated
ones with falling weight.  Negative phrases hide the phrases inside them.  The general topic
of visits and relations is primary only where no functional topic reaches a share of it.
"""

from __future__ import annotations

from collections import defaultdict
from math import log2

from tasks.enrich.link import Context
from tasks.enrich.model import Topic
from tasks.enrich.presence import Presence

GENERAL = "dip.visits_relations"
_HEAD, _LEAD, _BODY = 3.0, 2.0, 1.0
_LINK = 2.0
_ACTOR = 1.0  # an actor typical of a topic counts like a weak phrase, by places where it stands
_MOST_PER_PHRASE = 3.0
MIN_SCORE = 3.0  # one key phrase in the body
_FURTHER = 0.35  # further topics reach this share of the primary one
_GENERAL_GIVES_WAY = 0.97  # a functional topic of this share of the general one is primary
_PHRASES_SHOWN = 8


def find_topics(context: Context, found: Presence) -> tuple[Topic, ...]:
    """Topics by falling score; those below the minimum are left out."""
    evidence: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    doc = context.doc
    for match in context.tables.phrases.find(doc):
        negative = any(weight == 0 for _, weight in match.form.values)
        if negative:
            continue
        place = _place(context, found, match.first)
        for topic, weight in match.form.values:
            evidence[topic][" ".join(match.form.raw)] += weight * place
    scores = {t: sum(_damped(v) for v in phrases.values()) for t, phrases in evidence.items()}
    _add_actors(context, found, evidence, scores)
    return _rank({t: s for t, s in scores.items() if s >= MIN_SCORE}, evidence)


def _place(context: Context, found: Presence, word: int) -> float:
    """Weight of a place; a sentence that joins the two countries weighs double: it says what joins them."""
    sentence = context.doc.sentence_of[word]
    weight = _HEAD if sentence == 0 else _LEAD if sentence <= context.doc.lead_last else _BODY
    return weight * (_LINK if found.links[sentence] else 1.0)


def _damped(weight: float) -> float:
    """The tenth mention of a phrase says little more than the fifth."""
    return weight if weight <= _MOST_PER_PHRASE else _MOST_PER_PHRASE * (1 + log2(weight / _MOST_PER_PHRASE))


def _add_actors(
    context: Context, found: Presence, evidence: dict[str, dict[str, float]], scores: dict[str, float]
) -> None:
    """Actors support a topic that has a phrase; alone they make none."""
    weights: dict[str, float] = defaultdict(float)
    for link in context.links:
        weights[link.entity] += _ACTOR * _place(context, found, link.first)
    for topic in context.tables.topics:
        if topic.key not in scores:
            continue
        for actor in topic.actors:
            if actor in weights:
                evidence[topic.key][f"[{actor}]"] = weights[actor]
                scores[topic.key] += _damped(weights[actor])


def _rank(scores: dict[str, float], evidence: dict[str, dict[str, float]]) -> tuple[Topic, ...]:
    order = sorted(scores, key=lambda t: (-scores[t], t))
    if order and order[0] == GENERAL and len(order) > 1 and scores[order[1]] >= _GENERAL_GIVES_WAY * scores[GENERAL]:
        order[0], order[1] = order[1], order[0]
    limit = _FURTHER * scores[order[0]] if order else 0.0
    chosen = [t for n, t in enumerate(order) if n == 0 or scores[t] >= limit][:3]
    out = []
    for topic in order:
        shown = sorted(evidence[topic].items(), key=lambda e: (-e[1], e[0]))[:_PHRASES_SHOWN]
        rank = chosen.index(topic) + 1 if topic in chosen else None
        out.append(Topic(topic, round(scores[topic], 2), "; ".join(p for p, _ in shown), rank))
    return tuple(out)
