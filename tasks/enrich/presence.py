"""Where each of the two countries is present, and where they are linked: the features of relevance.

Follows the annotation guideline: presence in one's own right (name, demonym, government,
office, metonym), not by dateline, location phrase or list; a link is a sentence that joins
both sides.  Weak presence is a town, a bank, a currency of a country.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.enrich.acts import ACTS, MARKET, PAIR_BETWEEN, SPORT, WEAK_PK
from tasks.enrich.cues import CUES
from tasks.enrich.link import Context, Link
from tasks.enrich.wordlist import wordset
from tasks.enrich.words import Words

# the community of both countries: presence of both sides, but one identity and no link
CAPITAL = "washington-dc"  # as a destination it is weak presence of the US
COMMUNITY = "pakistani-americans"
COUNCIL = "unsc"
_ENVOYS = wordset("ambassador envoy embassy consul consulate سفیر سفارت سفارتخانے قونصل قونصلیٹ")
# four countries in one sentence, the two among them only by name: a list, no link
_LIST = 4
_LIST_OPENERS = wordset("including like among namely جیسے شامل سمیت")
_CAUSES = wordset(
    "attack attacks strike strikes airstrikes bombing bombings war aggression israeli israel حملہ حملے حملوں بمباری جنگ"
)
_REACH = 14  # words from one side to the other across an act
_TO_VERB = 8  # words from a speaker to the verb
_NEAR = 4  # words between two names that make a pair
_MONEY = wordset("dollar dollars cents currency futures time ڈالر ڈالرز کرنسی وقت")
_LOCATION = wordset("based bound listed born educated trained headquartered style made") | _MONEY


@dataclass(slots=True)
class Side:
    """A mention of one side or of a third country in a sentence."""

    first: int
    last: int
    side: str
    named: bool  # by the country's name only, not by a body, office or person


@dataclass(slots=True)
class Presence:
    """Per sentence: the mentions of each side, third countries, and how they are joined."""

    pk: list[int]
    us: list[int]
    third: list[set[str]]
    marks: list[list[Side]]
    pairs: list[int] = field(default_factory=list)
    us_third: list[int] = field(default_factory=list)
    community: list[int] = field(default_factory=list)
    links: list[bool] = field(default_factory=list)


def presence(context: Context) -> Presence:
    """Count the sides in each sentence of an article."""
    n = len(context.doc.sentences)
    found = Presence([0] * n, [0] * n, [set() for _ in range(n)], [[] for _ in range(n)], community=[0] * n)
    seen: set[tuple[int, str]] = set()
    for link in context.links:
        _count(context, link, found, seen)
    if not sum(found.pk):
        _count_towns(context, found)
    for s in range(n):
        found.marks[s].sort(key=lambda m: m.first)
        found.pairs.append(_pairs(context.doc, found.marks[s]))
        found.us_third.append(_paired_with_third(context.doc, found.marks[s]))
        found.links.append(_is_link(context, found, s))
    return found


def _count(context: Context, link: Link, found: Presence, seen: set[tuple[int, str]]) -> None:
    actor = context.tables.actors[link.entity]
    s = context.doc.sentence_of[link.first]
    if link.entity == COMMUNITY:
        found.community[s] += 1
        return
    if actor.kind == "place" and _is_location_phrase(context.doc, link):
        return
    side = actor.side or ("3" if actor.kind == "place" and actor.country not in ("PK", "US", "INT") else None)
    if side is None or (link.first, side) in seen:  # office and holder stand at one place
        return
    seen.add((link.first, side))
    found.marks[s].append(Side(link.first, link.last, side, actor.kind == "place"))
    if actor.host:  # 'US Consulate in Karachi' names both sides
        found.marks[s].append(Side(link.first, link.last, actor.host, True))
    if side == "3":
        found.third[s].add(actor.country)
    found.pk[s] += "PK" in (side, actor.host)
    found.us[s] += "US" in (side, actor.host)


def _count_towns(context: Context, found: Presence) -> None:
    """A story from Pakistan that never says so: its towns and provinces stand for it."""
    for link in context.links:
        actor = context.tables.actors[link.entity]
        if actor.kind == "place" and actor.country == "PK" and not _is_location_phrase(context.doc, link):
            s = context.doc.sentence_of[link.first]
            found.marks[s].append(Side(link.first, link.last, "PK", True))
            found.pk[s] += 1


def _is_location_phrase(doc: Words, link: Link) -> bool:
    """'US-based lender', 'Pakistan-born', 'US dollars': says where or what money, not who."""
    if link.last >= len(doc.words):
        return False
    after = doc.words[link.last]
    return after in _LOCATION and (doc.gap(link.last - 1) == "-" or after in _MONEY)


def _pairs(doc: Words, marks: list[Side]) -> int:
    """Pairs such as 'Pak-US', 'Pakistan and the United States'."""
    return sum({a.side, b.side} == {"PK", "US"} and _joined(doc, a, b) for a, b in pairwise(marks))


def _paired_with_third(doc: Words, marks: list[Side]) -> int:
    """Mentions of the US that belong to a pair with a third country: 'US-Iran talks', 'US and Israeli strikes'."""
    return sum({a.side, b.side} == {"US", "3"} and _joined(doc, a, b) for a, b in pairwise(marks))


def _joined(doc: Words, a: Side, b: Side) -> bool:
    return 0 <= b.first - a.last <= _NEAR and all(w in PAIR_BETWEEN for w in doc.words[a.last : b.first])


def _is_link(context: Context, found: Presence, s: int) -> bool:
    """Whether a sentence joins both sides, other than as items of a list of countries."""
    if not found.pk[s] or not found.us[s]:
        return False
    sided = [m for m in found.marks[s] if m.side != "3"]
    listed = len(found.third[s]) + 2 >= _LIST and all(m.named for m in sided) and not found.pairs[s]
    return not (listed or _only_listed(context.doc, found, s))


def _only_listed(doc: Words, found: Presence, s: int) -> bool:
    """Whether one side stands only in a list that 'including' opens: '..., including Shehbaz, Putin, ...'."""
    sentence = doc.sentences[s]
    opener = next((i for i in range(sentence.first, sentence.last) if doc.words[i] in _LIST_OPENERS), None)
    if opener is None or found.pairs[s]:
        return False
    commas = doc.text.count(",", doc.starts[opener], sentence.end)
    before = {m.side for m in found.marks[s] if m.first < opener}
    return commas >= 2 and before & {"PK", "US"} != {"PK", "US"}


def _direct(doc: Words, found: Presence, s: int) -> bool:
    """Whether one side's mention is followed by the other's with an act between: 'Bilawal welcomed Trump's offer'."""
    return any(
        {a.side, b.side} == {"PK", "US"}
        and b.first - a.last <= _REACH
        and not ACTS.isdisjoint(doc.words[a.last : b.first])
        for a, b in pairwise(found.marks[s])
    )


def _is_cause(doc: Words, mark: Side) -> bool:
    """'US attacks', 'US strikes on Iran', 'US-Israeli war': what the US did elsewhere."""
    return mark.side == "US" and not _CAUSES.isdisjoint(doc.words[mark.last : mark.last + 3])


def features(context: Context, found: Presence) -> dict[str, float]:
    """The features of an article: counts over headline (h), lead (l) and body (b), and shares of sentences."""
    doc = context.doc
    n = len(doc.sentences)
    own = [s for s in range(1, n) if doc.is_own(s)]
    lead = [s for s in own if s <= doc.lead_last]
    links = [s for s in own if found.links[s]]
    count: dict[str, float] = defaultdict(float)
    count |= {
        "h_pk": found.pk[0],
        "h_us": found.us[0],
        "h_link": found.links[0],
        "h_third": len(found.third[0]),
        "l_pk": sum(found.pk[s] for s in lead),
        "l_us": sum(found.us[s] for s in lead),
        "l_third": sum(len(found.third[s]) for s in lead),
        "l_links": sum(found.links[s] for s in lead),
        "b_pk": sum(found.pk[s] for s in own),
        "b_us": sum(found.us[s] for s in own),
        "s_pk": sum(found.pk[s] > 0 for s in own),
        "s_us": sum(found.us[s] > 0 for s in own),
        "s_third": sum(bool(found.third[s]) for s in own),
        "us_third": sum(found.us_third),
        "community": sum(found.community),
        "h_community": found.community[0],
        "links": len(links),
        "acts": sum(_has(doc, s, ACTS) for s in links),
        "actors": sum(_by_actors(found, s) for s in links),
        "direct": sum(_direct(doc, found, s) for s in links),
        "cause": sum(_is_cause(doc, m) for s in own for m in found.marks[s]),
        "state": sum(_is_state(found, s, "PK") for s in own),
        "us_state": sum(_is_state(found, s, "US") for s in own),
        "near": _near_links(found, own),
        "pairs": sum(found.pairs),
        "sentences": max(len(own), 1),
        "council": 0,
    }
    if any(k.entity == COUNCIL and doc.sentence_of[k.first] in (0, *lead) for k in context.links):
        # both speak in a debate of the Security Council: each answers the other, though no sentence names both
        count["council"] = min(sum(_speaks(doc, found, s, side) for s in own) for side in ("PK", "US"))
    count["envoy"] = bool(count["community"]) and any(found.pk[s] and _has(doc, s, _ENVOYS) for s in own)
    count["dateline_pk"] = any(w in WEAK_PK or w == "islamabad" for w in map(str.lower, doc.dateline.split()))
    count["weak_us"] = sum(k.entity == CAPITAL and not _is_location_phrase(doc, k) for k in context.links)
    for name, listed in (("weak_pk", WEAK_PK), ("sport", SPORT), ("market", MARKET)):
        count[name] = sum(map(listed.__contains__, doc.words))
    return {name: float(value) for name, value in count.items()}


def _near_links(found: Presence, own: list[int]) -> int:
    """Neighbouring sentences, one about each side: the link is carried by a pronoun."""
    return sum(
        not found.links[a]
        and not found.links[b]
        and bool((found.pk[a] and found.us[b]) or (found.us[a] and found.pk[b]))
        for a, b in pairwise(own)
    )


def _has(doc: Words, sentence: int, listed: frozenset[str]) -> bool:
    s = doc.sentences[sentence]
    return not listed.isdisjoint(doc.words[s.first : s.last])


def _speaks(doc: Words, found: Presence, sentence: int, side: str) -> bool:
    """Whether a verb of speech stands shortly behind a mention of a side: 'Waltz, the US envoy, said'."""
    last = doc.sentences[sentence].last
    return any(
        m.side == side and not CUES.keys().isdisjoint(doc.words[m.last : min(m.last + _TO_VERB, last)])
        for m in found.marks[sentence]
    )


def _is_state(found: Presence, sentence: int, side: str) -> bool:
    """Whether a body, office or person of a side stands in a sentence."""
    return any(m.side == side and not m.named for m in found.marks[sentence])


def _by_actors(found: Presence, sentence: int) -> bool:
    """Whether persons, bodies or offices of both sides meet in a sentence, not only names of countries."""
    return {m.side for m in found.marks[sentence] if not m.named} >= {"PK", "US"}


def deciding_sentence(context: Context, found: Presence) -> int | None:
    """The sentence that shows the link best: headline, then lead, then body; most joined first."""
    best: tuple[float, int] | None = None
    for s in range(len(context.doc.sentences)):
        if not found.links[s]:
            continue
        score = 1.0 + found.pairs[s] + 0.5 * _has(context.doc, s, ACTS)
        score += 2.0 if s == 0 else 1.0 if s <= context.doc.lead_last else 0.0
        if best is None or score > best[0]:
            best = (score, s)
    return best[1] if best else None
