"""Wordings of one quotation: how many edited ones are found again, in English and in Urdu.

    python -m tests.bench.quotations

Needs KHABAR_SHARED: a folder with `corpora/`.  Quotations of eight words and more are edited as papers do; each is
sought among the hashes as the stage does, then compared: once with the same speaker, once with nobody known.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from config.subject import SHIPPED, load_subject
from tasks.enrich.article import enrich_article
from tasks.enrich.quotation import LEAST_WORDS, Speaker, Spoken, likeness, prints, speaker, wording
from tasks.enrich.tables import build_tables
from tests.bench.relevance import articles

_EACH = 800
_LEAST = 8
_DAY = date(2025, 6, 20)
_WORDS = ("alpha", "bravo", "delta", "gamma", "sigma", "omega")
KNOWN = speaker("somebody", "person", "PK", "person", "Somebody")
UNKNOWN = speaker(None, None, None, "unknown", "he")
Edit = Callable[[list[str], random.Random], list[str]]


def dropped(share: float) -> Edit:
    """Leaves words out."""
    return lambda words, chance: [w for w in words if chance.random() > share]


def changed(share: float) -> Edit:
    """Puts other words in."""
    return lambda words, chance: [chance.choice(_WORDS) if chance.random() < share else w for w in words]


EDITS: dict[str, Edit] = {
    "15 % of the words left out": dropped(0.15),
    "10 % changed": changed(0.1),
    "20 % changed": changed(0.2),
    "cut to its second half": lambda w, _: w[len(w) // 2 :],
    "cut to six words": lambda w, _: w[:6],
    "middle third replaced by dots": lambda w, _: [*w[: len(w) // 3], "...", *w[2 * len(w) // 3 :]],
    "two words put in brackets": lambda w, _: ["[The", "minister]", *w[2:]],
}


def main() -> int:
    """Print a line for each script and edit."""
    found = texts(Path(os.environ.get("KHABAR_SHARED", "")) / "corpora")
    for name, quotes in found.items():
        for edit, change in EDITS.items():
            chance = random.Random(1)
            pairs = [(text, " ".join(change(text.split(), chance))) for text in quotes]
            pairs = [(a, b) for a, b in pairs if len(wording(b).words) >= LEAST_WORDS]
            same, nobody = (sum(again(a, b, who) for a, b in pairs) / len(pairs) for who in (KNOWN, UNKNOWN))
            sys.stdout.write(f"{name} {edit:32} {len(pairs)}: same speaker {same:.3f}, nobody known {nobody:.3f}\n")
    return 0


def texts(corpora: Path) -> dict[str, list[str]]:
    """Quotations of eight words and more, some of each language."""
    tables = build_tables(load_subject(SHIPPED, []))
    given = list(articles(corpora))
    random.Random(1).shuffle(given)
    out: dict[str, list[str]] = {"en": [], "ur": []}
    for article in given:
        chosen = out["ur" if article.lang == "ur" else "en"]
        if len(chosen) < _EACH:
            quotes = enrich_article(article, tables).quotes
            chosen += [q.text for q in quotes if q.kind != "indirect" and len(q.text.split()) >= _LEAST]
    return out


def again(text: str, edited: str, who: Speaker) -> bool:
    """Whether an edited quotation is found."""
    a, b = (Spoken(key, 1, _DAY, t, wording(t), who) for key, t in (("a", text), ("b", edited)))
    one, other = set(prints(a.wording)), set(prints(b.wording))
    return 3 * len(one & other) >= min(len(one), len(other)) and bool(likeness(a, b))


if __name__ == "__main__":
    sys.exit(main())
