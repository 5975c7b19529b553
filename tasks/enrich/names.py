"""Small tests around a name: is it part of a longer one, has it a title before it, is a capital meant as a place."""

from __future__ import annotations

from datetime import date

from config.subject import Actor
from tasks.enrich.tables import Tables
from tasks.enrich.wordlist import wordset
from tasks.enrich.words import Words

_RANKS = wordset(
    """gen general lt lieutenant maj major brig brigadier col colonel adm admiral acm air marshal field
    captain capt cdr commander retd retired r"""
)
HONORIFICS = _RANKS | wordset(
    "mr mrs ms dr syed mian senator barrister sardar khawaja hafiz جنرل سید میاں جناب مسٹر ڈاکٹر"
)
_TITLES = _RANKS | wordset(
    """mr mrs ms miss dr prof professor president premier pm prime minister secretary senator sen rep
    representative congressman congresswoman gov governor ambassador amb envoy chief leader chairman
    chairperson speaker director adviser advisor spokesperson spokesman spokeswoman judge justice
    sir lord lady king prince sheikh maulana mufti hafiz mullah barrister advocate allama syed
    sardar mian nawab sahibzada haji chaudhry khawaja makhdoom raja rana malik shah fm dpm coas cdf
    cm founder state defence defense foreign interior finance treasury commerce candidate nominee mp
    mna mpa us american pakistani republican democrat democratic comrade comedian billionaire former
    ex ayatollah crown supreme vice deputy republicans democrats"""
)
# Words with a capital only because a sentence or headline begins with them, or that end a name before this one.
NO_NAME = wordset(
    """the a an and but or if when while as after before since because although though how why what who
    where which will would can could should may might must did does do has have had is are was were
    be been being that this these those there here then now not no yes so for from to of in on at by
    with without about under over against between during despite unlike both either neither says
    said tells told asks asked calls urges hails meets warns only even also yet still just once
    later earlier today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december like including
    via per than meanwhile however moreover instead according speaking responding i he she they we
    you it his her their our my your its anti pro post pre team family mr"""
)
_PLACE_BEFORE = wordset(
    """left leave leaves in at from near outside around into via across leaving reached reaching visit visiting visited
    arrived downtown greater central north south east west northern southern eastern western through
    inside"""
)
_TO_PLACE = wordset("trip visit travel travelled traveled flew fly flies went go going return returned back")
_CITIES = wordset(
    "lahore karachi peshawar quetta rawalpindi multan faisalabad york chicago boston houston texas california"
)
_ACTS_UR = wordset("نے کو چاہتا چاہتے")
CAPITALS_UR = wordset(
    """واشنگٹن آباد اسلام دہلی نئی تہران کابل بیجنگ ماسکو لندن ریاض بغداد بیروت دوحہ ڈھاکہ ڈھاکا انقرہ قاہرہ
    یروشلم دمشق پیرس برلن کیف"""
)
_PLACE_AFTER = wordset("police traffic residents district administration based dc d bound area post airport metro")
_ROLE_TITLES = {
    "president": ("us-president", "pk-president"), "صدر": ("us-president", "pk-president"),
    "pm": ("pk-pm",), "premier": ("pk-pm",), "وزیراعظم": ("pk-pm",), "اعظم": ("pk-pm",),
    "secretary": ("us-secstate", "us-secdef", "us-treasury", "us-dhs", "us-depsec-state", "pk-foreign-secretary"),
    "ambassador": ("pk-amb-us", "us-amb-pk"), "envoy": ("us-srar", "us-srap", "pk-amb-us", "us-amb-pk"),
    "gen": ("pk-coas", "us-centcom", "us-cjcs", "pk-dg-isi", "pk-cjcsc", "pk-dg-ispr"),
    "general": ("pk-coas", "us-centcom", "us-cjcs", "pk-dg-isi", "pk-cjcsc", "pk-dg-ispr"),
    "جنرل": ("pk-coas", "us-centcom", "us-cjcs", "pk-dg-isi", "pk-cjcsc", "pk-dg-ispr"),
    "marshal": ("pk-field-marshal",), "مارشل": ("pk-field-marshal",), "coas": ("pk-coas",), "fm": ("pk-fm",),
    "adm": ("us-centcom", "us-cjcs"), "admiral": ("us-centcom", "us-cjcs"), "director": ("us-cia",),
    "adviser": ("us-nsa", "pk-nsa"), "advisor": ("us-nsa", "pk-nsa"),
    "spokesperson": ("us-state-spokesperson", "pk-fo-spokesperson"),
    "spokesman": ("us-state-spokesperson", "pk-fo-spokesperson"),
    "spokeswoman": ("us-state-spokesperson", "pk-fo-spokesperson"),
}  # fmt: skip
_PRIME_MINISTER = ("pk-pm",)
_MINISTERS = {
    "foreign": ("pk-fm",), "finance": ("pk-finmin",), "defence": ("pk-defmin",), "defense": ("pk-defmin",),
    "interior": ("pk-intmin",), "prime": _PRIME_MINISTER, "خارجہ": ("pk-fm", "us-secstate"), "خزانہ": ("pk-finmin",),
    "دفاع": ("pk-defmin", "us-secdef"), "داخلہ": ("pk-intmin",),
}  # fmt: skip


def capitalised_name_before(doc: Words, word: int) -> bool:
    """Whether the word before looks like a first name, so that this surname is a stranger's."""
    if word == 0 or doc.ends[word - 1] + 1 != doc.starts[word] or doc.text[doc.ends[word - 1]] not in " -":
        return False
    before, raw = doc.words[word - 1], doc.raw[word - 1]
    if not raw.isascii():
        return False
    if not raw[:1].isupper() or before in _TITLES or before in NO_NAME or len(before) < 2 or not raw.isalpha():
        return False
    if raw.isupper() and len(raw) <= 5:
        return False
    sentence = doc.sentences[doc.sentence_of[word]]
    if word - 1 == sentence.first and before.endswith(("ly", "ing", "ed")):
        return False
    if doc.in_title(word):
        # a headline in Title Case tells nothing by its capitals
        raws = [r for r in doc.raw[: doc.body_first] if r.isalpha() and len(r) > 3]
        return not (len(raws) > 3 and sum(r[0].isupper() for r in raws) > 0.8 * len(raws))
    return True


def is_place_use(doc: Words, first: int, last: int) -> bool:
    """Whether a capital is meant as a place ('in Washington', 'Islamabad High Court'), not as its government."""
    same = last < len(doc.words) and doc.sentence_of[last] == doc.sentence_of[first]
    after = doc.words[last] if same else ""
    if not doc.raw[first].isascii():
        # Urdu: a government acts with نے, or stands beside another one
        paired_after = after == "اور" and last + 1 < len(doc.words) and doc.words[last + 1] in CAPITALS_UR
        paired_before = first > 1 and doc.words[first - 1] == "اور" and doc.words[first - 2] in CAPITALS_UR
        return not (after in _ACTS_UR or paired_after or paired_before)
    if after in _PLACE_AFTER or after == "state":
        return True
    if after and doc.gap(last - 1) == " " and doc.is_upper(last) and not doc.in_title(first):
        return True
    if first == 0 or doc.sentence_of[first - 1] != doc.sentence_of[first]:
        return False
    before = doc.words[first - 1]
    if before in _PLACE_BEFORE or before in _CITIES or after in _CITIES:
        return True
    if before in ("to", "for", "of", "and") and first >= 2:
        two = doc.words[first - 2]
        return two in _TO_PLACE or two in _CITIES or (before == "of" and two in ("out", "city", "streets"))
    return after == "and" and last + 1 < len(doc.words) and doc.words[last + 1] in _CITIES


def title_before(doc: Words, word: int, tables: Tables, day: date | None, persons: list[Actor]) -> Actor | None:
    """The one person among ``persons`` whom the title or rank before the surname fits on that day."""
    if word == 0 or day is None or doc.sentence_of[word - 1] != doc.sentence_of[word]:
        return None
    title = doc.words[word - 1]
    before = doc.words[word - 2] if word >= 2 else ""
    if title in ("minister", "secretary") and before in _MINISTERS and title == "minister":
        roles: tuple[str, ...] = _MINISTERS[before]
    elif title in _MINISTERS and before in ("وزیر",):
        roles = _MINISTERS[title]
    else:
        roles = _ROLE_TITLES.get(title, ())
    fitting = [p for p in persons if any(p.key in tables.holders(role, day) for role in roles)]
    return fitting[0] if len(fitting) == 1 else None
