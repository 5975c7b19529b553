"""Relevance: from features to a score and a level 0-3, with the reason and the deciding sentence.

Level 0 is decided by presence alone, as the guideline does.  Among articles with both
countries the score is a weighted sum of signals, and the level the number of thresholds it
reaches: an ordinal logistic model with a ridge penalty, fitted on 300 labelled articles in English
and Urdu (`tests/bench/relevance.py` measures it).  All features are stored with the level, so
another threshold or another rule is a query.
"""

from __future__ import annotations

from math import log1p

from tasks.enrich.link import Context
from tasks.enrich.model import Relevance, Topic
from tasks.enrich.presence import Presence, deciding_sentence, features
from tasks.enrich.topics import GENERAL
from tasks.enrich.weights import LEVEL_2, LEVEL_3, WEIGHTS

_LONGEST_SENTENCE = 600  # characters; a text without full stops is no sentence
_SIGNALS_NAMED = 3
_SEEN = 3  # links in so many sentences need no other sign of one


def judge(context: Context, found: Presence, topics: tuple[Topic, ...]) -> Relevance:
    """Relevance of an article, with its features and the sentence that shows the link best."""
    values = features(context, found)
    given = signals(values, topics)
    score = sum(WEIGHTS[name] * value for name, value in given.items())
    missing = absent(values)
    level = 0 if missing else 1 + (score >= LEVEL_2) + (score >= LEVEL_3)
    at = deciding_sentence(context, found)
    doc = context.doc
    sentence = doc.text[doc.sentences[at].start : doc.sentences[at].end].strip() if at is not None else ""
    return Relevance(
        level,
        0.0 if missing else round(score, 3),
        missing or _reason(level, score, values, given),
        sentence[:_LONGEST_SENTENCE],
        values,
    )


def absent(f: dict[str, float]) -> str:
    """Which country is not there at all; '' where both are."""
    both = f["community"]
    capital = f["weak_us"] if f["sport"] < 2 else 0.0  # a match in Washington is no presence
    if not f["h_us"] + f["b_us"] + both + capital:
        return "the United States is not present"
    # Money and bodies of Pakistan are presence where two such words stand, the dateline one of them; a story
    # filed from Pakistan that begins with the US is about both.
    filed = f["dateline_pk"] and f["h_us"] + f["l_us"] and f["sport"] < 2
    if not f["h_pk"] + f["b_pk"] + both and f["weak_pk"] + f["dateline_pk"] < 2 and not filed:
        return "Pakistan is not present"
    return ""


def signals(f: dict[str, float], topics: tuple[Topic, ...]) -> dict[str, float]:
    """What the score is the weighted sum of: features damped or as shares of sentences, each about 0-3.

    Chosen by leaving out, one after another, what did not help on articles held back.  Two come from the guideline:
    a debate in which both speak, and the community with an envoy, are links that no one sentence shows.
    """
    n = f["sentences"]
    unseen = f["links"] < _SEEN
    general = max((t.score for t in topics if t.topic_id == GENERAL), default=0.0)
    functional = max((t.score for t in topics if t.topic_id != GENERAL), default=0.0)
    return {
        "headline names Pakistan": min(f["h_pk"], 1),
        "headline names the US": min(f["h_us"], 1),
        "headline names a third country instead": min(f["h_third"], 1) * (1 - f["h_link"]),
        "sentences that link both": log1p(f["links"]),
        "links with an act between": log1p(f["direct"]),
        "pairs such as Pak-US": log1p(f["pairs"]),
        "share of sentences about others": f["s_third"] / n,
        "Pakistani Americans": min(f["community"], 1),
        "both speak in the Security Council": log1p(f["council"]) * unseen,
        "Pakistani Americans and an envoy": f["envoy"] * unseen,
        "market report": min(log1p(f["market"]), 2),
        "sport": min(log1p(f["sport"]), 2),
        "topic: visits and relations": log1p(general),
        "topic: the strongest other": log1p(functional / n * 10),
    }


def _reason(level: int, score: float, f: dict[str, float], given: dict[str, float]) -> str:
    """The features in words, and the signals that weighed most."""
    weighed = sorted(given, key=lambda name: -abs(WEIGHTS[name] * given[name]))
    named = ", ".join(f"{name} {WEIGHTS[name] * given[name]:+.1f}" for name in weighed[:_SIGNALS_NAMED] if given[name])
    return (
        f"{f['links']:.0f} of {f['sentences']:.0f} sentences link both countries "
        f"({f['b_pk'] + f['h_pk']:.0f} mentions of Pakistan, {f['b_us'] + f['h_us']:.0f} of the US); "
        f"score {score:.2f}, level {level}: {named}"
    )
