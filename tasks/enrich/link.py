"""From matched forms to linked entities: unique forms link, ambiguous ones need a second cue, else no link.

Method: gazetteer with the longest match; a surname alone links once its bearer was named in
full in the article, to the last one named before; titles and ranks pick the bearer by the
office held on the day.  Where nothing decides, nothing links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from config.subject import Actor
from tasks.enrich.forms import Match
from tasks.enrich.names import CAPITALS_UR, NO_NAME, capitalised_name_before, is_place_use, title_before
from tasks.enrich.tables import AMBIGUOUS, FULL, MISPRINT, NOT_IN, Candidate, Tables
from tasks.enrich.words import Words

_IN_UR = frozenset(("میں", "کے", "کی"))


@dataclass(slots=True)
class Link:
    """A linked entity at words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    entity: str
    how: str
    role: str | None = None
    flags: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What linking knows of an article so far."""

    doc: Words
    tables: Tables
    day: date | None
    vocabulary: frozenset[str]
    links: list[Link] = field(default_factory=list)
    named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    strangers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    countries: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, link: Link) -> None:
        """Take a link; what it names is then known for the rest of the work."""
        self.links.append(link)
        actor = self.tables.actors[link.entity]
        self.named[link.entity].append(link.first)
        self.countries[actor.country] += 1


def link_actors(context: Context) -> list[Match[Candidate]]:
    """Link everything but offices into ``context``; returns the matches of offices."""
    offices: list[Match[Candidate]] = []
    pending: list[tuple[Match[Candidate], list[Candidate]]] = []
    for match in context.tables.forms.find(context.doc):
        barred = {c.actor.key for c in match.form.values if c.grade == NOT_IN}
        candidates = [c for c in match.form.values if c.actor.key not in barred]
        if not candidates:
            link_country(context, match, barred)
            continue
        if any(c.actor.kind == "office" for c in candidates):
            offices.append(match)
            candidates = [c for c in candidates if c.actor.kind != "office"]
        sure = [c for c in candidates if c.grade in (FULL, MISPRINT)]
        if len(sure) == 1:
            _link_sure(context, match, sure[0])
        elif candidates:
            pending.append((match, candidates))
    for match, candidates in pending:
        chosen = _choose(context, match, candidates)
        if chosen:
            how = "surname" if chosen.kind == "person" else "context"
            context.add(Link(match.first, match.last, chosen.key, how))
        else:
            link_country(context, match)
    return offices


def link_country(context: Context, match: Match[Candidate], barred: Collection[str] = ()) -> None:
    """What isn't linked still names the country it begins or ends with: 'US Embassy in Kabul', but not 'US Airways'."""
    words, countries = match.form.words, context.tables.countries
    for size in range(len(words) - 1, 0, -1):
        for first, name in ((match.first, words[:size]), (match.last - size, words[-size:])):
            country = countries.get(name)
            if country and country not in barred:
                context.add(Link(first, first + size, country, "full"))
            if country:
                return


def _link_sure(context: Context, match: Match[Candidate], candidate: Candidate) -> None:
    doc, actor = context.doc, candidate.actor
    if actor.kind == "person" and match.last - match.first == 1 and capitalised_name_before(doc, match.first):
        context.strangers[match.form.words[-1]].append(match.first)
        return
    if actor.kind == "person" and len(match.form.words) > 1 and _longer_name(doc, match):
        return
    if actor.kind == "organisation" and _foreign_body(context, match, actor):
        return
    if actor.stands_for and not is_place_use(doc, match.first, match.last):
        actor = context.tables.actors[actor.stands_for]
    flags = ["misprint"] if candidate.grade == MISPRINT else []
    context.add(Link(match.first, match.last, actor.key, "misprint" if flags else "full", None, flags))


def _foreign_body(context: Context, match: Match[Candidate], actor: Actor) -> bool:
    """Whether the nationality before a body, or 'of India' behind it, is another's: 'British Foreign Office'."""
    doc, nationality = context.doc, context.tables.nationality
    own = (actor.country, None)
    if match.first and doc.sentence_of[match.first - 1] == doc.sentence_of[match.first]:
        before = doc.words[match.first - 1]
        if before in ("s", "کی", "کے", "کا") and match.first > 1:
            before = doc.words[match.first - 2]
        if nationality.get(before) not in own:
            return True
    behind = doc.words[match.last : match.last + 2]
    return len(behind) == 2 and behind[0] == "of" and nationality.get(behind[1]) not in own


def _elsewhere(context: Context, match: Match[Candidate], actor: Actor) -> bool:
    """Whether a mission stands in another place: 'US Embassy in Kabul', or one that was named so before."""
    doc, tables, contexts = context.doc, context.tables, context.tables.contexts[actor.key]
    place: tuple[str, ...] = ()
    if doc.raw[match.first].isascii():
        behind = doc.words[match.last : match.last + 3]
        if len(behind) > 1 and behind[0] == "in" and doc.is_upper(match.last + 1) and behind[1] not in NO_NAME:
            place = tuple(behind[1:])
    elif match.first > 1 and doc.words[match.first - 1] in _IN_UR:
        before = doc.words[match.first - 2]
        place = (before,) if before in CAPITALS_UR or before in tables.nationality else ()
    if not place:
        return actor.key in context.strangers and actor.key not in context.named
    away = tables.nationality.get(place[0]) != actor.host and not any(words <= set(place) for words in contexts)
    if away:
        context.strangers[actor.key].append(match.first)
    return away


def _longer_name(doc: Words, match: Match[Candidate]) -> bool:
    """Whether the name goes on behind the match and so is somebody else's: 'Asif Mahmood Khan' for Asif Mahmood."""
    if not doc.raw[match.first].isascii() or match.last >= len(doc.words) or doc.gap(match.last - 1) != " ":
        return False
    return doc.words[match.last] in ("jr", "junior") and doc.is_upper(match.last)


def _choose(context: Context, match: Match[Candidate], candidates: list[Candidate]) -> Actor | None:
    persons = [c.actor for c in candidates if c.actor.kind == "person"]
    others = [c for c in candidates if c.actor.kind != "person"]
    if persons and (found := _choose_person(context, match, persons)):
        return found
    return _choose_other(context, match, others) if others else None


def _choose_person(context: Context, match: Match[Candidate], persons: list[Actor]) -> Actor | None:
    doc = context.doc
    surname = match.form.words[-1]
    if capitalised_name_before(doc, match.first):
        context.strangers[surname].append(match.first)
        return None
    known = [(at, p) for p in persons for at in context.named.get(p.key, ())]
    titled = title_before(doc, match.first, context.tables, context.day, persons)
    if titled and (not known or titled in {p for _, p in known}):
        return titled
    if not known:
        return None
    # the last bearer of the surname that was named before; the headline may name by surname first
    before = [(at, p) for at, p in known if at < match.first]
    at, person = max(before, key=lambda k: k[0]) if before else min(known, key=lambda k: k[0])
    if not before and len({p.key for _, p in known}) > 1:
        return None
    strangers = [s for s in context.strangers.get(surname, ()) if s < match.first]
    return None if strangers and max(strangers) > at else person


def _nearest_countries(context: Context, match: Match[Candidate]) -> list[str]:
    """Countries of what the sentence names, the nearest to the match first."""
    doc, sentence = context.doc, context.doc.sentence_of[match.first]
    distance: dict[str, int] = {}
    for link in context.links:
        if doc.sentence_of[link.first] == sentence and link.first != match.first:
            country = context.tables.actors[link.entity].country
            distance[country] = min(abs(link.first - match.first), distance.get(country, len(doc.words)))
    return sorted(distance, key=lambda c: distance[c])


def _choose_other(context: Context, match: Match[Candidate], candidates: list[Candidate]) -> Actor | None:
    """The one with most cues: named in full (3), a context word (2), an acronym of a country that is present (1).

    Of several, the one whose country the sentence names."""
    scored: list[tuple[float, Actor]] = []
    acronym = len(match.form.raw) == 1 and match.form.raw[0].isupper() and len(match.form.raw[0]) > 2
    near = _nearest_countries(context, match)
    for candidate in candidates:
        actor = candidate.actor
        if _foreign_body(context, match, actor) or (actor.host and _elsewhere(context, match, actor)):
            continue
        points: float = 3 * any(at != match.first for at in context.named.get(actor.key, ()))
        points += 2 * any(words <= context.vocabulary for words in context.tables.contexts[actor.key])
        if acronym and not actor.context:
            points += context.countries.get(actor.country, 0) > 0
        if candidate.grade == FULL:
            points += 1
        if points and actor.country in near:
            points += 1 / (1 + near.index(actor.country))
        scored.append((points, actor))
    scored.sort(key=lambda s: -s[0])
    if not scored or scored[0][0] < 1 or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    actor = scored[0][1]
    if actor.stands_for and not is_place_use(context.doc, match.first, match.last):
        return context.tables.actors[actor.stands_for]
    return actor


__all__ = ["AMBIGUOUS", "Context", "Link", "link_actors"]
