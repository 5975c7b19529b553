"""Quotations from links: wordings that belong together, without two speakers in one, and how they differ.

A group depends on the quotations and links that a chain connects, and on nothing else: not on the order they came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.enrich.quotation import SHARE, Spoken, Wording, align, same_speaker
from tasks.ids import make_id

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two quotations that are wordings of one, or pieces of one sentence."""

    article_a: str
    quote_a: int
    article_b: str
    quote_b: int
    likeness: float

    @property
    def ends(self) -> tuple[Key, Key]:
        return (self.article_a, self.quote_a), (self.article_b, self.quote_b)


@dataclass(frozen=True, slots=True)
class Placed:
    """Which quotation a piece of text is a wording of, and how it differs from the fullest wording."""

    article_id: str
    quote_no: int
    quotation_id: str
    wording: str
    left_out: str | None
    put_in: str | None


def quotations(spoken: Iterable[Spoken], ties: Sequence[Tie]) -> list[Placed]:
    """The quotation of each of ``spoken``, in order of keys.

    Closest ties first; a tie that would bring two speakers together is left out.
    """
    known = {s.key: s for s in spoken}
    group = {key: [key] for key in known}
    for tie in sorted(ties, key=lambda t: (-t.likeness, t.ends)):
        a, b = tie.ends
        if a not in known or b not in known or group[a] is group[b] or _two_speakers(known, group[a], group[b]):
            continue
        group[a] += group[b]
        for key in group[b]:
            group[key] = group[a]
    groups = {id(keys): keys for keys in group.values()}.values()
    return sorted(
        (p for keys in groups for p in _placed([known[k] for k in keys])), key=lambda p: (p.article_id, p.quote_no)
    )


def _two_speakers(known: dict[Key, Spoken], one: list[Key], other: list[Key]) -> bool:
    speakers = {known[key].speaker for key in one}
    others = {known[key].speaker for key in other}
    return any(same_speaker(a, b) is False for a in speakers for b in others)


def _placed(members: list[Spoken]) -> list[Placed]:
    first = min(members, key=lambda s: (s.day, s.key))
    fullest = min(members, key=lambda s: (-s.wording.spoken, s.day, s.key))
    name = make_id("quotation", first.article_id, str(first.quote_no))
    seen: dict[Wording, tuple[str, str | None, str | None]] = {}
    out = []
    for member in members:
        if member.wording not in seen:
            seen[member.wording] = difference(member.wording, fullest.wording)
        how, left_out, put_in = seen[member.wording]
        out.append(Placed(member.article_id, member.quote_no, name, how, left_out, put_in))
    return out


def difference(told: Wording, full: Wording) -> tuple[str, str | None, str | None]:
    """How a wording differs from the fullest one: a word for it, the words left out inside, the words put in.

    ``full`` for the fullest and for equal words; ``cut``: begins later or ends earlier, else equal; ``marked``: words
    were left out or put in, and dots or brackets say so; ``silent``: words were left out and nothing says so;
    ``changed``: other words; ``part``: another piece of the sentence.
    """
    if told.words == full.words:
        return "full", None, None
    steps = align(told, full)
    same = [n for n, step in enumerate(steps) if step.same]
    if sum(steps[n].a2 - steps[n].a1 for n in same) < SHARE * told.spoken:
        return "part", None, None
    left_out: list[str] = []
    put_in: list[str] = []
    kinds = set()
    cut = steps[same[0]].b1 > 0 or steps[same[-1]].b2 < len(full.words)
    for n, step in enumerate(steps):
        if step.same:
            continue
        new = range(step.a1, step.a2)
        gone = [full.words[i] for i in range(step.b1, step.b2)] if same[0] < n < same[-1] else []
        left_out += gone
        put_in += [f"[{told.words[i]}]" if i in told.put_in else told.words[i] for i in new]
        if any(i not in told.put_in for i in new):
            kinds.add("changed")
        elif gone or new:
            marked = bool(new) or step.a1 in told.gaps or all(i in full.put_in for i in range(step.b1, step.b2))
            kinds.add("marked" if marked else "silent")
    kind = next((k for k in ("changed", "silent", "marked") if k in kinds), "cut" if cut else "full")
    return kind, " ".join(left_out) or None, " ".join(put_in) or None
