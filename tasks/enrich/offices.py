"""Offices: 'the army chief' is whoever held that office on the article's day.

'former', 'ex-', 'then', 'سابق' do not resolve; the day of a handover has two candidates; an
office whose holder is not known stays as an office; a person given an office that he did
not hold that day is flagged.
"""

from __future__ import annotations

from datetime import date, timedelta

from tasks.enrich.forms import Match
from tasks.enrich.link import Context, Link, link_country
from tasks.enrich.names import HONORIFICS
from tasks.enrich.tables import FULL, Candidate
from tasks.enrich.wordlist import wordset

_FORMER = wordset("former ex then late erstwhile onetime predecessor previous سابق سابقہ مرحوم تب")
_OTHER_OFFICE = wordset("deputy assistant vice under shadow joint additional نائب معاون ڈپٹی اسسٹنٹ")
_COMING = wordset("incoming next future منتخب نومنتخب نامزد متوقع")
_NOT_YET = wordset("designate elect nominee hopeful candidate aspirant نامزد منتخب")
_BETWEEN = frozenset(("the", "s", "us", "pakistan", "pakistani"))
_LOOK_BACK = 4
_PRESIDENTS = frozenset(("president", "صدر"))
# A bare 'foreign minister' in a Pakistani text is Pakistan's where no other country is named this much more often.
_DOMINANCE = 2
# an office may be printed a little before it begins or after it ends: appointments are announced
_SLACK = timedelta(days=3)


def link_offices(context: Context, matches: list[Match[Candidate]], home: str | None) -> None:
    """Link offices and their holders into ``context``. ``home`` is the outlet's country."""
    at = {link.first: link for link in context.links if context.tables.actors[link.entity].kind == "person"}
    ends = {link.last: link for link in at.values()}
    for match in matches:
        neighbour = _neighbour(context, match, at, ends)
        role = _role(context, match, neighbour, home)
        if role is None:
            link_country(context, match)  # 'Deputy US Trade Representative' is an American office
            continue
        former = _marked(context, match, _FORMER)
        coming = not former and (
            _marked(context, match, _COMING) or (neighbour is not None and _not_yet(context, match))
        )
        flags = ["former"] if former else ["coming"] if coming else []
        context.add(Link(match.first, match.last, role, "office", role, flags))
        if flags:
            continue
        if neighbour is not None:
            _assign(context, role, neighbour)
        elif not _not_yet(context, match) and not _indefinite(context, match):
            _resolve(context, match, role)


def implied_day(context: Context) -> date | None:
    """The last day, up to the context's own, on which each named person held the office that the text gives them.

    For a text without a date: 'Secretary of Defense Lloyd J. Austin' tells when it can have been written, and so
    who its army chief was.  None where nobody is given an office, or no day suits all.
    """
    latest = context.day
    if latest is None:
        return None
    given = {(link.role, link.entity) for link in context.links if link.role is not None and link.how != "office"}
    held = [
        [(h.first, min(h.last or latest, latest)) for h in context.tables.holdings.get(role, ()) if h.person == entity]
        for role, entity in given
    ]
    # what began later or was never held dates nothing
    held = [terms for known in held if (terms := [(first, last) for first, last in known if first <= last])]
    ends = {last for terms in held for _, last in terms}
    suiting = (day for day in ends if all(any(first <= day <= last for first, last in terms) for terms in held))
    return max(suiting, default=None)


def _neighbour(context: Context, match: Match[Candidate], at: dict[int, Link], ends: dict[int, Link]) -> Link | None:
    """The person named directly after the office ('Secretary of State Antony Blinken'), or just before it."""
    doc = context.doc
    for skip in range(3):  # ranks and honorifics may stand between
        if skip and (match.last + skip > len(doc.words) or doc.words[match.last + skip - 1] not in HONORIFICS):
            break
        after = at.get(match.last + skip)
        if after and not set(doc.gap(match.last - 1)) & set(",;:!?\n"):
            return after
    held = {h.person for c in match.form.values for h in context.tables.holdings.get(c.actor.key, ())}
    for back in (match.first, match.first - 1, match.first - 2):
        before = ends.get(back)
        beside = before is not None and before.entity in held and doc.gap(before.last - 1).startswith(", ")
        if beside and all(w in _BETWEEN for w in doc.words[back : match.first]):
            return before
    return None


def _marked(context: Context, match: Match[Candidate], words: frozenset[str]) -> bool:
    doc = context.doc
    start = doc.sentences[doc.sentence_of[match.first]].first
    before = doc.words[max(start, match.first - _LOOK_BACK) : match.first]
    for i in range(len(before) - 1, -1, -1):
        if before[i] in words:
            return True
        if before[i] == "and" and i >= 2 and before[i - 2] in words:  # 'former energy and finance minister'
            return True
        # only nationality and titles may stand between 'former' and the office
        if before[i] not in context.tables.nationality and before[i] not in ("s", "prime", "caretaker", "the", ""):
            return False
    return False


def _indefinite(context: Context, match: Match[Candidate]) -> bool:
    """'a State Department spokesperson' may be any of them."""
    before = context.doc.words[max(match.first - 2, 0) : match.first]
    return "a" in before or "an" in before


def _not_yet(context: Context, match: Match[Candidate]) -> bool:
    doc = context.doc
    return match.last < len(doc.words) and doc.words[match.last] in _NOT_YET


def _role(context: Context, match: Match[Candidate], neighbour: Link | None, home: str | None) -> str | None:
    """The office that a form names here, by the country that qualifies it; None: cannot be told."""
    doc, tables = context.doc, context.tables
    offices = [c for c in match.form.values if c.actor.kind == "office"]
    before = doc.words[match.first - 1] if match.first else ""
    if before in _OTHER_OFFICE:
        return None
    country = _country_of(context, match)
    sure = [c for c in offices if c.grade == FULL]
    if len(sure) == 1 and country in (None, sure[0].actor.country):
        return sure[0].actor.key
    fitting = [c.actor for c in offices if country in (None, c.actor.country)]
    if neighbour is not None:
        held = {h.role for h in tables.held_by.get(neighbour.entity, ())}
        mine = [a for a in fitting if a.key in held]
        if len(mine) == 1:
            return mine[0].key
        person = tables.actors[neighbour.entity]
        held_by_none = [a for a in fitting if a.country == person.country and not tables.holdings.get(a.key)]
        return held_by_none[0].key if len(held_by_none) == 1 and country is not None else None
    if country is not None:
        return fitting[0].key if len(fitting) == 1 else None
    if _stranger_follows(context, match) or _not_yet(context, match):
        return None
    return _bare(context, match, [a.key for a in fitting], home)


def _country_of(context: Context, match: Match[Candidate]) -> str | None:
    """Country code of a nationality just before ('Indian foreign minister'), or of 'of India' just behind."""
    doc, nationality = context.doc, context.tables.nationality
    if match.form.words[0] in nationality:  # 'US defence secretary'
        return nationality[match.form.words[0]]
    start = doc.sentences[doc.sentence_of[match.first]].first
    for i in range(match.first - 1, max(start, match.first - 3) - 1, -1):
        if set(doc.gap(i)) & set(',;:."“”()—'):
            break
        if doc.words[i] in nationality:
            return nationality[doc.words[i]]
        if doc.words[i] not in (
            "s",
            "new",
            "the",
            "acting",
            "caretaker",
            "federal",
            "top",
            "powerful",
            "کے",
            "کی",
            "نئے",
        ):
            break
    if match.last + 1 < len(doc.words) and doc.words[match.last] in ("of", "to"):
        return nationality.get(doc.words[match.last + 1])
    return None


def _stranger_follows(context: Context, match: Match[Candidate]) -> bool:
    """Whether an unknown name stands directly behind: 'Foreign Minister Jean-Noël Barrot'."""
    doc = context.doc
    if match.last >= len(doc.words) or doc.gap(match.last - 1) != " ":
        return False
    raw = doc.raw[match.last]
    return raw[:1].isupper() and doc.words[match.last] not in context.tables.nationality and len(raw) > 2


def _bare(context: Context, match: Match[Candidate], roles: list[str], home: str | None) -> str | None:
    """An office without a country: by what the article is about. A bare 'president' says nothing."""
    if match.form.words[0] in _PRESIDENTS and len(match.form.words) == 1:
        return None
    actors = context.tables.actors
    counts = {c: n for c, n in context.countries.items() if c not in ("INT",)}
    scored = []
    for role in roles:
        country = actors[role].country
        mine = counts.get(country, 0) + (2 if country == home else 0)
        rivals = [n for c, n in counts.items() if c != country and {c, country} != {"PK", "US"}]
        if mine >= 1 and mine >= max(rivals, default=0) / _DOMINANCE:
            scored.append((mine, role))
    if len(scored) == 1:
        return scored[0][1]
    return None


def _assign(context: Context, role: str, person: Link) -> None:
    """Give a named person the office beside the name, flagged where it was not his that day."""
    person.role = role
    day = context.day
    if day is None or person.entity in context.tables.holders(role, day):
        return
    near = {p for d in (day - _SLACK, day + _SLACK) for p in context.tables.holders(role, d)}
    known = bool(context.tables.holdings.get(role))
    if known and person.entity not in near and "anachronism" not in person.flags:
        person.flags.append("anachronism")


def _resolve(context: Context, match: Match[Candidate], role: str) -> None:
    """Link the holder of the day at the place where the office is named."""
    holders = context.tables.holders(role, context.day) if context.day else ()
    if not holders:
        context.links[-1].flags.append("holder_unknown")
    for person in holders:
        flags = ["handover"] if len(holders) > 1 else []
        context.add(Link(match.first, match.last, person, "office", role, flags))
