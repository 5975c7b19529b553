"""Two texts compared exactly: how much of each stands in the other, where, and what that makes of them.

Everything here is a function of the two texts and symmetric in them, so pairs may be compared in any order.  Sampled
fingerprints only find the pairs; estimates from samples mislabel about a fifth of texts cut to a quarter.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.dedupe.furniture import without_common_tail
from tasks.dedupe.shingles import Prepared, prepare

# Shares of the shorter text's shingles.  Separately written reports of one event stay below .22 on labelled pairs of
# two papers, rewritten handouts start at .31: between them lies nothing.
SHARES_COPY = 0.25
# The same for what stands outside of quotation marks: a statement that both quote is not copying.
UNQUOTED_SHARE, UNQUOTED_LEAST = 0.1, 15
# With fewer shared shingles than this, one sentence of an official would make a quarter of a brief: half is asked then.
FEW_SHARED, SHARES_FEW = 40, 0.5
# A long text may carry a passage of another long one: so many words in one run are an excerpt whatever their share.
RUN_WORDS = 60
# Under so many words only exact copies count, since set phrases fill the rest: equal texts, or one of at least 25 words
# that stands in the other to the last word.
SHORT_WORDS, SHORTEST_WORDS = 40, 25
# Both texts almost whole in each other.
NEAR_JACCARD = 0.8
# A run of matches shorter than this many words is a name or a set phrase; a gap of at least that many is own text.
_LEAST_RUN, OWN_STRETCH = 4, 25
# A text that opens (its first quarter) with something else, and is mostly something else, carries a passage; one that
# only has a new lead carries the copy.
_HEAD, _FOREIGN_HEAD, _MOSTLY_OWN = 0.25, 0.6, 0.5
# Texts of one outlet that share their words and not their figures are two of a series, not one copied.
_FIGURES, _SAME_FIGURES = 3, 0.5
# Own text in both beyond this share: they have a passage in common, not the copy.
_OWN_BOTH = 0.38


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a pair: what of it stands in the other.

    ``share`` is of its shingles, ``covered`` of its words; ``paragraphs`` is ``covered`` for each paragraph;
    ``own`` is the share of words in stretches of at least 25 words with nothing in common; ``head_own`` the same
    within its first quarter.
    """

    share: float
    covered: float
    own: float
    head_own: float
    paragraphs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share. ``quoted`` is the share of the common words that stand in quotation marks."""

    kind: str
    jaccard: float
    containment: float
    shared_words: int
    quoted: float
    a: Side
    b: Side


def compare(a: list[str], b: list[str], pa: Prepared, pb: Prepared, *, same_outlet: bool) -> Overlap | None:
    """The overlap of two texts (paragraphs and prepared form), or None when they don't share copy."""
    if pa.arabic != pb.arabic:
        return None
    if same_outlet:
        short_a, short_b = without_common_tail(a, b)
        if len(short_a) < len(a) or len(short_b) < len(b):
            pa, pb = prepare(short_a), prepare(short_b)
    if not pa.shingles or not pb.shingles:
        return None
    set_a, set_b = set(pa.shingles), set(pb.shingles)
    common = set_a & set_b
    if min(pa.words, pb.words) < SHORT_WORDS:
        if not _is_whole(pa, pb, common):
            return None
    elif not _shares_copy(pa, pb, common, min(len(set_a), len(set_b))):
        return None
    jaccard = len(common) / len(set_a | set_b)
    if same_outlet and jaccard < NEAR_JACCARD and _is_series(pa.numbers, pb.numbers):
        return None
    side_a, matched_a = _side(pa, common, len(set_a))
    side_b, _ = _side(pb, common, len(set_b))
    words = sum(matched_a)
    quoted = sum(q and m for q, m in zip(pa.quoted, matched_a, strict=True)) / max(1, words)
    return Overlap(
        kind=_kind(jaccard, side_a, side_b),
        jaccard=_round(jaccard),
        containment=_round(len(common) / min(len(set_a), len(set_b))),
        shared_words=words // pa.scale,
        quoted=_round(quoted),
        a=side_a,
        b=side_b,
    )


def _is_whole(pa: Prepared, pb: Prepared, common: set[int]) -> bool:
    if pa.shingles == pb.shingles:
        return True
    short = min(pa, pb, key=lambda text: text.units)
    return short.words >= SHORTEST_WORDS and common.issuperset(short.shingles)


def _is_series(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two texts of one outlet state other figures: gold prices, road deaths, weather, in last week's words."""
    least = min(len(a), len(b))
    return least >= _FIGURES and len(a & b) <= _SAME_FIGURES * least


def _round(value: float) -> float:
    return round(value, 4)


def _shares_copy(pa: Prepared, pb: Prepared, common: set[int], shorter: int) -> bool:
    least_share = SHARES_COPY if len(common) >= FEW_SHARED * pa.scale else SHARES_FEW
    if len(common) / shorter < least_share and _longest_run(pa, common) < RUN_WORDS * pa.scale:
        return False
    # one may set in quotation marks what the other gives in indirect speech: it is the speaker's in both
    quotation = common & (_quoted(pa) | _quoted(pb))
    shared, least = len(common) - len(quotation), shorter - len(quotation)
    enough = shared >= UNQUOTED_LEAST * pa.scale and shared >= UNQUOTED_SHARE * least
    # a text that is one long quotation has too little outside to tell
    return enough or least < UNQUOTED_LEAST * pa.scale


def _quoted(text: Prepared) -> set[int]:
    return {shingle for shingle, quoted in zip(text.shingles, text.quoted, strict=False) if quoted}


def _longest_run(text: Prepared, common: set[int]) -> int:
    longest = run = 0
    for shingle in text.shingles:
        run = run + 1 if shingle in common else 0
        longest = max(longest, run)
    return longest + text.width - 1 if longest else 0


def _side(text: Prepared, common: set[int], distinct: int) -> tuple[Side, list[bool]]:
    matched = _matched(text, common)
    own = _own(matched, OWN_STRETCH * text.scale)
    head = max(1, int(text.units * _HEAD))
    paragraphs, start = [], 0
    for end in text.ends:
        paragraphs.append(round(sum(matched[start:end]) / max(1, end - start), 2))
        start = end
    side = Side(
        share=_round(len(common) / distinct),
        covered=_round(sum(matched) / text.units),
        own=_round(sum(own) / text.units),
        head_own=_round(sum(own[:head]) / head),
        paragraphs=tuple(paragraphs),
    )
    return side, matched


def _matched(text: Prepared, common: set[int]) -> list[bool]:
    """Which units stand in a common shingle, runs shorter than a name and office left out."""
    matched = [False] * text.units
    least = max(_LEAST_RUN * text.scale, text.width)
    start = None
    for index, shingle in enumerate((*text.shingles, None)):
        inside = shingle is not None and shingle in common
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            end = index + text.width - 1
            if end - start >= least:
                matched[start:end] = [True] * (end - start)
            start = None
    return matched


def _own(matched: list[bool], least: int) -> list[bool]:
    """Which units stand in a stretch of at least ``least`` units without a match."""
    own = [False] * len(matched)
    start = 0
    for index, hit in enumerate((*matched, True)):
        if hit:
            if index - start >= least:
                own[start:index] = [True] * (index - start)
            start = index + 1
    return own


def _kind(jaccard: float, a: Side, b: Side) -> str:
    if jaccard >= NEAR_JACCARD:
        return "near"
    foreign = any(side.head_own >= _FOREIGN_HEAD and side.own >= _MOSTLY_OWN for side in (a, b))
    return "excerpt" if foreign or min(a.own, b.own) >= _OWN_BOTH else "reprint"
