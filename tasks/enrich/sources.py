"""What kind of source speaks: person, office, institution, document, media, anonymous; and why it is not named."""

from __future__ import annotations

import re

from tasks.enrich.cues import PRONOUNS
from tasks.enrich.wordlist import wordset

_UNNAMED = wordset(
    """official officials source sources diplomat diplomats aide aides insider insiders adviser
    advisers advisor advisors analyst analysts expert experts observer observers witness witnesses
    resident residents people person persons man woman lawyer lawyers trader traders investigator
    investigators officer officers minister ministers lawmaker lawmakers critics supporters
    activists ذرائع حکام عہدیدار عہدیداروں اہلکار اہلکاروں مبصرین تجزیہ ماہرین ذریعے عینی"""
)
_SPOKESPERSON = wordset("spokesman spokeswoman spokesperson spokespeople ترجمان")
_DOCUMENT = wordset(
    """statement report document letter memo readout filing resolution order notification email study
    survey poll communique indictment complaint affidavit lawsuit transcript book دستاویز رپورٹ بیان
    خط اعلامیے اعلامیہ"""
)
_MEDIA = wordset(
    """newspaper times post daily agency magazine cnn bbc reuters afp ap network website outlet channel
    media tv اخبار ٹی وی چینل میڈیا خبررساں جریدے"""
)
_REASON = re.compile(
    r"(?:on (?:the )?condition (?:of anonymity|that (?:he|she|they) not be (?:named|identified))"
    r"(?:\s*,?\s*(?:because|since|as|to)\s[^.\n\"“”]{5,140})?"
    r"|(?:who|and) (?:asked|requested|wished|declined|spoke|did not want|wanted)[^.\n\"“”]{0,40}"
    r"(?:anonym|not to be (?:named|identified)|be named|be identified)[^.\n\"“”]{0,120}"
    r"|because (?:he|she|they) (?:was|were|is|are) not (?:authori[sz]ed|permitted|allowed)[^.\n\"“”]{3,120}"
    r"|نام (?:ظاہر )?نہ (?:کرنے|بتانے) کی شرط[^۔\n]{0,60})",
    re.IGNORECASE,
)
# Without one of these no reason is given: most sentences need no more than this.
_REASON_HINTS = ("condition", "anonym", "named", "identified", "authori", "permitted", "allowed", "نام")


def reason_for_anonymity(sentence: str) -> str | None:
    """Why a source is not named, in the words of the sentence; None where it doesn't say."""
    lowered = sentence.lower()
    found = _REASON.search(sentence) if any(hint in lowered for hint in _REASON_HINTS) else None
    return found.group().strip(" ,") if found else None


def source_kind(words: list[str], raw: list[str], entity_kind: str | None, *, given_reason: bool) -> tuple[str, bool]:
    """Kind of a speaker by its words, and whether it is anonymous. A linked person or body is what it is."""
    if entity_kind == "person":
        return "person", False
    known = set(words)
    if known & _SPOKESPERSON and not _has_name(words, raw):
        # an unnamed spokesperson speaks on the record for the institution
        return ("anonymous", True) if given_reason else ("institution", False)
    if (known & _UNNAMED or given_reason) and not _has_name(words, raw):
        return "anonymous", True
    if entity_kind == "office":
        return "office", False
    if known & _DOCUMENT:
        return "document", False
    if known & _MEDIA:
        return "media", False
    if entity_kind in ("organisation", "group", "place"):
        return "institution", False
    if words and all(w in PRONOUNS for w in words):
        return "unknown", False
    return ("person", False) if _has_name(words, raw) else ("unknown", False)


def _has_name(words: list[str], raw: list[str]) -> bool:
    """Whether two capitalised words end the phrase, as a person's name does: 'spokesman Mark Toner'."""
    tail = raw[-2:]
    return (
        len(tail) == 2
        and all(r[:1].isupper() and not r.isupper() for r in tail)
        and words[-1] not in _UNNAMED
        and words[-1] not in _SPOKESPERSON
        and words[-1] not in _DOCUMENT
    )
