"""Whom a text names as its origin, from what extraction read off its edges and from its first sentences.

A credit names a source even where we hold no word of it.  Forms follow published pages: courtesy lines, agencies in
datelines, sign-offs, bylines, and sources named in the running text, English and Urdu.  A credit of a picture is never
one of the text, and a house stamp ("Published in …") names nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tasks.extract.provenance import agency_of
from tasks.text import fold, has_arabic_script, normalize_urdu

# Credits that share the text among several, or name who stamped it: evidence, but not "this is theirs".
_PARTIAL = frozenset(["inputs", "contributed"])
_NO_SOURCE = frozenset(["sign_off", "copyright", "published_in", "reporters", "reporting", "disclaimer"])
# for lower-case text: ignoring case makes a search four times as slow
_HANDOUT = re.compile(
    r"\b(?:press (?:release|note)\b|hand-?out\b|in an? (?:official |joint |brief |written )?statement\b|ispr\b|"
    r"statement (?:issued|released|said|read|added)\b|(?:issued|released) an? [\w ]{0,20}statement\b|"
    r"spokes(?:person|man|woman)\b|readout\b|according to (?:an?|the) (?:official )?(?:statement|announcement)\b)"
)
_HANDOUT_UR = re.compile("اعلامیے|اعلامیہ|ترجمان|پریس ریلیز|آئی ایس پی آر|بیان میں کہا")
_NAME = r"(?:[A-Z][\w'’.-]*(?: (?:of|and|the))?(?: [A-Z][\w'’.-]*){0,3})"
_TOLD = re.compile(rf"\b(?:told|tells|speaking to|in an interview (?:with|to)|talking to) (?:the )?(?P<source>{_NAME})")
_ACCORDING = re.compile(
    rf"\b(?:[Aa]ccording to (?:an? |the )?(?:[\w ]{{0,20}}(?:report|story) (?:published )?(?:by|in|from) )?(?:the )?"
    rf"|[Aa]s reported by (?:the )?|(?:first )?reported by (?:the )?)(?P<source>{_NAME})"
)
_REPORTED = re.compile(r" (?:reported|was the first to report|has reported|news agency (?:reported|said))\b")
_NAME_BEFORE = re.compile(rf"(?P<source>{_NAME})$")
_UR_ACCORDING = re.compile(r"(?P<source>[^\s.,:]+(?: [^\s.,:]+){0,4}?) کے مطابق")
_UR_TOLD = re.compile(r"(?P<source>[^\s.,:]+(?: [^\s.,:]+){0,3}?) (?:سے (?:گفتگو|بات چیت)|کو بتایا|کو انٹرویو)")
_UR_COURTESY = re.compile(r"بشکریہ[\s:]+(?P<source>[^\s.,:]+(?: [^\s.,:]+){0,3})")
# Foreign and Pakistani titles that Urdu papers name by transliteration; the value is the English form of the name.
_UR_MEDIA = {
    "عرب نیوز": "Arab News",
    "ڈان": "Dawn",
    "ڈان نیوز": "Dawn",
    "بلوم برگ": "Bloomberg",
    "بلومبرگ": "Bloomberg",
    "نیویارک ٹائمز": "The New York Times",
    "نیو یارک ٹائمز": "The New York Times",
    "واشنگٹن پوسٹ": "The Washington Post",
    "وال اسٹریٹ جرنل": "The Wall Street Journal",
    "الجزیرہ": "Al Jazeera",
    "بی بی سی": "BBC",
    "سی این این": "CNN",
    "انادولو": "Anadolu",
    "اناطولیہ": "Anadolu",
    "فنانشل ٹائمز": "Financial Times",
    "گارڈین": "The Guardian",
    "دی گارڈین": "The Guardian",
    "جیو نیوز": "Geo News",
    "اے آر وائی نیوز": "ARY News",
    "ایکسپریس ٹریبیون": "The Express Tribune",
    "میڈیا رپورٹ": "media",
    "میڈیا رپورٹس": "media",
    "غیر ملکی میڈیا": "media",
    "نجی ٹی وی": "media",
}
# How far into a text a source is looked for that the whole of it may come from.
_HEAD_CHARS = 1500


@dataclass(frozen=True, slots=True)
class Credit:
    """A source a text names. ``full``: the text says that it is the source's, not only a fact in it."""

    source: str
    where: str
    full: bool


def squeeze(name: str) -> str:
    """A name without blanks, signs, case and article: 'arab news', 'Arab News' and 'arabnews' are one."""
    folded = re.sub(r"^the\s+", "", fold(name).strip())
    return re.sub(r"[\W_]+", "", folded)


def outlet_keys(outlets: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """For each outlet the squeezed forms under which others credit it: of name, brackets, hosts, agency."""
    return {row["outlet_id"]: frozenset(_keys(row["name"], row["hosts"] or ())) for row in outlets}


def _keys(name: str, hosts: Iterable[str]) -> set[str]:
    plain = re.sub(r"\(.*?\)", "", name).strip()
    names = [plain, *re.findall(r"\((.*?)\)", name)]
    found = {squeeze(form) for form in names}
    found |= {squeeze(agency) for form in names if (agency := agency_of(form))}
    # arabnews.pk, www.dawn.com: the label before the suffix is how colleagues write the name
    labels = [label for host in hosts for label in host.split(":")[0].split(".")[-3:-1]]
    return {key for key in found | {squeeze(label) for label in labels} if len(key) > 2 and key not in _GENERIC}


_GENERIC = frozenset(["www", "com", "news", "gov", "org", "net", "edu", "urdu", "english", "epaper", "localhost"])


def outlet_names(outlets: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The one name of an outlet for each form under which others credit it; of two outlets, the lower identifier's."""
    names: dict[str, str] = {}
    for row in sorted(outlets, key=lambda row: str(row["outlet_id"])):
        for key in _keys(row["name"], row["hosts"] or ()):
            names.setdefault(key, re.sub(r"\s*\(.*?\)", "", row["name"]))
    return names


def named_once(credit: Credit, names: Mapping[str, str]) -> Credit:
    """A credit under the one name of its source: 'arabnews' and 'Arab News' are counted as one."""
    if agency_of(credit.source):
        return credit
    return replace(credit, source=names.get(squeeze(credit.source), credit.source))


def credit_keys(source: str) -> frozenset[str]:
    """The squeezed forms of a credited source, to be met with `outlet_keys`."""
    agency = agency_of(source)
    return frozenset([squeeze(source), *([squeeze(agency)] if agency else [])])


def told(text: str) -> tuple[str, bool] | None:
    """(source, whether the text is the source's own) named in the running text near its head, or None.

    'told Anadolu' means that Anadolu's reporter heard it: the text is the agency's.  'According to Arab News' means
    facts at second hand, in words of unknown origin.
    """
    head = text[:_HEAD_CHARS]
    for match in _TOLD.finditer(head):
        if name := _known(match["source"]):
            return name, True
    # the pattern may begin anywhere: two looks for its fixed words cost a twentieth of trying it
    cited = "ccording to" in head or "reported by" in head
    phrases = [match["source"] for match in _ACCORDING.finditer(head)] if cited else []
    for cue in _REPORTED.finditer(head):
        # the name in the 40 characters before the verb: looking for names first would cost a hundred times as much
        if before := _NAME_BEFORE.search(head, max(0, cue.start() - 40), cue.start()):
            phrases.append(before["source"])
    for phrase in phrases:
        if name := _known(phrase):
            return name, False
    return _told_urdu(normalize_urdu(head)) if has_arabic_script(head) else None


def _told_urdu(head: str) -> tuple[str, bool] | None:
    for pattern, full in ((_UR_COURTESY, True), (_UR_TOLD, True), (_UR_ACCORDING, False)):
        for match in pattern.finditer(head):
            if name := _known_urdu(match["source"]):
                return name, full
    return None


# In running text these are words, and PTI is the party.
_NOT_IN_TEXT = frozenset(["agencies", "Online", "PTI"])


def _known(phrase: str) -> str | None:
    """The agency or paper that a phrase names; any other name is a person or place."""
    words = phrase.split()
    for length in range(len(words), 0, -1):
        form = " ".join(words[:length]).rstrip(".'’")
        form = re.sub(r"['’]s$", "", form)
        if (agency := agency_of(form)) and agency not in _NOT_IN_TEXT and (form.isupper() or len(form) > 4):
            return agency
        if squeeze(form) in _PAPERS:
            return _PAPERS[squeeze(form)]
    return None


_PAPERS = {squeeze(name): name for name in _UR_MEDIA.values() if name != "media"} | {
    squeeze(name): name
    for name in ("Fox News", "NBC News", "CBS News", "Politico", "Axios", "Newsweek", "The Hindu", "NDTV", "The News")
}


def _known_urdu(phrase: str) -> str | None:
    words = phrase.split()
    for start in range(len(words)):
        form = normalize_urdu(" ".join(words[start:]))
        if form in _UR_KEYS:
            return _UR_KEYS[form]
        if (agency := agency_of(form)) and agency not in _NOT_IN_TEXT:
            return agency
    return None


_UR_KEYS = {normalize_urdu(form): name for form, name in _UR_MEDIA.items()}


def is_handout(text: str) -> bool:
    """Whether a text names a statement, press release or spokesperson as what it is made of."""
    head = text[:_HEAD_CHARS]
    return bool(_HANDOUT.search(head.lower())) or (has_arabic_script(head) and bool(_HANDOUT_UR.search(head)))


def credits_of(row: Mapping[str, Any]) -> tuple[Credit, ...]:
    """The sources an article names, strongest first: sign-off and agency, courtesy, byline, running text.

    ``row`` has agency, credit, credit_kind, byline, authors, told, told_full.
    """
    kind = row["credit_kind"]
    found: list[Credit] = []
    partial = kind in _PARTIAL
    if row["credit"] and kind not in _NO_SOURCE:
        name = agency_of(row["credit"]) or str(row["credit"]).strip()
        found.append(Credit(name, f"credit line ({kind})" if kind else "credit line", not partial))
    if row["agency"]:
        found.append(Credit(row["agency"], "agency", not partial))
    if row["byline"] and (agency := agency_of(row["byline"])):
        found.append(Credit(agency, "byline", True))
    if row["told"]:
        # under a reporter's own name it is one more voice, not the origin
        found.append(Credit(row["told"], "running text", bool(row["told_full"]) and not row["authors"]))
    # a full credit says more than a partial one; otherwise the order above is the order of strength
    return tuple(sorted(found, key=lambda credit: not credit.full))
