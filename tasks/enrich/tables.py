"""The subject tables, made ready for matching. Building them costs a fraction of a second; do it once per process."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from config.subject import Actor, Holding, Subject, TopicRow
from tasks.enrich.forms import Forms, split_form
from tasks.enrich.wordlist import wordset
from tasks.enrich.words import fold_word

FULL, AMBIGUOUS, MISPRINT, NOT_IN = "full", "ambiguous", "misprint", "not_in"

# Nationalities and countries beside those of the actors table: they tell whose minister is meant.
_FOREIGN = sorted(
    wordset("""french german russian japanese korean australian canadian italian spanish bangladeshi bangladesh
    nepali sri lankan malaysian indonesian egyptian jordanian iraqi syrian lebanese kuwaiti omani
    bahraini azerbaijani uzbek tajik kazakh turkmen dutch swedish norwegian danish greek ukrainian
    polish hungarian belgian european brazilian mexican russia france germany japan australia canada
    italy egypt jordan iraq syria ukraine nepal maldives روسی فرانسیسی جرمن جاپانی کینیڈین مصری
    اردنی عراقی شامی بنگلہ دیشی یوکرینی اطالوی آسٹریلوی ازبک تاجک لبنانی""")
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a form may mean, and how surely."""

    actor: Actor
    grade: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that matching needs, by key."""

    version: str
    actors: dict[str, Actor]
    forms: Forms[Candidate]
    holdings: dict[str, tuple[Holding, ...]]
    held_by: dict[str, tuple[Holding, ...]]
    contexts: dict[str, tuple[frozenset[str], ...]]
    nationality: dict[str, str]
    countries: dict[tuple[str, ...], str]
    topics: tuple[TopicRow, ...]
    phrases: Forms[tuple[str, float]]

    def holders(self, role: str, day: date) -> tuple[str, ...]:
        """Who held an office on a day: two on the day of a handover, none where it is not known."""
        return tuple(
            dict.fromkeys(
                h.person for h in self.holdings.get(role, ()) if h.first <= day and (h.last is None or day <= h.last)
            )
        )


@lru_cache(maxsize=4)
def build_tables(subject: Subject) -> Tables:
    """Tables for ``subject``; the last few are kept."""
    holdings: dict[str, list[Holding]] = defaultdict(list)
    held_by: dict[str, list[Holding]] = defaultdict(list)
    for holding in subject.holdings:
        holdings[holding.role].append(holding)
        held_by[holding.person].append(holding)
    return Tables(
        version=subject.version,
        actors={a.key: a for a in subject.actors},
        forms=Forms(_actor_forms(subject)),
        holdings={k: tuple(v) for k, v in holdings.items()},
        held_by={k: tuple(v) for k, v in held_by.items()},
        contexts={a.key: tuple(frozenset(map(fold_word, split_form(c))) for c in a.context) for a in subject.actors},
        nationality=_nationality(subject),
        countries=_countries(subject),
        topics=subject.topics,
        phrases=Forms(_phrases(subject), cased=False),
    )


def _actor_forms(subject: Subject) -> list[tuple[str, Candidate]]:
    pairs = []
    for actor in subject.actors:
        for grade, forms in (
            (FULL, actor.aliases),
            (AMBIGUOUS, actor.ambiguous),
            (MISPRINT, actor.misprints),
            (NOT_IN, actor.not_in),
        ):
            pairs += [(form, Candidate(actor, grade)) for form in forms]
    return pairs


def _countries(subject: Subject) -> dict[tuple[str, ...], str]:
    """Folded names and demonyms of the two countries to the country's key."""
    places = [a for a in subject.actors if a.kind == "place" and a.side and a.country == a.side]
    return {tuple(map(fold_word, split_form(form))): a.key for a in places for form in a.aliases}


def _nationality(subject: Subject) -> dict[str, str]:
    """Folded one-word names and demonyms of countries to the country's code; XX: some other country."""
    out = dict.fromkeys(map(fold_word, _FOREIGN), "XX")
    codes = [a for a in subject.actors if a.kind == "place" and a.country != "INT"]
    for actor in codes:
        if any(form in ("Pakistan", "US", "India") or form == actor.name for form in actor.aliases):
            for form in actor.aliases:
                words = split_form(form)
                if len(words) == 1:
                    out.setdefault(fold_word(words[0]), actor.country)
    return out


# A key phrase counts three, a weak one one; negative phrases hide the phrases inside them.
STRONG, WEAK, NEGATIVE = 3.0, 1.0, 0.0


def _phrases(subject: Subject) -> list[tuple[str, tuple[str, float]]]:
    pairs = []
    for topic in subject.topics:
        for weight, phrases in ((STRONG, topic.phrases), (WEAK, topic.weak), (NEGATIVE, topic.negative)):
            pairs += [(phrase, (topic.key, weight)) for phrase in phrases]
    return pairs
