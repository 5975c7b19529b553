"""Bylines: the words as printed, and the persons, desk and agency they name.

A CMS user, a site's name, an address or a role is no author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.extract.provenance import agency_of, desk_of
from tasks.text import fold, has_arabic_script

_PREFIX = re.compile(
    r"^[\s|:•·-]*(?:(?:written|reported|posted|published|words|story|text|analysis|"
    r"opinion|review|article|compiled|submitted)\s+(?:by|von)|"
    r"by|von|par|por|di|authors?|از|تحریر|رپورٹ)(?:\s*[:|]\s*|\s+)",
    re.I,
)
# Inside a list of names only "By" is a prefix: "Von" and "Di" begin surnames.
_BY = re.compile(r"^(?:by|written by|از|تحریر)\s*:?\s+", re.I)
_SPLIT = re.compile(r"\s*(?:,|;|&|\||/|\+|•|·|،|؛|\n)\s*|\s+(?:and|und|et|y|with|اور)\s+", re.I)
_ROLE = re.compile(
    r"\b(?:(?:senior|chief|staff|deputy|associate|assistant|managing|executive|"
    r"contributing|special|national|political|foreign|business|"
    r"sports?|data|digital|news|White House|Washington|diplomatic|"
    r"world)\s+)*(?:reporters?|correspondents?|editors?|writers?|contributors?|"
    r"journalists?|"
    r"columnists?|producers?|analysts?|photographers?|bureau chief|anchor|intern|fellow|professor|researchers?)\b.*$",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:\(.*?\)|\[.*?\]|\b(?:updated|published|posted|last modified|on)\b.*|\b(?:for|"
    r"of|at|in|from)\s+[A-Z].*|[|•·–—].*|"
    r"\b(?:\d{1,2}[:.]\d{2}|\d{4})\b.*|\S+@\S+.*|https?:\S+.*|@\w+.*)$"
)
# April, May and June are given names too: a month counts only beside a number, which no name has.
_DATE_WORD = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|am|pm|ago|morning|evening|"
    r"january|february|march|september|october|november|december)\b",
    re.I,
)
_NOT_PERSON = re.compile(
    r"\b(?:admin(?:istrator)?|user|feed|editor(?:ial|s)?|webmaster|wordpress|guest|author|"
    r"unknown|none|null|undefined|anonymous|syndicat\w*|"
    r"watermark|newsroom|desk|team|staff|bot|system|default|root|test|import(?:er)?|"
    r"migration|publisher|subscribe|follow|share|"
    r"contributors?|reporters?|correspondents?|agenc(?:y|ies)|redaktion|redacción|"
    r"rédaction|redazione)\b|^(?:view|see|read|more|all|posts?)\b",
    re.I,
)
_CJK_NAME = re.compile(r"^[\u4e00-\u9fff\u3040-\u30ff]{2,6}$|^[\uac00-\ud7a3]{2,4}$")
_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "ibn",
        "de",
        "da",
        "di",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "la",
        "le",
        "el",
        "ul",
        "ur",
        "e",
        "dos",
        "das",
        "do",
        "y",
        "abu",
        "bint",
        "af",
        "zu",
        "ter",
        "ten",
        "st",
    ]
)


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed, and what it names."""

    raw: str | None = None
    authors: tuple[str, ...] = ()
    desk: str | None = None
    agency: str | None = None


def is_person(name: str) -> bool:
    """Whether a string looks like one person's name: two to six words, no digits, no address or role."""
    parts = name.split()
    if _CJK_NAME.match(name):
        return True
    if not 2 <= len(parts) <= 6 or len(name) > 60 or re.search(r"[\d@<>{}=/\\_!?:]|https?:|www\.|\.com\b", name):
        return False
    if _NOT_PERSON.search(name) or _DATE_WORD.search(name) or agency_of(name) or desk_of(name):
        return False
    if has_arabic_script(name):
        return len(parts) <= 5
    return all(
        part[0].isupper() or fold(part).strip(".'’-") in _PARTICLES or part[0] in "'’" or not part[0].isascii()
        for part in parts
    )


def clean_name(text: str) -> str:
    """A name without 'By', role, place, date, address; capitals-only names in title case."""
    name = _BY.sub("", text.strip())
    name = _TAIL.sub("", name)
    name = _ROLE.sub("", name).strip(" ,;:|-–—•·*\u200b")
    if name.isupper() and len(name) > 6 and " " in name:
        name = " ".join(_title_word(word) for word in name.split())
    return " ".join(name.split())


def _title_word(word: str) -> str:
    if re.fullmatch(r"(?:[A-Z]\.)+|[IVX]+|[A-Z]", word):
        return word
    return re.sub(r"[^\W\d_]+", lambda m: m[0][0] + m[0][1:].lower(), word)


def unique(names: list[str]) -> tuple[str, ...]:
    """Names without repeats (folded), order kept."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(fold(name), name)
    return tuple(seen.values())


def parse_byline(raw: str | None) -> Byline:
    """Read a printed byline; an empty ``Byline`` when the text names nobody and no desk."""
    text = " ".join((raw or "").split())
    if not text or len(text) > 250:
        return Byline()
    bare = _PREFIX.sub("", text)
    if desk := desk_of(bare):
        return Byline(raw=text, desk=desk, agency=agency_of(bare))
    if agency := agency_of(bare):
        return Byline(raw=text, agency=agency)
    authors: list[str] = []
    desk = agency = None
    for part in _SPLIT.split(bare):
        name = clean_name(part)
        desk = desk or desk_of(part.strip())
        agency = agency or agency_of(part.strip())
        if name and is_person(name):
            authors.append(name)
    if authors and desk and " " not in desk:
        desk = None  # "A B | Correspondent": a role, not a desk
    if not (authors or desk or agency):
        return Byline()
    return Byline(raw=text, authors=unique(authors), desk=desk, agency=agency)


def is_byline_line(line: str) -> bool:
    """Whether a line above a plain text is a byline: 'By …', a desk, an agency, or just a name."""
    text = line.strip()
    if not text or len(text) > 120 or text[-1] in "?!:" or (text.endswith(".") and not desk_of(text)):
        return False
    bare = _PREFIX.sub("", text)
    if desk_of(bare) or agency_of(bare):
        return True
    if bare != text and parse_byline(text).authors:
        return True
    # A bare name can be told from a heading only where letters have cases, and only as a whole line.
    names = _SPLIT.split(text)
    return text != text.lower() and all(is_person(name) and len(name.split()) <= 4 for name in names)


_NOTE = re.compile(
    r"^(?:,? \([^)]{3,60}\))?,? (?:is (?:an?|the|our|based)|was (?:an?|the)|has (?:been|"
    r"written|covered|worked)|covers|reports (?:on|from)|writes|tweets|"
    r"can be (?:reached|contacted)|may be reached|joined|’s book|'s book|works (?:as|for))\b"
)


def is_note_on(line: str, authors: tuple[str, ...]) -> bool:
    """Whether a line introduces one of the authors ("A B is a senior researcher with …")."""
    return any(line.startswith(name) and bool(_NOTE.match(line[len(name) :])) for name in authors)


def names_of_line(line: str) -> tuple[str, ...]:
    """Authors of a line that is nothing but a byline ('By A and B', 'A B'); () of any other line."""
    return parse_byline(line).authors if is_byline_line(line) else ()
